import { groupBy } from "../../../platform/group-by";
import type { SiteWords } from "../../../wording/site-words";

/** What the public pages are made from. Pure. */

/** A number of an alert in force. */
export interface SaidNumber {
  e164: string;
  extension: string;
  /** The newest good test call on it, as the directory has it now, in milliseconds since 1970. */
  lastAnsweredAt: number | null;
}

/** A published message as a page of the place tells of it. */
export interface SaidMessage {
  identifier: string;
  alertCode: string;
  incidentId: string;
  /** Moment of sending, in milliseconds since 1970. */
  sentAt: number;
  endsAt: number;
  nextUpdateAt: number;
  tells: "outage" | "all-clear" | "withdrawal" | "neighbor";
  /** CAP's word for it. */
  msgType: string;
  /** How it stands now. */
  standing: "in-force" | "ended" | "replaced" | "taken-back";
  failure: keyof SiteWords["failure"];
  beganAt: number;
  restoredAt: number | null;
  numbers: readonly SaidNumber[];
  /** What it gave out and the directory has had as out of service since: nobody is to call these. */
  wrong: readonly Pick<SaidNumber, "e164" | "extension">[];
  /** It says that texts to 911 arrive, and so does the outage as it is now. */
  textsWork: boolean;
  /** headline, description, instruction by language. */
  texts: Readonly<Record<string, { headline: string; description: string; instruction: string }>>;
  agency: Readonly<Record<string, string>>;
}

/** The number people keep for the next time, as the directory has it now. */
export interface KeptNumber {
  e164: string;
  extension: string;
  /** Who answers, in each language it is known in. */
  desks: Readonly<Record<string, string>>;
  lastAnsweredAt: number | null;
}

export interface SitePlace {
  id: string;
  /** Where its page is: state in two letters and name, such as ma/granby. */
  path: string;
  name: string;
  /** With what tells it from a namesake. */
  label: string;
  stateCode: string;
  stateName: string;
  counties: readonly { id: string; name: string }[];
  neighborIds: readonly string[];
  timeZone: string;
  /** Other names people write for it. */
  aliases: readonly string[];
  /** ZIP Codes of which some part lies in it. */
  zips: readonly string[];
  kept: KeptNumber | null;
  /** The directory says that texts to 911 do not arrive here. */
  takesNoTexts: boolean;
  /** An open outage has it as out, whether or not its people were told. */
  declaredOut?: boolean;
  /** The newest first; those of the last year. */
  said: readonly SaidMessage[];
}

export interface SiteAlert {
  code: string;
  incidentId: string;
  title: string;
  agencyCode: string;
  agency: Readonly<Record<string, string>>;
  sentAt: number;
  endsAt: number;
  failure: keyof SiteWords["failure"];
  timeZone: string;
  messages: readonly AlertMessage[];
}

/** A message as feeds and the page of its alert list it. */
export interface AlertMessage {
  identifier: string;
  sha256: string;
  /** CAP's sent, as in the bytes. */
  sent: string;
  msgType: string;
  tells: SaidMessage["tells"];
  audience: "phones" | "broadcasters";
  placeIds: readonly string[];
  place: string;
  headline: string;
  standing: SaidMessage["standing"];
}

export interface SiteLanguage {
  code: string;
  name: string;
  direction: "ltr" | "rtl";
  words: SiteWords;
  /** Of a language that no alert is written in: what stands above the approved texts, and whether someone fluent reviewed the words. */
  translation?: { notice: string; official: string; isReviewed: boolean };
}

export interface SiteFacts {
  name: string;
  /** Status Test: every page says that it is a demonstration. */
  demonstration: boolean;
  /** The address of the site, without a slash at its end. */
  url: string;
  timeZone: string;
  /** When the site was set up, in milliseconds since 1970. */
  since: number;
  languages: readonly SiteLanguage[];
  agencies: readonly { code: string; name: string }[];
  /** By state and label. */
  places: readonly SitePlace[];
  /** The newest first. */
  alerts: readonly SiteAlert[];
  /** When these were read, in milliseconds since 1970. */
  now: number;
}

/** The message that people of a place go by at a moment: the newest in force. */
export const currentOf = (place: SitePlace, now: number): SaidMessage | null =>
  place.said.find(({ standing, endsAt }) => standing === "in-force" && endsAt > now) ?? null;

