import { expect, test } from "vitest";
import { longestTimeSlots, timeSlots } from "./clock-words";

const ZONE = "America/New_York";
const at = (text: string) => Date.parse(text);
const times = { beganAt: at("2024-06-18T13:15:00-04:00"), validMinutes: 120, nextUpdateMinutes: 60, timeZone: ZONE };

test("times of one day have no weekday; the promise is rounded down", () => {
  expect(timeSlots("en-US", { ...times, sent: at("2024-06-18T13:27:26-04:00") })).toEqual({
    since: "1:15 PM",
    nextUpdate: "2:25 PM EDT",
    until: "3:27 PM EDT",
    sinceTime: "1:15 PM",
    nextUpdateTime: "2:25 PM EDT",
    untilTime: "3:27 PM EDT",
  });
  // As it stands behind "desde", "antes de" and "hasta".
  expect(timeSlots("es-US", { ...times, sent: at("2024-06-18T13:27:26-04:00") })).toMatchObject({
    sinceTime: "la 1:15 p. m.",
    nextUpdateTime: "las 2:25 p. m. EDT",
    untilTime: "las 3:27 p. m. EDT",
  });
});
test("past midnight the weekday is said, in the language of the text", () => {
  const sent = at("2024-06-18T23:10:00-04:00");
  expect(timeSlots("en-US", { ...times, sent }).until).toBe("1:10 AM EDT Wednesday");
  expect(timeSlots("es-US", { ...times, sent }).until).toBe("1:10 AM EDT miércoles");
  expect(timeSlots("es-US", { ...times, sent }).untilTime).toBe("la 1:10 a. m. EDT del miércoles");
});
test("long ago the date is said", () => {
  expect(timeSlots("en-US", { ...times, sent: at("2024-07-18T13:00:00-04:00") }).since).toBe("1:15 PM June 18");
});
test("a time that comes twice that night has its zone", () => {
  const restored = { ...times, beganAt: at("2026-11-01T00:59:00-04:00"), restoredAt: at("2026-11-01T01:30:00-05:00") };
  const sent = at("2026-11-01T02:10:00-05:00");
  expect(timeSlots("en-US", { ...restored, sent })).toMatchObject({ since: "12:59 AM", restoredAt: "1:30 AM EST" });
  const began = { ...times, beganAt: at("2026-11-01T01:30:00-04:00") };
  expect(timeSlots("en-US", { ...began, sent }).since).toBe("1:30 AM EDT");
  expect(timeSlots("es-US", { ...began, sent }).sinceTime).toBe("la 1:30 a. m. EDT");
});
test("nothing reads longer than the longest", () => {
  for (const language of ["en-US", "es-US"] as const) {
    const longest = longestTimeSlots(language);
    for (const beganAt of [times.beganAt, at("2024-11-03T01:30:00-05:00")]) {
      for (let hour = 0; hour < 24 * 370; hour += 7) {
        const sent = beganAt + hour * 3_600_000;
        const slots = timeSlots(language, {
          ...times,
          beganAt,
          restoredAt: Math.max(beganAt, sent - 86_400_000),
          sent,
        });
        for (const [name, text] of Object.entries(slots)) {
          expect(text.length, `${name}: ${text}`).toBeLessThanOrEqual(longest[name as keyof typeof longest]!.length);
        }
      }
    }
  }
});
