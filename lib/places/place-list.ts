import { STATE_CODES, STATE_NAMES, stateNameOf } from "./codes";
import { formatCounty, isCityCounty } from "./county-kinds";
import { describeFormerName } from "./former-names";
import { nameAlone } from "./namesakes";
import { groupBy } from "../platform/group-by";
import { type IndexedPlace, PlaceIndex } from "./place-index";
import { isBareCounty, keyOfBareName, keyOfName, kindInName, plainPlaceName, splitState } from "./place-name";
import { editDistance } from "./spelling";

/**
 * Reads a pasted list of places, one a line. Nothing is taken over silently:
 * a line is either exactly one name, or a suggestion with its reason, or a
 * question, or open. Names are read as imports read them (place-index.ts).
 */

export interface Candidate {
  id: string;
  name: string;
  /** City, town, village. */
  label: string;
  countyId: string;
}

export interface County {
  id: string;
  name: string;
}

/** A city or town, a county with all of it, or an area with its places; `name` as people know it: "Granby", "Fairfax County". */
export interface Meaning {
  kind: "town" | "county" | "area";
  id: string;
  name: string;
  label: string;
}

/** `guessed` is a suggestion that only a likeness of spelling speaks for: it is accepted by itself, never with others. */
export type Reading =
  | { line: string; kind: "exact"; meaning: Meaning }
  | { line: string; kind: "suggestion"; meaning: Meaning; reason: string; guessed: boolean }
  | { line: string; kind: "choice"; options: readonly Meaning[] }
  | { line: string; kind: "unknown" };

export interface PlacesToRead {
  towns: readonly Candidate[];
  counties: readonly County[];
  /** Dispatch areas and others that are made of places, such as a reservation. */
  areas: readonly { id: string; name: string }[];
  aliases: readonly { name: string; placeId: string }[];
  /** Names of counties elsewhere in the nation: a name that is right there is no misspelling here. */
  countiesElsewhere: readonly string[];
}

/** Names of places as lines of a list are compared with them. */
export interface Names {
  index: PlaceIndex;
  towns: ReadonlyMap<string, Candidate>;
  /** Plain names of towns, for those that begin with what was written. */
  plainTowns: readonly (readonly [plain: string, id: string])[];
  /** Other names by what they are looked up by, each with its town. */
  aliases: ReadonlyMap<string, readonly string[]>;
  /** Areas by what their names are looked up by. */
  areas: ReadonlyMap<string, readonly Meaning[]>;
  /** Codes and names of the states that the places are in. */
  states: ReadonlySet<string>;
  /** By what names of counties elsewhere are looked up. */
  elsewhere: ReadonlySet<string>;
}

const indexed = (id: string, more: Pick<IndexedPlace, "kind" | "name" | "label" | "parentId" | "parentName">) => ({
  id,
  stateCode: STATE_CODES.get(id.slice(0, 2)) ?? "",
  stateName: stateNameOf(id.slice(0, 2)) ?? "",
  sameCode: "",
  ...more,
});

/** Puts the places of a site into the order in which lines are read; slow, and the same for every list. */
export function readNames({ towns, counties, areas, aliases, countiesElsewhere }: PlacesToRead): Names {
  const countyNames = new Map(counties.map(({ id, name }) => [id, name]));
  const real = towns.filter(({ id, countyId }) => id !== countyId);
  const places = [
    ...real.map(({ id, name, label, countyId }) =>
      indexed(id, {
        kind: "municipality",
        name: nameAlone({ name, label }),
        label,
        parentId: countyId,
        parentName: countyNames.get(countyId) ?? null,
      }),
    ),
    ...counties.map(({ id, name }) =>
      indexed(id, { kind: "county", name, label: "county", parentId: id.slice(0, 2), parentName: null }),
    ),
  ];
  const named = new Map<string, string[]>();
  for (const { name, placeId } of aliases) {
    named.set(keyOfName(name), [...(named.get(keyOfName(name)) ?? []), placeId]);
  }
  const meanings = areas.map(({ id, name }): Meaning => ({ kind: "area", id, name, label: "area" }));
  return {
    index: new PlaceIndex(places),
    towns: new Map(real.map((town) => [town.id, town])),
    plainTowns: real.map((town) => [plainPlaceName(nameAlone(town)), town.id] as const),
    aliases: named,
    areas: groupBy(meanings, ({ name }) => keyOfName(name)),
    states: new Set(places.flatMap(({ stateCode, stateName }) => [stateCode.toLowerCase(), stateName.toLowerCase()])),
    elsewhere: new Set(countiesElsewhere.map(keyOfName)),
  };
}

