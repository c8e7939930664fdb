import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { ALL_RULES, writeConformance } from "./conformance";
import { FACTS } from "./facts";

const STANDARDS = "../shared/STANDARDS.md";
const all = [...ALL_RULES, ...FACTS];

describe("the table", () => {
  test("ids are unique, and each row says something", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, says, source } of all) {
      expect(id).toMatch(/^[A-Z]+-\d{3}$/);
      expect(says, id).toMatch(/\.$/);
      expect(source, id).not.toBe("");
    }
  });

  test("CONFORMANCE.md is what the tables print", () => {
    expect(fs.readFileSync("lib/standards/CONFORMANCE.md", "utf8")).toBe(writeConformance());
  });

  test.runIf(fs.existsSync(STANDARDS))("no row of the standards is missing", () => {
    const ids = [...fs.readFileSync(STANDARDS, "utf8").matchAll(/^\| ([A-Z]+-\d{3}) \|/gm)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(100);
    expect(ids.filter((id) => !all.some((row) => row.id === id))).toEqual([]);
  });
});
