import { describe, expect, test } from "vitest";
import { lockField, writeField, type TemplateField } from "../../wording/fields";
import { SHIPPED_TEMPLATES } from "../../wording/follow-ups";
import { templateBodySchema } from "../../wording/schema";
import type { Purpose } from "../schema";
import { describeUntried, findUntried } from "./untried";

const shipped = (purpose: Purpose) =>
  templateBodySchema.parse(SHIPPED_TEMPLATES.find(({ key }) => key === purpose)!.body);

const text = (audience: "place" | "joined" | "restored"): TemplateField => ({
  kind: "text",
  language: "en-US",
  audience,
  part: "long",
  index: 0,
});

describe("what is changed can be seen", () => {
  test.each<[Purpose, TemplateField, number]>([
    ["outage", text("place"), 0],
    ["outage", text("joined"), 1],
    ["update", text("joined"), 0],
    ["correction", text("restored"), 1],
    ["cancellation", text("place"), 1],
    ["outage", { kind: "phrase", language: "en-US", failure: "full", name: "hazard" }, 0],
    ["outage", { kind: "phrase", language: "en-US", failure: "full", name: "nearHazard" }, 1],
    ["outage", { kind: "texting", language: "en-US", failure: "full", state: "fails" }, 0],
    ["border", { kind: "texting", language: "en-US", failure: "full", state: "fails" }, 1],
    ["outage", { kind: "noTesting", language: "en-US" }, 0],
    ["outage", lockField("hazard"), 0],
    ["outage", lockField("nearHazard"), 1],
  ])("%s %o: %i", (purpose, field, count) => {
    const before = shipped(purpose);
    const untried = findUntried(purpose, before, writeField(before, field, "Other words."));
    expect(untried).toHaveLength(count);
    expect(describeUntried(untried)).toMatch(count === 0 ? /^$/ : /no sample alert has/);
  });

  test("a language is not taken out by hand", () => {
    const before = shipped("outage");
    const { "es-US": spanish, ...frames } = before.frames;
    expect(spanish).toBeDefined();
    expect(findUntried("outage", before, { ...before, frames }).length).toBeGreaterThan(0);
  });
});
