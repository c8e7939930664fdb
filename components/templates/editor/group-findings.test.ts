import { expect, test } from "vitest";
import type { TemplateFinding } from "../../../lib/alerts/templates/check";
import { countCombinations, groupFindings } from "./group-findings";

const finding = (change: Partial<TemplateFinding>): TemplateFinding => ({
  standing: "kept",
  failure: "full",
  textTo911: "fails",
  withNumber: true,
  rule: "W2",
  place: "Gill",
  audience: "place",
  path: "es-US.long",
  message: "Gill is not named.",
  ...change,
});

test("one line for each rule and text, whatever the place and the combination", () => {
  const findings = [
    finding({}),
    finding({ place: "Rowe", message: "Rowe is not named." }),
    finding({ failure: "landline" }),
    finding({ path: "info[1].parameter[CMAMlongtext]" }),
    finding({ audience: "noNumber", withNumber: false }),
    finding({ audience: null, path: "", rule: "TPL-001", message: "It has no phrase.", place: "" }),
  ];
  const lines = groupFindings(findings, ["en-US", "es-US"]);
  expect(lines.map(({ rule, text, combinations }) => [rule, text, combinations])).toEqual([
    ["W2", { audience: "place", language: "es-US", part: "long" }, 2],
    ["W2", { audience: "noNumber", language: "es-US", part: "long" }, 1],
    ["TPL-001", null, 1],
  ]);
  expect(lines[0]!.message).toBe("Gill is not named.");
  expect(countCombinations(findings)).toBe(3);
});
