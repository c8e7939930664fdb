import { intersect } from "@turf/intersect";
import { feature, featureCollection, polygon as turfPolygon } from "@turf/helpers";
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

/** One degree of longitude is shorter than one of latitude by this factor at 42° N. */
const stretch = (latitude: number) => Math.cos((latitude * Math.PI) / 180);

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][] {
  return geometry.type === "Polygon"
    ? [geometry.coordinates[0] ?? []]
    : geometry.coordinates.map((polygon) => polygon[0] ?? []);
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
