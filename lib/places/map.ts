import { geoIdentity, geoMercator, geoPath } from "d3-geo";
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";

/** Outlines as SVG paths, projected once for all that is shown together. */

export interface Outline {
  id: string;
  geometry: Polygon | MultiPolygon;
}

export interface MapShapes {
  width: number;
  height: number;
  /** Path data by place id, in whole tenths of a unit. */
  paths: Record<string, string>;
}

/** d3 takes a ring that winds the other way for the rest of the globe. */
export function wound(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const fix = (ring: Position[], outer: boolean) => {
    const turn = ring.reduce((sum, [x, y], index) => {
      const [nx, ny] = ring[(index + 1) % ring.length]!;
      return sum + (nx! - x!) * (ny! + y!);
    }, 0);
    return turn > 0 === outer ? ring : [...ring].reverse();
  };
  const polygon = (rings: Position[][]) => rings.map((ring, index) => fix(ring, index === 0));
  return geometry.type === "Polygon"
    ? { type: "Polygon", coordinates: polygon(geometry.coordinates) }
    : { type: "MultiPolygon", coordinates: geometry.coordinates.map(polygon) };
}

/**
 * Projects outlines to fit a width, Mercator, which keeps the shape of towns.
 * @param width in SVG units; the height follows
 */
export function drawMap(outlines: readonly Outline[], width: number): MapShapes {
  const collection: FeatureCollection = {
    type: "FeatureCollection",
    features: outlines.map(({ id, geometry }): Feature => ({
      type: "Feature",
      id,
      properties: {},
      geometry: wound(geometry),
    })),
  };
  const projection = geoMercator().fitWidth(width, collection);
  const bounds = geoPath(projection).bounds(collection);
  const height = Math.ceil(bounds[1][1] - bounds[0][1]);
  projection.translate([projection.translate()[0], projection.translate()[1] - bounds[0][1]]);
  const path = geoPath(projection).digits(1);
  return {
    width,
    height,
    paths: Object.fromEntries(collection.features.map((outline) => [String(outline.id), path(outline) ?? ""])),
  };
}

/** One outline given in CAP polygons, as SVG path data in its own box. */
export function drawPolygons(polygons: readonly string[], size: number): { viewBox: string; path: string } {
  const rings = polygons.map((polygon) =>
    polygon.split(" ").map((pair) => {
      const [latitude, longitude] = pair.split(",").map(Number);
      return [longitude!, latitude!];
    }),
  );
  const geometry: MultiPolygon = { type: "MultiPolygon", coordinates: rings.map((ring) => [ring]) };
  const squeeze = Math.cos(((rings[0]?.[0]?.[1] ?? 42) * Math.PI) / 180);
  const flat: MultiPolygon = {
    ...geometry,
    coordinates: geometry.coordinates.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [x! * squeeze, y!]))),
  };
  const projection = geoIdentity().reflectY(true).fitSize([size, size], flat);
  return { viewBox: `0 0 ${size} ${size}`, path: geoPath(projection).digits(1)(flat) ?? "" };
}
