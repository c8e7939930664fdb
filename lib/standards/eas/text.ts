import { type CapAlert, type CapInfo, valuesOf } from "../cap/model";
import { parseCapTime } from "../cap/time";
import { nameEvent, ORIGINATOR_NAMES } from "./event-names";

/** The words a CAP-to-EAS box builds from a CAP message, ECIG guide v1.0 §3.6. */

/** The most characters of crawl text, ECIG guide v1.0 §3.6. */
export const EAS_TEXT_LIMIT = 1800;

export interface CrawlText {
  /** The sentence a station makes from the header. */
  station: string;
  /** The sender's own words behind it. */
  ours: string;
  /** Characters in all, the space between included. */
  length: number;
  /** How many characters of `ours` would be cut off at its end. */
  cut: number;
}

/**
 * The text a station crawls and reads: its own sentence, the sender, then the
 * parameter EASText where there is one, otherwise description and instruction
 * (EAS-011, EAS-012).
 * @param formatTime writes an instant the way listeners expect, such as 2:25 PM EDT
 */
export function buildCrawl(alert: CapAlert, info: CapInfo, formatTime: (instant: number) => string): CrawlText {
  const expires = parseCapTime(info.expires ?? "");
  const until = expires === undefined ? "" : `; effective until ${formatTime(expires)}`;
  const areas = info.area.map((area) => area.areaDesc).join("; ");
  const originator =
    ORIGINATOR_NAMES.get(valuesOf(info.parameter, "EAS-ORG")[0] ?? "CIV") ?? ORIGINATOR_NAMES.get("CIV");
  const event = nameEvent(valuesOf(info.eventCode, "SAME")[0] ?? "") ?? `an alert (${info.event})`;
  const station =
    `${originator} has issued ${event} for the following counties/areas: ` +
    `${areas}${until}. Message from ${info.senderName || alert.sender}.`;
  const own = valuesOf(info.parameter, "EASText")[0];
  const ours = own ?? [info.description, info.instruction].filter(Boolean).join(" ");
  const length = station.length + 1 + ours.length;
  return { station, ours, length, cut: Math.min(ours.length, Math.max(0, length - EAS_TEXT_LIMIT)) };
}
