/**
 * When a desk answers, read from what people write: "day and night", "Mon-Fri
 * 8-16", "weekdays 8 a.m. to 4:30 p.m.; Sat 9-12". What could be read two ways
 * is not read: nobody is given a number that is closed because "8-5" was taken
 * for the night. Pure.
 */

/** Minutes of the week from Monday midnight, local time; the end may lie in the next week. */
export interface Span {
  from: number;
  to: number;
}

export type Hours = "always" | readonly Span[];

const DAY = 1440;
const WEEK = 7 * DAY;

const DAYS: ReadonlyMap<string, number> = new Map(
  [
    "m|mo|mon|monday|mondays|lun|lunes",
    "tu|tue|tues|tuesday|tuesdays|mar|martes",
    "w|we|wed|weds|wednesday|wednesdays|mie|mier|miercoles",
    "th|thu|thur|thurs|thursday|thursdays|jue|jueves",
    "f|fr|fri|friday|fridays|vie|viernes",
    "sa|sat|saturday|saturdays|sab|sabado|sabados",
    "su|sun|sunday|sundays|dom|domingo|domingos",
  ].flatMap((names, day) => names.split("|").map((name) => [name, day])),
);
const GROUPS: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    weekdays: [0, 1, 2, 3, 4],
    weekday: [0, 1, 2, 3, 4],
    weekends: [5, 6],
    weekend: [5, 6],
    daily: [0, 1, 2, 3, 4, 5, 6],
    everyday: [0, 1, 2, 3, 4, 5, 6],
    diario: [0, 1, 2, 3, 4, 5, 6],
  }),
);
const EVERY_DAY = GROUPS.get("daily") ?? [];

const ALWAYS =
  /^(?:24(?: ?hours?| ?hrs?| ?horas?)?(?: a day| al dia| daily)?(?:[ ,/]+(?:7|7 days(?: a week)?|day and night|every day))?|24 ?[/x] ?7|day and night|day or night|night and day|around the clock|always|at all hours|all hours|any ?time|dia y noche|siempre|todo el dia)$/;
/** Words that say nothing of their own. */
const FILLERS =
  /\b(?:from|between|open|answered|staffed|hours|hrs|only|office|business|local time|de|las|el|los|abierto|horas)\b/g;

const TIME = /^(\d{1,2})(?::?(\d{2}))?(am|pm)?$/;

interface Clock {
  minutes: number;
  half: string;
  /** Written as 08:00, 0800 or 16: no half of the day is needed to read it. */
  plain: boolean;
}

function readClock(token: string): Clock | null {
  if (token === "noon" || token === "mediodia") return { minutes: 720, half: "pm", plain: true };
  if (token === "midnight" || token === "medianoche") return { minutes: 0, half: "am", plain: true };
  const [, hour, minute = "00", half = ""] = TIME.exec(token) ?? [];
  if (hour === undefined) return null;
  const [h, m] = [Number(hour), Number(minute)];
  if (m > 59 || h > 24 || (half !== "" && (h === 0 || h > 12)) || (h === 24 && m > 0)) return null;
  const minutes = half === "" ? h * 60 + m : ((h % 12) + (half === "pm" ? 12 : 0)) * 60 + m;
  return { minutes, half, plain: hour.length === 2 && token.length >= 4 };
}

/** A range of times of one day; its end may lie in the next day. Null where it could be read two ways. */
function readRange(fromToken: string, toToken: string): Span | null {
  const [from, to] = [readClock(fromToken), readClock(toToken)];
  if (!from || !to) return null;
  let [start, end] = [from.minutes, to.minutes];
  if (from.half === "" && to.half !== "" && start <= 720 && !from.plain) {
    // "8-5pm" begins in the morning, "1-5pm" after noon.
    const later = (start % 720) + (to.half === "pm" ? 720 : 0);
    start = later < end ? later : start % 720;
  } else if (from.half !== "" && to.half === "" && end <= 720 && !to.plain && end <= start) end += 720;
  // "8-5" could be a day or a night.
  else if (from.half === "" && to.half === "" && !from.plain && !to.plain && start <= 720 && end <= start) return null;
  if (end <= start) end += DAY;
  return start === end ? null : { from: start, to: end };
}

