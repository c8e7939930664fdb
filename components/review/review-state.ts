import { formatPeopleIn, formatPlaces } from "../ui/time";
import type { Bundle, BundleMessage } from "../../lib/alerts/bundle";
import { requiredConfirmations } from "../../lib/alerts/confirmations";
import type { NumberFacts } from "../../lib/directory/schema";

/** How a review is laid out, from the bundle itself. Pure. */

/** How many of the oldest test calls and of the largest places stand in sight. */
const SHOWN = 3;

export interface ReviewGroups {
  phones: BundleMessage[];
  counties: BundleMessage[];
  /** How many live there, in words: of some places it may not be known. */
  people: string;
  overrides: BundleMessage[];
  alternates: BundleMessage[];
  noNumber: BundleMessage[];
  /** Where 911 works again. */
  restored: BundleMessage[];
  /** Verified numbers: the oldest test calls and the largest places, then all others. */
  first: BundleMessage[];
  others: BundleMessage[];
}

export function groupMessages(bundle: Bundle, evidence: Readonly<Record<string, NumberFacts>>): ReviewGroups {
  // The text that goes with a cancellation is for the same people as the cancellation.
  const phones = bundle.messages.filter(
    ({ audience, msgType, tells }) => audience === "phones" && !(tells === "withdrawal" && msgType === "Alert"),
  );
  const of = (outcome: BundleMessage["outcome"]) => phones.filter((message) => message.outcome === outcome);
  const age = (message: BundleMessage) => evidence[message.numbers[0]?.id ?? ""]?.calls[0]?.at ?? 0;
  const ready = of("ready");
  const oldest = [...ready].sort((left, right) => age(left) - age(right)).slice(0, SHOWN);
  const largest = [...ready]
    .sort((left, right) => right.population - left.population)
    .filter((message) => !oldest.includes(message))
    .slice(0, SHOWN);
  const first = [...oldest, ...largest];
  return {
    phones,
    counties: bundle.messages.filter(({ audience }) => audience === "broadcasters"),
    people: formatPeopleIn(
      phones.map(({ population }) => population),
      formatPlaces(new Set(phones.flatMap(({ placeIds }) => placeIds)).size),
    ),
    overrides: of("override"),
    alternates: of("alternate"),
    noNumber: of("no-number").filter(({ tells }) => tells === "outage"),
    restored: of("restored"),
    first,
    others: ready.filter((message) => !first.includes(message)),
  };
}

const LABELS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alternates: "alternate numbers",
    "no-number": "towns without a number",
    restored: "places where 911 works again",
    numbers: "direct numbers",
    texts: "texts",
    judgement: "points to review",
  }),
);

/** Confirmations that are still missing, in the order of the page, with their names. */
export function missingConfirmations(bundle: Bundle, ticks: Readonly<Record<string, number>>) {
  const placeOf = (name: string) => bundle.messages.find(({ placeId }) => name === `override:${placeId}`)?.place;
  return requiredConfirmations(bundle)
    .filter((name) => ticks[name] === undefined)
    .map((name) => ({
      name,
      label: name.startsWith("override:") ? `override for ${placeOf(name) ?? "a place"}` : (LABELS.get(name) ?? name),
    }));
}
