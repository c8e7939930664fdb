import { expect, test } from "vitest";
import { measureIntervals, type Milestones, writeAfterActionCsv } from "./report";

const MINUTE = 60_000;
const START = Date.UTC(2024, 5, 18, 17, 20);
const at = (minutes: number) => START + minutes * MINUTE;
const FACTS: Milestones = {
  beganAt: START,
  declaredAt: at(5),
  firstPublishedAt: at(67),
  restored: [
    { at: at(120), allClearAt: at(124) },
    { at: at(120), allClearAt: at(185) },
    { at: at(120), allClearAt: null },
  ],
  corrections: [{ reportedAt: at(80), publishedAt: at(82.5) }],
  notices: [at(100), at(25)],
  firstAlertMinutes: 10,
  allClearMinutes: 5,
};

test("each interval against its target, in words", () => {
  expect(measureIntervals(FACTS).map(({ minutes, target, verdict }) => [minutes, target, verdict])).toEqual([
    [5, null, "no target"],
    [62, 10, "52 min over"],
    [67, null, "no target"],
    [2.5, 3, "within the target"],
    [65, 5, "60 min over"],
    [25, 30, "within the target"],
    [75, 120, "within the target"],
  ]);
});

test("what did not happen is said so, and never counted as fast", () => {
  const nothing = measureIntervals({ ...FACTS, firstPublishedAt: null, restored: [], corrections: [], notices: [] });
  expect(nothing.filter(({ minutes }) => minutes === null).map(({ verdict }) => verdict)).toEqual(
    Array.from({ length: 5 }, () => "not noted"),
  );
});

test("a cell that would be a formula is none", () => {
  const csv = writeAfterActionCsv({
    timeline: [{ at: START, lane: "911", what: "=cmd()", by: "Dana", entry: 7 }],
    publications: [],
  });
  expect(csv).toContain(`2024-06-18T17:20:00.000Z,911,'=cmd(),Dana,7`);
});
