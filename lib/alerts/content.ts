import { formatNumber, type NumberFacts } from "../directory/schema";
import { belongsElsewhere } from "../directory/area-codes";
import { formatHoursIn, parseHours } from "../directory/hours";
import { lastGoodCall, type Selection, verifiedUntil } from "../directory/selection";
import { groupBy } from "../platform/group-by";
import { FIRST_LANGUAGE, inLanguage, type Localized } from "../platform/language";
import type { CountyFacts, PlaceFacts } from "../directory/place-facts";
import { formatCounty } from "../places/county-kinds";
import { type CountyWords, type LanguageWords, translatePhrase } from "../wording/languages";
import { fillText, type SlotName, SLOTS, slotsOf, type SlotValues } from "../wording/slots";
import { countOver } from "../wording/text-length";
import { EAS_TEXT_LIMIT, headerLength } from "../standards/eas/text";
import {
  type Audience,
  AUDIENCES,
  type CustomTexts,
  isForCounties,
  PARTS,
  type Part,
  type Parts,
  partsOf,
} from "../wording/texts";
import type { Bundle, BundleMessage, GivenNumber } from "./bundle";
import { formatInstant, formatSpokenInstant, longestTimeSlots } from "./clock-words";
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
    ...(sent === undefined
      ? {}
      : {
          originalSent: formatInstant(words.code, zone, sent, sent),
          originalSentTime: formatSpokenInstant(words.code, zone, sent, sent),
        }),
    ...(content.wrong ? { wrongNumber: formatNumber(content.wrong) } : {}),
  };
}

/** The states of a plan in two letters each. */
const statesOf = ({ chosen }: PhonePlan | BroadcastPlan): string =>
  [...new Set(chosen.map(({ place }) => place.stateCode))].join(" ");

