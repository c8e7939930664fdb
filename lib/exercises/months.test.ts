import { expect, test } from "vitest";
import { beginOfMonth, formatMonth, stepMonth } from "./months";

test.each([
  ["2026-11", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-12", "America/New_York", "2026-12-01T05:00:00.000Z"],
  ["2026-11", "UTC", "2026-11-01T00:00:00.000Z"],
  ["2026-11", "Pacific/Honolulu", "2026-11-01T10:00:00.000Z"],
  ["2026-11", "Pacific/Chatham", "2026-10-31T10:15:00.000Z"],
])("%s begins in %s at %s", (month, zone, instant) =>
  expect(new Date(beginOfMonth(month, zone)).toISOString()).toBe(instant),
);

test("months go on and back, over the end of a year", () => {
  expect([stepMonth("2026-12", 1), stepMonth("2026-01", -1)]).toEqual(["2027-01", "2025-12"]);
  expect(formatMonth("2026-11")).toBe("November 2026");
});
