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

/**
 * Outlines given in CAP polygons, as SVG path data in one box around all of them.
 * @param size the longer side of the box
 * @returns a path for each outline, in their order
 */
export function drawAreas(areas: readonly (readonly string[])[], size: number): { viewBox: string; paths: string[] } {
  const rings = areas.map((polygons) =>
    polygons.map((polygon) =>
      polygon.split(" ").map((pair) => {
        const [latitude, longitude] = pair.split(",").map(Number);
        return [longitude!, latitude!];
      }),
    ),
  );
  const squeeze = Math.cos(((rings[0]?.[0]?.[0]?.[1] ?? 42) * Math.PI) / 180);
  const flat = rings.map((polygons): MultiPolygon => ({
    type: "MultiPolygon",
    coordinates: polygons.map((ring) => [ring.map(([x, y]) => [x! * squeeze, y!])]),
  }));
  const all: MultiPolygon = { type: "MultiPolygon", coordinates: flat.flatMap(({ coordinates }) => coordinates) };
  const path = geoPath(geoIdentity().reflectY(true).fitSize([size, size], all)).digits(1);
  const [[left, top], [right, bottom]] = path.bounds(all);
  const box = [Math.floor(left), Math.floor(top), Math.ceil(right - left) + 1, Math.ceil(bottom - top) + 1];
  return { viewBox: box.join(" "), paths: flat.map((outline) => path(outline) ?? "") };
}
