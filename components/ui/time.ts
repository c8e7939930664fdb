/** Times in the console: 24 hours, one zone, named once in the bar. */

const cache = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timeZone + JSON.stringify(options);
  let made = cache.get(key);
  if (!made) cache.set(key, (made = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...options })));
  return made;
}

/** 13:27 */
export function formatClock(instant: number, timeZone: string): string {
  return format(timeZone, { hour: "2-digit", minute: "2-digit" }).format(instant);
}

/** 13:27:26 */
export function formatSeconds(instant: number, timeZone: string): string {
  return format(timeZone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(instant);
}

/** Jun 18 */
export function formatDay(instant: number, timeZone: string): string {
  const parts = format(timeZone, { day: "numeric", month: "short" }).formatToParts(instant);
  const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? "";
  return `${part("month")} ${part("day")}`;
}

/** Jun 18, 2024, of a day that is the same everywhere, such as 2024-06-18 */
export function formatReviewDay(day: string): string {
  const at = Date.parse(day);
  return `${formatDay(at, "UTC")}, ${format("UTC", { year: "numeric" }).format(at)}`;
}

/** Jun 18, 2024, 13:27 */
export function formatMoment(instant: number, timeZone: string): string {
  const year = format(timeZone, { year: "numeric" }).format(instant);
  return `${formatDay(instant, timeZone)}, ${year}, ${formatClock(instant, timeZone)}`;
}

/** 13:27 of the day that it is at `now` in the zone, "Jun 17, 21:40" of any other: a clock alone would be read as today's. */
export function formatWhen(instant: number, now: number, timeZone: string): string {
  const clock = formatClock(instant, timeZone);
  const day = format(timeZone, { year: "numeric", month: "numeric", day: "numeric" });
  return day.format(instant) === day.format(now) ? clock : `${formatDay(instant, timeZone)}, ${clock}`;
}

/** EDT */
export function formatZone(instant: number, timeZone: string): string {
  const parts = format(timeZone, { timeZoneName: "short" }).formatToParts(instant);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** 8 min, 2 h 5 min, 3 days */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60)
    return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
  return `${Math.round(minutes / 1440)} days`;
}

/** 675,647 */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/**
 * "6,110 people". A place whose population nobody gave (0) is never counted as
 * empty: "6,110 people, not counting 2 places where it is not known".
 */
export function formatPeople(populations: readonly number[]): string {
  const known = populations.filter((count) => count > 0);
  const unknown = populations.length - known.length;
  if (known.length === 0) return "number of people not known";
  const sum = known.reduce((total, count) => total + count, 0);
  const left =
    unknown === 0 ? "" : `, not counting ${unknown} ${unknown === 1 ? "place" : "places"} where it is not known`;
  return `${formatCount(sum)} ${sum === 1 ? "person" : "people"}${left}`;
}

/** Who reads it, to begin a sentence: "6,110 people in 7 places", "People in 7 places (number not known)". */
export function formatPeopleIn(populations: readonly number[], where: string): string {
  const people = formatPeople(populations);
  return /^[\d,]+ (?:people|person)$/.test(people) ? `${people} in ${where}` : `People in ${where} (${people})`;
}

/** "1 place", "351 places" */
export function formatPlaces(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "place" : "places"}`;
}
