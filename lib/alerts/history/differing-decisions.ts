import { formatNumber } from "../../directory/schema";
import { FAILURES, TEXT_TO_911 } from "../../incidents/schema";
import { type AlertContent, GROUPINGS } from "../schema";

/** In what two saved states of an alert differ besides their texts, in plain words. Pure. */

/** An alert as one version of it was saved. */
export interface SavedState {
  title: string;
  content: AlertContent;
}

/** What ids stand for. */
export interface Names {
  /** Of a place, county or dispatch area. */
  place: (id: string) => string;
  /** Of a number of the directory: "413-555-0142". */
  number: (id: string) => string;
}

export interface Change {
  what: string;
  /** Empty where there is none. */
  before: string;
  after: string;
}

/** "2 hours", "90 minutes" */
export const formatLength = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} ${minutes === 60 ? "hour" : "hours"}` : `${minutes} minutes`;

/** What of the outage chose the wording: "Every call; text-to-911: Works". */
function formatWordedFor({ failure, textTo911 }: NonNullable<AlertContent["wordedFor"]>): string {
  const fails = Object.entries(FAILURES).find(([code]) => code === failure)?.[1].label ?? failure;
  const texts = Object.entries(TEXT_TO_911).find(([code]) => code === textTo911)?.[1] ?? textTo911;
  return `${fails}; text-to-911: ${texts}`;
}

function formatChoice(choice: AlertContent["numbers"][string] | undefined, names: Names): string {
  if (!choice) return "no decision";
  return choice.choice === "override"
    ? `override, ${names.number(choice.numberId)}: ${choice.reason}`
    : `no number: ${choice.reason}`;
}

/** What a saved state has decided once for all its places; empty where it says nothing. */
export function listDecisions({ title, content }: SavedState): (readonly [what: string, decided: string])[] {
  const { grouping, validMinutes, nextUpdateMinutes, wordedFor, wrong, tellPhones } = content;
  return [
    ["Title", title],
    ["Messages for phones", GROUPINGS[grouping]],
    ["Valid for", formatLength(validMinutes)],
    ["Next update within", formatLength(nextUpdateMinutes)],
    ["Worded for", wordedFor ? formatWordedFor(wordedFor) : ""],
    ["Number that is corrected", wrong ? formatNumber(wrong) : ""],
    ["Text for phones", tellPhones ? "sent with the cancellation" : ""],
  ];
}

/** What was decided about the number of each place, by the place's name. */
export const listNumberDecisions = ({ numbers }: AlertContent, names: Names): (readonly [string, string])[] =>
  Object.entries(numbers).map(([id, choice]) => [`Number for ${names.place(id)}`, formatChoice(choice, names)]);

/** Places that only one of two lists has, by name. */
const onlyIn = (ids: readonly string[], others: readonly string[], names: Names): string => {
  const known = new Set(others);
  return ids
    .filter((id) => !known.has(id))
    .map(names.place)
    .sort((left, right) => left.localeCompare(right))
    .join(", ");
};

/** Every decision in which two saved states differ, as people name it; none where only texts differ. */
export function differingDecisions(before: SavedState, after: SavedState, names: Names): Change[] {
  const [old, now] = [before.content, after.content];
  const earlier = new Map(listDecisions(before));
  const numbered = new Set([...Object.keys(old.numbers), ...Object.keys(now.numbers)]);
  return [
    ...listDecisions(after).map(([what, decided]) => ({ what, before: earlier.get(what) ?? "", after: decided })),
    { what: "Places taken out", before: onlyIn(old.placeIds, now.placeIds, names), after: "" },
    { what: "Places added", before: "", after: onlyIn(now.placeIds, old.placeIds, names) },
    { what: "No longer told that 911 works again", before: onlyIn(old.restoredIds, now.restoredIds, names), after: "" },
    { what: "Told that 911 works again", before: "", after: onlyIn(now.restoredIds, old.restoredIds, names) },
    ...[...numbered].map((id) => ({
      what: `Number for ${names.place(id)}`,
      before: formatChoice(old.numbers[id], names),
      after: formatChoice(now.numbers[id], names),
    })),
  ].filter((change) => change.before !== change.after);
}
