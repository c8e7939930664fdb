import { formatNumber, type NumberFacts } from "../directory/schema";
import { belongsElsewhere } from "../directory/area-codes";
import { formatHoursIn, parseHours } from "../directory/hours";
import { lastGoodCall, type Selection, verifiedUntil } from "../directory/selection";
import { groupBy } from "../platform/group-by";
import { FIRST_LANGUAGE, inLanguage, type Localized } from "../platform/language";
import type { CountyFacts, PlaceFacts } from "../directory/place-facts";
import { formatCounty } from "../places/county-kinds";
import { type CountyWords, type LanguageWords, translatePhrase } from "../wording/languages";
import { fillText, type SlotValues } from "../wording/slots";
import {
  type Audience,
  AUDIENCES,
  type CustomTexts,
  fillParts,
  isForCounties,
  PART_SPECS,
  PARTS,
  type Part,
  type Parts,
  partsOf,
} from "../wording/texts";
import type { Bundle, BundleMessage, GivenNumber } from "./bundle";
import { formatInstant, longestTimeSlots } from "./clock-words";
import { type AlertFacts, noteOf } from "./facts";
import {
  type BroadcastPlan,
  type Chosen,
  choosePlaces,
  findReplaced,
  homeCounty,
  type PhonePlan,
  planMessages,
  sharedStanding,
} from "./plan";
import type { AlertContent } from "./schema";

/**
 * From a draft to the messages it becomes. Pure: the editor runs it in the
 * browser on every keystroke, submission and approval run it on the server.
 */

/** A county in the words of a language. */
function nameCounty(county: CountyFacts, words: LanguageWords, how: keyof CountyWords): string {
  return words.counties[county.kind][how].replace("{area}", formatCounty(county)).replace("{county}", county.name);
}

/** What a place is named by. */
type NamedPlace = Pick<PlaceFacts, "name" | "label" | "namesake" | "unit" | "counties">;

/** A place as texts call it, told from another of its name: "Mountain View in Uinta County", "Albion (village)". */
function namePlace(place: NamedPlace, words: LanguageWords): string {
  const county = homeCounty(place);
  if (place.unit === "county") return nameCounty(county, words, "in");
  if (place.namesake === "label") return `${place.name} (${translatePhrase(place.label, words)})`;
  if (place.namesake === null) return place.name;
  return words.inCounty.replace("{place}", place.name).replace("{county}", nameCounty(county, words, "in"));
}

/** The same where there is little room. */
function namePlaceShort(place: PlaceFacts, words: LanguageWords): string {
  if (place.namesake === "county") return `${place.shortName} (${homeCounty(place).name})`;
  return place.namesake === null ? place.shortName : namePlace(place, words);
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

function senderSlots(
  facts: AlertFacts,
  content: Pick<AlertContent, "wrong">,
  plan: PhonePlan | BroadcastPlan,
  words: LanguageWords,
  zone: string,
): SlotValues {
  const { agency, incident } = facts;
  const sent = findReplaced(facts, plan)
    .map((earlier) => earlier.sent)
    .sort((left, right) => left - right)[0];
  return {
    sender: inLanguage(agency.name, words.code),
    // In the place of a name, so that a text of 90 characters has room for it (issue 14: every text says that it is one).
    senderShort:
      facts.status === "Exercise" ? `${words.exercise} ${statesOf(plan)}` : inLanguage(agency.shortName, words.code),
    ...(agency.web ? { web: agency.web } : {}),
    ...(incident.carrier ? { carrier: incident.carrier } : {}),
    ...(sent === undefined ? {} : { originalSent: formatInstant(words.code, zone, sent, sent) }),
    ...(content.wrong ? { wrongNumber: formatNumber(content.wrong) } : {}),
  };
}

/** The states of a plan in two letters each. */
const statesOf = ({ chosen }: PhonePlan | BroadcastPlan): string =>
  [...new Set(chosen.map(({ place }) => place.stateCode))].join(" ");

/** Every text of an exercise says that it is one; where its sender does not, the word stands first. */
function markExercise(parts: Parts, { status }: AlertFacts, { exercise }: LanguageWords): Parts {
  if (status !== "Exercise") return parts;
  return Object.fromEntries(
    Object.entries(parts).map(([part, text]) => [
      part,
      text === "" || text.includes(exercise) ? text : `${exercise}. ${text}`,
    ]),
  ) as Parts;
}

/** "Amherst and Pelham", "Gill, Rowe and Heath"; in Spanish with y. */
export function joinNames(names: readonly string[], { and }: Pick<LanguageWords, "and">): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")}${and}${names.at(-1)}`;
}

