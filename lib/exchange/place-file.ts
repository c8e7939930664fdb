import { parse } from "csv-parse/sync";
import type { Feature } from "geojson";
import { CSV_LIMITS, decodeFile, delimiterOf, FileRefused } from "./csv-file";
import { isGazetteer, readGazetteer, STAND_IN } from "./gazetteer";
import { isZip, readShapefile } from "./shapefile";
import { groupZips, isZipTable } from "./zip-plan";

/**
 * Whatever a state has of its places: outlines (GeoJSON, a zipped shapefile, a
 * gazetteer), a table of how many people live where or of ZIP Codes, or the list
 * of 911 centers that the FCC keeps. Each is known by what is in it, not by its name.
 */

export const PLACE_FILE_LIMITS = { bytes: 64 * 1024 * 1024, features: 5000 } as const;

/** What an outline, or a row, of a file becomes. */
export const MEANINGS = ["municipality", "psap", "custom"] as const;
export type Meaning = (typeof MEANINGS)[number];

export const isMeaning = (text: string): text is Meaning => MEANINGS.some((meaning) => meaning === text);

export interface Mapping {
  name: string;
  code: string;
  label?: string;
  population?: string;
  as?: Meaning;
}

export interface PlaceFile {
  /** Outlines with what is known of each; points, around which they are drawn round; rows of people or ZIP Codes with codes; or 911 centers with their counties. */
  holds: "outlines" | "points" | "people" | "zips" | "centers";
  features: Feature[];
}

/** Whether each feature of a file has, or is given, an outline, so that it may become a place or an area. */
export const isOfPlaces = (holds: PlaceFile["holds"]): boolean => holds === "outlines" || holds === "points";

/** The centers of the FCC's registry: one row each, with the county it is in. */
const CENTERS = ["psap name", "state", "county"];
/** Columns that name a place by code in tables of the Census. */
const CODES = ["geo_id", "geoid", "geoidfq"];

const asFeature = (properties: Record<string, string>): Feature => ({
  type: "Feature",
  properties,
  geometry: null as unknown as Feature["geometry"],
});

function readRows(text: string): { headings: string[]; rows: string[][] } {
  const [first = ""] = text.split(/\r\n|\n|\r/, 1);
  const records = parse(text, {
    delimiter: delimiterOf(first),
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: CSV_LIMITS.record,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    bom: true,
  }) as string[][];
  if (records.length > CSV_LIMITS.rows) throw new FileRefused("It has more than 200,000 rows. Split it.");
  return { headings: (records[0] ?? []).map((cell) => cell.trim()), rows: records.slice(1) };
}

/** The code of a row of the Census's yearly estimates, which gives state, county, subdivision and place apart. */
function codeOfEstimate(row: ReadonlyMap<string, string>): string {
  const of = (name: string, digits: number) => (row.get(name) ?? "").padStart(digits, "0");
  const [state, county] = [of("STATE", 2), of("COUNTY", 3)];
  switch (Number(row.get("SUMLEV"))) {
    case 50:
      return `${state}${county}`;
    case 61:
      return `${state}${county}${of("COUSUB", 5)}`;
    case 162:
      return `${state}${of("PLACE", 5)}`;
    default:
      return "";
  }
}

/** A table without outlines. @returns undefined when it is none that is known */
function readTable(text: string): PlaceFile | undefined {
  const { headings, rows } = readRows(text);
  const small = headings.map((heading) => heading.toLowerCase());
  const cellsOf = (row: string[]) => headings.map((heading, at) => [heading, (row[at] ?? "").trim()] as const);
  if (isZipTable(small)) return { holds: "zips", features: groupZips(small, rows).map(asFeature) };
  if (CENTERS.every((name) => small.includes(name)))
    return { holds: "centers", features: rows.map((row) => asFeature(Object.fromEntries(cellsOf(row)))) };
  if (["sumlev", "state", "place", "name"].every((name) => small.includes(name))) {
    const features = rows
      .map((row) => ({ row, code: codeOfEstimate(new Map(cellsOf(row))) }))
      // Parts of places in each county, and sums, are in the same table.
      .filter(({ code }) => code !== "")
      .map(({ row, code }) => asFeature({ GEOID: code, ...Object.fromEntries(cellsOf(row)) }));
    return { holds: "people", features };
  }
  if (!CODES.some((name) => small.includes(name))) return undefined;
  // Under its headings a table of the Census says them again in words.
  const features = rows.map((row) => Object.fromEntries(cellsOf(row))).filter(({ GEO_ID }) => GEO_ID !== "Geography");
  return { holds: "people", features: features.map(asFeature) };
}