/** A city that is its own county comes as both once it was imported: that is one place. */
function meaningsOf(places: readonly IndexedPlace[], { towns }: Names): Meaning[] {
  const cities = new Set(
    places.flatMap(({ kind, parentId }) => (kind === "municipality" && parentId ? [parentId] : [])),
  );
  return places
    .filter(({ id, kind }) => !(kind === "county" && isCityCounty(id) && cities.has(id)))
    .map((place): Meaning =>
      place.kind === "county"
        ? { kind: "county", id: place.id, name: formatCounty(place), label: "county" }
        : { kind: "town", id: place.id, name: towns.get(place.id)?.name ?? place.name, label: place.label },
    )
    .sort(
      (left, right) =>
        Number(left.kind === "county") - Number(right.kind === "county") || left.name.localeCompare(right.name),
    );
}

/** More than so many that are spelled alike are no help. */
const MOST_OPTIONS = 6;

function suggest(
  line: string,
  places: readonly IndexedPlace[],
  names: Names,
  reason: string,
  guessed = false,
): Reading | undefined {
  const options = meaningsOf(places, names);
  const [only, ...others] = options;
  if (!only || options.length > MOST_OPTIONS) return undefined;
  return others.length === 0
    ? { line, kind: "suggestion", meaning: only, reason, guessed }
    : { line, kind: "choice", options };
}

/** Places that are spelled nearly so; of a county's name that is right elsewhere, those that one letter tells from it. */
function findNear(name: string, state: string | undefined, { index, elsewhere }: Names): readonly IndexedPlace[] {
  const near = index.near(name, { state });
  const written = keyOfBareName(name);
  return elsewhere.has(written) ? near.filter((place) => editDistance(written, keyOfName(place.name), 1) <= 1) : near;
}

