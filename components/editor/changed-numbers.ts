import type { AlertFacts } from "../../lib/alerts/facts";
import { type Chosen, choosePlaces, nameListed } from "../../lib/alerts/plan";
import type { AlertContent } from "../../lib/alerts/schema";
import type { ChangedNumber } from "../../lib/alerts/presence/data";
import { formatNumber } from "../../lib/directory/schema";
import type { PlaceFacts } from "../../lib/directory/place-facts";

/** What a number that changed its state since the page was opened means for the draft. Pure. */

export interface Swap {
  placeId: string;
  place: string;
  /** What is given out as the page has it; null for none. */
  from: string | null;
  /** What would be given out as the directory has it now. */
  to: string | null;
}

type Statuses = ReadonlyMap<string, ChangedNumber["status"]>;

const renewed = <Item extends { id: string; status: ChangedNumber["status"] }>(
  numbers: readonly Item[],
  now: Statuses,
) => numbers.map((number) => ({ ...number, status: now.get(number.id) ?? number.status }));

const withStatuses = (place: PlaceFacts, now: Statuses): PlaceFacts => ({
  ...place,
  numbers: renewed(place.numbers, now),
  fallbacks: place.fallbacks.map((fallback) => ({ ...fallback, numbers: renewed(fallback.numbers, now) })),
});

const numberOf = ({ selection }: Chosen) => (selection.number ? formatNumber(selection.number) : null);

/** @returns each place that would be given something else, as the draft stands */
export function findSwaps(
  facts: AlertFacts,
  content: AlertContent,
  chosen: readonly Chosen[],
  changed: readonly ChangedNumber[],
  now: number,
): Swap[] {
  if (changed.length === 0) return [];
  const statuses: Statuses = new Map(changed.map(({ id, status }) => [id, status]));
  const touched = new Set(
    facts.places
      .filter(({ numbers, fallbacks }) =>
        [...numbers, ...fallbacks.flatMap((fallback) => fallback.numbers)].some(
          ({ id, status }) => statuses.has(id) && statuses.get(id) !== status,
        ),
      )
      .map(({ id }) => id),
  );
  if (touched.size === 0) return [];
  const places = facts.places.map((place) => (touched.has(place.id) ? withStatuses(place, statuses) : place));
  const before = new Map(chosen.map((one) => [one.place.id, one]));
  return choosePlaces({ ...facts, places }, content, now).flatMap((after) => {
    const earlier = before.get(after.place.id);
    if (!earlier || !touched.has(after.place.id)) return [];
    const [from, to] = [numberOf(earlier), numberOf(after)];
    return from === to ? [] : [{ placeId: after.place.id, place: nameListed(after.place), from, to }];
  });
}