/** @throws FileRefused in words for people */
export function readGeoJson(text: string): Feature[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new FileRefused(`It is not JSON: ${(error as Error).message.slice(0, 120)}.`);
  }
  const { type, features } = (parsed ?? {}) as { type?: unknown; features?: unknown };
  if (type === "Topology") throw new FileRefused("It is TopoJSON. Save it as GeoJSON.");
  if (type !== "FeatureCollection" || !Array.isArray(features))
    throw new FileRefused("It is no GeoJSON FeatureCollection.");
  return features as Feature[];
}

function readAny(bytes: Uint8Array): PlaceFile {
  if (isZip(bytes)) return { holds: "outlines", features: readShapefile(bytes) };
  const text = decodeFile(bytes);
  if (isGazetteer(text)) return { holds: "points", features: readGazetteer(text) };
  if (/^\s*[{[]/.test(text)) return { holds: "outlines", features: readGeoJson(text) };
  const table = readTable(text);
  if (table) return table;
  throw new FileRefused(
    "It is none of these: GeoJSON, a zipped shapefile, a gazetteer or table of the Census with GEOIDs, a table of ZIP Codes with GEOIDs, a list of 911 centers of the FCC.",
  );
}

/** What a file of places holds. @throws FileRefused in words for people */
export function readPlaceFile(bytes: Uint8Array): PlaceFile {
  if (bytes.length > PLACE_FILE_LIMITS.bytes) throw new FileRefused("It is larger than 64 MB. Split it.");
  const file = readAny(bytes);
  if (file.features.length === 0) throw new FileRefused("It has no features.");
  if (isOfPlaces(file.holds) && file.features.length > PLACE_FILE_LIMITS.features)
    throw new FileRefused("It has more than 5,000 features. Split it.");
  return file;
}

/** Names of properties that are on features, with a value to know each by. */
export function listProperties(features: readonly Feature[]): { name: string; sample: string }[] {
  const samples = new Map<string, string>();
  for (const { properties } of features.slice(0, 200)) {
    for (const [name, value] of Object.entries(properties ?? {})) {
      if (name !== STAND_IN && !samples.has(name) && value !== null && value !== "" && typeof value !== "object")
        samples.set(name, String(value).slice(0, 60));
    }
  }
  return [...samples].map(([name, sample]) => ({ name, sample }));
}

const optional = (key: "label" | "population", name: string) => (name === "" ? {} : { [key]: name });

/** A first guess at which property is which, by what Census, NENA, FCC and state files call them. */
export function guessMapping(properties: readonly { name: string }[]): Mapping {
  const names = new Map(properties.map(({ name }) => [name.toLowerCase(), name]));
  const find = (...wanted: string[]) => names.get(wanted.find((name) => names.has(name)) ?? "") ?? "";
  // The Census's yearly estimates have a column for each year: the last is the newest.
  const estimate = [...names.keys()].filter((name) => /^popestimate20\d\d$/.test(name)).sort();
  const centers = names.has("serviceurn") || names.has("psap name");
  return {
    name: find("psap name", "dsplayname", "name", "town", "municipal", "namelsad", "city", "muni_name", "fullname"),
    code: find("geoid", "geoid20", "geo_id", "geoidfq", "affgeoid", "geoid10", "code", "fips"),
    ...optional("label", find("namelsad", "namelsad20", "type")),
    ...optional(
      "population",
      find("pop20", "pop2020", "population", "p0010001", "p1_001n", "pop", "totpop") ||
        (names.get(estimate.at(-1) ?? "") ?? ""),
    ),
    as: centers ? "psap" : names.has("aiannhce") ? "custom" : "municipality",
  };
}
