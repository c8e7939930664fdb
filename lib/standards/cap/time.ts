import { trimSpace } from "./white-space";

/**
 * CAP times, CAP 1.2 section 3.3.2: `YYYY-MM-DDThh:mm:ss±hh:mm`, no fraction of
 * a second, no `Z`; UTC is written `-00:00`.
 */

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-4]):([0-5]\d):([0-5]\d)([+-])(\d{2}):(\d{2})$/;
/** Characters of a time: nothing longer is looked at. */
const LENGTH = 25;

/** Every rule about time asks about the same few. */
const recent = new Map<string, number | undefined>();
const MOST_RECENT = 256;

/**
 * The instant a CAP time names, in milliseconds since 1970, or undefined when it
 * is not one. White space around it counts for nothing, and 24:00:00 is the next
 * day's midnight, as xs:dateTime has them (XML Schema 2 §3.2.7); CAP-008 warns of both.
 */
export function parseCapTime(text: string): number | undefined {
  if (recent.has(text)) return recent.get(text);
  const written = text.length === LENGTH ? text : trimSpace(text);
  if (written.length !== LENGTH) return undefined;
  const instant = readTime(written);
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(text, instant);
  return instant;
}

function readTime(text: string): number | undefined {
  const parts = PATTERN.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, sign, offsetHour, offsetMinute] = parts;
  // Date.UTC takes 0 to 99 for years of the twentieth century; there is no year 0.
  const at = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const back = new Date(at);
  if (year === "0000" || back.getUTCMonth() + 1 !== Number(month) || back.getUTCDate() !== Number(day))
    return undefined;
  if (hour === "24" && (minute !== "00" || second !== "00")) return undefined;
  if (Number(offsetMinute) > 59 || Number(offsetHour) * 60 + Number(offsetMinute) > 14 * 60) return undefined;
  const date = at + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === "-" ? -1 : 1);
  return date - offset * 60_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(timeZone: string, instant: number): Record<string, string> {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}

/** Every message of an alert is sent at one moment. */
const written = new Map<string, string>();

/**
 * Writes an instant in local time with its offset.
 * @param instant milliseconds since 1970; fractions of a second are dropped
 * @param timeZone IANA name, such as America/New_York
 */
export function writeCapTime(instant: number, timeZone: string): string {
  const whole = Math.floor(instant / 1000) * 1000;
  const key = `${whole} ${timeZone}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  if (written.size >= MOST_RECENT) written.clear();
  const text = writeTime(whole, timeZone);
  written.set(key, text);
  return text;
}

function writeTime(whole: number, timeZone: string): string {
  const local = partsIn(timeZone, whole);
  const asUtc = Date.UTC(
    Number(local.year),
    Number(local.month) - 1,
    Number(local.day),
    Number(local.hour),
    Number(local.minute),
    Number(local.second),
  );
  const offset = Math.round((asUtc - whole) / 60_000);
  const size = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, "0");
  // CAP-007: the prose of 1.2 names only -00:00 for UTC.
  const zone = `${offset > 0 ? "+" : "-"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${local.year}-${local.month}-${local.day}T${local.hour}:${local.minute}:${local.second}${zone}`;
}
