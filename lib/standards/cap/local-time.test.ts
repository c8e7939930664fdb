import { expect, test } from "vitest";
import { localToInstant, toLocalFields } from "./local-time";

const ZONE = "America/New_York";

test.each([
  ["2024-06-18", "13:15", "2024-06-18T13:15:00-04:00"],
  ["2024-01-18", "13:15", "2024-01-18T13:15:00-05:00"],
  ["2024-03-10", "03:30", "2024-03-10T03:30:00-04:00"],
  ["2024-11-03", "23:59", "2024-11-03T23:59:00-05:00"],
])("%s %s", (date, time, iso) => {
  expect(localToInstant(date, time, ZONE)).toBe(Date.parse(iso));
  expect(toLocalFields(Date.parse(iso), ZONE)).toEqual({ date, time });
});
test.each([
  ["", "13:15"],
  ["2024-06-18", ""],
  ["2024-02-30", "13:15"],
])("%j %j is no time", (date, time) => expect(localToInstant(date, time, ZONE)).toBeNull());
