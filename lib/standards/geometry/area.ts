import { area as turfArea } from "@turf/area";
import { booleanPointInPolygon } from "@turf/boolean-point-in-polygon";
import { circle as turfCircle } from "@turf/circle";
import { feature, featureCollection, point, polygon as turfPolygon } from "@turf/helpers";
import { intersect } from "@turf/intersect";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { type CapArea } from "../cap/model";
import { parseCircle } from "./circle";
import { type Corner, parsePolygon } from "./polygon";

/** What an area of CAP covers: in square kilometers, in people, in counties. */

/** A place whose people are counted: a town, a county. */
export interface Populated {
  /** Of a county its SAME location without the leading part of county, SSCCC. */
  id: string;
  population: number;
  boundary: Polygon | MultiPolygon;
}

const ring = (corners: readonly Corner[]) => corners.map(([latitude, longitude]) => [longitude, latitude]);

/** The shapes of an area as GeoJSON. Texts that are no shapes are left out; CAP-031 and CAP-032 say so. */
export function shapesOf(area: Pick<CapArea, "polygon" | "circle">): Feature<Polygon>[] {
  const polygons = area.polygon.flatMap((text) => {
    const corners = parsePolygon(text);
    return corners && corners.length >= 4 ? [turfPolygon([ring(corners)])] : [];
  });
  const circles = area.circle.flatMap((text) => {
    const parsed = parseCircle(text);
    if (!parsed || parsed.radius === 0) return [];
    const [latitude, longitude] = parsed.centre;
    return [turfCircle([longitude, latitude], parsed.radius, { units: "kilometers", steps: 64 })];
  });
  return [...polygons, ...circles];
}

/** Whether a point lies in one of the shapes, its edge included. Degrees. */
export function coversPoint(area: Pick<CapArea, "polygon" | "circle">, [latitude, longitude]: Corner): boolean {
  return shapesOf(area).some((shape) => booleanPointInPolygon(point([longitude, latitude]), shape));
}

/** Square kilometers of the shapes; where two overlap, the overlap counts twice. */
export function measureArea(area: Pick<CapArea, "polygon" | "circle">): number {
  return shapesOf(area).reduce((sum, shape) => sum + turfArea(shape), 0) / 1e6;
}

/** The share of a place that a shape covers, 0 to 1. */
function shareOf(place: Populated, shape: Feature<Polygon>): number {
  const common = intersect(featureCollection<Polygon | MultiPolygon>([shape, feature(place.boundary)]));
  return common ? Math.min(1, turfArea(common) / turfArea(place.boundary)) : 0;
}

/**
 * How many people live in the shapes, if the people of each place were spread
 * evenly over it. An estimate: nobody lives evenly.
 */
export function estimatePopulation(area: Pick<CapArea, "polygon" | "circle">, places: readonly Populated[]): number {
  const shapes = shapesOf(area);
  return Math.round(
    places.reduce((sum, place) => {
      const share = Math.min(
        1,
        shapes.reduce((covered, shape) => covered + shareOf(place, shape), 0),
      );
      return sum + share * place.population;
    }, 0),
  );
}

/**
 * The counties an area falls back to where its outline is lost: those its codes
 * name, and those its shapes touch by more than a sliver.
 * @param counties with SSCCC as id
 * @returns SAME codes PSSCCC of whole counties, in order
 */
export function fallbackCounties(area: CapArea, counties: readonly Populated[]): string[] {
  const named = area.geocode
    .filter(({ valueName, value }) => valueName === "SAME" && /^\d{6}$/.test(value))
    .map(({ value }) => `0${value.slice(1)}`);
  const shapes = shapesOf(area);
  const touched = counties
    .filter((county) => shapes.some((shape) => shareOf(county, shape) > SLIVER || covers(county, shape)))
    .map(({ id }) => `0${id}`);
  return [...new Set([...named, ...touched])].sort();
}

/** Outlines of neighbors never agree exactly: less than a ten-thousandth of a county is a drawing error. */
const SLIVER = 0.0001;

/** A shape too small to be a share of a county still lies in it. */
function covers(county: Populated, shape: Feature<Polygon>): boolean {
  const [longitude, latitude] = shape.geometry.coordinates[0]![0]!;
  return booleanPointInPolygon(point([longitude!, latitude!]), county.boundary);
}