/** Small letters, no accents. */
const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim().replace(/[.]$/, "");

/** One way to write a dash and the halves of the day. */
function plain(text: string): string {
  return text
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/\b([ap])\.?\s?m\b\.?/g, "$1m")
    .replace(/(\d)\s+(am|pm)\b/g, "$1$2")
    .replace(/\bevery day\b/g, "daily")
    .replace(/\b(\d{1,2})h(\d{2})?\b/g, (_, hour: string, minute?: string) => `${hour}:${minute ?? "00"}`)
    .replace(/\s*\b(?:to|through|thru|until|till|hasta|al|a)\b\s*/g, "-")
    .replace(/\s*-\s*/g, "-")
    .trim();
}

/** Day tokens of one part, such as "mon-fri", "sat", "weekdays"; null where it names no day. */
function readDays(token: string): readonly number[] | null {
  const group = GROUPS.get(token);
  if (group) return group;
  const [first, last, ...more] = token.split("-").map((name) => DAYS.get(name));
  if (first === undefined || more.length > 0) return null;
  if (!token.includes("-")) return [first];
  if (last === undefined) return null;
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7);
}

/** Joins what overlaps or adjoins, over the end of the week too. */
function join(spans: readonly Span[]): Hours {
  const joined: Span[] = [];
  for (const span of [...spans].sort((left, right) => left.from - right.from)) {
    const last = joined.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  const [first] = joined;
  const last = joined.at(-1);
  if (first && last && first.from + WEEK <= last.to && joined.length > 1) {
    last.to = Math.max(last.to, first.to + WEEK);
    joined.shift();
  }
  return joined.some(({ from, to }) => to - from >= WEEK) ? "always" : joined;
}

const recent = new Map<string, Hours | null>();
const MOST_RECENT = 2_000;

/** @returns when a desk answers, or null when that cannot be read from the text */
export function parseHours(text: string): Hours | null {
  const known = recent.get(text);
  if (known !== undefined) return known;
  if (recent.size >= MOST_RECENT) recent.clear();
  const hours = readHours(text);
  recent.set(text, hours);
  return hours;
}

function readHours(text: string): Hours | null {
  if (ALWAYS.test(folded(text).replaceAll("-", " "))) return "always";
  const written = plain(folded(text));
  const tokens = written
    .replace(FILLERS, " ")
    .replace(/\b(?:and|y|&)\b|[,;:](?=\s|$)/g, " ")
    .split(/[\s,;]+/)
    .filter(Boolean);
  let days: readonly number[] = EVERY_DAY;
  let collecting = false;
  let said = false;
  let dayed = false;
  /** Times that stand before any day: "8 a.m. to 5 p.m. Monday through Friday". */
  const before: Span[] = [];
  let spans: Span[] = [];
  for (const token of tokens) {
    const named = readDays(token);
    if (named) {
      days = collecting ? [...days, ...named] : named;
      collecting = true;
      dayed = true;
      continue;
    }
    if (token === "closed" || token === "cerrado") {
      if (!collecting) return null;
      collecting = false;
      said = true;
      continue;
    }
    collecting = false;
    if (token === "24" || token === "24/7") {
      for (const day of days) spans.push({ from: day * DAY, to: (day + 1) * DAY });
      said = true;
      continue;
    }
    const [from, to, ...more] = token.split("-");
    const range = from && to && more.length === 0 ? readRange(from, to) : null;
    if (!range) return null;
    if (!dayed) before.push(range);
    for (const day of days) spans.push({ from: day * DAY + range.from, to: day * DAY + range.to });
    said = true;
  }
  // Times first, then their days, and nothing more.
  if (collecting && before.length > 0) {
    spans = days.flatMap((day) => before.map(({ from, to }) => ({ from: day * DAY + from, to: day * DAY + to })));
    return join(spans);
  }
  // Days without times, or nothing that was said.
  if (collecting || !said || spans.length === 0) return null;
  return join(spans);
}

const NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

function formatClock(minutes: number): string {
  const within = minutes % DAY;
  if (within === 720) return "noon";
  if (within === 0) return "midnight";
  const hour = Math.floor(within / 60);
  const minute = within % 60;
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  return `${twelve}${minute ? `:${String(minute).padStart(2, "0")}` : ""} ${hour < 12 ? "a.m." : "p.m."}`;
}

/** Hours as Callbox reads them, to be shown beside what was written: "Mon to Fri 8 a.m. to 4 p.m.". */
export function formatHours(hours: Hours): string {
  if (hours === "always") return "day and night";
  const byTimes = new Map<string, number[]>();
  for (const { from, to } of hours) {
    const day = Math.floor(from / DAY) % 7;
    const long = to - from > DAY;
    const times = `${formatClock(from)} to ${long ? `${NAMES[Math.floor(to / DAY) % 7]} ` : ""}${formatClock(to)}`;
    byTimes.set(times, [...(byTimes.get(times) ?? []), day]);
  }
  return [...byTimes]
    .map(([times, days]) => {
      const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0];
      const run = days.length > 2 && days.every((day, index) => day === first + index);
      const named =
        days.length === 7
          ? "every day"
          : run
            ? `${NAMES[first]} to ${NAMES[last]}`
            : days.map((day) => NAMES[day]).join(", ");
      return `${named} ${times}`;
    })
    .join("; ");
}

