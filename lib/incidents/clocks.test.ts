import { expect, test } from "vitest";
import { type ClockFacts, CLOCKS, formatDue, listClocks } from "./clocks";

const MINUTE = 60_000;
const START = Date.UTC(2024, 5, 18, 17, 20);
const at = (minutes: number) => START + minutes * MINUTE;
const out = (placeId: string, since = START) => ({ placeId, state: "out", since });
const told = (placeId: string, from: number, tells = "outage") => ({
  placeId,
  tells,
  endsAt: from + 120 * MINUTE,
  nextUpdateAt: from + 60 * MINUTE,
});
const FACTS: ClockFacts = {
  firstAlertMinutes: 10,
  idleMinutes: 30,
  allClearMinutes: 5,
  beganAt: START,
  declaredAt: at(5),
  lastActAt: at(5),
  places: [out("a"), out("b")],
  told: [],
  everTold: false,
  notices: [],
};
const clocks = (change: Partial<ClockFacts>, now = at(20)) =>
  listClocks({ ...FACTS, ...change }, now).map(({ name, dueAt, places }) => [name, (dueAt - START) / MINUTE, places]);

test.each<[string, Partial<ClockFacts>, unknown]>([
  [
    "declared, nobody told",
    {},
    [
      ["first-alert", 15, 2],
      ["provider-notice", 30, 0],
      ["acting", 35, 0],
    ],
  ],
  [
    "told: the promised update comes before the end",
    { told: [told("a", at(10)), told("b", at(10))], everTold: true, notices: [at(12)] },
    [
      ["acting", 35, 0],
      ["update", 70, 2],
      ["ends", 130, 2],
      ["provider-follow-up", 132, 0],
    ],
  ],
  [
    "a place that joined later is not told yet",
    {
      places: [out("a"), out("b", at(40))],
      told: [told("a", at(10))],
      everTold: true,
      notices: [1, 2],
      lastActAt: at(40),
    },
    [
      ["not-told", 50, 1],
      ["update", 70, 1],
      ["acting", 70, 0],
      ["ends", 130, 1],
    ],
  ],
  [
    "restored without an all-clear",
    {
      places: [{ placeId: "a", state: "restored", since: at(90) }],
      told: [told("a", at(10))],
      everTold: true,
      notices: [1],
    },
    [["all-clear", 95, 1]],
  ],
  [
    "restored and told so",
    {
      places: [{ placeId: "a", state: "restored", since: at(90) }],
      told: [told("a", at(93), "all-clear")],
      everTold: true,
    },
    [],
  ],
  [
    "what was told has ended while 911 is out",
    { told: [], everTold: true, notices: [1, 2], lastActAt: at(100) },
    [
      ["not-told", 15, 2],
      ["acting", 130, 0],
    ],
  ],
])("%s", (_, change, expected) => expect(clocks(change)).toEqual(expected));

test("a clock says how late it is in words", () => {
  expect(formatDue(at(10), at(16))).toBe("6 min late");
  expect(formatDue(at(42), at(20))).toBe("22 min left");
  expect(formatDue(at(10), at(135))).toBe("2 h 5 min late");
});

test("what waits for an alert is named so that it is true after an alert ended or was canceled as well", () => {
  expect(clocks({ told: [], everTold: true })[0]?.[0]).toBe("not-told");
  expect(CLOCKS["not-told"]).not.toMatch(/joined/);
});
