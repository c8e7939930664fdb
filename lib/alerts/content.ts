import { formatNumber } from "../directory/schema";
import { belongsElsewhere } from "../directory/area-codes";
import { parseHours } from "../directory/hours";
import { lastGoodCall, verifiedUntil } from "../directory/selection";
import { atOnce } from "../platform/slices";
import { FIRST_LANGUAGE, inLanguage, type Localized } from "../platform/language";
import { formatCounty } from "../places/county-kinds";
import { formatPlaceCount } from "../places/place-count";
import type { LanguageWords } from "../wording/languages";
import type { Bundle, BundleMessage, GivenNumber } from "./bundle";
import { languagesOf, writeTexts } from "./choose-wording";
import { formatInstant } from "./clock-words";
import { type AlertFacts, noteOf } from "./facts";
import { namePlace } from "./message-slots";
import {
  type BroadcastPlan,
  type Chosen,
  findReplaced,
  nameListed,
  nameMessage,
  type PhonePlan,
  planAlert,
  sharedStanding,
} from "./plan";
import type { AlertContent } from "./schema";

/**
 * From a draft to the messages it becomes. Pure: the editor runs it in the
 * browser on every keystroke, submission and approval run it on the server.
 */

/** Upper-case letters, digits and hyphens, for an identifier (CAP-003, IPAWS-004). */
export function identifierPart(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toUpperCase();
}

/** The most characters of a name in an identifier: the code beside it tells places apart. */
const NAME_LENGTH = 24;

/** Names and codes: readable, and no two alike, since no two places have one code. */
function identifierOf(code: string, { audience, id, name }: PhonePlan | BroadcastPlan): string {
  const short = identifierPart(name).slice(0, NAME_LENGTH).replace(/-$/, "");
  return [code, ...(audience === "broadcasters" ? ["EAS"] : []), short, identifierPart(id)].filter(Boolean).join("-");
}

/** Set only where a place keeps another time than the site. */
function zoneOf({ timeZone }: AlertFacts, chosen: readonly Chosen[]): { timeZone?: string } {
  const zone = chosen[0]?.place.timeZone;
  return zone === undefined || zone === timeZone ? {} : { timeZone: zone };
}

/** The number a place gives out, with what the approver must know of it. */
function given(content: AlertContent, now: number, { place, selection }: Chosen): GivenNumber[] {
  const { number, reasons, outcome } = selection;
  if (!number) return [];
  const { id, e164, extension } = number;
  const reason = reasons.find((one) => one.number === number);
  const until = verifiedUntil(number);
  const ends = now + content.validMinutes * 60_000;
  const doubts = [
    ...(reason &&
    outcome !== "override" &&
    reason.readiness === "verified" &&
    reason.doubt !== "none" &&
    reason.doubt !== "last-call"
      ? [`About ${formatNumber(number)}: ${reason.why}.`]
      : []),
    ...(until !== undefined && until > now && until < ends
      ? [
          `The verification of ${formatNumber(number)} ends ${formatInstant(FIRST_LANGUAGE, place.timeZone, until, until)}, while the alert is still valid.`,
        ]
      : []),
    ...(parseHours(number.hours) === null && lastGoodCall(number)?.result !== "right-desk"
      ? [`When ${formatNumber(number)} is answered can’t be read from “${number.hours}”.`]
      : []),
    ...(belongsElsewhere(e164, place.stateCode)
      ? [`${formatNumber(number)} has the area code of another state than ${place.stateName}.`]
      : []),
  ];
  return [{ id, e164, extension, placeId: place.id, ...(doubts.length > 0 ? { doubts } : {}) }];
}

function inEach(facts: AlertFacts, content: AlertContent, say: (words: LanguageWords) => string): Localized {
  return Object.fromEntries(languagesOf(facts, content).map((words) => [words.code, say(words)]));
}

/** What a message of several places comes to: the worst of them, since one that is blocked blocks it. */
function worstOf(places: NonNullable<BundleMessage["byPlace"]>): Pick<BundleMessage, "outcome" | "why"> {
  for (const outcome of ["blocked", "override", "alternate", "no-number"] as const) {
    const found = places.find((one) => one.outcome === outcome);
    if (found) return { outcome, why: `${found.place}: ${found.why}` };
  }
  // A message is for places that stand alike.
  const [first] = places;
  return first && first.outcome !== "ready"
    ? { outcome: first.outcome, why: first.why }
    : { outcome: "ready", why: `${formatPlaceCount(places.length)} with their numbers.` };
}

/** What a message is in CAP, what it says, and which earlier ones it is about. */
function kindOf(
  facts: AlertFacts,
  plan: PhonePlan | BroadcastPlan,
): Pick<BundleMessage, "msgType" | "tells" | "references" | "restoredAt" | "beganAt"> {
  // CAP takes several, with a space between (CAP 1.2, 3.2.1 references); IPAWS wants all that did not expire (IPAWS-013).
  const names = [...new Set(findReplaced(facts, plan).map(({ reference }) => reference))].sort();
  const references = names.length > 0 ? names.join(" ") : null;
  if (facts.purpose === "cancellation") return { msgType: "Cancel", tells: "withdrawal", references };
  const msgType = references ? "Update" : "Alert";
  const standing = sharedStanding(plan);
  if (standing === "neighbor") return { msgType, tells: "neighbor", references };
  if (standing === "joined") {
    const beganAt = Math.min(...plan.chosen.map(({ joinedAt }) => joinedAt ?? facts.incident.beganAt));
    return { msgType, tells: "outage", references, beganAt };
  }
  if (standing !== "restored") return { msgType, tells: "outage", references };
  const restoredAt = Math.max(...plan.chosen.map((one) => one.restoredAt ?? 0));
  return { msgType, tells: "all-clear", references, restoredAt };
}

