import { type CapAlert, type CapInfo, valuesOf } from "../cap/model";
import { parseCapTime } from "../cap/time";
import { applyRules, type Finding, isStopping, type Rule, ensure, warn } from "../rule";
import { EVENT_NAMES, nameEvent, ORIGINATOR_NAMES, UNLISTED_EVENTS } from "./event-names";

/**
 * The SAME header line in letters, 47 CFR 11.31(c), and back into words. Text
 * only: no tone or data burst is ever made (47 CFR 11.45).
 */

/** Station call, until a station puts its own there (EAS-008). Eight characters. */
const STATION_PLACEHOLDER = "CALLSIGN";

/** The most locations one header can name. */
const MOST_LOCATIONS = 31;

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

/** JJJHHMM, the day of the year and the UTC time. @param instant milliseconds since 1970 */
function writeIssued(instant: number): string {
  const at = new Date(instant);
  const day = Math.floor((instant - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
  return `${String(day).padStart(3, "0")}${two(at.getUTCHours())}${two(at.getUTCMinutes())}`;
}

/**
 * The header line, `ZCZC-ORG-EEE-PSSCCC+TTTT-JJJHHMM-LLLLLLLL-` (EAS-001), or
 * undefined when the message lacks a time, a place or an event. Locations past
 * the 31st are left out; IPAWS-019 says so.
 */
export function writeHeader(alert: CapAlert, info: CapInfo): string | undefined {
  const sent = parseCapTime(alert.sent);
  const expires = parseCapTime(info.expires ?? "");
  const event = valuesOf(info.eventCode, "SAME")[0];
  const places = [...new Set(info.area.flatMap((area) => valuesOf(area.geocode, "SAME")))].slice(0, MOST_LOCATIONS);
  if (sent === undefined || expires === undefined || event === undefined || places.length === 0) return undefined;
  const originator = valuesOf(info.parameter, "EAS-ORG")[0] ?? "CIV";
  const station = (valuesOf(info.parameter, "EAS-STN-ID")[0] ?? STATION_PLACEHOLDER).padEnd(8).slice(0, 8);
  const duration = writeDuration((expires - sent) / 60_000);
  return `ZCZC-${originator}-${event}-${places.join("-")}+${duration}-${writeIssued(sent)}-${station}-`;
}

export interface SameHeader {
  originator: string;
  event: string;
  /** Each PSSCCC. */
  locations: string[];
  /** Minutes. */
  duration: number;
  /** Day of the year, from 1, and UTC time; the header knows no year. */
  issued: { day: number; hour: number; minute: number };
  station: string;
}

const FORM = /^ZCZC-([A-Z]{3})-([A-Z]{3})-(\d{6}(?:-\d{6})*)\+(\d{4})-(\d{3})(\d{2})(\d{2})-(.{8})-$/;

const parts = (line: string) => FORM.exec(line.trim());

/** Rules about the header as a line of text. */
export const HEADER_RULES: readonly Rule<string>[] = [
  {
    id: "EAS-001",
    level: "must",
    source: "47 CFR 11.31(c)",
    confidence: "C",
    says: "A header is ZCZC-ORG-EEE-PSSCCC+TTTT-JJJHHMM-LLLLLLLL- with 1 to 31 locations.",
    check: (line) => {
      const found = parts(line);
      if (!found) return ensure(false, "", "The line has not the form of a header.");
      const count = (found[3] ?? "").split("-").length;
      return ensure(count <= MOST_LOCATIONS, "", `It names ${count} locations.`);
    },
  },
  {
    id: "EAS-002",
    level: "must",
    source: "47 CFR 11.31(b)",
    confidence: "C",
    says: "- and + only separate: a station call has / instead and spaces for what it does not fill.",
    check: (line) => ensure(!/[+-]/.test(parts(line)?.[8] ?? ""), "", "The station call has a - or a +."),
  },
  {
    id: "EAS-004",
    level: "must",
    source: "47 CFR 11.31(e)",
    confidence: "S",
    says: "The originator and the event are of the lists of 47 CFR 11.31.",
    check: (line) => {
      const [, originator, event] = parts(line) ?? [];
      if (originator === undefined || event === undefined) return [];
      return [
        ...ensure(ORIGINATOR_NAMES.has(originator), "", `${originator} is not an originator.`),
        ...(UNLISTED_EVENTS.has(event)
          ? [warn("", `${event} is not in the list; a station need not know it.`)]
          : ensure(EVENT_NAMES.has(event), "", `${event} is not an event.`)),
      ];
    },
  },
  {
    id: "EAS-006",
    level: "must",
    source: "47 CFR 11.31(c)",
    confidence: "M",
    says: "The duration is in quarter hours up to one hour, then in half hours.",
    check: (line) => {
      const text = parts(line)?.[4];
      if (text === undefined) return [];
      const minutes = Number(text.slice(0, 2)) * 60 + Number(text.slice(2));
      const good = Number(text.slice(2)) < 60 && minutes >= 15 && writeDuration(minutes) === text;
      return ensure(good, "", `${text} is no step of the duration.`);
    },
  },
  {
    id: "EAS-007",
    level: "must",
    source: "47 CFR 11.31(c)",
    confidence: "M",
    says: "The time of issue is a day of the year and a UTC time.",
    check: (line) => {
      const [, , , , , day, hour, minute] = parts(line) ?? [];
      if (day === undefined) return [];
      const good = Number(day) >= 1 && Number(day) <= 366 && Number(hour) < 24 && Number(minute) < 60;
      return ensure(good, "", `${day}${hour}${minute} is no time of issue.`);
    },
  },
];

/** Reads a header line back. Without a header, the findings say why. */
export function parseHeader(line: string): { header?: SameHeader; findings: Finding[] } {
  const findings = applyRules(HEADER_RULES, line, undefined);
  const found = parts(line);
  if (!found || findings.some(isStopping)) return { findings };
  const [, originator = "", event = "", locations = "", duration = "", day, hour, minute, station = ""] = found;
  return {
    findings,
    header: {
      originator,
      event,
      locations: locations.split("-"),
      duration: Number(duration.slice(0, 2)) * 60 + Number(duration.slice(2)),
      issued: { day: Number(day), hour: Number(hour), minute: Number(minute) },
      station: station.trimEnd(),
    },
  };
}

/** The parts a county is divided into, 47 CFR 11.31(f). */
const COUNTY_PARTS = [
  "",
  "northwest",
  "north",
  "northeast",
  "west",
  "central",
  "east",
  "southwest",
  "south",
  "southeast",
];

/** A location in words, such as "north Hampshire". @param nameOf the name of SSCCC, where it is known */
function formatLocation(location: string, nameOf: (code: string) => string | undefined): string {
  const part = COUNTY_PARTS[Number(location[0])] ?? "";
  const name = location === "000000" ? "the United States" : (nameOf(location.slice(1)) ?? location);
  return part ? `${part} ${name}` : name;
}

/**
 * A header in words, as a listener would be told.
 * @param nameOf the name of a county or state by SSCCC, where it is known
 * @param year the header does not carry it; milliseconds since 1970 of any moment in it
 * @param formatTime writes an instant
 */
export function formatHeader(
  header: SameHeader,
  nameOf: (code: string) => string | undefined,
  year: number,
  formatTime: (instant: number) => string,
): string {
  const { day, hour, minute } = header.issued;
  const issued = Date.UTC(new Date(year).getUTCFullYear(), 0, day, hour, minute);
  const places = header.locations.map((location) => formatLocation(location, nameOf)).join("; ");
  return (
    `${ORIGINATOR_NAMES.get(header.originator)} has issued ${nameEvent(header.event)} for the following counties/areas: ` +
    `${places}; at ${formatTime(issued)}; effective until ${formatTime(issued + header.duration * 60_000)}. ` +
    `Message from ${header.station}.`
  );
}
