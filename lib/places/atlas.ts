import fs from "node:fs";
import path from "node:path";
import { geoCentroid } from "d3-geo";
import type { MultiPolygon, Polygon } from "geojson";
import { feature, neighbors } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";

/**
 * States and counties of the United States, from the us-atlas package (Census
 * outlines of 2017). Read once a process, when it is first asked for.
 */

interface Named {
  name: string;
}

interface Atlas extends Topology {
  objects: { counties: GeometryCollection<Named>; states: GeometryCollection<Named> };
}

let atlas: Atlas | undefined;

function readAtlas(): Atlas {
  atlas ??= JSON.parse(
    fs.readFileSync(path.join(process.cwd(), "node_modules", "us-atlas", "counties-10m.json"), "utf8"),
  ) as Atlas;
  return atlas;
}

function shapeOf(geometry: GeometryObject<Named>): Polygon | MultiPolygon {
  return (feature(readAtlas(), geometry) as { geometry: Polygon | MultiPolygon }).geometry;
}

let byId: Map<string, GeometryObject<Named>> | undefined;

/** The outline of a state or county by its FIPS code, or null when the atlas has none. */
export function boundaryFromAtlas(fips: string): Polygon | MultiPolygon | null {
  byId ??= new Map(
    [...readAtlas().objects.states.geometries, ...readAtlas().objects.counties.geometries].map((geometry) => [
      String(geometry.id),
      geometry,
    ]),
  );
  const found = byId.get(fips);
  return found ? shapeOf(found) : null;
}

export interface AtlasPlace {
  fips: string;
  name: string;
  /** Middle of the outline, degrees. */
  latitude: number;
  longitude: number;
  neighbors: string[];
}

function placesOf(collection: GeometryCollection<Named>): AtlasPlace[] {
  const touching = neighbors(collection.geometries as never);
  return collection.geometries.map((geometry, index) => {
    const [longitude, latitude] = geoCentroid(shapeOf(geometry));
    return {
      fips: String(geometry.id),
      name: (geometry.properties as Named).name,
      latitude: Number(latitude.toFixed(4)),
      longitude: Number(longitude.toFixed(4)),
      neighbors: touching[index]!.map((other) => String(collection.geometries[other]!.id)).sort(),
    };
  });
}

/** Every state and county, with its neighbors. */
export function listAtlas(): { states: AtlasPlace[]; counties: AtlasPlace[] } {
  const { states, counties } = readAtlas().objects;
  return { states: placesOf(states), counties: placesOf(counties) };
}
