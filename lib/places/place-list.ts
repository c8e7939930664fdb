import { STATE_CODES, STATE_NAMES } from "./codes";
import { formatCounty } from "./county-kinds";
import { editDistance, editsAllowed } from "./spelling";

/**
 * Reads a pasted list of places, one a line. Nothing is taken over silently:
 * a line is either exactly a name, or a suggestion with its reason, or open.
 */

export interface Candidate {
  id: string;
  name: string;
  countyId: string;
}

export interface County {
  id: string;
  name: string;
}

export type Reading =
  | { line: string; kind: "exact"; id: string; name: string }
  | { line: string; kind: "suggestion"; id: string; name: string; reason: string }
  | { line: string; kind: "choice"; id: string; name: string; countyId: string; countyName: string }
  | { line: string; kind: "several"; options: readonly Candidate[] }
  | { line: string; kind: "county"; countyId: string; countyName: string }
  | { line: string; kind: "unknown" };

/** Lower case, no accents, "town of" or punctuation; usual abbreviations written out. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/^(the\s+)?(town|city)\s+of\s+/, "")
    .replace(/^n\.?\s+/, "north ")
    .replace(/^s\.?\s+/, "south ")
    .replace(/^e\.?\s+/, "east ")
    .replace(/^w\.?\s+/, "west ")
    .replace(/^gt\.?\s+/, "great ")
    .replace(/^mt\.?\s+/, "mount ")
    .replace(/[^a-z0-9 ]+/g, " ")
    .replace(/boro\b/g, "borough")
    .replace(/\s+/g, " ")
    .trim();
}

interface Names {
  /** Towns by name; more than one where a state has two of that name. */
  towns: ReadonlyMap<string, readonly Candidate[]>;
  counties: ReadonlyMap<string, County>;
  /** Other names, each with its town. */
  aliases: ReadonlyMap<string, Candidate>;
  /** What may stand behind a name for the state the places are in. */
  ownState: readonly string[];
}

function readLine(line: string, { towns: names, counties, aliases, ownState }: Names): Reading {
  const written = plain(line);
  const state = ownState.find((one) => written.endsWith(` ${one}`));
  const wanted = state ? written.slice(0, -state.length - 1) : written;
  const countyMatch = counties.get(wanted.replace(/ (county|co)$/, ""));
  if (countyMatch && / (county|co)$/.test(wanted)) {
    return { line, kind: "county", countyId: countyMatch.id, countyName: countyMatch.name };
  }
  const [exact, ...namesakes] = names.get(wanted) ?? [];
  if (exact && namesakes.length > 0) return { line, kind: "several", options: [exact, ...namesakes] };
  if (exact && countyMatch) {
    return {
      line,
      kind: "choice",
      id: exact.id,
      name: exact.name,
      countyId: countyMatch.id,
      countyName: countyMatch.name,
    };
  }
  if (exact) return { line, kind: "exact", id: exact.id, name: exact.name };
  if (countyMatch) return { line, kind: "county", countyId: countyMatch.id, countyName: countyMatch.name };
  const whole = aliases.get(wanted);
  if (whole) return { line, kind: "suggestion", id: whole.id, name: whole.name, reason: `part of ${whole.name}` };
  const starts = [...names].filter(([name]) => wanted.length >= 6 && name.startsWith(`${wanted} `));
  const [town, ...more] = starts.flatMap(([, towns]) => towns);
  if (town && more.length === 0) {
    return { line, kind: "suggestion", id: town.id, name: town.name, reason: "shorter name" };
  }
  const limit = editsAllowed(wanted);
  const near = [...names]
    .flatMap(([name, towns]) => towns.map((town) => ({ town, edits: editDistance(wanted, name, limit) })))
    .filter(({ edits }) => edits <= limit)
    .sort((left, right) => left.edits - right.edits);
  const [best, next] = near;
  if (best && (!next || next.edits > best.edits)) {
    return { line, kind: "suggestion", id: best.town.id, name: best.town.name, reason: "spelling" };
  }
  return { line, kind: "unknown" };
}

export interface PlacesToRead {
  towns: readonly Candidate[];
  counties: readonly County[];
  aliases: readonly { name: string; placeId: string }[];
  /** The state that the places are in; null where there are none. */
  state: { name: string; code: string } | null;
}

/** "Mountain View, Uinta County" is found by its whole name and by the first word; a county for the rest of it is found as the county. */
function byName(towns: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const found = new Map<string, Candidate[]>();
  for (const town of towns) {
    if (town.id === town.countyId) continue;
    for (const key of new Set([plain(town.name), plain(town.name.split(",")[0] ?? "")])) {
      found.set(key, [...(found.get(key) ?? []), town]);
    }
  }
  return found;
}

/** A county behind a comma tells which town is meant: it is no line of its own. */
function joinCounty(
  line: string,
  counties: readonly County[],
  towns: ReadonlyMap<string, readonly Candidate[]>,
): string {
  const [town, county, ...rest] = line.split(",").map((part) => part.trim());
  if (!town || !county || rest.length > 0) return line;
  const meant = counties.find(({ id, name }) =>
    [formatCounty({ id, name }), `${name} County`].map(plain).includes(plain(county)),
  );
  const inside = meant && (towns.get(plain(town)) ?? []).find(({ countyId }) => countyId === meant.id);
  return inside ? inside.name.replaceAll(",", "") : line;
}

/** Two letters or a state's name behind a comma belong to the name: "Lincoln, RI" is not the Lincoln of another state. */
const STATE_BEHIND = new RegExp(`,\\s*(${[...STATE_CODES.values(), ...STATE_NAMES].join("|")})\\b`, "g");

/** Reads up to 1,000 lines; commas and semicolons divide like line breaks; a line past 100 characters ends in …. */
export function readPlaceList(text: string, { towns, counties, aliases, state }: PlacesToRead): Reading[] {
  const byId = new Map(towns.map((town) => [town.id, town]));
  const names: Names = {
    towns: byName(towns),
    counties: new Map(counties.map((county) => [plain(county.name), county])),
    aliases: new Map(
      aliases.flatMap(({ name, placeId }) => {
        const town = byId.get(placeId);
        return town ? [[plain(name), town] as const] : [];
      }),
    ),
    ownState: state ? [plain(state.code), plain(state.name)] : [],
  };
  return text
    .replace(STATE_BEHIND, " $1")
    .split(/[\n;]+/)
    .flatMap((line) => joinCounty(line, counties, names.towns).split(","))
    .map((line) => line.trim())
    .map((line) => (line.length > 100 ? `${line.slice(0, 99)}…` : line))
    .filter(Boolean)
    .slice(0, 1000)
    .map((line) => readLine(line, names));
}
