import { expect, test } from "vitest";
import { writeHistoryCsv, writeResultsCsv } from "./csv";
import { measurePeople, measureStages } from "./measure";
import { DEFAULT_TARGETS } from "./schema";

const START = Date.parse("2026-11-25T15:00:00Z");
const course = {
  startedAt: START,
  closedAt: START + 900_000,
  reached: {
    declared: { at: START + 245_900, personId: "dana", by: "Dana" },
    submitted: null,
    published: null,
    update: null,
  },
};
const intervals = measureStages(course, DEFAULT_TARGETS, START + 1_000_000);
const people = measurePeople(
  [
    { personId: "dana", name: "Dana", parts: ["declares"] },
    { personId: "mei", name: "=Mei", parts: ["watches"] },
  ],
  course,
  intervals,
  [{ id: "a", releasedAt: START }],
  [],
);

test("results are one line for each stage, then one for each part", () => {
  const lines = writeResultsCsv({ title: "November", agency: "State 911", intervals, people }).trim().split("\r\n");
  expect(lines.slice(1)).toEqual([
    "November,State 911,State 911,Agency,Outage declared,2026-11-25T15:04:05.900Z,Dana,245,300,Within the target,,",
    "November,State 911,State 911,Agency,Alert sent for approval,,,,120,Not reached,,",
    "November,State 911,State 911,Agency,Alert approved and published,,,,180,Not reached,,",
    "November,State 911,State 911,Agency,First update published,,,,3600,Not reached,,",
    "November,State 911,Dana,Declares the outage,Outage declared,2026-11-25T15:04:05.900Z,Dana,245,300,Within the target,1,0",
    "November,State 911,'=Mei,Watches,,,,,,,1,0",
  ]);
});

test("the history is one line for each exercise", () => {
  const one = { title: "November", agency: "State 911", startsAt: START, startedAt: START, closedAt: START + 900_000 };
  const [, line] = writeHistoryCsv([{ ...one, state: "closed", completed: false, intervals }]).split("\r\n");
  expect(line).toBe(
    "November,State 911,Closed,2026-11-25T15:00:00.000Z,2026-11-25T15:00:00.000Z,2026-11-25T15:15:00.000Z,no,245,,,",
  );
  expect(writeHistoryCsv([])).toContain("planned for");
});
