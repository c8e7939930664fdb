import type { Feature } from "geojson";
import { readGeoid } from "./place-plan";

/**
 * Which ZIP Codes lie in which place, from a table of pairs: the Census's
 * relationship files of ZIP Code areas (ZCTAs) to subdivisions, places or
 * counties, or any table with a ZIP Code and a GEOID in each row. A place's list
 * is replaced as a whole. Pure.
 */

export interface PlannedZips {
  id: string;
  zips: string[];
}

export interface PlannedZipRow {
  position: number;
  subject: string;
  result: "changed" | "unchanged" | "rejected" | "skipped";
  why: string;
  data?: PlannedZips;
}

/** Columns of the ZIP Code, as the Census and others call it, in small letters. */
const ZIP_COLUMNS = ["geoid_zcta5_20", "zcta5", "zcta", "zip", "zip code", "zipcode", "zip_code"];
/** Columns of the place it lies in. */
const CODE_COLUMNS = ["geoid_cousub_20", "geoid_place_20", "geoid_county_20", "geoid", "geo_id"];
/** Square meters of land that both share: where it is 0, their edges touch and nobody lives. */
const SHARED_LAND = "arealand_part";

/** Whether these headings are those of such a table. */
export const isZipTable = (headings: readonly string[]): boolean =>
  ZIP_COLUMNS.some((name) => headings.includes(name)) && CODE_COLUMNS.some((name) => headings.includes(name));

/**
 * The table by place.
 * @param headings in small letters
 * @returns one feature for each place, in the order of the file, with its codes in `ZIP`
 */
export function groupZips(headings: readonly string[], rows: readonly (readonly string[])[]): Record<string, string>[] {
  const columnOf = (names: readonly string[]) => headings.indexOf(names.find((name) => headings.includes(name)) ?? "");
  const [zip, code, land] = [columnOf(ZIP_COLUMNS), columnOf(CODE_COLUMNS), headings.indexOf(SHARED_LAND)];
  const places = new Map<string, Set<string>>();
  for (const row of rows) {
    const [written, of] = [(row[zip] ?? "").trim(), (row[code] ?? "").trim()];
    // Land outside of every ZIP Code area has a row without one.
    if (written === "" || of === "" || (land >= 0 && row[land]?.trim() === "0")) continue;
    const zips = places.get(of);
    if (zips) zips.add(written);
    else places.set(of, new Set([written]));
  }
  return [...places].map(([GEOID, zips]) => ({ GEOID, ZIP: [...zips].sort().join(" ") }));
}

export interface KnownZips {
  name: string;
  zips: readonly string[];
  allowed: boolean;
}

/** What becomes of the codes of one place. */
export function planZips(
  { properties }: Feature,
  position: number,
  known: ReadonlyMap<string, KnownZips>,
): PlannedZipRow {
  const given = String(properties?.GEOID ?? "");
  const zips = String(properties?.ZIP ?? "").split(" ");
  const county = /^(?:0500000US)?(\d{5})$/.exec(given)?.[1];
  const code = county ?? readGeoid(given);
  const say = (result: "rejected" | "skipped", why: string): PlannedZipRow => ({
    position,
    subject: given.slice(0, 30),
    result,
    why,
  });
  if (code === null) return say("rejected", `“${given.slice(0, 30)}” is no Census GEOID of a city, town or county.`);
  const place = known.get(code);
  if (!place) return say("skipped", "It is no place of this site. Import its outline first.");
  if (!place.allowed) return say("rejected", `${place.name} is not in your agency’s area.`);
  const wrong = zips.find((zip) => !/^\d{5}$/.test(zip));
  if (wrong !== undefined) return say("rejected", `“${wrong.slice(0, 20)}” is no ZIP Code of five digits.`);
  const data = { id: code, zips };
  const same = place.zips.length === zips.length && zips.every((zip) => place.zips.includes(zip));
  if (same) return { position, subject: place.name, result: "unchanged", why: "", data };
  const was = place.zips.length === 0 ? "none were known" : `was ${[...place.zips].sort().join(", ")}`;
  return { position, subject: place.name, result: "changed", why: `${zips.join(", ")}; ${was}.`, data };
}
