import { area } from "@turf/area";
import { booleanPointInPolygon } from "@turf/boolean-point-in-polygon";
import { feature, featureCollection, point, polygon } from "@turf/helpers";
import { intersect } from "@turf/intersect";
import type { MultiPolygon, Polygon, Position } from "geojson";
import { formatCounty, isCityCounty } from "../places/county-kinds";
import { distanceKm } from "../places/neighbors";
import { simplifyAlone } from "../standards/geometry/simplify";

/** Which counties an outline lies in. Pure. */

export interface CountyOutline {
  id: string;
  name: string;
  stateName: string;
  stateCode: string;
  sameCode: string;
  timeZone: string;
  geometry: Polygon | MultiPolygon;
  /** Whether the person may import here. */
  allowed: boolean;
}

export interface CountiesFound {
  home: CountyOutline;
  /** The others, the largest share first. */
  others: CountyOutline[];
  /** What the person should know of how they were found. */
  note: string;
}

/** A county counts when this much of the place's land lies in it: less is the error of the county outlines. */
const LEAST_SHARE = 0.05;
/** An outline that lies in no county is on the coast; farther from land than this it is somewhere else. */
const COAST_KM = 40;
/** A code names a county; an outline as far from it as this belongs to another place. */
const ASTRAY_KM = 40;

const plain = (name: string) =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\bst\b\.?/g, "saint")
    .replace(/[^a-z]/g, "");

const ringsOf = (geometry: Polygon | MultiPolygon): Position[][] =>
  (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((part) => part[0] ?? []);

type Box = readonly [west: number, south: number, east: number, north: number];

export function boxOf(geometry: Polygon | MultiPolygon): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ringsOf(geometry).flat()) {
    west = Math.min(west, x!);
    east = Math.max(east, x!);
    south = Math.min(south, y!);
    north = Math.max(north, y!);
  }
  return [west, south, east, north];
}

const boxes = new WeakMap<object, Box>();
export function knownBox(geometry: Polygon | MultiPolygon): Box {
  const known = boxes.get(geometry) ?? boxOf(geometry);
  boxes.set(geometry, known);
  return known;
}

export const overlap = (left: Box, right: Box) =>
  left[0] <= right[2] && right[0] <= left[2] && left[1] <= right[3] && right[1] <= left[3];

/** Kilometers from a point to the nearest corner of an outline. */
function kmTo([longitude, latitude]: readonly [number, number], geometry: Polygon | MultiPolygon): number {
  let nearest = Infinity;
  const [west, south, east, north] = knownBox(geometry);
  // A degree is at most 111 km: what is farther than the coast need not be measured.
  if (longitude < west - 4 || longitude > east + 4 || latitude < south - 4 || latitude > north + 4) return nearest;
  for (const [x, y] of ringsOf(geometry).flat()) {
    nearest = Math.min(nearest, distanceKm({ latitude, longitude }, { latitude: y!, longitude: x! }));
  }
  return nearest;
}

const holds = ({ geometry }: CountyOutline, middle: readonly [number, number]) =>
  booleanPointInPolygon(point([...middle]), geometry);

/** How much of an outline's land lies in each county; counties are drawn to their shore, so the sea is no part. */
function sharesOf(outline: Polygon | MultiPolygon, counties: readonly CountyOutline[]) {
  const rings = simplifyAlone(outline);
  const box = boxOf({ type: "MultiPolygon", coordinates: rings.map((ring) => [ring]) });
  const parts = counties
    .filter(({ geometry }) => overlap(box, knownBox(geometry)))
    .map((county) => {
      let size = 0;
      for (const ring of rings) {
        const common = intersect(featureCollection([polygon([ring]), feature(county.geometry)]));
        if (common) size += area(common);
      }
      return { county, size };
    })
    .filter(({ size }) => size > 0)
    .sort((left, right) => right.size - left.size);
  const land = parts.reduce((sum, { size }) => sum + size, 0);
  return parts.map(({ county, size }) => ({ county, share: size / land }));
}

/** A subdivision of a county: its code names the county, and the outline must lie there. */
function ofSubdivision(
  code: string,
  middle: readonly [number, number],
  counties: readonly CountyOutline[],
): CountiesFound | string {
  const named = counties.find(({ id }) => id === code.slice(0, 5));
  if (named && holds(named, middle)) return { home: named, others: [], note: "" };
  const inside = counties.find((county) => holds(county, middle));
  if (!named) return inside ? { home: inside, others: [], note: "" } : nearestTo(middle, counties);
  const far = kmTo(middle, named.geometry) > ASTRAY_KM;
  if (inside && far)
    return `Its outline lies in ${formatCounty(inside)}, its code is of ${formatCounty(named)}. One of the two is wrong.`;
  if (far) return `Its outline lies far from ${formatCounty(named)}, which its code names.`;
  const note = inside ? `Its middle lies in ${formatCounty(inside)}; its code decides. ` : "";
  return { home: named, others: [], note };
}

function nearestTo(middle: readonly [number, number], counties: readonly CountyOutline[]): CountiesFound | string {
  const [nearest] = counties
    .map((county) => ({ county, km: kmTo(middle, county.geometry) }))
    .sort((left, right) => left.km - right.km);
  if (!nearest || nearest.km > COAST_KM) return "It lies in no county of the United States, or far out at sea.";
  const note = `Its outline lies off the coast; ${formatCounty(nearest.county)} is nearest. `;
  return { home: nearest.county, others: [], note };
}

/**
 * The counties of a place. Of a county subdivision (ten digits) the code names
 * it; of a place (seven digits) the outline decides, and a city that is its own
 * county lies in that one alone.
 * @param counties of all states; those of the code's state are looked at first
 * @returns a sentence when there is none, or when outline and code disagree
 */
export function findCounties(
  place: { code: string; name: string; outline: Polygon | MultiPolygon; middle: readonly [number, number] },
  counties: readonly CountyOutline[],
): CountiesFound | string {
  const { code, name, outline, middle } = place;
  const ofState = counties.filter(({ id }) => id.slice(0, 2) === code.slice(0, 2));
  if (code.length === 10) {
    const found = ofSubdivision(code, middle, ofState);
    const elsewhere = typeof found === "string" ? counties.find((county) => holds(county, middle)) : undefined;
    return elsewhere && !ofState.includes(elsewhere) ? anotherState(elsewhere) : found;
  }
  const own = ofState.find(
    (county) =>
      isCityCounty(county.id) &&
      plain(county.name) === plain(name) &&
      (holds(county, middle) || kmTo(middle, county.geometry) < COAST_KM),
  );
  if (own) return { home: own, others: [], note: "" };
  const shares = sharesOf(outline, ofState);
  const [first, ...rest] = shares;
  if (!first) {
    const elsewhere = counties.find((county) => holds(county, middle));
    return elsewhere ? anotherState(elsewhere) : nearestTo(middle, ofState);
  }
  const others = rest.filter(({ share }) => share >= LEAST_SHARE);
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const note =
    others.length === 0
      ? ""
      : `${percent(first.share)} of it; ${others.map(({ county, share }) => `${percent(share)} in ${formatCounty(county)}`).join(", ")}. `;
  return { home: first.county, others: others.map(({ county }) => county), note };
}

const anotherState = (county: CountyOutline) =>
  `Its code is of another state than ${formatCounty(county)}, ${county.stateCode}, where it lies.`;
