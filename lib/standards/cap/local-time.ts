import { z } from "zod";
import { parseCapTime, writeCapTime } from "./time";

/** Between an instant and the date and time fields of a form, in the console's zone. */

/** Of a time that comes twice, when clocks go back, the one that is meant. */
const whichSchema = z.enum(["first", "second"]);
export type Which = z.infer<typeof whichSchema>;

/** A date field and a time field, and which one where that time comes twice on that day. */
export const localFieldsSchema = z.object({ date: z.string(), time: z.string(), which: whichSchema.optional() });
export type LocalFields = z.infer<typeof localFieldsSchema>;

const DAY = 86_400_000;

function offsetAt(instant: number, timeZone: string): number {
  const local = writeCapTime(instant, timeZone).slice(0, 19);
  return (parseCapTime(`${local}-00:00`) ?? instant) - Math.floor(instant / 1000) * 1000;
}

/**
 * Every instant that a date field and a time field name, earliest first: two when clocks go back, none when they
 * skip that time. Null where either is empty or wrong.
 */
export function instantsOf({ date, time }: LocalFields, timeZone: string): readonly number[] | null {
  const asUtc = parseCapTime(`${date}T${time}:00-00:00`);
  if (asUtc === undefined) return null;
  // No zone is a day from UTC, and none changes its clocks twice in two days.
  const offsets = new Set([asUtc - DAY, asUtc + DAY].map((instant) => offsetAt(instant, timeZone)));
  return [...offsets]
    .map((offset) => asUtc - offset)
    .filter((instant) => asUtc - offsetAt(instant, timeZone) === instant)
    .sort((left, right) => left - right);
}

/** The values of a date field and a time field, and which of two such times it is. */
export function toLocalFields(instant: number, timeZone: string): LocalFields {
  const text = writeCapTime(instant, timeZone);
  const fields = { date: text.slice(0, 10), time: text.slice(11, 16) };
  const [first, second] = instantsOf(fields, timeZone) ?? [];
  if (first === undefined || second === undefined) return fields;
  return { ...fields, which: instant < second ? "first" : "second" };
}

/** The instant of a date field and a time field; null when either is empty or wrong, when nobody said which of two is meant, and when clocks skip it. */
export function localToInstant(fields: LocalFields, timeZone: string): number | null {
  const [first, second] = instantsOf(fields, timeZone) ?? [];
  if (first === undefined) return null;
  if (second === undefined) return first;
  return fields.which === undefined ? null : fields.which === "first" ? first : second;
}