function readLine(line: string, names: Names): Reading {
  const { index, aliases, areas, states, towns, plainTowns } = names;
  const behind = splitState(line);
  // "Granby, CT" is no Granby of Massachusetts.
  const foreign = behind !== null && !states.has(behind.state.toLowerCase());
  for (const [name, state] of [[line, undefined] as const, ...(behind ? [[behind.name, behind.state] as const] : [])]) {
    const places = index.meanings(name, { state });
    const options = meaningsOf(places, names);
    const [only, ...others] = options;
    if (!only) continue;
    const [place] = places;
    if (others.length > 0) return { line, kind: "choice", options };
    const former = only.kind === "county" ? describeFormerName(only.id, name) : null;
    if (former) return { line, kind: "suggestion", meaning: only, reason: former, guessed: false };
    // A bare name that only a county has here could be that of a town that is not here.
    const bare =
      place && isBareCounty(place) && kindInName(name) !== "county" && keyOfName(name) === keyOfName(place.name);
    const meant: Meaning[] = bare
      ? [
          ...(aliases.get(keyOfName(name)) ?? [])
            .flatMap((id) => towns.get(id) ?? [])
            .map(({ id, name, label }): Meaning => ({ kind: "town", id, name, label })),
          ...(areas.get(keyOfName(name)) ?? []),
        ]
      : [];
    if (meant.length > 0) return { line, kind: "choice", options: [...meant, only] };
    return bare
      ? { line, kind: "suggestion", meaning: only, reason: "the county", guessed: false }
      : { line, kind: "exact", meaning: only };
  }
  const [area, ...more] = [line, ...(behind && !foreign ? [behind.name] : [])].flatMap(
    (name) => areas.get(keyOfName(name)) ?? [],
  );
  if (area && more.length > 0) return { line, kind: "choice", options: [area, ...more] };
  if (area) return { line, kind: "exact", meaning: area };
  if (foreign) return { line, kind: "unknown" };
  const name = behind?.name ?? line;
  const state = behind?.state;
  const wanted = plainPlaceName(name);
  const placesOf = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const town = towns.get(id);
      return town ? index.meanings(nameAlone(town), { state }).filter((place) => place.id === id) : [];
    });
  const whole = placesOf(aliases.get(keyOfName(name)) ?? []);
  const starts =
    wanted.length >= 6 ? plainTowns.flatMap(([plain, id]) => (plain.startsWith(`${wanted} `) ? [id] : [])) : [];
  return (
    suggest(line, whole, names, whole[0] ? `part of ${whole[0].name}` : "") ??
    suggest(line, index.ofOtherKind(name, { state }), names, "another kind of place") ??
    (starts.length === 1 ? suggest(line, placesOf(starts), names, "shorter name") : undefined) ??
    suggest(line, findNear(name, state, names), names, "spelling", true) ?? { line, kind: "unknown" }
  );
}

const NAMES_OF_STATES = new Set(STATE_NAMES.map((name) => name.toLowerCase()));
const CODES_OF_STATES = new Set(STATE_CODES.values());

/** A state behind a comma belongs to the name before it: "Lincoln, RI" is not the Lincoln of another state. */
function isStateBehind(part: string, parts: number, { index, states }: Names): boolean {
  const code = part.replace(/\./g, "").toUpperCase();
  if (CODES_OF_STATES.has(code)) return true;
  if (!NAMES_OF_STATES.has(part.toLowerCase())) return false;
  // In a list of counties, Washington is one of them.
  return (states.has(part.toLowerCase()) && parts === 2) || index.meanings(part).length === 0;
}

/** Names of a line, divided at commas; a state or county behind one tells which place is meant, and is no name of its own. */
function divideLine(line: string, names: Names): (string | Reading)[] {
  // "Rosebud Reservation, Todd County" may be the whole name of an area.
  if (names.areas.has(keyOfName(line))) return [line];
  const parts = line
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  const joined: string[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (before !== undefined && !before.includes(",") && isStateBehind(part, parts.length, names)) {
      joined[joined.length - 1] = `${before}, ${part.replace(/^([A-Za-z])\.([A-Za-z])\.?$/, "$1$2")}`;
    } else joined.push(part);
  }
  const [town, county, ...rest] = joined;
  if (!town || !county || rest.length > 0) return joined;
  const around = new Set(
    names.index
      .meanings(splitState(county)?.name ?? county)
      .filter((place) => place.kind === "county" && keyOfName(county) !== keyOfName(place.name))
      .map(({ id }) => id),
  );
  const inside = names.index
    .meanings(town)
    .filter(({ kind, parentId }) => kind === "municipality" && around.has(parentId ?? ""));
  const [only, ...others] = meaningsOf(inside, names);
  return only && others.length === 0 ? [{ line, kind: "exact", meaning: only }] : joined;
}

/** Reads up to 1,000 lines; commas and semicolons divide like line breaks; a line past 100 characters ends in …. */
export function readPlaceList(text: string, names: Names): Reading[] {
  const shorten = (line: string) => (line.length > 100 ? `${line.slice(0, 99)}…` : line);
  return text
    .split(/[\n;]+/)
    .flatMap((line) => divideLine(line.trim(), names))
    .slice(0, 1000)
    .map((part) => (typeof part === "string" ? readLine(shorten(part), names) : part));
}
