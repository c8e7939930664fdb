import { formatNumber } from "../directory/schema";
import type { Selection } from "../directory/selection";
import { inLanguage, type Localized } from "../platform/language";
import type { CountyFacts } from "../directory/place-facts";
import { formatCounty } from "../places/county-kinds";
import { type CountyWords, type LanguageWords, translatePhrase } from "../wording/languages";
import type { SlotValues } from "../wording/slots";
import { type Audience, fillParts, PARTS, type Part, type Parts, partsOf } from "../wording/texts";
import type { Bundle, BundleMessage, GivenNumber } from "./bundle";
import { formatInstant } from "./clock-words";
import { type AlertFacts, noteOf } from "./facts";
import { type BroadcastPlan, type Chosen, choosePlaces, homeCounty, type PhonePlan, planMessages } from "./plan";
import type { AlertContent } from "./schema";

/**
 * From a draft to the messages it becomes. Pure: the editor runs it in the
 * browser on every keystroke, submission and approval run it on the server.
 */

/** A county in the words of a language. */
function nameCounty(county: CountyFacts, words: LanguageWords, how: keyof CountyWords): string {
  return words.counties[county.kind][how].replace("{area}", formatCounty(county)).replace("{county}", county.name);
}

/** Another way to get help in a language: the directory's, or the usual one where nobody translated it. */
function otherHelp(selection: Selection | undefined, words: LanguageWords): string {
  return selection?.helpOption?.wording[words.code] ?? words.help;
}

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

function senderSlots(facts: AlertFacts, words: LanguageWords): SlotValues {
  const { agency, incident, earlier } = facts;
  return {
    sender: inLanguage(agency.name, words.code),
    senderShort: inLanguage(agency.shortName, words.code),
    ...(agency.web ? { web: agency.web } : {}),
    ...(incident.carrier ? { carrier: incident.carrier } : {}),
    ...(earlier ? { originalSent: formatInstant(words.code, facts.timeZone, earlier.sent, earlier.sent) } : {}),
  };
}

/** "Amherst and Pelham", "Gill, Rowe and Heath"; in Spanish with y. */
export function joinNames(names: readonly string[], { and }: Pick<LanguageWords, "and">): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")}${and}${names.at(-1)}`;
}

/** Every place with its number; those that share one stand together. */
function numberList(chosen: readonly Chosen[], words: LanguageWords): string {
  const groups = new Map<string, string[]>();
  for (const { place, selection } of chosen) {
    const help = selection.number ? formatNumber(selection.number) : otherHelp(selection, words);
    groups.set(help, [...(groups.get(help) ?? []), place.name]);
  }
  // Names and numbers stand as close as they can: a station crawls 1800 characters at most.
  const entries = [...groups].map(
    ([help, names]) => `${joinNames(names, words)}${/^\d/.test(help) ? "" : ":"} ${help}`,
  );
  return `${entries.join("; ")}.`;
}

/** What a plan's message gives out: one selection when all its places come to the same, else none of its own. */
export function sharedSelection({ chosen }: Pick<PhonePlan, "chosen">): Selection | undefined {
  const [first, ...others] = chosen;
  if (!first) return undefined;
  const same = others.every(
    ({ selection }) =>
      selection.outcome === first.selection.outcome && selection.number?.id === first.selection.number?.id,
  );
  return same ? first.selection : undefined;
}

/** Which texts a message for phones is made of. */
export function audienceOf(plan: PhonePlan | BroadcastPlan): Audience {
  if (plan.audience === "broadcasters") return "county";
  const selection = sharedSelection(plan);
  if (!selection) return "county";
  return selection.number ? "place" : "noNumber";
}

/** Values of every slot of one message but the times. */
export function slotsFor(facts: AlertFacts, plan: PhonePlan | BroadcastPlan, words: LanguageWords): SlotValues {
  const place = plan.chosen[0]?.place;
  if (!place) throw new Error("A message is planned for no place.");
  const selection = plan.audience === "phones" ? sharedSelection(plan) : undefined;
  const county = plan.county ?? homeCounty(place);
  const whole = plan.chosen.length >= county.size;
  const grouped = plan.audience === "phones" && !plan.county && plan.chosen.length > 1;
  return {
    ...senderSlots(facts, words),
    state: place.stateName,
    county: nameCounty(county, words, "name"),
    inCounty: grouped ? plan.name : nameCounty(county, words, whole ? "in" : "inParts"),
    inCountyShort: grouped ? plan.name : nameCounty(county, words, whole ? "short" : "shortParts"),
    otherHelp: otherHelp(selection, words),
    ...(audienceOf(plan) === "county"
      ? { list: numberList(plan.chosen, words) }
      : {
          place: plan.audience === "phones" && plan.county ? nameCounty(plan.county, words, "name") : plan.name,
          placeShort: plan.audience === "phones" ? plan.shortName : plan.name,
        }),
    ...(selection?.number
      ? {
          number: formatNumber(selection.number),
          desk: selection.number.desk,
          hours: translatePhrase(selection.number.hours, words),
        }
      : {}),
  };
}