/** What tells whether people of a place may go by a message. */
type Telling = Pick<SaidMessage, "tells" | "sentAt" | "incidentId">;

/**
 * Whether what told people of a place that 911 works there, an all-clear or a border notice, no longer holds or never did: a
 * newer alert says that it fails, or one of another outage did so when it was sent and has no all-clear of its own.
 */
export function yieldsThere(said: SitePlace["said"], { tells, sentAt, incidentId }: Telling): boolean {
  if (tells !== "all-clear" && tells !== "neighbor") return false;
  return said.some(
    (other) =>
      other.tells === "outage" &&
      other.standing !== "taken-back" &&
      (other.sentAt > sentAt ||
        (other.incidentId !== incidentId && other.standing !== "replaced" && other.endsAt > sentAt)),
  );
}

/**
 * What was said, as it stands for people of one place. What told them that 911 works may not hold there, though its message
 * stays whole: no other one refers to it, and elsewhere it is so.
 */
export const standingThere = (said: SitePlace["said"]): SaidMessage[] =>
  said.map((message) =>
    message.standing === "in-force" && yieldsThere(said, message) ? { ...message, standing: "replaced" } : message,
  );

/** How a message stands: where it is for one place alone, as it does there. */
export const standingOfMessage = (
  { identifier, placeIds: [id, ...others], standing }: Pick<AlertMessage, "identifier" | "placeIds" | "standing">,
  places: ReadonlyMap<string, SitePlace>,
): SaidMessage["standing"] =>
  (others.length === 0 && places.get(id ?? "")?.said.find((said) => said.identifier === identifier)?.standing) ||
  standing;

const members = new WeakMap<SiteFacts["places"], ReadonlyMap<string, SitePlace[]>>();

/** Whether it is a county: what is announced for it is for people outside its cities and towns. */
const isCounty = ({ id, counties: [home] }: Pick<SitePlace, "id" | "counties">): boolean => home?.id === id;

/** Cities and towns of a county in which 911 fails, while nothing says so of the county. None of another kind of place. */
export function partsOut({ places, now }: Pick<SiteFacts, "places" | "now">, place: SitePlace): SitePlace[] {
  if (!isCounty(place) || standingOf(place, now) === "out") return [];
  let inCounty = members.get(places);
  if (!inCounty) {
    const pairs = places.flatMap((one) => one.counties.flatMap(({ id }) => (id === one.id ? [] : [{ id, one }])));
    inCounty = new Map([...groupBy(pairs, ({ id }) => id)].map(([id, found]) => [id, found.map(({ one }) => one)]));
    members.set(places, inCounty);
  }
  return (inCounty.get(place.id) ?? []).filter((one) => standingOf(one, now) === "out");
}

/**
 * The moments at which what people of a place are told changes by the clock alone, in their order: when the outage in
 * force ends, and, where another one is in force behind it, when that one does; of a county also when one of its cities
 * and towns ends.
 */
export function endsOf(facts: Pick<SiteFacts, "places" | "now">, place: SitePlace): number[] {
  const ends: number[] = [];
  for (const one of [place, ...partsOut(facts, place)])
    for (let current = currentOf(one, facts.now); current?.tells === "outage"; current = currentOf(one, current.endsAt))
      ends.push(current.endsAt);
  return [...new Set(ends)].sort((left, right) => left - right);
}

/** How a place stands in public. */
export type Standing = "out" | "restored" | "past" | "quiet";

/** How long a page tells of what ended, before it is a quiet day's page again. */
const PAST_MS = 24 * 3_600_000;

export function standingOf(place: SitePlace, now: number): Standing {
  const current = currentOf(place, now);
  if (current) return current.tells === "all-clear" ? "restored" : current.tells === "outage" ? "out" : "quiet";
  const [last] = place.said;
  if (last?.tells === "all-clear" && last.endsAt + PAST_MS > now) return "restored";
  return last?.tells === "outage" && last.standing !== "taken-back" && last.endsAt + PAST_MS > now ? "past" : "quiet";
}

/** Folder of a language: the first one has none. */
export const folderOf = ({ languages }: Pick<SiteFacts, "languages">, language: Pick<SiteLanguage, "code">): string =>
  language.code === languages[0]?.code ? "" : `${language.code.split("-")[0]}/`;
