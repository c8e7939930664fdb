import { editDistance } from "./spelling";

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
  | { line: string; kind: "county"; countyId: string; countyName: string }
  | { line: string; kind: "unknown" };

/** Villages and districts people write instead of the town they lie in. */
const PARTS: Readonly<Record<string, string>> = {
  hyannis: "Barnstable",
  dorchester: "Boston",
  roxbury: "Boston",
  "jamaica plain": "Boston",
  brighton: "Boston",
  allston: "Boston",
  "south boston": "Boston",
  "east boston": "Boston",
  charlestown: "Boston",
  "hyde park": "Boston",
  mattapan: "Boston",
  roslindale: "Boston",
  "west roxbury": "Boston",
  "woods hole": "Falmouth",
  "vineyard haven": "Tisbury",
  "oak bluffs village": "Oak Bluffs",
  "newton centre": "Newton",
  "indian orchard": "Springfield",
  cuttyhunk: "Gosnold",
  baldwinville: "Templeton",
  "turners falls": "Montague",
  florence: "Northampton",
};

/** Lower case, no accents, "town of", state or punctuation; usual abbreviations written out. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/,?\s*(ma|mass\.?|massachusetts)\s*$/, "")
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

function readLine(line: string, names: Map<string, Candidate>, counties: Map<string, County>): Reading {
  const wanted = plain(line);
  const countyMatch = counties.get(wanted.replace(/ (county|co)$/, ""));
  if (countyMatch && / (county|co)$/.test(wanted)) {
    return { line, kind: "county", countyId: countyMatch.id, countyName: countyMatch.name };
  }
  const exact = names.get(wanted);
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
  const whole = names.get(plain(PARTS[wanted] ?? ""));
  if (whole) return { line, kind: "suggestion", id: whole.id, name: whole.name, reason: `part of ${whole.name}` };
  const starts = [...names].filter(([name]) => wanted.length >= 6 && name.startsWith(`${wanted} `));
  if (starts.length === 1) {
    const [, town] = starts[0]!;
    return { line, kind: "suggestion", id: town.id, name: town.name, reason: "shorter name" };
  }
  const limit = wanted.length <= 5 ? 1 : 2;
  const near = [...names]
    .map(([name, town]) => ({ town, edits: editDistance(wanted, name, limit) }))
    .filter(({ edits }) => edits <= limit)
    .sort((left, right) => left.edits - right.edits);
  const [best, next] = near;
  if (best && (!next || next.edits > best.edits)) {
    return { line, kind: "suggestion", id: best.town.id, name: best.town.name, reason: "spelling" };
  }
  return { line, kind: "unknown" };
}

/** Reads up to 1,000 lines; commas and semicolons divide like line breaks; a line past 100 characters ends in …. */
export function readPlaceList(text: string, towns: readonly Candidate[], counties: readonly County[]): Reading[] {
  const names = new Map(towns.map((town) => [plain(town.name), town]));
  const countyNames = new Map(counties.map((county) => [plain(county.name), county]));
  return (
    text
      .replace(/,\s*(MA|Mass\.?|Massachusetts)\b/gi, " MA")
      // "Granby, CT" is another town: the state stays with its name, so that the line is not taken for ours.
      .replace(/,\s*([A-Z]{2}|Connecticut|Rhode Island|New Hampshire|Vermont|New York|Maine)\b/g, " $1")
      .split(/[\n;,]+/)
      .map((line) => line.trim())
      .map((line) => (line.length > 100 ? `${line.slice(0, 99)}…` : line))
      .filter(Boolean)
      .slice(0, 1000)
      .map((line) => readLine(line, names, countyNames))
  );
}