const twoDigits = (value: number) => String(value).padStart(2, "0");
const clockOf = (minutes: number) => `${Math.floor((minutes % DAY) / 60)}:${twoDigits(minutes % 60)}`;

/** Languages whose readers have a clock of 12 hours, with its two halves as clock-words.ts writes them. */
const HALVES: ReadonlyMap<string, readonly [string, string]> = new Map([["es-US", ["a. m.", "p. m."]]]);

/** The end of a span as a language writes it; the day ends at 24:00, or at 12:00 where there is no such hour. */
function clockIn(language: string, minutes: number, isEnd: boolean): string {
  const halves = HALVES.get(language);
  if (!halves) return isEnd && minutes % DAY === 0 ? "24:00" : clockOf(minutes);
  const hour = Math.floor((minutes % DAY) / 60);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${twoDigits(minutes % 60)} ${halves[hour < 12 ? 0 : 1]}`;
}

/** Hours of some days in any language: "lun-vie 8:00 a. m.-4:00 p. m." Always open has a phrase of its own. */
export function formatHoursIn(language: string, hours: readonly Span[]): string {
  const weekday = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  // The first of January 2024 was a Monday.
  const nameOf = (day: number) => weekday.format(Date.UTC(2024, 0, 1 + day));
  const byTimes = new Map<string, number[]>();
  for (const { from, to } of hours) {
    const times = `${clockIn(language, from, false)}-${clockIn(language, to, true)}`;
    byTimes.set(times, [...(byTimes.get(times) ?? []), Math.floor(from / DAY) % 7]);
  }
  return [...byTimes]
    .map(([times, days]) => {
      const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0];
      const run = days.length > 2 && days.every((day, index) => day === first + index);
      return `${run ? `${nameOf(first)}-${nameOf(last)}` : days.map(nameOf).join(", ")} ${times}`;
    })
    .join("; ");
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The minute of the week at an instant, in a time zone. */
function minuteOfWeek(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = NAMES.findIndex((name) => name === parts.weekday);
  return day * DAY + Number(parts.hour) * 60 + Number(parts.minute);
}

export interface Opening {
  /** Whether someone answers at the beginning. */
  open: boolean;
  /** Whether that goes on to the end. */
  throughout: boolean;
}

/**
 * Whether a desk answers from one instant to another, in milliseconds since 1970.
 * @param timeZone IANA name of the desk's time zone
 */
export function openBetween(hours: Hours, from: number, to: number, timeZone: string): Opening {
  if (hours === "always") return { open: true, throughout: true };
  const minute = minuteOfWeek(from, timeZone);
  const length = Math.max(0, (to - from) / 60_000);
  for (const span of hours) {
    for (const at of [minute, minute + WEEK]) {
      if (at >= span.from && at < span.to) return { open: true, throughout: at + length <= span.to };
    }
  }
  return { open: false, throughout: false };
}
