import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { decide, drawLifecycle, type Step, STEPS } from "./steps";
import { ALERT_STATES } from "../schema";

const GOOD = { permitted: true, contributed: false, blocking: 0, sameContent: true };
const steps = Object.keys(STEPS) as Step[];
const grid = steps.flatMap((step) => ALERT_STATES.map((state) => [step, state] as const));

describe("every step from every state", () => {
  test.each(grid)("%s from %s", (step, state) => {
    const { from, to } = STEPS[step];
    const legal = (from as readonly string[]).includes(state);
    expect(decide(step, { ...GOOD, state })).toEqual(
      legal ? { allowed: true, to } : { allowed: false, code: "wrong-state" },
    );
    expect(decide(step, { ...GOOD, state, permitted: false })).toEqual({ allowed: false, code: "not-permitted" });
  });
});

describe("guards", () => {
  const submitted = { ...GOOD, state: "submitted" as const };
  test("a contributor never approves, but may return", () => {
    expect(decide("approve", { ...submitted, contributed: true })).toMatchObject({ code: "contributed" });
    expect(decide("return", { ...submitted, contributed: true })).toMatchObject({ allowed: true });
  });
  test("changed content is decided by nobody", () => {
    for (const step of ["approve", "return", "reject"] as const) {
      expect(decide(step, { ...submitted, sameContent: false })).toMatchObject({ code: "content-changed" });
    }
  });
  test("a broken rule stops submission and approval", () => {
    expect(decide("submit", { ...GOOD, state: "draft", blocking: 1 })).toMatchObject({ code: "blocked-by-findings" });
    expect(decide("approve", { ...submitted, blocking: 1 })).toMatchObject({ code: "blocked-by-findings" });
  });
});

test("the diagram has every step", () => {
  for (const { says } of Object.values(STEPS)) expect(drawLifecycle()).toContain(says);
});

test("README shows the table as it is", () => {
  expect(fs.readFileSync("README.md", "utf8")).toContain(`\`\`\`mermaid\n${drawLifecycle()}\n\`\`\``);
});
