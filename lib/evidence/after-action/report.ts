import { writeCsvRow } from "../../platform/csv-row";

/** What happened in an outage, as one report: what anybody can compare with the record, entry by entry. Pure. */

export const LANES = {
  "911": "911",
  public: "The public",
  officials: "The officials",
  numbers: "Direct numbers",
  provider: "The provider",
} as const;
export type Lane = keyof typeof LANES;

export interface TimelineRow {
  /** Milliseconds since 1970. */
  at: number;
  lane: Lane;
  what: string;
  by: string;
  /** Number of the entry of the record that says so; null for what only the incident says. */
  entry: number | null;
}

export interface PublishedText {
  alertId: string;
  title: string;
  purpose: string;
  publishedAt: number;
  approvedBy: string;
  places: number;
  messages: number;
  /** Fingerprint of what was approved. */
  contentHash: string;
  /** Each distinct text with how many messages carried it. */
  texts: { language: string; short: string; long: string; place: string; count: number }[];
}

export interface PublicationRow {
  alert: string;
  identifier: string;
  place: string;
  audience: string;
  msgType: string;
  channel: string;
  sha256: string;
  publishedAt: number;
  publishedBy: string;
}

/** What intervals are measured from. Times in milliseconds since 1970; null where it did not happen. */
export interface Milestones {
  beganAt: number;
  declaredAt: number;
  firstPublishedAt: number | null;
  /** For each place: since when 911 works again, and when its all-clear was published. */
  restored: readonly { at: number; allClearAt: number | null }[];
  /** For each correction: when the number was reported or put out of use, and when the correction was published. */
  corrections: readonly { reportedAt: number; publishedAt: number }[];
  notices: readonly number[];
  firstAlertMinutes: number;
  allClearMinutes: number;
}

export interface Interval {
  name: string;
  minutes: number | null;
  /** In minutes; null where there is none. */
  target: number | null;
  verdict: string;
}

export interface AfterAction {
  format: "callbox-after-action-1";
  incident: {
    id: string;
    title: string;
    mode: "live" | "exercise";
    agency: string;
    failure: string;
    textTo911: string;
    beganAt: number;
    declaredAt: number;
    closedAt: number | null;
    cause: string | null;
    evidence: string;
    places: number;
  };
  timeZone: string;
  madeAt: number;
  /** Number and fingerprint of the last entry of the record it was made from. */
  record: string;
  intervals: Interval[];
  timeline: TimelineRow[];
  published: PublishedText[];
  findings: { at: number; text: string; by: string }[];
  publications: PublicationRow[];
}

const MINUTE = 60_000;
/** From a wrong number that is reported to its correction (shared product targets). */
const CORRECTION_MINUTES = 3;
/** 47 CFR 4.9(h). */
const NOTICE_MINUTES = 30;
const FOLLOW_UP_MINUTES = 120;

function interval(name: string, from: number | null, to: number | null, target: number | null): Interval {
  if (from === null || to === null) return { name, minutes: null, target, verdict: "not noted" };
  const minutes = Math.round(((to - from) / MINUTE) * 10) / 10;
  const verdict =
    target === null
      ? "no target"
      : minutes <= target
        ? "within the target"
        : `${Math.round((minutes - target) * 10) / 10} min over`;
  return { name, minutes, target, verdict };
}

/** The intervals that matter, each against its target. */
export function measureIntervals(facts: Milestones): Interval[] {
  const [first, second] = [...facts.notices].sort((left, right) => left - right);
  const slowest = [...facts.restored]
    .filter((one): one is { at: number; allClearAt: number } => one.allClearAt !== null)
    .sort((left, right) => right.allClearAt - right.at - (left.allClearAt - left.at))[0];
  return [
    interval("Outage began to declared", facts.beganAt, facts.declaredAt, null),
    interval("Declared to first alert published", facts.declaredAt, facts.firstPublishedAt, facts.firstAlertMinutes),
    interval("Outage began to first alert published", facts.beganAt, facts.firstPublishedAt, null),
    ...facts.corrections.map(({ reportedAt, publishedAt }, index) =>
      interval(
        `Wrong number reported to correction published${facts.corrections.length > 1 ? `, ${index + 1}` : ""}`,
        reportedAt,
        publishedAt,
        CORRECTION_MINUTES,
      ),
    ),
    interval(
      "911 works again to all-clear published, the slowest place",
      slowest?.at ?? null,
      slowest?.allClearAt ?? null,
      facts.allClearMinutes,
    ),
    interval("Outage began to provider’s first notice", facts.beganAt, first ?? null, NOTICE_MINUTES),
    interval("Provider’s first notice to its follow-up", first ?? null, second ?? null, FOLLOW_UP_MINUTES),
  ];
}

/** The timeline and the publication log as one table, for a spreadsheet. Times in UTC, ISO 8601. */
export function writeAfterActionCsv({
  timeline,
  publications,
}: Pick<AfterAction, "timeline" | "publications">): string {
  const time = (at: number) => new Date(at).toISOString();
  const head = ["time", "lane", "what", "who", "entry", "identifier", "channel", "sha256"];
  return `\ufeff${writeCsvRow(head)}${[
    ...timeline.map(({ at, lane, what, by, entry }) =>
      writeCsvRow([time(at), LANES[lane], what, by, entry, null, null, null]),
    ),
    ...publications.map(({ publishedAt, publishedBy, alert, identifier, channel, sha256, place, msgType }) =>
      writeCsvRow([
        time(publishedAt),
        LANES.public,
        `${alert}: ${msgType} for ${place}`,
        publishedBy,
        null,
        identifier,
        channel,
        sha256,
      ]),
    ),
  ].join("")}`;
}
