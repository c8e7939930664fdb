import type { PlaceList } from "../../lib/places/data";
import type { Places, Unready } from "./place-picker";

/** Which places the map of an outage names: what asks something, then what a text gives no number for. Pure. */

/** More names than these make a map that nobody reads. */
const MOST = 12;

/** @returns ids, the most important first: those that wait for an answer, without a number, with a number not called in
 * time or failing; where there are few, all that are chosen. Of one kind, those of most people first. */
export function listNamedPlaces(
  { ids, waiting }: Places,
  { towns }: Pick<PlaceList, "towns">,
  unready: Unready,
): string[] {
  const rank = (id: string): number => {
    if (!ids.has(id)) return waiting?.has(id) ? 0 : 4;
    if (unready[id] === undefined) return ids.size <= MOST ? 3 : 4;
    return unready[id] === "missing" ? 1 : 2;
  };
  return towns
    .map(({ id, population }) => ({ id, population, rank: rank(id) }))
    .filter((town) => town.rank < 4)
    .sort((one, other) => one.rank - other.rank || other.population - one.population)
    .slice(0, MOST)
    .map(({ id }) => id);
}
