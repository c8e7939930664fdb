import { area } from "@turf/area";
import { expect, test } from "vitest";
import { isGazetteer, readGazetteer } from "./gazetteer";

const TABS =
  "USPS\tGEOID\tANSICODE\tNAME\tFUNCSTAT\tALAND\tAWATER\tINTPTLAT\tINTPTLONG     \r\nRI\t4400105140\t01220072\tBarrington town\tA\t21785117\t18088061\t41.741291\t-71.310899    \r\n";
const BARS =
  "USPS|GEOID|GEOIDFQ|NAME|ALAND|INTPTLAT|INTPTLONG\nNE|3137000|1600000US3137000|Omaha city|374000000|41.2627|-96.0497\nNE|3100000|x|Nowhere|1||\n";

test.each([
  ["tabs", TABS, true],
  ["bars", BARS, true],
  ["GeoJSON", '{"type":"FeatureCollection"}', false],
  ["another table", "GEOID\tNAME\n1\tx\n", false],
  ["nothing", "", false],
])("%s", (_, text, expected) => expect(isGazetteer(text)).toBe(expected));

test("each place gets a round outline of its own size around its point, and says that it is one", () => {
  const [barrington] = readGazetteer(TABS);
  expect(barrington?.properties).toEqual({ NAME: "Barrington town", GEOID: "4400105140", APPROXIMATE: true });
  expect(area(barrington!) / 21_785_117).toBeCloseTo(0.99, 1);
});

test("one without a point has no outline", () => {
  const [omaha, nowhere] = readGazetteer(BARS);
  expect(omaha?.geometry.type).toBe("Polygon");
  expect(nowhere?.geometry).toBeNull();
});
