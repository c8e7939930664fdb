import { parseCapTime, writeCapTime } from "./time";

/** Between an instant and the date and time fields of a form, in the console's zone. */

function offsetAt(instant: number, timeZone: string): number {
  const local = writeCapTime(instant, timeZone).slice(0, 19);
  return (parseCapTime(`${local}-00:00`) ?? instant) - Math.floor(instant / 1000) * 1000;
}

/** The values of a date field and a time field. */
export function toLocalFields(instant: number, timeZone: string): { date: string; time: string } {
  const text = writeCapTime(instant, timeZone);
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

/** The instant of a date field and a time field, or null when either is empty or wrong. */
export function localToInstant(date: string, time: string, timeZone: string): number | null {
  const asUtc = parseCapTime(`${date}T${time}:00-00:00`);
  if (asUtc === undefined) return null;
  // Twice, because the offset may differ on the two sides of a clock change.
  const first = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(first, timeZone);
}
