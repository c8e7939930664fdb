import { intersect } from "@turf/intersect";
import { feature, featureCollection, polygon as turfPolygon } from "@turf/helpers";
import { simplify } from "@turf/simplify";
import { Delaunay } from "d3-delaunay";
import type { MultiPolygon, Polygon, Position } from "geojson";

/**
 * Stand-ins for town boundaries until an administrator imports the real ones:
 * the part of the county that lies nearest to the town's internal point. They
 * leave no gap, and are marked approximate wherever they show.
 */

export interface Site {
  id: string;
  latitude: number;
  longitude: number;
}

/** WEA-011: at most 10 shapes and 100 pairs of coordinates for phones. */
const MOST_SHAPES = 10;
const MOST_PAIRS = 100;

/** One degree of longitude is shorter than one of latitude by this factor at 42° N. */
const stretch = (latitude: number) => Math.cos((latitude * Math.PI) / 180);

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][] {
  return geometry.type === "Polygon"
    ? [geometry.coordinates[0] ?? []]
    : geometry.coordinates.map((polygon) => polygon[0] ?? []);
}

function areaOf(ring: Position[]): number {
  let twice = 0;
  for (let index = 0; index < ring.length - 1; index += 1) {
    const [from, to] = [ring[index]!, ring[index + 1]!];
    twice += from[0]! * to[1]! - to[0]! * from[1]!;
  }
  return Math.abs(twice) / 2;
}

function rounded(ring: Position[]): Position[] {
  const corners: Position[] = [];
  for (const [longitude, latitude] of ring) {
    const corner = [Number(longitude!.toFixed(4)), Number(latitude!.toFixed(4))];
    const last = corners.at(-1);
    if (!last || last[0] !== corner[0] || last[1] !== corner[1]) corners.push(corner);
  }
  return corners;
}

/** A ring without a corner that stands twice, which IPAWS refuses (IPAWS-024). */
function isSimple(ring: Position[]): boolean {
  const corners = ring.slice(1).map((corner) => corner.join());
  return ring.length >= 4 && new Set(corners).size === corners.length && areaOf(ring) > 0;
}

/** Outer rings within the shape and coordinate budget of phones, largest first. Degrees, four decimals. */
export function fitForPhones(geometry: Polygon | MultiPolygon): Position[][] {
  const largest = polygonsOf(geometry)
    .sort((left, right) => areaOf(right) - areaOf(left))
    .slice(0, MOST_SHAPES);
  // About 50 m, 100 m, 200 m … until the budget is met.
  for (let tolerance = 0; tolerance < 1; tolerance = tolerance === 0 ? 0.0005 : tolerance * 2) {
    const rings = largest
      .map((ring) =>
        tolerance === 0
          ? ring
          : simplify(turfPolygon([ring]), { tolerance, highQuality: true }).geometry.coordinates[0]!,
      )
      .map(rounded)
      .filter(isSimple);
    if (rings.length > 0 && rings.reduce((sum, ring) => sum + ring.length, 0) <= MOST_PAIRS) return rings;
  }
  throw new Error("An outline cannot be simplified to what phones accept.");
}

/** CAP polygons, latitude first (CAP-031). */
export function writePolygons(geometry: Polygon | MultiPolygon): string[] {
  return fitForPhones(geometry).map((ring) =>
    ring.map(([longitude, latitude]) => `${latitude!.toFixed(4)},${longitude!.toFixed(4)}`).join(" "),
  );
}

/**
 * Divides a county among its towns.
 * @returns one geometry for each site; together they are the county
 */
export function divideCounty(
  county: Polygon | MultiPolygon,
  sites: readonly Site[],
): Map<string, Polygon | MultiPolygon> {
  const rings = polygonsOf(county);
  const factor = stretch(sites[0]?.latitude ?? 42);
  const flat = (longitude: number, latitude: number): [number, number] => [longitude * factor, latitude];
  const all = rings.flat().map(([longitude, latitude]) => flat(longitude!, latitude!));
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const box: [number, number, number, number] = [
    Math.min(...xs) - 0.1,
    Math.min(...ys) - 0.1,
    Math.max(...xs) + 0.1,
    Math.max(...ys) + 0.1,
  ];
  const voronoi = Delaunay.from(sites.map((site) => flat(site.longitude, site.latitude))).voronoi(box);
  const cells = new Map<string, Polygon | MultiPolygon>();
  sites.forEach((site, index) => {
    const cell = voronoi.cellPolygon(index);
    const ring = cell.map(([x, y]) => [x! / factor, y!]);
    const part = intersect(featureCollection([turfPolygon([ring]), feature(county)]));
    if (!part) throw new Error(`The internal point of ${site.id} lies outside its county.`);
    cells.set(site.id, part.geometry);
  });
  return cells;
}
