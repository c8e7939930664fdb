import { formatCounty } from "../../lib/places/county-kinds";
import type { PlaceList } from "../../lib/places/data";
import { groupBy } from "../../lib/platform/group-by";

/** Counties with what an alert can be for in each, and what choosing one does. Pure. */

export interface CountyRow {
  id: string;
  name: string;
  /** What an alert can be for in it, as far as the agency's area goes; none where nothing of it is in the area. */
  units: readonly PlaceList["towns"][number][];
  /** What is chosen with it beside its cities and towns. */
  note: "not yours" | "the whole county" | "with the rest of the county" | null;
}

export function listCounties(
  { counties, towns }: Pick<PlaceList, "counties" | "towns">,
  allowed: ReadonlySet<string>,
): CountyRow[] {
  const unitsOf = groupBy(
    towns.filter(({ id }) => allowed.has(id)),
    ({ countyId }) => countyId,
  );
  return counties.map((county) => {
    const units = unitsOf.get(county.id) ?? [];
    const hasRest = units.some(({ id }) => id === county.id);
    const rest = units.length === 1 ? "the whole county" : "with the rest of the county";
    return {
      id: county.id,
      name: formatCounty(county),
      units,
      note: units.length === 0 ? "not yours" : hasRest ? rest : null,
    };
  });
}

/** How much of a group is chosen. */
export function standingOf(ids: readonly string[], chosen: ReadonlySet<string>): "all" | "some" | "none" {
  const count = ids.filter((id) => chosen.has(id)).length;
  return count === 0 ? "none" : count === ids.length ? "all" : "some";
}

/** A group that is chosen as a whole is left out; else what is missing of it is added. */
export function toggleGroup(ids: readonly string[], chosen: ReadonlySet<string>): Set<string> {
  const next = new Set(chosen);
  const all = standingOf(ids, chosen) === "all";
  for (const id of ids) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
}
