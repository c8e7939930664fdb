/** The parts of shpjs that are used; the types that are published for it are of an older version. */
declare module "shpjs" {
  import type { Feature, FeatureCollection, Geometry } from "geojson";

  export function parseShp(shp: Uint8Array, projection?: string): (Geometry | null)[];
  export function parseDbf(dbf: Uint8Array, encoding?: Uint8Array): Feature["properties"][];
  export function combine(parts: [(Geometry | null)[], Feature["properties"][]]): FeatureCollection;
}
