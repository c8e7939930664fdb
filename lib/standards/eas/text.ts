import { type CapAlert, type CapInfo, valuesOf } from "../cap/model";
import { parseCapTime } from "../cap/time";

/**
 * EAS as text: the SAME header line in letters and the words a CAP-to-EAS box
 * would build. Text only: no tone or data burst is ever made (47 CFR 11.45).
 */

/** The most characters of crawl text, ECIG guide v1.0 §3.6. */
export const EAS_TEXT_LIMIT = 1800;

/** Station call, until a station puts its own there (EAS-008). Eight characters. */
const STATION_PLACEHOLDER = "CALLSIGN";

const two = (value: number) => String(value).padStart(2, "0");

/**
 * TTTT, the duration as hhmm: quarter hours up to one hour, then half hours,
 * rounded up (EAS-006), at most 99:30.
 * @param minutes how long the message is valid
 */
export function writeDuration(minutes: number): string {
  const step = minutes <= 60 ? 15 : 30;
  const rounded = Math.min(Math.max(Math.ceil(minutes / step) * step, 15), 99 * 60 + 30);
  return `${two(Math.floor(rounded / 60))}${two(rounded % 60)}`;
}

/** The header line, `ZCZC-ORG-EEE-PSSCCC+TTTT-JJJHHMM-LLLLLLLL-` (EAS-001), or undefined when times are missing. */
export function writeHeader(alert: CapAlert, info: CapInfo): string | undefined {
  const sent = parseCapTime(alert.sent);
  const expires = parseCapTime(info.expires ?? "");
  if (sent === undefined || expires === undefined) return undefined;
  const originator = valuesOf(info.parameter, "EAS-ORG")[0] ?? "CIV";
  const event = valuesOf(info.eventCode, "SAME")[0] ?? "";
  const places = [...new Set(info.area.flatMap((area) => valuesOf(area.geocode, "SAME")))].slice(0, 31);
  const station = (valuesOf(info.parameter, "EAS-STN-ID")[0] ?? STATION_PLACEHOLDER).padEnd(8).slice(0, 8);
  const at = new Date(sent);
  const day = Math.floor((sent - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
  const issued = `${String(day).padStart(3, "0")}${two(at.getUTCHours())}${two(at.getUTCMinutes())}`;
  return `ZCZC-${originator}-${event}-${places.join("-")}+${writeDuration((expires - sent) / 60_000)}-${issued}-${station}-`;
}

export interface CrawlText {
  /** The sentence a station makes from the header. */
  station: string;
  /** Our own words behind it. */
  ours: string;
  /** Characters in all, the two spaces between included. */
  length: number;
  /** How many characters would be cut off. */
  cut: number;
}

/**
 * The text a station crawls and reads: its own sentence, the sender, then
 * description and instruction (EAS-011, EAS-012).
 * @param sayTime writes an instant the way listeners expect, such as 2:25 PM EDT
 */
export function buildCrawl(alert: CapAlert, info: CapInfo, sayTime: (instant: number) => string): CrawlText {
  const expires = parseCapTime(info.expires ?? "");
  const until = expires === undefined ? "" : `; effective until ${sayTime(expires)}`;
  const areas = info.area.map((area) => area.areaDesc).join("; ");
  const station =
    `A Civil Authority has issued a 911 Telephone Outage Emergency for the following counties/areas: ` +
    `${areas}${until}. Message from ${info.senderName ?? alert.sender}.`;
  const ours = [info.description, info.instruction].filter(Boolean).join(" ");
  const length = station.length + 1 + ours.length;
  return { station, ours, length, cut: Math.max(0, length - EAS_TEXT_LIMIT) };
}
