import { formatPeopleIn, formatPlaces } from "../ui/time";
import { type Bundle, type BundleMessage, outcomesOf, type PlaceOutcome } from "../../lib/alerts/bundle";
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
  /** Places by how their numbers stand, whichever message they are in. */
  overrides: PlaceOutcome[];
  alternates: PlaceOutcome[];
  noNumber: PlaceOutcome[];
  /** Where 911 works again, and since when. */
  restored: (PlaceOutcome & Pick<BundleMessage, "restoredAt">)[];
  /** Verified numbers: the oldest test calls and the largest places, then all others. */
  first: PlaceOutcome[];
  others: PlaceOutcome[];
}

export function groupMessages(bundle: Bundle, evidence: Readonly<Record<string, NumberFacts>>): ReviewGroups {
  // The text that goes with a cancellation is for the same people as the cancellation.
  const phones = bundle.messages.filter(
    ({ audience, msgType, tells }) => audience === "phones" && !(tells === "withdrawal" && msgType === "Alert"),
  );
  const places = phones.flatMap((message) =>
    outcomesOf(message).map((one) => ({ ...one, tells: message.tells, restoredAt: message.restoredAt })),
  );
  const of = (wanted: PlaceOutcome["outcome"]) => places.filter(({ outcome }) => outcome === wanted);
  const age = ({ numbers }: PlaceOutcome) => evidence[numbers[0]?.id ?? ""]?.calls[0]?.at ?? 0;
  const ready = of("ready");
  const oldest = [...ready].sort((left, right) => age(left) - age(right)).slice(0, SHOWN);
  const largest = [...ready]
    .sort((left, right) => right.population - left.population)
    .filter((place) => !oldest.includes(place))
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
    others: ready.filter((place) => !first.includes(place)),
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
  const places = bundle.messages.flatMap(outcomesOf);
  const placeOf = (name: string) => places.find(({ placeId }) => name === `override:${placeId}`)?.place;
  return requiredConfirmations(bundle)
    .filter((name) => ticks[name] === undefined)
    .map((name) => ({
      name,
      label: name.startsWith("override:") ? `override for ${placeOf(name) ?? "a place"}` : (LABELS.get(name) ?? name),
    }));
}
