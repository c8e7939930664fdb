import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { MultiPolygon, Polygon } from "geojson";
import { divideCounty } from "../../lib/places/cells";
import { shortenName } from "../../lib/places/short-name";
import { boundaryFromAtlas } from "../../lib/places/atlas";

/** Massachusetts as places: the state, 14 counties, 351 cities and towns. Facts: 2020 Census, FIPS, 47 CFR 11.31. */

type Row = [string, string, string, string, number, number, number, number];

export interface PlaceRow {
  id: string;
  kind: string;
  name: string;
  label: string;
  stateName: string;
  stateCode: string;
  shortName: string;
  parentId: string | null;
  sameCode: string;
  population: number;
  landSqKm: number | null;
  latitude: number;
  longitude: number;
  timeZone: string;
  boundary: Polygon | MultiPolygon | null;
  boundaryApproximate: boolean;
}

const STATE = { stateName: "Massachusetts", stateCode: "MA", timeZone: "America/New_York" };
const COUNTY_NAMES: Record<string, string> = {
  "25001": "Barnstable",
  "25003": "Berkshire",
  "25005": "Bristol",
  "25007": "Dukes",
  "25009": "Essex",
  "25011": "Franklin",
  "25013": "Hampden",
  "25015": "Hampshire",
  "25017": "Middlesex",
  "25019": "Nantucket",
  "25021": "Norfolk",
  "25023": "Plymouth",
  "25025": "Suffolk",
  "25027": "Worcester",
};

export function readMunicipalities(): Row[] {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  return JSON.parse(fs.readFileSync(path.join(folder, "municipalities.json"), "utf8")) as Row[];
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** Every place, parents before children. */
export function massachusetts(): PlaceRow[] {
  const rows = readMunicipalities();
  const outer = (id: string, parentId: string | null, within: Row[]): Omit<PlaceRow, "kind" | "name" | "label"> => ({
    ...STATE,
    id,
    shortName: "",
    parentId,
    sameCode: id === "25" ? "025000" : `0${id}`,
    population: sum(within.map((row) => row[4])),
    landSqKm: Math.round(sum(within.map((row) => row[5]))),
    latitude: mean(within.map((row) => row[6])),
    longitude: mean(within.map((row) => row[7])),
    boundary: boundaryFromAtlas(id),
    boundaryApproximate: false,
  });
  const places: PlaceRow[] = [
    { ...outer("25", null, rows), kind: "state", name: "Massachusetts", label: "state", shortName: "Massachusetts" },
  ];
  const towns: PlaceRow[] = [];
  for (const [countyId, name] of Object.entries(COUNTY_NAMES)) {
    const within = rows.filter((row) => row[2] === countyId);
    const county = outer(countyId, "25", within);
    places.push({ ...county, kind: "county", name, label: "county", shortName: `${name} County` });
    const cells = divideCounty(
      county.boundary!,
      within.map(([, , , id, , , latitude, longitude]) => ({ id, latitude, longitude })),
    );
    for (const [town, label, , id, population, landSqKm, latitude, longitude] of within) {
      towns.push({
        ...STATE,
        id,
        kind: "municipality",
        name: town,
        label,
        shortName: shortenName(town),
        parentId: countyId,
        sameCode: `0${countyId}`,
        population,
        landSqKm,
        latitude,
        longitude,
        boundary: cells.get(id)!,
        boundaryApproximate: true,
      });
    }
  }
  return [...places, ...towns];
}
