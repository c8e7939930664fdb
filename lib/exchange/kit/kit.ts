import { buildBundle } from "../../alerts/content";
import { type AlertFacts, FOLLOWS_NOTHING } from "../../alerts/facts";
import { choosePlaces } from "../../alerts/plan";
import { type AgencyFacts, type AlertContent, FIRST_ALERT } from "../../alerts/schema";
import { FIRST_LANGUAGE, inLanguage } from "../../platform/language";
import type { LanguageWords } from "../../wording/languages";
import { type Service, SERVICES, formatNumber } from "../../directory/schema";
import { numbersFor, verifiedUntil, whyNot, assessNumber } from "../../directory/selection";
import type { PlaceFacts } from "../../directory/place-facts";
import { prepareWording } from "../../wording/prepare";
import type { TemplateBody } from "../../wording/schema";
import { formatCounty } from "../../places/county-kinds";
import { canonicalJson } from "../../record/canonical-json";

/**
 * The offline kit: what an agency needs when Callbox cannot be reached. Numbers
 * with how long each is good, other ways to help, ready texts with gaps for the
 * times, and the steps. Paper and file are made from the same data.
 */

export interface KitNumber {
  number: string;
  service: string;
  desk: string;
  hours: string;
  lines: number;
  /** Milliseconds since 1970, or null when nobody ever answered. */
  verifiedUntil: number | null;
  /** Empty when it may be given out. */
  warning: string;
  /** Whether it runs on the 911 network, which may have failed. */
  network: boolean;
}

export interface KitText {
  language: string;
  short: string;
  long: string;
}

export interface KitPlace {
  id: string;
  name: string;
  county: string;
  population: number;
  /** The number to give out, the same as in the texts, or null. */
  give: string | null;
  /** Until when its last test call counts, in milliseconds since 1970; null without a number. */
  giveUntil: number | null;
  why: string;
  numbers: KitNumber[];
  larger: { name: string; numbers: KitNumber[] }[];
  helpOptions: string[];
  texts: KitText[];
}

export interface Kit {
  format: "callbox-kit-2";
  agency: string;
  demonstration: boolean;
  timeZone: string;
  /** Milliseconds since 1970. */
  madeAt: number;
  steps: string[];
  places: KitPlace[];
}

/** What to do without Callbox, in order. */
const STEPS: readonly string[] = [
  "Find out what fails, since when, and whether text to 911 works. Write down who told you.",
  "Call the agencies around you, so that all give the same numbers.",
  "Take the number of each place from this kit. If its date has passed, call it once before you give it out; never call 911 to test it.",
  "Take the ready text of the place. Fill in the times by hand where there is a gap.",
  "A second official reads the text and the number aloud and signs the sheet.",
  "Hand the text to whoever can send it: your IPAWS tool, the State 911 Department, radio and television, town web pages.",
  "Write down the time, the text, who approved it and where it went. Enter it in Callbox afterwards.",
  "When 911 works again, say so the same way, and that the other numbers are no longer needed.",
];

const GAP = "______";

/** The gaps people fill in by hand: times are not known yet. */
export function openGaps(text: string): string {
  return text.replace(/\{(?:since|until|nextUpdate|originalSent|restored)(?:At|Time)?\}/g, GAP);
}

function toKitNumber(number: PlaceFacts["numbers"][number], now: number): KitNumber {
  const readiness = assessNumber(number, now);
  return {
    number: formatNumber(number),
    service: SERVICES[number.service as Service],
    desk: number.desk,
    hours: number.hours,
    lines: number.lines,
    verifiedUntil: verifiedUntil(number) ?? null,
    warning:
      readiness === "verified" ? (number.status === "overloaded" ? "overloaded" : "") : whyNot(number, readiness),
    network: number.sharedWith911,
  };
}

export interface KitFacts {
  agency: AgencyFacts;
  places: PlaceFacts[];
  template: TemplateBody;
  languages: LanguageWords[];
  demonstration: boolean;
  timeZone: string;
}

/** @param now milliseconds since 1970: the date on every sheet */
export function buildKit({ agency, places, template, languages, demonstration, timeZone }: KitFacts, now: number): Kit {
  const incident = {
    id: "kit",
    mode: "live" as const,
    title: "911 outage",
    failure: "full" as const,
    carrier: null,
    textTo911: "unknown" as const,
    beganAt: now,
  };
  const facts: AlertFacts = {
    alertId: "kit",
    code: "KIT",
    purpose: "outage",
    ...FOLLOWS_NOTHING,
    status: demonstration ? "Test" : "Actual",
    agency,
    incident,
    places,
    timeZone,
    languages,
    anyHour: true,
  };
  const content: AlertContent = {
    ...FIRST_ALERT,
    format: "callbox-content-3",
    grouping: "place",
    placeIds: places.map(({ id }) => id),
    validMinutes: 120,
    nextUpdateMinutes: 60,
    ...prepareWording(
      template,
      incident,
      languages.map(({ code }) => code),
    ),
    customWording: {},
    numbers: {},
  };
  const messages = new Map(
    buildBundle(facts, content, now)
      .messages.filter(({ audience }) => audience === "phones")
      .map((message) => [message.placeId, message]),
  );
  const chosen = new Map(choosePlaces(facts, content, now).map(({ place, selection }) => [place.id, selection]));
  return {
    format: "callbox-kit-2",
    agency: inLanguage(agency.name, FIRST_LANGUAGE),
    demonstration,
    timeZone,
    madeAt: now,
    steps: [...STEPS],
    places: places.map((place) => {
      // What the texts give out and what the sheet says are one choice.
      const { number, why } = chosen.get(place.id) ?? { number: undefined, why: "" };
      return {
        id: place.id,
        name: `${place.name}, ${place.stateCode}`,
        county: place.counties.map(formatCounty).join(", "),
        population: place.population,
        give: number ? formatNumber(number) : null,
        giveUntil: (number && verifiedUntil(number)) ?? null,
        why,
        numbers: [
          ...numbersFor(place.numbers, "dispatch"),
          ...numbersFor(place.numbers, "poison-control"),
          ...numbersFor(place.numbers, "non-emergency"),
        ].map((one) => toKitNumber(one, now)),
        larger: place.fallbacks.map(({ name, numbers }) => ({
          name,
          numbers: numbers.map((one) => toKitNumber(one, now)),
        })),
        helpOptions: place.helpOptions
          .filter(({ works }) => works)
          .map(({ wording }) => inLanguage(wording, FIRST_LANGUAGE)),
        texts: (messages.get(place.id)?.texts ?? []).map(({ language, parts }) => ({
          language,
          short: openGaps(parts.short),
          long: openGaps(parts.long),
        })),
      };
    }),
  };
}

/** The kit as the bytes its checksum is of. No "<", so that they can stand in a page as they are. */
export function writeKitData(kit: Kit): string {
  return canonicalJson(kit).replaceAll("<", "\\u003c");
}

/** The first and last day in words: "November 25, 2026". */
export function formatKitDay(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", { timeZone, dateStyle: "long" }).format(instant);
}