/** As the directory's phrases have it in English. */
const WORKS_AGAIN = "911 works again";

/** Every place with its number; those that share one stand together. */
function numberList(chosen: readonly Chosen[], words: LanguageWords): string {
  const groups = new Map<string, string[]>();
  for (const { place, selection, restoredAt } of chosen) {
    const help =
      restoredAt !== undefined
        ? translatePhrase(WORKS_AGAIN, words)
        : selection.number
          ? formatNumber(selection.number)
          : otherHelp(selection, words);
    groups.set(help, [...(groups.get(help) ?? []), namePlace(place, words)]);
  }
  // Names and numbers stand as close as they can: a station crawls 1800 characters at most.
  const entries = [...groups].map(
    ([help, names]) => `${joinNames(names, words)}${/^\d{3}-/.test(help) ? "" : ":"} ${help}`,
  );
  return `${entries.join("; ")}.`;
}

/** Most names of places, and of counties, in a row; more are called by what they lie in. */
const MOST_NAMES = 3;

/** Where 911 is down, for people next to it: "Granby, Massachusetts", "Hampshire County, Massachusetts". */
export function nameDown(down: AlertFacts["down"], words: LanguageWords): string {
  const inState = [...groupBy(down, ({ stateName }) => stateName)].map(([state, places]) => {
    const counties = [...groupBy(places, (place) => homeCounty(place).id).values()];
    if (places.length > MOST_NAMES && counties.length > MOST_NAMES) return state;
    const names =
      places.length <= MOST_NAMES
        ? places.map((place) => namePlace(place, words))
        : counties.flatMap(([first, ...others]) => {
            if (!first) return [];
            const county = homeCounty(first);
            return [nameCounty(county, words, others.length + 1 >= county.size ? "in" : "inParts")];
          });
    return `${joinNames(names, words)}, ${state}`;
  });
  return joinNames(inState, words);
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

/** A county that is alerted as such, and nothing else of it: its stations say what its phones say. */
const isWholeCounty = ({ chosen: [only, ...others] }: Pick<PhonePlan, "chosen">) =>
  only?.place.unit === "county" && others.length === 0;

/** The texts of a county, or of several places together, by how its places stand. */
const COUNTY_AUDIENCES = {
  neighbor: "neighborCounty",
  restored: "restoredCounty",
  joined: "joinedCounty",
  kept: "county",
} as const satisfies Record<ReturnType<typeof sharedStanding>, Audience>;

/** Which texts a message is made of. */
export function audienceOf(plan: PhonePlan | BroadcastPlan): Audience {
  const standing = sharedStanding(plan);
  const together = COUNTY_AUDIENCES[standing];
  if (plan.audience === "broadcasters" && !isWholeCounty(plan)) return together;
  if (standing === "neighbor" || standing === "restored")
    return plan.county || plan.chosen.length === 1 ? standing : together;
  const selection = sharedSelection(plan);
  if (!selection) return together;
  if (standing === "joined") return selection.number ? "joined" : "joinedNoNumber";
  return selection.number ? "place" : "noNumber";
}

/** What a message is for, as its texts call it. */
function nameWhole(plan: PhonePlan | BroadcastPlan, words: LanguageWords): string {
  const [only, ...others] = plan.chosen;
  if (only && others.length === 0 && (plan.audience === "phones" || isWholeCounty(plan)))
    return namePlace(only.place, words);
  return plan.county ? nameCounty(plan.county, words, "name") : plan.name;
}

/** Set only where a place keeps another time than the site. */
function zoneOf({ timeZone }: AlertFacts, chosen: readonly Chosen[]): { timeZone?: string } {
  const zone = chosen[0]?.place.timeZone;
  return zone === undefined || zone === timeZone ? {} : { timeZone: zone };
}

/** A desk by the phrases of a language, which may have its place in them: "{place} dispatch center". */
export function translateDesk(desk: string, names: readonly string[], { phrases }: LanguageWords): string | undefined {
  if (Object.hasOwn(phrases, desk)) return phrases[desk];
  for (const name of names.filter(Boolean)) {
    const pattern = desk.replace(name, "{place}");
    if (pattern !== desk && Object.hasOwn(phrases, pattern)) return phrases[pattern]?.replace("{place}", name);
  }
  return undefined;
}

/** Who answers and when, in a language; what nobody translated is left out, never replaced by something else. */
function answering({ desk, deskIn, hours }: NumberFacts, names: readonly string[], words: LanguageWords): SlotValues {
  if (words.code === FIRST_LANGUAGE) return { desk, hours };
  const translated = deskIn?.[words.code] || translateDesk(desk, names, words);
  const read = parseHours(hours);
  const always = words.phrases["day and night"];
  const said = Object.hasOwn(words.phrases, hours)
    ? words.phrases[hours]
    : read === "always"
      ? always
      : read === null
        ? undefined
        : formatHoursIn(words.code, read);
  return { ...(translated ? { desk: translated } : {}), ...(said ? { hours: said } : {}) };
}

/** What a text can do without, where nobody translated it. */
const OPTIONAL = /\{(?:desk|hours)\}/g;

/** A wording without the sentences that name who answers, or when, where that is not known in its language. */
function withoutUnknown(wording: string, values: SlotValues): string {
  const unknown = [...wording.matchAll(OPTIONAL)].some(
    ([slot]) => values[slot.slice(1, -1) as "desk" | "hours"] === undefined,
  );
  if (!unknown) return wording;
  return wording
    .split("\n\n")
    .map((paragraph) =>
      paragraph
        .split(/(?<=[.!?])\s+/)
        .filter((sentence) =>
          [...sentence.matchAll(OPTIONAL)].every(
            ([slot]) => values[slot.slice(1, -1) as "desk" | "hours"] !== undefined,
          ),
        )
        .join(" "),
    )
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

/** Values of every slot of one message but the times. */
export function slotsFor(
  facts: AlertFacts,
  content: Pick<AlertContent, "wrong">,
  plan: PhonePlan | BroadcastPlan,
  words: LanguageWords,
): SlotValues {
  const place = plan.chosen[0]?.place;
  if (!place) throw new Error("A message is planned for no place.");
  const selection = plan.audience === "phones" || isWholeCounty(plan) ? sharedSelection(plan) : undefined;
  const county = plan.county ?? homeCounty(place);
  const standing = sharedStanding(plan);
  const told = standing === "restored" ? plan.chosen : plan.chosen.filter(({ restoredAt }) => restoredAt === undefined);
  const whole = told.length >= county.size;
  const grouped = plan.audience === "phones" && !plan.county && plan.chosen.length > 1;
  return {
    ...senderSlots(facts, content, plan, words, place.timeZone),
    state: place.stateName,
    county: nameCounty(county, words, "name"),
    inCounty: grouped ? plan.name : nameCounty(county, words, whole ? "in" : "inParts"),
    inCountyShort: grouped ? plan.name : nameCounty(county, words, whole ? "short" : "shortParts"),
    otherHelp: otherHelp(selection, words),
    ...(standing === "neighbor" ? { downIn: nameDown(facts.down, words) } : {}),
    ...(isForCounties(audienceOf(plan))
      ? { list: numberList(plan.chosen, words) }
      : {
          place: nameWhole(plan, words),
          placeShort: plan.chosen.length === 1 ? namePlaceShort(place, words) : plan.name,
        }),
    ...(selection?.number
      ? {
          number: formatNumber(selection.number),
          ...answering(selection.number, [place.name, selection.of?.name ?? ""], words),
        }
      : {}),
  };
}

/**
 * Under what a message keeps wording of its own. A county may have a message
 * for phones, of those who live outside its towns, and one for its stations.
 */
export function wordingOwner({ audience, id }: { audience: "phones" | "broadcasters"; id: string }): string {
  return audience === "phones" ? id : `eas-${id}`;
}

/** The wording a message has of its own. Before counties could be alerted, stations' had no mark. */
export function ownWording(
  { customWording, placeIds }: Pick<AlertContent, "customWording" | "placeIds">,
  plan: { audience: "phones" | "broadcasters"; id: string },
): CustomTexts | undefined {
  return (
    customWording[wordingOwner(plan)] ??
    (plan.audience === "broadcasters" && !placeIds.includes(plan.id) ? customWording[plan.id] : undefined)
  );
}

/** The wording of one text for one message, slots open: its own, or that of all others. */
export function wordingFor(
  content: AlertContent,
  language: string,
  audience: Audience,
  part: Part,
  plan: { audience: "phones" | "broadcasters"; id: string },
): string {
  return ownWording(content, plan)?.[language]?.[part] ?? partsOf(content.texts, language, audience)?.[part] ?? "";
}

/** The languages an alert is written in: those of the site that its template has. */
export function languagesOf(facts: AlertFacts, content: AlertContent): LanguageWords[] {
  return facts.languages.filter(({ code }) => content.texts[code] !== undefined);
}

/** A wording without its last sentence that gives neither a number nor anything else of the place; null when there is none. */
function withoutLast(wording: string, audience: Audience): string | null {
  const isWhole = wording.includes("{number}") || audience === "restored";
  const sentences = wording.split(/(?<=[.!?])\s+/);
  const last = sentences.findLastIndex((sentence) => !sentence.includes("{"));
  return last > 0 && isWhole ? sentences.filter((_, index) => index !== last).join(" ") : null;
}

/** Whether a message's own wording is nothing but the common one shortened, which nobody edited. */
export function isOnlyShortened({ texts }: Pick<AlertContent, "texts">, own: CustomTexts): boolean {
  return Object.entries(own).every(
    ([language, parts]) =>
      Object.keys(parts ?? {}).length === 1 &&
      parts?.short !== undefined &&
      AUDIENCES.some(
        (audience) => withoutLast(partsOf(texts, language, audience)?.short ?? "", audience) === parts.short,
      ),
  );
}

/**
 * Short texts that long names make too long for phones (47 CFR 10.430(a)), each
 * with its least sentence left out, where it fits then. What still does not fit
 * is left as it is: a rule says so, and a person decides.
 * @returns wordings by message and language
 */
export function fitShortTexts(facts: AlertFacts, content: AlertContent, now: number): AlertContent["customWording"] {
  const fitted: AlertContent["customWording"] = {};
  const { limit } = PART_SPECS.short;
  for (const plan of planMessages(facts, content, choosePlaces(facts, content, now), now)) {
    if (limit === undefined || (plan.audience !== "phones" && !isWholeCounty(plan))) continue;
    for (const words of languagesOf(facts, content)) {
      const wording = wordingFor(content, words.code, audienceOf(plan), "short", plan);
      const values = { ...slotsFor(facts, content, plan, words), ...longestTimeSlots(words.code) };
      const less = fillText(wording, values).length > limit ? withoutLast(wording, audienceOf(plan)) : null;
      if (less === null || fillText(less, values).length > limit) continue;
      const owner = wordingOwner(plan);
      fitted[owner] = { ...fitted[owner], [words.code]: { short: less } };
    }
  }
  return fitted;
}

function writeTexts(facts: AlertFacts, content: AlertContent, plan: PhonePlan | BroadcastPlan): BundleMessage["texts"] {
  const audience = audienceOf(plan);
  return languagesOf(facts, content).map((words) => {
    const slots = slotsFor(facts, content, plan, words);
    const wording = Object.fromEntries(
      PARTS.map((part) => [part, withoutUnknown(wordingFor(content, words.code, audience, part, plan), slots)]),
    ) as Parts;
    return {
      language: words.code,
      inCap: words.phones || plan.audience === "broadcasters",
      parts: markExercise(fillParts(wording, slots), facts, words),
    };
  });
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
function groupOutcome(chosen: readonly Chosen[]): Pick<BundleMessage, "outcome" | "why"> {
  for (const outcome of ["blocked", "override", "alternate", "no-number"] as const) {
    const found = chosen.find(({ selection }) => selection.outcome === outcome);
    if (found) return { outcome, why: `${found.place.name}: ${found.selection.why}` };
  }
  return { outcome: "ready", why: `${chosen.length} places with their numbers.` };
}

/** As lists of messages call it. */
function nameMessage(plan: PhonePlan): string {
  const [only, ...others] = plan.chosen;
  if (plan.county) return formatCounty(plan.county);
  if (!only || others.length > 0 || only.place.namesake === null) return plan.name;
  const { place } = only;
  return place.namesake === "label"
    ? `${place.name} (${place.label})`
    : `${place.name}, ${formatCounty(homeCounty(place))}`;
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

/** What a message comes to, and why, as the review says it. */
function outcomeOf(plan: PhonePlan, selection: Selection | undefined): Pick<BundleMessage, "outcome" | "why"> {
  const standing = sharedStanding(plan);
  if (standing === "neighbor") return { outcome: "neighbor", why: "911 works here." };
  if (standing === "restored") return { outcome: "restored", why: "911 works again." };
  return selection && plan.chosen.length === 1
    ? { outcome: selection.outcome, why: selection.why }
    : groupOutcome(plan.chosen);
}

function phoneMessage(facts: AlertFacts, content: AlertContent, plan: PhonePlan, now: number): BundleMessage {
  const selection = sharedSelection(plan);
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
    ...outcomeOf(plan, selection),
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
  const chosen = choosePlaces(facts, content, now);
  return {
    format: "callbox-bundle-3",
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
    messages: planMessages(facts, content, chosen, now).flatMap((plan) =>
      plan.audience === "phones"
        ? withText(content, phoneMessage(facts, content, plan, now))
        : [countyMessage(facts, content, plan, now)],
    ),
  };
}
