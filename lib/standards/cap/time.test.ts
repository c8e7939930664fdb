import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCapTime, writeCapTime } from "./time";

test.each([
  [Date.UTC(2024, 5, 18, 17, 27, 26), "America/New_York", "2024-06-18T13:27:26-04:00"],
  [Date.UTC(2024, 0, 18, 17, 27, 26), "America/New_York", "2024-01-18T12:27:26-05:00"],
  [Date.UTC(2024, 0, 18, 17, 27, 26), "UTC", "2024-01-18T17:27:26-00:00"],
  [Date.UTC(2024, 0, 18, 17, 27, 26), "Pacific/Chatham", "2024-01-19T07:12:26+13:45"],
])("%i in %s is %s", (instant, zone, text) => {
  expect(writeCapTime(instant, zone)).toBe(text);
  expect(parseCapTime(text)).toBe(instant);
});

test("every whole second survives, in any zone", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.constantFrom("America/New_York", "America/St_Johns", "Pacific/Honolulu", "UTC", "Asia/Kathmandu"),
      (seconds, zone) => {
        expect(parseCapTime(writeCapTime(seconds * 1000, zone))).toBe(seconds * 1000);
      },
    ),
  );
});

test.each(["", "2024-06-18", "2024-06-18T13:27:60-04:00", "2024-13-18T13:27:00-04:00", "2024-06-18T13:27:00-15:00"])(
  "%j is no CAP time",
  (text) => expect(parseCapTime(text)).toBeUndefined(),
);
