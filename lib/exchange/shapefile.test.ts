import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readShapefile } from "./shapefile";
import { layerOf, pack, type ShapeRow } from "./shapefile-for-tests";

const DEGREES =
  'GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]';
/** Rhode Island's own plane, in feet. */
const FEET =
  'PROJCS["NAD83 / Rhode Island (ftUS)",GEOGCS["NAD83",DATUM["North_American_Datum_1983",SPHEROID["GRS 1980",6378137,298.257222101],TOWGS84[0,0,0,0,0,0,0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",41.08333333333334],PARAMETER["central_meridian",-71.5],PARAMETER["scale_factor",0.99999375],PARAMETER["false_easting",328083.3333],PARAMETER["false_northing",0],UNIT["US survey foot",0.3048006096012192]]';

/** Clockwise, as shapefiles have outer rings. */
const square = (x: number, y: number, size: number) =>
  [[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]] as [number, number][]; // prettier-ignore
const rows: ShapeRow[] = [
  { cells: { GEOID: "4400105140", NAME: "Barrington" }, rings: [square(-71.34, 41.72, 0.05)] },
  { cells: { GEOID: "7200000001", NAME: "Añasco" }, rings: [square(-67.16, 18.26, 0.02), square(-67.1, 18.2, 0.01)] },
];

test("outlines, names and codes are read, letters with marks too", () => {
  const features = readShapefile(pack("cb_2022_44_cousub_500k", layerOf(rows, DEGREES)));
  expect(features.map(({ properties, geometry }) => [properties, geometry.type])).toEqual([
    [{ GEOID: "4400105140", NAME: "Barrington" }, "Polygon"],
    [{ GEOID: "7200000001", NAME: "Añasco" }, "MultiPolygon"],
  ]);
  expect((features[0]!.geometry as { coordinates: unknown[] }).coordinates[0]).toHaveLength(5);
});

test("feet of a state's own plane become degrees", () => {
  const flat = [{ cells: { NAME: "x" }, rings: [square(350_000, 230_000, 1000)] }];
  const [feature] = readShapefile(pack("ri", layerOf(flat, FEET)));
  const [[[longitude, latitude] = []] = []] = (feature!.geometry as unknown as { coordinates: [number, number][][] })
    .coordinates;
  // A foot is 1/364,567 of a degree of latitude here: 230,000 feet north of 41° 5′.
  expect(latitude).toBeCloseTo(41 + 5 / 60 + 230_000 / 364_400, 2);
  expect(longitude).toBeCloseTo(-71.5 + (350_000 - 328_083) / 273_400, 2);
});

/** A small ZIP whose directory says that each of its parts is so large. */
function sized(name: string, size: number, other?: string): Buffer {
  const names = [name, ...(other ? [other] : [])];
  const zip = Buffer.from(zipSync(Object.fromEntries(names.map((one) => [one, new Uint8Array(1)]))));
  for (let at = zip.indexOf("PK\x01\x02"); at >= 0; at = zip.indexOf("PK\x01\x02", at + 4))
    zip.writeUInt32LE(size, at + 24);
  return zip;
}

describe("is refused in words", () => {
  const { dbf, ...without } = layerOf(rows, DEGREES);
  test.each<[string, Buffer, RegExp]>([
    ["a ZIP without one", Buffer.from(zipSync({ "a.txt": new Uint8Array(3) })), /without a shapefile/],
    ["one without its table", pack("a", without), /a\.dbf, with the names and codes, is missing/],
    ["two layers", Buffer.from(zipSync({ "a.shp": new Uint8Array(1), "b.shp": new Uint8Array(1) })), /several.*a, b/],
    ["empty files, as in a download cut short", pack("a", { shp: Buffer.from("x"), dbf }), /cannot be read/],
    [
      "a ZIP of more parts than are read",
      Buffer.from(zipSync(Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`${at}.shp`, new Uint8Array(1)])))),
      /more than 64 parts/,
    ],
    ["a ZIP that says it unpacks to too much", sized("a.shp", 300 * 1024 * 1024), /a\.shp in it is larger than 256 MB/],
    [
      "a ZIP whose parts together unpack to too much",
      sized("a.shp", 200 * 1024 * 1024, "a.dbf"),
      /What is in it is larger than 256 MB/,
    ],
    ["a ZIP cut short", pack("a", layerOf(rows, DEGREES)).subarray(0, 200), /damaged ZIP/],
  ])("%s", (_, bytes, why) => expect(() => readShapefile(bytes)).toThrow(why));
});
