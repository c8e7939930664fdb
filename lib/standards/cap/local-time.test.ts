import { expect, test } from "vitest";
import { instantsOf, localToInstant, toLocalFields } from "./local-time";

const ZONE = "America/New_York";

test.each([
  ["2024-06-18", "13:15", "2024-06-18T13:15:00-04:00"],
  ["2024-01-18", "13:15", "2024-01-18T13:15:00-05:00"],
  ["2024-03-10", "03:30", "2024-03-10T03:30:00-04:00"],
  ["2024-11-03", "23:59", "2024-11-03T23:59:00-05:00"],
])("%s %s", (date, time, iso) => {
  expect(localToInstant({ date, time }, ZONE)).toBe(Date.parse(iso));
  expect(toLocalFields(Date.parse(iso), ZONE)).toEqual({ date, time });
});
test.each([
  ["", "13:15"],
  ["2024-06-18", ""],
  ["2024-02-30", "13:15"],
])("%j %j is no time", (date, time) => expect(localToInstant({ date, time }, ZONE)).toBeNull());

test("a time that comes twice is one of two, and nothing until someone says which", () => {
  const typed = { date: "2026-11-01", time: "01:30" };
  const [first, second] = ["2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"].map((text) => Date.parse(text));
  expect(instantsOf(typed, ZONE)).toEqual([first, second]);
  expect(localToInstant(typed, ZONE)).toBeNull();
  expect(localToInstant({ ...typed, which: "first" }, ZONE)).toBe(first);
  expect(localToInstant({ ...typed, which: "second" }, ZONE)).toBe(second);
  expect(toLocalFields(first!, ZONE)).toEqual({ ...typed, which: "first" });
  expect(toLocalFields(second!, ZONE)).toEqual({ ...typed, which: "second" });
});

test.each([
  ["2026-11-01", "00:59", 1],
  ["2026-11-01", "01:00", 2],
  ["2026-11-01", "01:59", 2],
  ["2026-11-01", "02:00", 1],
  ["2026-03-08", "01:59", 1],
  ["2026-03-08", "02:00", 0],
  ["2026-03-08", "02:59", 0],
  ["2026-03-08", "03:00", 1],
])("%s %s comes %d times", (date, time, times) => {
  expect(instantsOf({ date, time }, ZONE)).toHaveLength(times);
  expect(instantsOf({ date, time }, "America/Phoenix")).toHaveLength(1);
});
