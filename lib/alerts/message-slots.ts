import { capitalize } from "../platform/capitalize";
import { formatNumber, HOURS_NOT_KNOWN, type NumberFacts } from "../directory/schema";
import { formatHoursIn, parseHours } from "../directory/hours";
import { lastGoodCall, type Selection, takesNoTexts } from "../directory/selection";
import { groupBy } from "../platform/group-by";
import { countCounties } from "../standards/eas/locations";
import { FIRST_LANGUAGE, inLanguage } from "../platform/language";
import type { CountyFacts, PlaceFacts } from "../directory/place-facts";
import { formatCounty } from "../places/county-kinds";
import { type CountyWords, type LanguageWords, translatePhrase } from "../wording/languages";
import type { SlotValues } from "../wording/slots";
import { type Audience, isForCounties } from "../wording/texts";
import { formatInstant, formatSpokenInstant } from "./clock-words";
import type { AlertFacts } from "./facts";
import { type BroadcastPlan, type Chosen, findReplaced, homeCounty, type PhonePlan, sharedStanding } from "./plan";
import type { AlertContent } from "./schema";

/** What stands in the slots of one message, in each language. Pure. */

/** A county in the words of a language. */
function nameCounty(county: CountyFacts, words: LanguageWords, how: keyof CountyWords): string {
  return words.counties[county.kind][how].replace("{area}", formatCounty(county)).replace("{county}", county.name);
}

/** What a place is named by. */
type NamedPlace = Pick<PlaceFacts, "name" | "label" | "namesake" | "unit" | "counties">;

/** A place as texts call it, told from another of its name: "Mountain View in Uinta County", "Albion (village)". */
export function namePlace(place: NamedPlace, words: LanguageWords): string {
  const county = homeCounty(place);
  if (place.unit === "county") return nameCounty(county, words, "in");
  if (place.namesake === "label") return `${place.name} (${translatePhrase(place.label, words)})`;
  if (place.namesake === null) return place.name;
  return words.inCounty.replace("{place}", place.name).replace("{county}", nameCounty(county, words, "in"));
}

/** The same where there is little room. The short form of a county is an English one. */
function namePlaceShort(place: PlaceFacts, words: LanguageWords): string {
  if (place.unit === "county" && words.code !== FIRST_LANGUAGE) return nameCounty(homeCounty(place), words, "short");
  if (place.namesake === "county") return `${place.shortName} (${homeCounty(place).name})`;
  return place.namesake === null ? place.shortName : namePlace(place, words);
}

/** Another way to get help in a language: the directory's, or the usual one where nobody translated it. */
function otherHelp(selection: Selection | undefined, words: LanguageWords): string {
  return selection?.helpOption?.wording[words.code] ?? words.help;
}

/**
 * What people of places without a number are told to do: to text 911 first, where texts reach it, since nothing else
 * does from where they are.
 */
export function helpWithoutNumber(
  chosen: readonly Pick<Chosen, "place">[],
  selection: Selection | undefined,
  { textTo911 }: Pick<AlertFacts["incident"], "textTo911">,
  words: LanguageWords,
): string {
  const help = otherHelp(selection, words);
  const reaches = textTo911 === "works" && !chosen.some(({ place }) => takesNoTexts(place));
  return reaches && selection?.helpOption?.kind !== "text-to-911" ? words.textFirst.replace("{help}", help) : help;
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

/** "Amherst and Pelham", "Gill, Rowe and Heath"; in Spanish with y. */
export function joinNames(names: readonly string[], { and }: Pick<LanguageWords, "and">): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")}${and}${names.at(-1)}`;
}

/** As the directory's phrases have it in English. */
const WORKS_AGAIN = "911 works again";

/** Every place with its number; those that share one stand together. */
function numberList(chosen: readonly Chosen[], incident: AlertFacts["incident"], words: LanguageWords): string {
  const groups = new Map<string, string[]>();
  for (const one of chosen) {
    const { place, selection, restoredAt } = one;
    const help =
      restoredAt !== undefined
        ? translatePhrase(WORKS_AGAIN, words)
        : selection.number
          ? formatNumber(selection.number)
          : helpWithoutNumber([one], selection, incident, words);
    groups.set(help, [...(groups.get(help) ?? []), namePlace(place, words)]);
  }
  // Names and numbers stand as close as they can: a station crawls 1800 characters at most.
  const entries = [...groups].map(
    ([help, names]) => `${joinNames(names, words)}${/^\d{3}-/.test(help) ? "" : ":"} ${help}`,
  );
  // It stands as a sentence of its own, and a county is named with a small letter in Spanish: "el condado de Clark".
  return capitalize(`${entries.join("; ")}.`);
}

/** Most names of places, and of counties, in a row; more are called by what they lie in. */
const MOST_NAMES = 3;
/** Most characters of names in a row that stations get: more would cost the times in a text of 360. */
const MOST_HEARD = 30;
/** Most characters of names in a row in a text of 90. */
const MOST_SHORT = 28;

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

/** A state is called as an island is: by its name alone, which its parts are of. */
const ISLAND = { id: "60030", kind: "island" } as const;

/** Whether it is for every place that an alert can be for in every county of a state. */
function isWholeState(counties: readonly PlaceFacts[][], stateId: string): boolean {
  return (
    counties.every((group) => group.length >= (group[0] ? homeCounty(group[0]).size : 0)) &&
    counties.length >= countCounties(stateId)
  );
}

/**
 * Several places that one message is for: by name while they are few, then by their counties, then as
 * parts of their state. What dispatches for them is no place that people know.
 */
