import { describe, expect, test } from "vitest";
import type { NumberFacts, TestCall } from "./schema";
import { type NumberChoice, type Failure, selectNumber } from "./selection";

const NOW = Date.UTC(2026, 5, 18);
const DAY = 86_400_000;
const call = (days: number, result: TestCall["result"] = "right-desk"): TestCall => ({
  at: NOW - days * DAY,
  by: "Tess",
  answeredBy: "dispatcher",
  result,
});
const number = (id: string, change: Partial<NumberFacts> = {}): NumberFacts => ({
  id,
  e164: "+14135550142",
  desk: "dispatch",
  hours: "day and night",
  lines: 2,
  sharedWith911: false,
  preference: 1,
  status: "in-service",
  calls: [call(10)],
  ...change,
});
const second = (change: Partial<NumberFacts> = {}) => number("b", { preference: 2, ...change });

const cases: [
  string,
  NumberFacts[],
  { failure?: Failure; choice?: NumberChoice },
  string,
  string | undefined,
  RegExp,
][] = [
  ["no number at all", [], {}, "places", undefined, /no number/],
  ["a fresh number", [number("a")], {}, "ready", "a", /Answered/],
  ["the order of the directory, not of the list", [second(), number("a")], {}, "ready", "a", /Answered/],
  ["answered on the last day", [number("a", { calls: [call(89.9)] })], {}, "ready", "a", /Answered/],
  ["answered 90 days ago", [number("a", { calls: [call(90)] })], {}, "blocked", undefined, /90 days/],
  ["never called", [number("a", { calls: [] })], {}, "blocked", undefined, /ever answered/],
  ["only failed calls", [number("a", { calls: [call(1, "no-answer")] })], {}, "blocked", undefined, /ever answered/],
  ["one failure after a good call", [number("a", { calls: [call(1, "busy"), call(5)] })], {}, "ready", "a", /Answered/],
  [
    "two failures in a row",
    [number("a", { calls: [call(1, "busy"), call(2, "no-answer"), call(5)] })],
    {},
    "blocked",
    undefined,
    /last two/,
  ],
  [
    "two failures, then a good call",
    [number("a", { calls: [call(1), call(2, "busy"), call(3, "busy")] })],
    {},
    "ready",
    "a",
    /Answered/,
  ],
  [
    "limited hours still count",
    [number("a", { calls: [call(3, "right-desk-limited")] })],
    {},
    "ready",
    "a",
    /Answered/,
  ],
  ["down, no alternate", [number("a", { status: "down" })], {}, "blocked", undefined, /down/],
  ["down, with an alternate", [number("a", { status: "down" }), second()], {}, "alternate", "b", /reported down/],
  [
    "overloaded, with an alternate",
    [number("a", { status: "overloaded" }), second()],
    {},
    "alternate",
    "b",
    /overloaded/,
  ],
  [
    "overloaded, no alternate",
    [number("a", { status: "overloaded" })],
    {},
    "ready",
    "a",
    /overloaded, and there is no alternate/,
  ],
  [
    "overloaded, alternate expired",
    [number("a", { status: "overloaded" }), second({ calls: [call(100)] })],
    {},
    "ready",
    "a",
    /overloaded/,
  ],
  [
    "both overloaded",
    [number("a", { status: "overloaded" }), second({ status: "overloaded" })],
    {},
    "ready",
    "a",
    /overloaded/,
  ],
  ["expired, with an alternate", [number("a", { calls: [call(100)] }), second()], {}, "alternate", "b", /90 days/],
  [
    "both expired",
    [number("a", { calls: [call(100)] }), second({ calls: [call(100)] })],
    {},
    "blocked",
    undefined,
    /no alternate/,
  ],
  [
    "on the failed system, full outage",
    [number("a", { sharedWith911: true }), second()],
    { failure: "full" },
    "alternate",
    "b",
    /system that failed/,
  ],
  [
    "on the failed system, landlines fail",
    [number("a", { sharedWith911: true })],
    { failure: "landline" },
    "blocked",
    undefined,
    /system that failed/,
  ],
  [
    "on the failed system, mobiles fail",
    [number("a", { sharedWith911: true })],
    { failure: "wireless" },
    "ready",
    "a",
    /Answered/,
  ],
  ["on the failed system, quiet day", [number("a", { sharedWith911: true })], {}, "ready", "a", /Answered/],
  [
    "override of an expired number",
    [number("a", { calls: [call(100)] })],
    { choice: { choice: "override", numberId: "a", reason: "line is staffed" } },
    "override",
    "a",
    /line is staffed/,
  ],
  [
    "override of a number that is not there",
    [number("a", { calls: [call(100)] })],
    { choice: { choice: "override", numberId: "z", reason: "?" } },
    "blocked",
    undefined,
    /90 days/,
  ],
  [
    "places only, by decision",
    [number("a")],
    { choice: { choice: "places-only", reason: "nobody there" } },
    "places",
    undefined,
    /nobody there/,
  ],
];

describe("which number does this place give out now?", () => {
  test.each(cases)("%s", (_, numbers, situation, outcome, id, why) => {
    const selection = selectNumber(numbers, { now: NOW, ...situation });
    expect([selection.outcome, selection.number?.id]).toEqual([outcome, id]);
    expect(selection.why).toMatch(why);
  });
});
