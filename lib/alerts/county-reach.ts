import { formatNumber } from "../directory/schema";
import type { PlaceFacts } from "../directory/place-facts";
import { formatPlaceCount } from "../places/place-count";
import type { BundleMessage } from "./bundle";
import { joinNames } from "./message-slots";
import { type BroadcastPlan, nameListed } from "./plan";

/**
 * Whom stations of a county reach: all of it, whatever part of it a message is
 * for (47 CFR 11.31(c)). So the number of one place is heard in another. Pure.
 */

/** Places of a county that are given the same number, or none. */
export interface HeardGroup {
  /** As texts have it; null where the text tells people where to go. */
  number: string | null;
  places: string[];
}

export interface CountyReach {
  /** People of the county who live in none of the places. */
  others: number;
  /** In the order of the places; those of which 911 works are in none. */
  groups: HeardGroup[];
}

/** One place of a county and the number it gives out. */
interface Given {
  name: string;
  population: number;
  number: string | null;
  /** Whether 911 fails there, so that a number matters. */
  isTold: boolean;
}

function reachOf(population: number, given: readonly Given[]): CountyReach {
  const groups = new Map<string | null, string[]>();
  for (const { name, number, isTold } of given) {
    if (isTold) groups.set(number, [...(groups.get(number) ?? []), name]);
  }
  return {
    others: Math.max(0, population - given.reduce((sum, one) => sum + one.population, 0)),
    groups: [...groups].map(([number, places]) => ({ number, places })),
  };
}

/** Whom the stations of a county reach with what is planned for it. */
export function reachOfPlan({ county, chosen }: Pick<BroadcastPlan, "county" | "chosen">): CountyReach {
  return reachOf(
    county.population,
    chosen.map(({ place, selection, restoredAt, isNeighbor }) => ({
      name: nameListed(place),
      population: place.population,
      number: selection.number ? formatNumber(selection.number) : null,
      isTold: restoredAt === undefined && isNeighbor === undefined,
    })),
  );
}

/**
 * The same of a message that is made.
 * @param places those it covers
 */
export function reachOfMessage(
  { population, tells, numbers }: Pick<BundleMessage, "population" | "tells" | "numbers">,
  places: readonly PlaceFacts[],
  isOut: (placeId: string) => boolean,
): CountyReach {
  const given = new Map(numbers.map((number) => [number.placeId, formatNumber(number)]));
  return reachOf(
    population,
    places.map((place) => ({
      name: nameListed(place),
      population: place.population,
      number: given.get(place.id) ?? null,
      isTold: tells === "outage" && (given.has(place.id) || isOut(place.id)),
    })),
  );
}

/** Names and numbers that one sentence has room for. */
const MOST = 3;

const listFew = (names: readonly string[], count: (more: number) => string): string => {
  // One more than fits is named as well.
  const shown = names.length > MOST + 1 ? names.slice(0, MOST) : names;
  const all = shown.length < names.length ? [...shown, count(names.length - shown.length)] : shown;
  return joinNames(all, { and: " and " });
};

const namesOf = ({ places }: HeardGroup) => listFew(places, (more) => formatPlaceCount(more));

/**
 * Which number reaches people it is not for; null when all are given the same.
 */
export function warnOfReach({ groups }: CountyReach): string | null {
  const numbered = groups.flatMap((group) => (group.number === null ? [] : [{ ...group, number: group.number }]));
  if (groups.length < 2 || numbered.length === 0) return null;
  const without = groups.find(({ number }) => number === null);
  const numbers = listFew(
    numbered.map((group) => `${group.number} (${namesOf(group)})`),
    (more) => `${more} more`,
  );
  if (numbered.length === 1) return `People in ${namesOf(without!)} have no number, and hear ${numbers}.`;
  const also = without ? ` So do people in ${namesOf(without)}, who have no number.` : "";
  return `People in each of these places hear the numbers of the others: ${numbers}.${also}`;
}
