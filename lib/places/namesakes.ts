import { formatPlace } from "./county-kinds";

/** What tells places of one list apart. Pure. */

export interface ListedPlace {
  id: string;
  kind: string;
  name: string;
  /** City, town, village. */
  label: string;
  parentId: string | null;
}

const countOf = <Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
};

const inCounty = ({ name, parentId }: ListedPlace) => `${name} ${parentId}`;

/**
 * What each place is called in a list: "Granby"; one whose name comes twice with its county, "Washington, Berks
 * County", and with its kind where both lie in one, "Franklin (borough), Erie County".
 * @param countyNames counties as people know them, by id
 */
export function nameApart(
  places: readonly ListedPlace[],
  countyNames: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const towns = places.filter(({ kind }) => kind !== "county");
  const named = countOf(towns, ({ name }) => name);
  const namedThere = countOf(towns, inCounty);
  return new Map(
    places.map((place) => {
      const { id, kind, name, label, parentId } = place;
      if (kind === "county" || (named.get(name) ?? 0) < 2) return [id, formatPlace(place)];
      const county = countyNames.get(parentId ?? "");
      const said = (namedThere.get(inCounty(place)) ?? 0) > 1 ? `${name} (${label})` : name;
      return [id, county === undefined ? said : `${said}, ${county}`];
    }),
  );
}

/** The name without what tells it apart: what people write for it. */
export const nameAlone = ({ name, label }: Pick<ListedPlace, "name" | "label">): string =>
  (name.split(",")[0] ?? name).replace(` (${label})`, "");
