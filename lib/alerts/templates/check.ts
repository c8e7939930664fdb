import type { PlaceFacts } from "../../directory/place-facts";
import type { NumberFacts } from "../../directory/schema";
import type { Failure } from "../../directory/selection";
import { FAILURES, TEXT_TO_911 } from "../../incidents/schema";
import type { LanguageWords } from "../../wording/languages";
import { holdWording, prepareWording } from "../../wording/prepare";
import type { TemplateBody } from "../../wording/schema";
import type { Audience } from "../../wording/texts";
import { fitShortTexts } from "../choose-wording";
import { buildBundle } from "../content";
import { audienceOf } from "../message-slots";
import { type AlertFacts, FOLLOWS_NOTHING } from "../facts";
import { type FindingPlace, isBlocking, problemSteps } from "../findings";
import { type BroadcastPlan, homeCounty, type PhonePlan, planAlert } from "../plan";
import { type AgencyFacts, type AlertContent, FIRST_ALERT, type InForce, type Purpose } from "../schema";

/**
 * Every combination that a template can be asked for, as alerts would be made
 * of it: what fails, what is known of text-to-911, with a number and without,
 * for a place with a short name, one with a long name and those that give
 * trouble. Pure; one combination after the other.
 */

/** Of whom and for where the sample alerts are. */
export interface Sample {
  agency: AgencyFacts;
  languages: LanguageWords[];
  timeZone: string;
  places: readonly PlaceFacts[];
}

/** How the places of a follow-up stand: told before, told for the first time, or with 911 working again. */
type Standing = "kept" | "joined" | "restored";

export interface Combination {
  standing: Standing;
  failure: Failure;
  textTo911: keyof typeof TEXT_TO_911;
  withNumber: boolean;
}

export interface TemplateFinding extends Combination {
  rule: string;
  place: string;
  /** The text it is about; null where it is about none that the template has. */
  audience: Audience | null;
  /** Language and part, such as es-US.short, or where CAP has it. */
  path: string;
  message: string;
}

export interface TemplateCheck {
  combinations: number;
  /** What would hold an alert up. */
  must: TemplateFinding[];
  /** What a person should look at. */
  should: TemplateFinding[];
}

const MINUTE = 60_000;

/** A number with an extension stands in the first sample, which has the shortest name; others have none. */
const NUMBER = { e164: "+18005550142", extension: "" };
const EXTENSION = "1234";
/** Whose customers can’t reach 911, where it is one carrier. */
export const CARRIER = "T-Mobile";
const WRONG = { e164: "+18005550177", extension: "" };

const numberFor = (placeId: string, extension: string, now: number): NumberFacts => ({
  id: `sample-${placeId}`,
  service: "dispatch",
  ...NUMBER,
  extension,
  desk: "regional emergency communications center",
  hours: "day and night",
  lines: 99,
  sharedWith911: false,
  preference: 1,
  status: "in-service",
  calls: [
    {
      at: now - MINUTE,
      by: "",
      answeredBy: "dispatcher",
      result: "right-desk",
      validDays: 90,
      recordedAt: now - MINUTE,
    },
  ],
});

/**
 * Places that texts are tried with: the shortest name, the longest, the longest
 * short form, one that must be told from a namesake, and a whole county.
 */
export function chooseSamples(places: readonly PlaceFacts[]): PlaceFacts[] {
  const by = (length: (place: PlaceFacts) => number) =>
    [...places].sort((left, right) => length(right) - length(left) || (left.id < right.id ? -1 : 1))[0];
  const chosen = [
    by(({ name }) => -name.length),
    by(({ name }) => name.length),
    by(({ shortName }) => shortName.length),
    places.find(({ namesake }) => namesake !== null),
    places.find(({ unit }) => unit === "county"),
  ];
  return [...new Map(chosen.flatMap((place) => (place ? [[place.id, place] as const] : []))).values()];
}

/** What is in force when a follow-up of this kind is written: one message for each place and county that was told. */
function inForceFor(purpose: Purpose, standing: Standing, places: readonly PlaceFacts[], now: number): InForce[] {
  if (purpose === "outage" || purpose === "border" || standing === "joined") return [];
  const told = (audience: InForce["audience"], placeId: string, covers: string[]): InForce => ({
    reference: `a@b.example,${audience}-${placeId},2026-01-01T00:00:00-00:00`,
    audience,
    placeId,
    covers,
    tells: "outage",
    sent: now - 90 * MINUTE,
    numbers: covers.map((id) => ({ placeId: id, id: `wrong-${id}`, ...WRONG })),
  });
  const counties = new Set(places.flatMap((place) => place.counties.map(({ id }) => id)));
  return [
    ...places.map(({ id }) => told("phones", id, [id])),
    ...[...counties].map((id) => told("broadcasters", id, [])),
  ];
}

/** Next to each place one that is still out: an all-clear stands in the list of its county. */
const withNext = (places: readonly PlaceFacts[]): PlaceFacts[] =>
  places.map((place) => ({ ...place, id: `${place.id}-next`, name: `${place.name} Center` }));

