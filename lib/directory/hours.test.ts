import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatHours, formatHoursIn, openBetween, parseHours, type Span } from "./hours";

const ZONE = "America/Chicago";
/** An instant of the week of Monday, 15 June 2026, in Chicago (UTC-5). */
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 5, 15 + day, hour + 5, minute);

describe("what people write", () => {
  test.each([
    ["day and night", "day and night"],
    ["24 hours", "day and night"],
    ["24/7", "day and night"],
    ["24 hours a day, 7 days a week", "day and night"],
    ["24", "day and night"],
    ["around the clock", "day and night"],
    ["día y noche", "day and night"],
    ["Mon-Fri 8-16", "Mon to Fri 8 a.m. to 4 p.m."],
    ["Monday to Friday 8 to 16", "Mon to Fri 8 a.m. to 4 p.m."],
    ["M-F 0800-1630", "Mon to Fri 8 a.m. to 4:30 p.m."],
    ["Mon–Fri 8am–4:30pm", "Mon to Fri 8 a.m. to 4:30 p.m."],
    ["weekdays 8 a.m. to 4 p.m.", "Mon to Fri 8 a.m. to 4 p.m."],
    ["Weekdays, 8-5pm", "Mon to Fri 8 a.m. to 5 p.m."],
    ["weekends 1-5pm", "Sat, Sun 1 p.m. to 5 p.m."],
    ["daily 7am-11pm", "every day 7 a.m. to 11 p.m."],
    ["every day 8:00 to 20:00", "every day 8 a.m. to 8 p.m."],
    ["6pm-6am", "every day 6 p.m. to 6 a.m."],
    ["Mon-Fri 8-12, 13-17", "Mon to Fri 8 a.m. to noon; Mon to Fri 1 p.m. to 5 p.m."],
    ["Mon, Wed, Fri 9-12; Sat closed", "Mon, Wed, Fri 9 a.m. to noon"],
    ["Tue and Thu 09:00-12:00", "Tue, Thu 9 a.m. to noon"],
    ["lunes a viernes 8:00 a 16:00", "Mon to Fri 8 a.m. to 4 p.m."],
    ["Fri-Mon noon-midnight", "Mon, Fri, Sat, Sun noon to midnight"],
    ["Mon-Sun 0-24", "day and night"],
    ["8 AM - 5 PM Monday through Friday", "Mon to Fri 8 a.m. to 5 p.m."],
    ["08:00-16:00 Mon-Fri", "Mon to Fri 8 a.m. to 4 p.m."],
    ["Sat 24; Sun 24", "Sat midnight to Mon midnight"],
  ])("%s", (written, read) => {
    const hours = parseHours(written);
    expect(hours && formatHours(hours)).toBe(read);
  });

  test.each([
    ["8-5", "a day or a night"],
    ["Mon-Fri 9-5", "the same with days"],
    ["closed", "no hours"],
    ["Sun closed", "no hours at all"],
    ["DO NOT USE", ""],
    ["hours not known", ""],
    ["Mon-Fri", "days without times"],
    ["varies", ""],
    ["25-26", "no time of day"],
    ["8:75-16:00", "no minute"],
    ["when the clerk is in", ""],
    ["constructor", "a word that objects have"],
    ["", "nothing"],
  ])("is not read: %s (%s)", (written) => expect(parseHours(written)).toBeNull());

  test("what is shown back is read as the same", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 95 }),
        fc.integer({ min: 1, max: 95 }),
        (day, quarter, length) => {
          const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
          const clock = (minutes: number) =>
            `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
          const from = quarter * 15;
          const hours = parseHours(`${names[day]} ${clock(from)}-${clock(from + length * 15)}`);
          expect(hours).not.toBeNull();
          expect(parseHours(formatHours(hours!))).toEqual(hours);
        },
      ),
    );
  });

  test("nothing makes it throw or loop", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void parseHours(text)));
  });
});

describe("whether someone answers", () => {
  test.each([
    ["in the morning of a working day", "Mon-Fri 8-16", at(0, 9), at(0, 11), true, true],
    ["closing within the time", "Mon-Fri 8-16", at(0, 15), at(0, 17), true, false],
    ["before it opens", "Mon-Fri 8-16", at(0, 7), at(0, 9), false, false],
    ["on Sunday", "Mon-Fri 8-16", at(6, 9), at(6, 10), false, false],
    ["in the night that goes over the end of the week", "Sun 22:00-06:00", at(7, 2), at(7, 4), true, true],
    ["at the minute it closes", "Mon-Fri 8-16", at(0, 16), at(0, 17), false, false],
    ["always", "24/7", at(6, 3), at(8, 3), true, true],
    ["through a lunch hour", "Mon-Fri 8-12, 13-17", at(0, 11), at(0, 13), true, false],
  ])("%s", (_, written, from, to, open, throughout) => {
    expect(openBetween(parseHours(written)!, from, to, ZONE)).toEqual({ open, throughout });
  });

  test("by the clock of the place, in winter and in summer", () => {
    const hours = parseHours("Mon-Fri 8-16")!;
    expect(openBetween(hours, Date.UTC(2026, 0, 12, 14, 30), Date.UTC(2026, 0, 12, 15), ZONE).open).toBe(true);
    expect(openBetween(hours, Date.UTC(2026, 0, 12, 13, 30), Date.UTC(2026, 0, 12, 14), ZONE).open).toBe(false);
    expect(openBetween(hours, Date.UTC(2026, 5, 15, 13, 30), Date.UTC(2026, 5, 15, 14), ZONE).open).toBe(true);
  });
});

test.each([
  ["Mon-Fri 8-16", "lun-vie 8:00 a. m.-4:00 p. m."],
  ["Sat 9-12; Sun 10-12", "sáb 9:00 a. m.-12:00 p. m.; dom 10:00 a. m.-12:00 p. m."],
  ["Mon, Wed noon-midnight", "lun, mié 12:00 p. m.-12:00 a. m."],
])("%s in Spanish", (written, read) =>
  expect(formatHoursIn("es-US", parseHours(written) as readonly Span[])).toBe(read),
);

test("a clock of 24 hours in other languages", () => {
  expect(formatHoursIn("pt-BR", parseHours("Sat 18-midnight") as readonly Span[])).toMatch(/ 18:00-24:00$/);
});