export function nameTogether(places: readonly PlaceFacts[], words: LanguageWords, isShort: boolean): string {
  const [first] = places;
  if (!first) return "";
  const names = joinNames(
    places.map((place) => (isShort ? namePlaceShort(place, words) : namePlace(place, words))),
    words,
  );
  if (places.length <= MOST_NAMES && (!isShort || names.length <= MOST_SHORT)) return names;
  const counties = [...groupBy(places, (place) => homeCounty(place).id).values()];
  if (counties.length <= (isShort ? 1 : MOST_NAMES))
    return joinNames(
      counties.flatMap((group) => (group[0] ? [nameInCounty(homeCounty(group[0]), group.length, words, isShort)] : [])),
      words,
    );
  const { stateName, stateId } = first;
  if (isWholeState(counties, stateId)) return stateName;
  return nameCounty({ ...homeCounty(first), ...ISLAND, name: stateName }, words, "inParts");
}

/** A county, or parts of it where not all of its places are meant. */
function nameInCounty(county: CountyFacts, places: number, words: LanguageWords, isShort: boolean): string {
  const isWhole = places >= county.size;
  return nameCounty(county, words, isShort ? (isWhole ? "short" : "shortParts") : isWhole ? "in" : "inParts");
}

/**
 * A few cities and towns by name, as stations of their county say them: who hears "in parts of the county" does not know
 * whether it is meant, and after an all-clear in the only town that was out nothing fails in other parts. Undefined where
 * they are all of the county, or where people outside of its towns are meant too, who are no town.
 */
export function nameHeard(county: CountyFacts, told: readonly PlaceFacts[], words: LanguageWords): string | undefined {
  if (told.length === 0 || told.length > MOST_NAMES || told.length >= county.size) return undefined;
  if (told.some(({ unit }) => unit === "county")) return undefined;
  const names = nameTogether(told, words, false);
  return names.length > MOST_HEARD ? undefined : names;
}

/** Where a message for parts of a state has it in the place of a name, it is not named behind it once more. */
export function nameStateOnce(text: string, plan: PhonePlan | BroadcastPlan, { inCounty = "" }: SlotValues): string {
  const [first] = plan.chosen;
  const isTogether = plan.audience === "phones" && !plan.county && plan.chosen.length > MOST_NAMES;
  return first && isTogether && inCounty.endsWith(first.place.stateName)
    ? text
        .replaceAll(`${inCounty}, ${first.place.stateName},`, inCounty)
        .replaceAll(`${inCounty}, ${first.place.stateName}`, inCounty)
    : text;
}

/** What a plan's message gives out: one selection when all its places come to the same, else none of its own. */
function sharedSelection({ chosen }: Pick<PhonePlan, "chosen">): Selection | undefined {
  const [first, ...others] = chosen;
  if (!first) return undefined;
  const same = others.every(
    ({ selection }) =>
      selection.outcome === first.selection.outcome && selection.number?.id === first.selection.number?.id,
  );
  return same ? first.selection : undefined;
}

/** A county that is alerted as such, and nothing else of it: its stations say what its phones say. */
export const isWholeCounty = ({ chosen: [only, ...others] }: Pick<PhonePlan, "chosen">) =>
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
  if (standing === "neighbor") return plan.chosen.length === 1 ? standing : together;
  if (standing === "restored") return plan.county || plan.chosen.length === 1 ? standing : together;
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

const ALWAYS = "day and night";

/**
 * When a number is answered, in a language, where that can be told from what the directory says, or, where a list came
 * without hours, from a test call that was answered for all hours.
 */
export function hoursIn(number: NumberFacts, words: LanguageWords): string | undefined {
  const known = number.hours !== HOURS_NOT_KNOWN;
  if (!known && lastGoodCall(number)?.result !== "right-desk") return undefined;
  const hours = known ? number.hours : ALWAYS;
  if (words.code === FIRST_LANGUAGE) return hours;
  if (Object.hasOwn(words.phrases, hours)) return words.phrases[hours];
  const read = parseHours(hours);
  if (read === null) return undefined;
  return read === "always" ? words.phrases[ALWAYS] : formatHoursIn(words.code, read);
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
  const together = (isShort: boolean) =>
    plan.audience !== "phones" || plan.chosen.length < 2
      ? undefined
      : plan.county
        ? nameInCounty(plan.county, told.length, words, isShort)
        : nameTogether(
            plan.chosen.map((one) => one.place),
            words,
            isShort,
          );
  const [named, briefly] = [together(false), together(true)];
  const heard =
    plan.audience === "phones"
      ? undefined
      : nameHeard(
          county,
          told.map((one) => one.place),
          words,
        );
  return {
    ...senderSlots(facts, content, plan, words, place.timeZone),
    state: place.stateName,
    county: nameCounty(county, words, "name"),
    wholeCounty: (plan.county ? undefined : named) ?? nameCounty(county, words, "in"),
    inCounty: named ?? heard ?? nameInCounty(county, told.length, words, false),
    inCountyShort: briefly ?? nameInCounty(county, told.length, words, true),
    otherHelp: selection?.number
      ? otherHelp(selection, words)
      : helpWithoutNumber(plan.chosen, selection, facts.incident, words),
    ...(standing === "neighbor" ? { downIn: nameDown(facts.down, words) } : {}),
    ...(isForCounties(audienceOf(plan))
      ? { list: numberList(plan.chosen, facts.incident, words) }
      : {
          place: named ?? nameWhole(plan, words),
          placeShort: briefly ?? (plan.chosen.length === 1 ? namePlaceShort(place, words) : plan.name),
        }),
    ...(selection?.number
      ? {
          number: formatNumber(selection.number),
          ...answering(selection.number, [place.name, selection.of?.name ?? ""], words),
        }
      : {}),
  };
}