/** Phones show nothing for a Cancel (WEA-017), so people who must be told get a message of its own. */
function withText(content: AlertContent, message: BundleMessage): BundleMessage[] {
  if (message.msgType !== "Cancel" || message.audience !== "phones" || !content.tellPhones) return [message];
  return [message, { ...message, identifier: `${message.identifier}-TEXT`, msgType: "Alert", references: null }];
}

/** What a place comes to, and why, as the review says it. */
function outcomeOf({ selection, restoredAt, isNeighbor }: Chosen): Pick<BundleMessage, "outcome" | "why"> {
  if (isNeighbor) return { outcome: "neighbor", why: "911 works here." };
  if (restoredAt !== undefined) return { outcome: "restored", why: "911 works again." };
  return { outcome: selection.outcome, why: selection.why };
}

/** What a message comes to, and each of its places where it is for more than the one it is named after. */
function outcomesFor({ id, chosen }: PhonePlan): Pick<BundleMessage, "outcome" | "why" | "byPlace"> {
  const [first, ...others] = chosen;
  if (first && others.length === 0 && first.place.id === id) return outcomeOf(first);
  const byPlace = chosen.map((one) => ({
    placeId: one.place.id,
    place: nameListed(one.place),
    population: one.place.population,
    ...outcomeOf(one),
  }));
  return { ...worstOf(byPlace), byPlace };
}

function phoneMessage(facts: AlertFacts, content: AlertContent, plan: PhonePlan, now: number): BundleMessage {
  const stateCode = plan.chosen[0]?.place.stateCode ?? "";
  return {
    identifier: identifierOf(facts.code, plan),
    audience: "phones",
    placeId: plan.id,
    place: nameMessage(plan),
    placeIds: plan.chosen.map(({ place }) => place.id),
    population: plan.chosen.reduce((sum, { place }) => sum + place.population, 0),
    areas: plan.chosen.map(({ place }) => ({
      areaDesc: inEach(
        facts,
        content,
        (words) => `${namePlace(place, words)}, ${stateCode}${place.approximate ? words.approximate : ""}`,
      ),
      sameCodes: place.counties.map(({ sameCode }) => sameCode),
      polygons: place.polygons,
    })),
    ...outcomesFor(plan),
    numbers: plan.chosen.flatMap((chosen) => given(content, now, chosen)),
    ...zoneOf(facts, plan.chosen),
    ...kindOf(facts, plan),
    texts: writeTexts(facts, content, plan),
  };
}

function countyMessage(facts: AlertFacts, content: AlertContent, plan: BroadcastPlan, now: number): BundleMessage {
  const stateCode = plan.chosen[0]?.place.stateCode ?? "";
  return {
    identifier: identifierOf(facts.code, plan),
    audience: "broadcasters",
    placeId: plan.id,
    place: formatCounty(plan.county),
    placeIds: plan.chosen.map(({ place }) => place.id),
    population: plan.county.population,
    areas: [
      {
        areaDesc: inEach(facts, content, () => `${formatCounty(plan.county)}, ${stateCode}`),
        sameCodes: [plan.county.sameCode],
        polygons: [],
      },
    ],
    outcome: "county",
    numbers: plan.chosen.flatMap((chosen) => given(content, now, chosen)),
    why: "Radio and television know only counties.",
    ...zoneOf(facts, plan.chosen),
    ...kindOf(facts, plan),
    texts: writeTexts(facts, content, plan),
  };
}

/**
 * Every message of an alert, as its plan decides.
 * @param now milliseconds since 1970; decides which test calls still count
 */
export function buildBundle(facts: AlertFacts, content: AlertContent, now: number): Bundle {
  return atOnce(bundleSteps(facts, content, now));
}

/**
 * The same, a message at a time, for a page in which someone types.
 * @param plans of the same facts and content
 */
export function* bundleSteps(
  facts: AlertFacts,
  content: AlertContent,
  now: number,
  plans: readonly (PhonePlan | BroadcastPlan)[] = planAlert(facts, content, now),
): Generator<void, Bundle> {
  const messages: BundleMessage[] = [];
  for (const plan of plans) {
    if (plan.audience === "phones") messages.push(...withText(content, phoneMessage(facts, content, plan, now)));
    else messages.push(countyMessage(facts, content, plan, now));
    yield;
  }
  return {
    format: "callbox-bundle-4",
    alertId: facts.alertId,
    purpose: facts.purpose,
    status: facts.status,
    note: noteOf(facts.status, facts.incident),
    sender: facts.agency.sender,
    senderName: inEach(facts, content, ({ code }) => inLanguage(facts.agency.name, code)),
    source: "Callbox",
    web: facts.agency.web,
    contact: facts.agency.contact,
    incident: facts.incident.id,
    beganAt: facts.incident.beganAt,
    validMinutes: content.validMinutes,
    nextUpdateMinutes: content.nextUpdateMinutes,
    timeZone: facts.timeZone,
    wrong: content.wrong,
    messages,
  };
}
