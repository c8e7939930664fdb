import type { Language } from "../platform/language";
import { type SlotValues } from "../wording/slots";

/** Times as residents read them: 12-hour clock, the zone named, the weekday only when it is another day. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${timeZone}|${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(language, { timeZone, ...options });
    formats.set(key, made);
  }
  return made;
}

/** 2:25 PM, whatever spaces and dots the platform's locale data prefers. */
function clock(timeZone: string, instant: number): string {
  // The English form serves all: it is GSM-7 and common in Spanish texts of the US.
  const text = format("en-US", timeZone, { hour: "numeric", minute: "2-digit", hour12: true }).format(instant);
  return text.replace(/\s+/g, " ");
}

function zone(timeZone: string, instant: number): string {
  const parts = format("en-US", timeZone, { timeZoneName: "short", hour: "numeric" }).formatToParts(instant);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

function day(timeZone: string, instant: number): string {
  return format("en-US", timeZone, { dateStyle: "short" }).format(instant);
}

const WEEKDAY: Intl.DateTimeFormatOptions = { weekday: "long" };
const MONTH_DAY: Intl.DateTimeFormatOptions = { month: "long", day: "numeric" };

function formatTime(language: Language, timeZone: string, instant: number, from: number, withZone: boolean): string {
  const time = clock(timeZone, instant) + (withZone ? ` ${zone(timeZone, instant)}` : "");
  if (day(timeZone, instant) === day(timeZone, from)) return time;
  const far = Math.abs(instant - from) > 6 * 86_400_000;
  return `${time} ${format(language, timeZone, far ? MONTH_DAY : WEEKDAY).format(instant)}`;
}

/** Languages whose hours take an article, and that write the halves of the day with points. */
const isSpanish = (language: Language) => language.startsWith("es");

/**
 * A time as it stands behind "desde", "hasta" or "antes de": "la 1:33 p. m.",
 * "las 2:30 p. m. EDT del sábado". In other languages as it stands alone.
 */
function spokenTime(language: Language, timeZone: string, instant: number, from: number, withZone: boolean): string {
  if (!isSpanish(language)) return formatTime(language, timeZone, instant, from, withZone);
  const time = formatTime(language, timeZone, instant, from, withZone);
  const [, hour, minutes, half, rest] = /^(\d{1,2}):(\d\d) ([AP])M(.*)$/s.exec(time) ?? [];
  if (hour === undefined || rest === undefined) return time;
  const zoned = withZone ? ` ${zone(timeZone, instant)}` : "";
  const day = rest.slice(zoned.length).trim();
  const said = `${hour === "1" ? "la" : "las"} ${hour}:${minutes} ${half === "A" ? "a" : "p"}. m.${zoned}`;
  return day === "" ? said : `${said} del ${day}`;
}

export interface Times {
  /** All in milliseconds since 1970. */
  sent: number;
  beganAt: number;
  validMinutes: number;
  nextUpdateMinutes: number;
  timeZone: string;
  /** Since when 911 works again, of an all-clear. */
  restoredAt?: number | undefined;
}

/** A promise is never later than what was promised: down to five minutes. */
export const floorPromise = (instant: number): number => Math.floor(instant / 300_000) * 300_000;

/** The messages of an alert have the same few times, and a site tells of every alert there was. */
const told = new Map<string, Readonly<SlotValues>>();
const MOST_TOLD = 512;

/** The time slots as they read in a message sent at this moment. */
export function timeSlots(language: Language, times: Times): Readonly<SlotValues> {
  const { sent, beganAt, validMinutes, nextUpdateMinutes, timeZone, restoredAt } = times;
  const key = [language, sent, beganAt, validMinutes, nextUpdateMinutes, timeZone, restoredAt].join("|");
  let slots = told.get(key);
  if (!slots) {
    if (told.size >= MOST_TOLD) told.clear();
    told.set(key, (slots = Object.freeze(tellTimes(language, times))));
  }
  return slots;
}

const HOUR = 3_600_000;

/** Whether clocks go back over a time, so that it names two moments without its zone. */
const comesTwice = (timeZone: string, instant: number): boolean =>
  [instant - HOUR, instant + HOUR].some((other) => clock(timeZone, other) === clock(timeZone, instant));

function tellTimes(language: Language, times: Times): SlotValues {
  const { sent, beganAt, timeZone, restoredAt } = times;
  const nextUpdate = floorPromise(sent + times.nextUpdateMinutes * 60_000);
  const most = longestTimeSlots(language);
  /** What has no zone has one where the time comes twice that night, unless a text that just fits would no longer (a date in English, days later). */
  const past = (name: keyof SlotValues, format: typeof formatTime, instant: number): string => {
    const zoned = comesTwice(timeZone, instant) ? format(language, timeZone, instant, sent, true) : "";
    const fits = zoned !== "" && zoned.length <= (most[name] ?? "").length;
    return fits ? zoned : format(language, timeZone, instant, sent, false);
  };
  return {
    since: past("since", formatTime, beganAt),
    nextUpdate: formatTime(language, timeZone, nextUpdate, sent, true),
    until: formatTime(language, timeZone, sent + times.validMinutes * 60_000, sent, true),
    sinceTime: past("sinceTime", spokenTime, beganAt),
    nextUpdateTime: spokenTime(language, timeZone, nextUpdate, sent, true),
    untilTime: spokenTime(language, timeZone, sent + times.validMinutes * 60_000, sent, true),
    ...(restoredAt === undefined
      ? {}
      : {
          restoredAt: past("restoredAt", formatTime, restoredAt),
          restoredTime: past("restoredTime", spokenTime, restoredAt),
        }),
  };
}

const longest = new Map<string, SlotValues>();
const byLength = (left: string, right: string) => right.length - left.length;
const YEAR_START = Date.UTC(2024, 0, 1, 12);

/** The longest the time slots can read, so that a text that fits today fits at any hour. */
export function longestTimeSlots(language: Language): SlotValues {
  let slots = longest.get(language);
  if (!slots) {
    const days = Array.from({ length: 366 }, (_, index) => YEAR_START + index * 86_400_000);
    const words = (options: Intl.DateTimeFormatOptions) =>
      days.map((instant) => format(language, "UTC", options).format(instant)).sort(byLength)[0] ?? "";
    const weekday = words(WEEKDAY);
    const spoken = (zoned: string, day: string) =>
      isSpanish(language) ? `las 12:25 p. m.${zoned} del ${day}` : `12:25 PM${zoned} ${day}`;
    slots = {
      sinceTime: spoken("", words(MONTH_DAY)),
      nextUpdateTime: spoken(" EDT", weekday),
      untilTime: spoken(" EDT", weekday),
      restoredTime: spoken("", weekday),
      since: `12:25 PM ${words(MONTH_DAY)}`,
      nextUpdate: `12:25 PM EDT ${weekday}`,
      until: `12:25 PM EDT ${weekday}`,
      restoredAt: `12:25 PM ${weekday}`,
    };
    longest.set(language, slots);
  }
  return slots;
}

/** One instant for an EAS crawl or a sentence: 2:25 PM EDT. */
export function formatInstant(language: Language, timeZone: string, instant: number, from: number): string {
  return formatTime(language, timeZone, instant, from, true);
}

/** The same as it stands behind a preposition: "la 1:33 p. m. EDT". */
export function formatSpokenInstant(language: Language, timeZone: string, instant: number, from: number): string {
  return spokenTime(language, timeZone, instant, from, true);
}