/** The alert that a template makes in one combination. @throws when it names a phrase that it does not have */
export function situationOf(
  purpose: Purpose,
  body: TemplateBody,
  sample: Sample,
  { standing, failure, textTo911, withNumber }: Combination,
  now: number,
): { facts: AlertFacts; content: AlertContent } {
  const listed = purpose === "restoration" && standing === "kept" ? withNext(sample.places) : [];
  const places = [...sample.places, ...listed].map((place, index) => ({
    ...place,
    numbers: withNumber ? [numberFor(place.id, index === 0 ? EXTENSION : "", now)] : [],
    fallbacks: [],
    conflicts: [],
    population: Math.max(place.population, 1),
  }));
  const listedIds = listed.map(({ id }) => id);
  const placeIds = sample.places.map(({ id }) => id);
  const restored = purpose === "restoration" || standing === "restored";
  const incident = {
    id: "sample",
    mode: "live" as const,
    title: "Sample",
    failure,
    textTo911,
    carrier: failure === "carrier" ? CARRIER : null,
    beganAt: now - 120 * MINUTE,
  };
  const codes = sample.languages.map(({ code }) => code);
  const wording = prepareWording(body, incident, codes);
  const [next] = places;
  const content: AlertContent = {
    ...FIRST_ALERT,
    format: "callbox-content-3",
    grouping: "place",
    placeIds,
    restoredIds: restored ? placeIds : [],
    wrong: purpose === "correction" ? WRONG : null,
    tellPhones: purpose === "cancellation",
    validMinutes: 120,
    nextUpdateMinutes: 60,
    ...wording,
    customWording: {},
    numbers: withNumber
      ? {}
      : Object.fromEntries(placeIds.map((id) => [id, { choice: "no-number" as const, reason: "It is a sample." }])),
  };
  const facts: AlertFacts = {
    ...FOLLOWS_NOTHING,
    alertId: "sample",
    code: "SAMPLE-1",
    purpose,
    status: "Test",
    agency: sample.agency,
    incident,
    places,
    timeZone: sample.timeZone,
    languages: sample.languages,
    outage:
      purpose === "border"
        ? []
        : places.map(({ id }) => ({
            placeId: id,
            state: restored && !listedIds.includes(id) ? "restored" : "out",
            since: now - 60 * MINUTE,
          })),
    inForce: inForceFor(purpose, standing, places, now),
    listedIds,
    down:
      purpose === "border" && next ? [{ ...next, name: "Manchester-by-the-Sea", counties: [homeCounty(next)] }] : [],
    held: holdWording(body, incident, codes),
  };
  content.customWording = fitShortTexts(facts, content, now);
  return { facts, content };
}

/** The texts of each purpose that samples are made of. What no sample has cannot be tried, so nobody changes it. */
export const TRIED: Readonly<Record<Purpose, readonly Audience[]>> = {
  outage: ["place", "noNumber", "county"],
  update: ["place", "noNumber", "county", "restored", "restoredCounty", "joined", "joinedNoNumber", "joinedCounty"],
  correction: ["place", "noNumber", "county"],
  restoration: ["county", "restored", "restoredCounty"],
  cancellation: ["noNumber", "county"],
  border: ["neighbor", "neighborCounty"],
};

const ALL_FAILURES = Object.keys(FAILURES) as Failure[];
const ALL_TEXTING = Object.keys(TEXT_TO_911) as (keyof typeof TEXT_TO_911)[];

/** Everything that can be asked of a template for this purpose. */
export function combinationsOf(purpose: Purpose): Combination[] {
  const fails = (standing: Standing) =>
    ALL_FAILURES.flatMap((failure) =>
      ALL_TEXTING.flatMap((textTo911) =>
        [true, false].map((withNumber) => ({ standing, failure, textTo911, withNumber })),
      ),
    );
  // Where 911 works, texting works, and no number is given out.
  const plain = (standing: Standing): Combination[] =>
    ALL_FAILURES.map((failure) => ({ standing, failure, textTo911: "unknown", withNumber: false }));
  switch (purpose) {
    case "outage":
    case "correction":
      return fails("kept");
    case "update":
      return [...fails("kept"), ...fails("joined"), ...plain("restored")];
    case "restoration":
      return [...plain("restored"), ...fails("kept")];
    case "cancellation":
    case "border":
      return plain("kept");
  }
}

/** The messages of a sample alert, and which texts each of them is made of. */
export function planSamples(facts: AlertFacts, content: AlertContent, now: number) {
  return planAlert(facts, content, now).map((plan) => ({
    plan,
    audience: audienceOf(plan),
  }));
}

const isOf =
  ({ audience, placeId }: FindingPlace) =>
  ({ plan }: { plan: PhonePlan | BroadcastPlan }) =>
    plan.audience === audience && plan.id === placeId;

/**
 * What the rules say of every combination, one message at a time.
 * @param now milliseconds since 1970
 * @param done told how many combinations were asked, after each
 * @returns a template that cannot be read at all has one finding that says so
 */
export function* checkTemplate(
  purpose: Purpose,
  body: TemplateBody,
  sample: Sample,
  now: number,
  done: (combinations: number) => void = () => undefined,
): Generator<void, TemplateCheck> {
  const check: TemplateCheck = { combinations: 0, must: [], should: [] };
  for (const combination of combinationsOf(purpose)) {
    check.combinations += 1;
    try {
      const { facts, content } = situationOf(purpose, body, sample, combination, now);
      const groups = yield* problemSteps(buildBundle(facts, content, now), { facts, content, now });
      const plans = planSamples(facts, content, now);
      for (const group of groups) {
        const list = isBlocking(group)
          ? check.must
          : group.level === "should" && group.verdict === "fail"
            ? check.should
            : null;
        for (const found of list ? group.places : []) {
          const { place, path, message } = found;
          const audience = plans.find(isOf(found))?.audience ?? null;
          list?.push({ ...combination, rule: group.rule, place, audience, path, message });
        }
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : "It cannot be read.";
      check.must.push({ ...combination, rule: "TPL-001", place: "", audience: null, path: "", message });
    }
    done(check.combinations);
    yield;
  }
  return check;
}