/** The wording of one text for one message, slots open: its own, or that of all others. */
export function wordingFor(
  content: AlertContent,
  language: string,
  audience: Audience,
  part: Part,
  placeId: string,
): string {
  return content.customWording[placeId]?.[language]?.[part] ?? partsOf(content.texts, language, audience)?.[part] ?? "";
}

/** The languages an alert is written in: those of the site that its template has. */
export function languagesOf(facts: AlertFacts, content: AlertContent): LanguageWords[] {
  return facts.languages.filter(({ code }) => content.texts[code] !== undefined);
}

function writeTexts(facts: AlertFacts, content: AlertContent, plan: PhonePlan | BroadcastPlan): BundleMessage["texts"] {
  const audience = audienceOf(plan);
  return languagesOf(facts, content).map((words) => {
    const slots = slotsFor(facts, plan, words);
    const wording = Object.fromEntries(
      PARTS.map((part) => [part, wordingFor(content, words.code, audience, part, plan.id)]),
    ) as Parts;
    return {
      language: words.code,
      inCap: words.phones || plan.audience === "broadcasters",
      parts: fillParts(wording, slots),
    };
  });
}

const given = ({ place, selection: { number } }: Chosen): GivenNumber[] =>
  number ? [{ id: number.id, e164: number.e164, extension: number.extension, placeId: place.id }] : [];

function inEach(facts: AlertFacts, content: AlertContent, say: (words: LanguageWords) => string): Localized {
  return Object.fromEntries(languagesOf(facts, content).map((words) => [words.code, say(words)]));
}

/** What a message of several places comes to: the worst of them, since one that is blocked blocks it. */
function groupOutcome(chosen: readonly Chosen[]): Pick<BundleMessage, "outcome" | "why"> {
  for (const outcome of ["blocked", "override", "alternate", "no-number"] as const) {
    const found = chosen.find(({ selection }) => selection.outcome === outcome);
    if (found) return { outcome, why: `${found.place.name}: ${found.selection.why}` };
  }
  return { outcome: "ready", why: `${chosen.length} places with their numbers.` };
}

function phoneMessage(facts: AlertFacts, content: AlertContent, plan: PhonePlan): BundleMessage {
  const selection = sharedSelection(plan);
  const stateCode = plan.chosen[0]?.place.stateCode ?? "";
  const single = plan.chosen.length === 1;
  return {
    identifier: identifierOf(facts.code, plan),
    audience: "phones",
    placeId: plan.id,
    place: plan.county ? formatCounty(plan.county) : plan.name,
    placeIds: plan.chosen.map(({ place }) => place.id),
    population: plan.chosen.reduce((sum, { place }) => sum + place.population, 0),
    areas: plan.chosen.map(({ place }) => ({
      areaDesc: inEach(
        facts,
        content,
        (words) => `${place.name}, ${stateCode}${place.approximate ? words.approximate : ""}`,
      ),
      sameCodes: place.counties.map(({ sameCode }) => sameCode),
      polygons: place.polygons,
    })),
    ...(selection && single ? { outcome: selection.outcome, why: selection.why } : groupOutcome(plan.chosen)),
    numbers: plan.chosen.flatMap(given),
    references: facts.earlier?.references[`phones:${plan.id}`] ?? null,
    texts: writeTexts(facts, content, plan),
  };
}

function countyMessage(facts: AlertFacts, content: AlertContent, plan: BroadcastPlan): BundleMessage {
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
    numbers: plan.chosen.flatMap(given),
    why: "Radio and television know only counties.",
    references: facts.earlier?.references[`broadcasters:${plan.id}`] ?? null,
    texts: writeTexts(facts, content, plan),
  };
}

/**
 * Every message of an alert, as its plan decides.
 * @param now milliseconds since 1970; decides which test calls still count
 */
export function buildBundle(facts: AlertFacts, content: AlertContent, now: number): Bundle {
  const chosen = choosePlaces(facts, content, now);
  return {
    format: "callbox-bundle-2",
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
    messages: planMessages(content, chosen).map((plan) =>
      plan.audience === "phones" ? phoneMessage(facts, content, plan) : countyMessage(facts, content, plan),
    ),
  };
}
