import { unzipSync } from "fflate";
import type { Feature } from "geojson";
import { combine, parseDbf, parseShp } from "shpjs";
import { FileRefused } from "./csv-file";

/**
 * A zipped shapefile, as the Census and the states publish outlines: .shp with
 * the outlines, .dbf with what is known of each, .prj with the projection.
 */

/** Bytes of one file inside, unpacked: a small ZIP can unpack into more than there is memory. */
const MOST_UNPACKED = 256 * 1024 * 1024;
const MOST_PARTS = 64;
const PARTS = ["shp", "dbf", "prj", "cpg"] as const;
type Part = (typeof PARTS)[number];

const partOf = (name: string) => PARTS.find((part) => name.toLowerCase().endsWith(`.${part}`));
const stemOf = (name: string) => name.replace(/\.[a-z]+$/i, "");

export const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

function unpack(bytes: Uint8Array): Map<string, Partial<Record<Part, Uint8Array>>> {
  const layers = new Map<string, Partial<Record<Part, Uint8Array>>>();
  let files: Record<string, Uint8Array>;
  let [unpacked, parts] = [0, 0];
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (partOf(name) === undefined || name.startsWith("__MACOSX")) return false;
        if (originalSize > MOST_UNPACKED) throw new FileRefused(`${name} in it is larger than 256 MB. Split it.`);
        [unpacked, parts] = [unpacked + originalSize, parts + 1];
        if (unpacked > MOST_UNPACKED) throw new FileRefused("What is in it is larger than 256 MB. Split it.");
        if (parts > MOST_PARTS) throw new FileRefused(`It has more than ${MOST_PARTS} parts of shapefiles. Split it.`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused("It is a damaged ZIP file. Download it again.");
  }
  for (const [name, part] of Object.entries(files)) {
    const layer = layers.get(stemOf(name)) ?? {};
    layer[partOf(name)!] = part;
    layers.set(stemOf(name), layer);
  }
  return layers;
}

/**
 * The outlines of the one layer in a ZIP, in degrees.
 * @throws FileRefused in words for people
 */
export function readShapefile(bytes: Uint8Array): Feature[] {
  const layers = [...unpack(bytes)].filter(([, { shp }]) => shp);
  const [layer, ...more] = layers;
  if (!layer) throw new FileRefused("It is a ZIP file without a shapefile (.shp) in it.");
  if (more.length > 0) {
    const names = layers.map(([name]) => name).join(", ");
    throw new FileRefused(`It holds several shapefiles: ${names}. Pack one alone.`);
  }
  const [name, { shp, dbf, prj, cpg }] = layer;
  if (!dbf) throw new FileRefused(`${name}.dbf, with the names and codes, is missing in it.`);
  try {
    const projection = prj ? new TextDecoder().decode(prj) : "";
    // Degrees need no turning back; the Census's NAD 83 and WGS 84 differ by less than a meter.
    const shapes = parseShp(shp!, /^\s*PROJC/.test(projection) ? projection : undefined);
    return combine([shapes, parseDbf(dbf, cpg)]).features;
  } catch {
    throw new FileRefused(`${name} in it cannot be read as a shapefile. Download it again, or save it as GeoJSON.`);
  }
}
