import type { PlaceFacts } from "../../directory/place-facts";
import { formatNumber } from "../../directory/schema";
import { formatPlaceCount } from "../../places/place-count";
import type { AlertFacts } from "../facts";
import type { FindingGroup } from "../findings";
import { choosePlaces } from "../plan";
import type { AlertContent } from "../schema";
import { restOf } from "../split";
import type { NumberDifference, ReadyNumbers, ReadyProblem } from "./schema";

/** Whether a ready draft would still do, and what a draft takes from it. Pure. */

/** Names that are listed before the rest is only counted. */
const NAMED = 5;

const verb = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** The number each place would give out now. @param now milliseconds since 1970 */
export function numbersNow(facts: AlertFacts, content: AlertContent, now: number): ReadyNumbers {
  return Object.fromEntries(
    choosePlaces(facts, content, now).map(({ place, selection }) => [
      place.id,
      selection.number && selection.outcome !== "blocked" ? formatNumber(selection.number) : null,
    ]),
  );
}

/** Places that would give out another number than when it was made, by name. */
export function compareNumbers(
  before: ReadyNumbers,
  after: ReadyNumbers,
  nameOf: (placeId: string) => string,
): NumberDifference[] {
  return Object.entries(after)
    .flatMap(([id, now]) => {
      const then = Object.hasOwn(before, id) ? (before[id] ?? null) : null;
      return then === now ? [] : [{ place: nameOf(id), before: then, now }];
    })
    .sort((left, right) => left.place.localeCompare(right.place, "en"));
}

const numberIdsOf = ({ numbers, fallbacks }: PlaceFacts) =>
  new Set([...numbers, ...fallbacks.flatMap((larger) => larger.numbers)].map(({ id }) => id));

/** Places for which a number was chosen on purpose that the directory no longer has. */
function findLostChoices(places: readonly PlaceFacts[], content: AlertContent): PlaceFacts[] {
  return places.filter((place) => {
    const choice = content.numbers[place.id];
    return choice?.choice === "override" && !numberIdsOf(place).has(choice.numberId);
  });
}

export interface ReadySituation {
  facts: AlertFacts;
  content: AlertContent;
  findings: readonly FindingGroup[];
  /** Places of it that the directory has no longer, or that are no longer in the agency's area: how many. */
  gone: readonly string[];
  /** Names of places that came to the agency's area since, where it was made for all of it. */
  joined: readonly string[];
  /** Version of the template it was made with, and the newest. */
  template: { made: number; newest: number };
}

/** What a person has to look at before it can be relied on, what weighs most first. */
export function listReadyProblems(situation: ReadySituation): ReadyProblem[] {
  const { facts, content, findings, gone, joined, template } = situation;
  const problems: ReadyProblem[] = [];
  const add = (kind: ReadyProblem["kind"], says: string, places: readonly string[] = []) =>
    problems.push({ kind, says, places: places.slice(0, NAMED) });
  for (const { level, verdict, says, places } of findings) {
    if (level === "must" && verdict === "fail") add("rule", says, [...new Set(places.map(({ place }) => place))]);
  }
  const lost = findLostChoices(facts.places, content);
  if (lost.length > 0)
    add(
      "number-gone",
      `A number was chosen for ${formatPlaceCount(lost.length)} that the directory no longer has.`,
      lost.map(({ name }) => name),
    );
  if (gone.length > 0)
    add(
      "places-gone",
      `${formatPlaceCount(gone.length)} ${verb(gone.length, "is", "are")} no longer in the directory, or no longer in your area.`,
      gone,
    );
  if (joined.length > 0)
    add(
      "places-new",
      `${formatPlaceCount(joined.length)} came to your area since, and ${verb(joined.length, "is", "are")} not part of it.`,
      joined,
    );
  if (template.newest > template.made)
    add("template", `The template has version ${template.newest} now. This was made with version ${template.made}.`);
  const missing = facts.languages.filter(({ code }) => !Object.hasOwn(content.texts, code)).map(({ name }) => name);
  if (missing.length > 0) add("language", `It has no texts in ${missing.join(", ")}.`);
  return problems;
}

/**
 * The content of an incident's draft that begins from a ready one: its wording,
 * grouping and number choices, for the places of the incident. What the
 * directory no longer has is left out, and languages it lacks keep the template's words.
 */
export function beginFromReady(ready: AlertContent, fresh: AlertContent, places: readonly PlaceFacts[]): AlertContent {
  const own = new Set(fresh.placeIds);
  const rest = restOf(ready, (id) => own.has(id));
  const lost = new Set(findLostChoices(places, rest).map(({ id }) => id));
  const texts = Object.fromEntries(
    Object.entries(fresh.texts).map(([language, words]) => [language, rest.texts[language] ?? words]),
  );
  const pick = <Value>(ofReady: Record<string, Value>, ofFresh: Record<string, Value>) =>
    Object.fromEntries(
      Object.keys(texts).flatMap((language) => {
        const value = Object.hasOwn(rest.texts, language) ? ofReady[language] : ofFresh[language];
        return value === undefined ? [] : [[language, value]];
      }),
    );
  return {
    ...fresh,
    grouping: rest.grouping,
    validMinutes: rest.validMinutes,
    nextUpdateMinutes: rest.nextUpdateMinutes,
    texts,
    shorter: pick(
      rest.shorter as Record<string, unknown>,
      fresh.shorter as Record<string, unknown>,
    ) as AlertContent["shorter"],
    noTesting: pick(
      rest.noTesting as Record<string, unknown>,
      fresh.noTesting as Record<string, unknown>,
    ) as AlertContent["noTesting"],
    customWording: rest.customWording,
    numbers: Object.fromEntries(Object.entries(rest.numbers).filter(([id]) => !lost.has(id))),
  };
}
