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

const writeHeaderSentence = (
  originator: string | undefined,
  event: string,
  areas: string,
  until: string,
  sender: string,
): string =>
  `${originator} has issued ${event} for the following counties/areas: ` +
  `${areas}${until ? `; effective until ${until}` : ""}. Message from ${sender}.`;

/** Characters of the sentence a station makes for a county, at its longest, with the space behind it. */
export function headerLength(areas: string, sender: string): number {
  const names = ["TOE", "ADR"].map((code) => nameEvent(code) ?? "");
  const event = names.reduce((longest, name) => (name.length > longest.length ? name : longest), "");
  return writeHeaderSentence(ORIGINATOR_NAMES.get("CIV"), event, areas, "12:25 PM EDT Wednesday", sender).length + 1;
}

/**
 * The text a station crawls and reads: its own sentence, the sender, then the
 * parameter EASText where there is one, otherwise description and instruction
 * (EAS-011, EAS-012).
 * @param formatTime writes an instant the way listeners expect, such as 2:25 PM EDT
 */
export function buildCrawl(alert: CapAlert, info: CapInfo, formatTime: (instant: number) => string): CrawlText {
  const expires = parseCapTime(info.expires ?? "");
  const until = expires === undefined ? "" : formatTime(expires);
  const areas = info.area.map((area) => area.areaDesc).join("; ");
  const originator =
    ORIGINATOR_NAMES.get(valuesOf(info.parameter, "EAS-ORG")[0] ?? "CIV") ?? ORIGINATOR_NAMES.get("CIV");
  const event = nameEvent(valuesOf(info.eventCode, "SAME")[0] ?? "") ?? `an alert (${info.event})`;
  const station = writeHeaderSentence(originator, event, areas, until, info.senderName || alert.sender);
  const own = valuesOf(info.parameter, "EASText")[0];
  const ours = own ?? [info.description, info.instruction].filter(Boolean).join(" ");
  const length = station.length + 1 + ours.length;
  return { station, ours, length, cut: Math.min(ours.length, Math.max(0, length - EAS_TEXT_LIMIT)) };
}