/** Every text of an exercise says that it is one; where its sender does not, the word stands first. */
function markExercise(text: string, { status }: AlertFacts, { exercise }: LanguageWords): string {
  return status !== "Exercise" || text === "" || text.includes(exercise) ? text : `${exercise}. ${text}`;
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

/** Where 911 is down, for people next to it: "Hickman, Nebraska", "Lancaster County, Nebraska". */
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
  return plan.county ? nameCounty(plan.county, words, "in") : plan.name;
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

/**
 * Who answers and when, in a language. A desk that nobody translated keeps the
 * name it has: it is that of an office. Hours in words of another language are left out.
 */
function answering(number: NumberFacts, names: readonly string[], words: LanguageWords): SlotValues {
  const { desk, deskIn } = number;
  const hours = hoursIn(number, words);
  const translated =
    words.code === FIRST_LANGUAGE ? desk : deskIn?.[words.code] || translateDesk(desk, names, words) || desk;
  return { desk: translated, ...(hours ? { hours } : {}) };
}

/** When a number is answered, in a language, where that can be told from what the directory says. */
export function hoursIn({ hours }: NumberFacts, words: LanguageWords): string | undefined {
  if (words.code === FIRST_LANGUAGE) return hours;
  if (Object.hasOwn(words.phrases, hours)) return words.phrases[hours];
  const read = parseHours(hours);
  if (read === null) return undefined;
  return read === "always" ? words.phrases["day and night"] : formatHoursIn(words.code, read);
}

/** When it is answered, as the end of a sentence, which reads as well without it. */
const HOURS_BEHIND = /,\s+(?:\p{L}+\s+)?\{hours\}(?=[.;])/gu;

/** A wording without what says when a number is answered, where that is not known in its language. */
function withoutUnknown(wording: string, values: SlotValues): string {
  if (values.hours !== undefined || !wording.includes("{hours}")) return wording;
  const shortened = wording.replace(HOURS_BEHIND, "");
  if (!shortened.includes("{hours}")) return shortened;
  return shortened
    .split("\n\n")
    .map((paragraph) =>
      paragraph
        .split(/(?<=[.!?])\s+/)
        .filter((sentence) => !sentence.includes("{hours}"))
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
    wholeCounty: grouped ? plan.name : nameCounty(county, words, "in"),
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
 * with its least sentence left out, where it fits then: for templates that have
 * no shorter wording of their own. What still does not fit is left as it is: a
 * rule says so, and a person decides.
 * @returns wordings by message and language
 */
export function fitShortTexts(facts: AlertFacts, content: AlertContent, now: number): AlertContent["customWording"] {
  const fitted: AlertContent["customWording"] = {};
  for (const plan of planMessages(facts, content, choosePlaces(facts, content, now), now)) {
    if (plan.audience !== "phones" && !isWholeCounty(plan)) continue;
    for (const words of languagesOf(facts, content)) {
      const audience = audienceOf(plan);
      if (content.shorter[words.code]?.[audience]?.short) continue;
      const wording = wordingFor(content, words.code, audience, "short", plan);
      const values = { ...slotsFor(facts, content, plan, words), ...longestTimeSlots(words.code) };
      const less = countOver("short", fillText(wording, values)) > 0 ? withoutLast(wording, audience) : null;
      if (less === null || countOver("short", fillText(less, values)) > 0) continue;
      const owner = wordingOwner(plan);
      fitted[owner] = { ...fitted[owner], [words.code]: { short: less } };
    }
  }
  return fitted;
}

/** Stations read description and instruction behind a sentence of their own (ECIG guide v1.0, 3.6). */
function roomOnAir(
  facts: AlertFacts,
  plan: PhonePlan | BroadcastPlan,
  words: LanguageWords,
  instruction: string,
): number {
  const place = plan.chosen[0]?.place;
  const county = plan.county ?? (place && homeCounty(place));
  const area = county ? `${formatCounty(county)}, ${place?.stateCode ?? ""}` : plan.name;
  return EAS_TEXT_LIMIT - headerLength(area, inLanguage(facts.agency.name, words.code)) - instruction.length - 1;
}

/** The wordings a text may have, longest first: the usual one, then those of its template that are shorter. */
function wordingsFor(
  content: AlertContent,
  language: string,
  audience: Audience,
  part: Part,
  plan: { audience: "phones" | "broadcasters"; id: string },
): string[] {
  const usual = wordingFor(content, language, audience, part, plan);
  const shorter = content.shorter[language]?.[audience]?.[part];
  // What someone wrote anew is theirs: nothing of the template stands in its place.
  return shorter && shorter.of === usual ? [usual, ...shorter.wordings] : [usual];
}

const isFilled = (wording: string, values: SlotValues) =>
  slotsOf(wording).every((slot) => !Object.hasOwn(SLOTS, slot) || values[slot as SlotName] !== undefined);

/** One language of a message while its wordings are chosen. */
interface Candidate {
  words: LanguageWords;
  slots: SlotValues;
  /** How a wording reads with these slots, at its longest or as it is kept. */
  read: (wording: string, values: SlotValues) => string;
}

/** Which of its wordings each language takes for a part: the first that fits, or the one that is least too long. */
function chooseIndex(
  { words, slots, read }: Candidate,
  wordings: readonly string[],
  part: Part,
  room?: number,
): number {
  const longest = { ...slots, ...longestTimeSlots(words.code) };
  let best = { index: 0, over: Infinity };
  for (const [index, wording] of wordings.entries()) {
    if (index > 0 && !isFilled(wording, longest)) continue;
    const text = read(wording, longest);
    const over = room === undefined ? countOver(part, text) : Math.max(0, text.length - room);
    if (over < best.over) best = { index, over };
    if (over === 0) break;
  }
  return best.index;
}

/** One language of a message as it reads. */
interface ChosenWording {
  words: LanguageWords;
  parts: Parts;
  /** Parts that read shorter than the usual wording. */
  shorter: Part[];
  /** Which of its wordings each part has, 0 for the usual one. */
  at: Record<Part, number>;
}

/** What the wording that was chosen does not say any more. */
const lostSlots = (wordings: readonly string[], index: number): string[] => {
  const left = slotsOf(wordings[Math.min(index, wordings.length - 1)] ?? "");
  return slotsOf(wordings[0] ?? "").filter((slot) => !left.includes(slot));
};

/** A wording without the sentences that say what others do not say any more: for a language with no shorter one. */
const withoutSlots = (wording: string, lost: readonly string[]): string =>
  wording
    .split(/(?<=[.!?])\s+/)
    .filter((sentence) => !lost.some((slot) => slot !== "sender" && sentence.includes(`{${slot}}`)))
    .join(" ");

/**
 * The texts of one message, each in the first of its wordings that fits at its
 * longest. Where one language needs a shorter one, all take it, so that they say
 * the same; in texts of 90 characters each language takes what it has room for.
 */
function chooseWordings(facts: AlertFacts, content: AlertContent, plan: PhonePlan | BroadcastPlan): ChosenWording[] {
  const audience = audienceOf(plan);
  const candidates = languagesOf(facts, content).map((words): Candidate => {
    const slots = slotsFor(facts, content, plan, words);
    const read = (wording: string, values: SlotValues) =>
      markExercise(fillText(withoutUnknown(wording, slots), values), facts, words);
    return { words, slots, read };
  });
  const written = candidates.map(({ words }): ChosenWording => ({
    words,
    parts: {} as Parts,
    shorter: [],
    at: {} as Record<Part, number>,
  }));
  const write = (part: Part, roomFor?: (candidate: Candidate, index: number) => number) => {
    const wordings = candidates.map(({ words }) => wordingsFor(content, words.code, audience, part, plan));
    const own = candidates.map((candidate, at) =>
      chooseIndex(candidate, wordings[at] ?? [], part, roomFor?.(candidate, at)),
    );
    const shared = Math.max(0, ...own);
    for (const [at, { words, slots, read }] of candidates.entries()) {
      const known = wordings[at] ?? [];
      const index = part === "short" ? (own[at] ?? 0) : Math.min(shared, known.length - 1);
      const target = written[at]!;
      const wording = known[index] ?? "";
      // A language that the template has no shorter wording in; what someone wrote for it is left whole.
      const isAlone =
        part !== "short" &&
        shared > 0 &&
        at > 0 &&
        content.shorter[words.code]?.[audience]?.[part] === undefined &&
        ownWording(content, plan)?.[words.code]?.[part] === undefined;
      target.at[part] = index;
      target.parts[part] = read(isAlone ? withoutSlots(wording, lostSlots(wordings[0] ?? [], shared)) : wording, slots);
      if (wording !== known[0] || isAlone) target.shorter.push(part);
    }
  };
  write("instruction");
  const onAir =
    plan.audience === "broadcasters"
      ? ({ words }: Candidate, at: number) =>
          roomOnAir(facts, plan, words, fillText(written[at]!.parts.instruction, longestTimeSlots(words.code)))
      : undefined;
  for (const part of PARTS) if (part !== "instruction") write(part, part === "description" ? onAir : undefined);
  return written;
}

/** The texts of one message in every language. */
function writeTexts(facts: AlertFacts, content: AlertContent, plan: PhonePlan | BroadcastPlan): BundleMessage["texts"] {
  return chooseWordings(facts, content, plan).map(({ words, parts, shorter }) => ({
    language: words.code,
    inCap: words.phones || plan.audience === "broadcasters",
    parts: Object.fromEntries(PARTS.map((part) => [part, parts[part]])) as Parts,
    ...(shorter.length > 0 ? { shorter: PARTS.filter((part) => shorter.includes(part)) } : {}),
  }));
}

/**
 * Makes the wording that fits most messages the usual one, so that what people
 * write is what most places read: of 351 towns, a few with long names read a
 * shorter one, and not 350. What someone wrote anew stays.
 */
function settleUsual(facts: AlertFacts, content: AlertContent, now: number): Pick<AlertContent, "texts" | "shorter"> {
  const chosen = new Map<string, number[]>();
  for (const plan of planMessages(facts, content, choosePlaces(facts, content, now), now)) {
    for (const { words, at } of chooseWordings(facts, content, plan)) {
      for (const part of PARTS) {
        const key = `${words.code} ${audienceOf(plan)} ${part}`;
        const indices = chosen.get(key) ?? [];
        if (indices.push(at[part]) === 1) chosen.set(key, indices);
      }
    }
  }
  const texts = structuredClone(content.texts);
  const shorter = structuredClone(content.shorter);
  for (const [key, indices] of chosen) {
    const [language, audience, part] = key.split(" ") as [string, Audience, Part];
    const usual = indices.sort((left, right) => left - right)[Math.floor((indices.length - 1) / 2)] ?? 0;
    const known = shorter[language]?.[audience]?.[part];
    const parts = partsOf(texts, language, audience);
    if (usual === 0 || !known || !parts || parts[part] !== known.of) continue;
    const [of, ...wordings] = known.wordings.slice(usual - 1);
    if (of === undefined) continue;
    parts[part] = of;
    Object.assign(known, { of, wordings });
  }
  return { texts, shorter };
}

/** The wording of a new draft, fitted to the names of its places. */
export function fitTexts(
  facts: AlertFacts,
  content: AlertContent,
  now: number,
): Pick<AlertContent, "texts" | "shorter" | "customWording"> {
  const settled = settleUsual(facts, content, now);
  return { ...settled, customWording: fitShortTexts(facts, { ...content, ...settled }, now) };
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
    messages: planMessages(facts, content, chosen, now).flatMap((plan) =>
      plan.audience === "phones"
        ? withText(content, phoneMessage(facts, content, plan, now))
        : [countyMessage(facts, content, plan, now)],
    ),
  };
}
