import { expect, test } from "vitest";
import type { FindingGroup } from "../../lib/alerts/findings";
import { countBlocking, describeSending } from "./send-state";

const group = (rule: string, places: number, level: FindingGroup["level"] = "must"): FindingGroup => ({
  rule,
  level,
  verdict: "fail",
  says: "A rule.",
  places: Array.from({ length: places }, (_, index) => ({
    placeId: `${index}`,
    place: "Gill",
    audience: "phones",
    path: "",
    message: "",
  })),
});
const READY = { readOnly: false, submitted: false, online: true, problems: [], places: 351, blocked: 0 };

test.each([
  ["Ready. A second official reads it next.", READY],
  ["You can read this draft. A drafter of this agency can change it.", { ...READY, readOnly: true }],
  ["The approver has it. If you change it, the review starts over.", { ...READY, submitted: true }],
  ["Checking the texts for 351 places.", { ...READY, problems: null }],
  ["3 places without a usable number must be fixed first.", { ...READY, problems: [group("DIR-001", 3)], blocked: 3 }],
  // One of three is decided, and the rules have not been asked again; then all of them.
  ["2 places without a usable number must be fixed first.", { ...READY, problems: [group("DIR-001", 3)], blocked: 2 }],
  ["Checking the texts for 351 places.", { ...READY, problems: [group("DIR-001", 1)] }],
  [
    "1 place without a usable number and 2 problems in the texts must be fixed first.",
    { ...READY, problems: [group("DIR-001", 1), group("W2", 9), group("W4", 1)], blocked: 1 },
  ],
  ["Sending needs a connection. What you wrote is saved on this device.", { ...READY, online: false }],
  ["Ready. A second official reads it next.", { ...READY, problems: [group("W5", 2, "advice")] }],
])("%s", (says, situation) => {
  expect(describeSending(situation)).toEqual({ may: says.startsWith("Ready"), says });
});

test("each place without a number counts, and each rule once", () => {
  expect(countBlocking([group("DIR-001", 1), group("W2", 9), group("W5", 4, "advice")], 3)).toBe(4);
  expect(countBlocking([], 0)).toBe(0);
});
