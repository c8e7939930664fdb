import fs from "node:fs";
import { gunzipSync } from "node:zlib";
import { circle } from "@turf/circle";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { describe, expect, test } from "vitest";
import { boundaryFromAtlas, listAtlas } from "../places/atlas";
import { sameOf, STATE_CODES } from "../places/codes";
import { examinePolygon } from "../standards/geometry/polygon";
import { MOST_PAIRS, MOST_SHAPES, simplifyTogether, writeRings } from "../standards/geometry/simplify";
import type { CountyOutline } from "./counties-of";
import { planFeature, type PlannedFeature, readGeoid } from "./place-plan";

/** The counties of the land, as a site has them. */
const counties: CountyOutline[] = listAtlas()
  .counties.filter(({ fips }) => STATE_CODES.get(fips.slice(0, 2)))
  .map(({ fips, name }) => ({
    id: fips,
    name,
    stateName: "",
    stateCode: STATE_CODES.get(fips.slice(0, 2)) ?? "",
    sameCode: sameOf(fips),
    timeZone: "America/New_York",
    geometry: boundaryFromAtlas(fips)!,
    allowed: true,
  }));
const MAPPING = { name: "NAME", code: "GEOID", label: "NAMELSAD" };
const plan = (features: readonly Feature[]): PlannedFeature[] => {
  const context = { counties, known: new Map(), seen: new Map<string, number>() };
  return features.map((feature, index) => planFeature(feature, index + 1, MAPPING, context));
};
const round = (NAME: string, GEOID: string, at: [number, number], km = 2, NAMELSAD = ""): Feature => ({
  type: "Feature",
  properties: { NAME, GEOID, NAMELSAD },
  geometry: circle(at, km, { steps: 16 }).geometry,
});

test.each([
  ["4400105140", "4400105140"],
  ["0600000US4400105140", "4400105140"],
  ["1600000US3119595", "3119595"],
  ["160XX00US3119595", "3119595"],
  [" 3119595 ", "3119595"],
  ["0500000US31109", null],
  ["31109", null],
  ["constructor", null],
  ["", null],
])("the Census writes %j", (text, code) => expect(readGeoid(text)).toBe(code));

describe("which county a place lies in", () => {
  test.each<[string, Feature, string, string[], RegExp]>([
    ["by its code, ten digits", round("Gering", "3115718580", [-103.66, 41.82]), "31157", [], /Scotts Bluff/],
    ["by its outline, seven digits", round("Lincoln", "3128000", [-96.7, 40.81]), "31109", [], /Lancaster/],
    [
      "over a county line: both",
      round("Frannie", "5628215", [-108.6215, 44.97], 1.5),
      "56029",
      ["56003"],
      /% of it; \d+% in Big Horn County/,
    ],
    [
      "a city that is its own county",
      round("Fairfax", "5126496", [-77.3, 38.85], 3, "Fairfax city"),
      "51600",
      [],
      /Fairfax City/,
    ],
    [
      "one too small for the county outlines",
      round("Falls Church", "5127200", [-77.17, 38.885], 1.5, "Falls Church city"),
      "51610",
      [],
      /Falls Church City/,
    ],
    [
      "off the coast: the nearest",
      round("Galveston", "4828068", [-94.62, 29.24], 1),
      "48167",
      [],
      /off the coast; Galveston County is nearest/,
    ],
    [
      "a municipality of Alaska",
      round("Anchorage", "0203000", [-149.6, 61.15], 20),
      "02020",
      [],
      /Anchorage Municipality/,
    ],
    ["a parish", round("Melville", "2249730", [-91.95, 30.6]), "22097", [], /St\. Landry Parish/],
  ])("%s", (_, feature, home, others, why) => {
    const [found] = plan([feature]);
    expect(found).toMatchObject({ result: "new", data: { countyId: home, otherCountyIds: others } });
    expect(found?.why).toMatch(why);
  });

  test.each<[string, Feature, RegExp]>([
    [
      "code and outline of two counties",
      round("A", "3103118580", [-103.66, 41.82]),
      /lies in Scotts Bluff County, its code is of Cherry County/,
    ],
    ["a code of another state", round("A", "3128000", [-104.8, 41.13]), /another state than Laramie County, WY/],
    ["the middle of the ocean", round("A", "4828068", [-90, 25]), /no county of the United States, or far out at sea/],
  ])("is refused: %s", (_, feature, why) => {
    const [found] = plan([feature]);
    expect(found?.result).toBe("rejected");
    expect(found?.why).toMatch(why);
  });
});

test.each([
  ["Grand Island city", "", "Grand Island", "city"],
  ["Grand Island", "Grand Island city", "Grand Island", "city"],
  ["Kansas City", "Kansas City city", "Kansas City", "city"],
  ["Albion village", "", "Albion", "village"],
  ["Towson CDP", "", "Towson", "community"],
  ["Sitka city and borough", "", "Sitka", "city and borough"],
  ["Township", "", "Township", "town"],
])("%j with the label %j is %s, a %s", (name, label, read, kind) => {
  const [found] = plan([round(name, "3128000", [-96.7, 40.81], 2, label)]);
  expect(found?.data).toMatchObject({ name: read, label: kind });
});

test("each place keeps the time of where it is", () => {
  const found = plan([
    round("Lincoln", "3128000", [-96.7, 40.81]),
    round("Scottsbluff", "3144245", [-103.66, 41.87]),
    round("Aasu", "6000100", [-170.76, -14.3], 0.5),
  ]);
  expect(found.map(({ data }) => data?.timeZone)).toEqual(["America/Chicago", "America/Denver", "Pacific/Pago_Pago"]);
});

test("a stand-in drawn round lies in one county alone, whatever the circle crosses", () => {
  const orleans = round("New Orleans", "2255000", [-89.9288, 30.0534], 12);
  const standIn = { ...orleans, properties: { ...orleans.properties, APPROXIMATE: true } };
  const [real, drawn] = [plan([orleans])[0]!, plan([standIn])[0]!];
  expect(real.data).toMatchObject({ countyId: "22071", otherCountyIds: ["22087"] });
  expect(drawn.data).toMatchObject({ countyId: "22071", otherCountyIds: [] });
  expect(drawn.why).toBe(
    "In Orleans Parish. Its outline is drawn round, so it is in this county alone until a real one is imported.",
  );
});

/** Real outlines, where the shared folder is beside this one. */
const SHARED = "../shared/data";
describe.runIf(fs.existsSync(`${SHARED}/hard-outlines.geojson.gz`))("real outlines of the Census", () => {
  test.each([
    ["hard-outlines", 26],
    ["places-rhode-island", 36],
    ["places-wyoming", 203],
  ])("%s: all %i are taken, simple, within the limits of phones, and in their counties", (name, count) => {
    const file = gunzipSync(fs.readFileSync(`${SHARED}/${name}.geojson.gz`)).toString("utf8");
    const planned = plan((JSON.parse(file) as { features: Feature[] }).features);
    const results = { new: planned.filter(({ result }) => result === "new").length, all: planned.length };
    expect(results).toEqual({ new: count, all: count });
    const shapes = planned.map(({ data }) => ({ id: data!.id, geometry: data!.boundary as Polygon | MultiPolygon }));
    for (const [id, rings] of simplifyTogether(shapes)) {
      expect(rings.length, id).toBeLessThanOrEqual(MOST_SHAPES);
      expect(
        rings.reduce((sum, ring) => sum + ring.length, 0),
        id,
      ).toBeLessThanOrEqual(MOST_PAIRS);
      for (const text of writeRings(rings)) {
        const { closed, crossing, repeated, area } = examinePolygon(text);
        expect([closed, crossing, repeated, area !== 0], id).toEqual([true, undefined, undefined, true]);
      }
    }
    const codes = planned.flatMap(({ data }) => [data!.countyId, ...data!.otherCountyIds]);
    expect(codes.every((code) => counties.some(({ id }) => id === code))).toBe(true);
  });

  test("New York lies in five counties, Kansas City in three", () => {
    const file = gunzipSync(fs.readFileSync(`${SHARED}/hard-outlines.geojson.gz`)).toString("utf8");
    const planned = plan((JSON.parse(file) as { features: Feature[] }).features);
    const of = (id: string) => {
      const { data } = planned.find((one) => one.data?.id === id)!;
      return [data!.countyId, ...data!.otherCountyIds].sort();
    };
    expect(of("3651000")).toEqual(["36005", "36047", "36061", "36081", "36085"]);
    expect(of("2938000")).toEqual(["29047", "29095", "29165"]);
    expect(of("2404000")).toEqual(["24510"]);
  });
});

test("a stand-in never takes the place of an outline that is known", () => {
  const real = round("Lincoln", "3128000", [-96.7, 40.81], 5).geometry;
  const standIn = { ...round("Lincoln", "3128000", [-96.7, 40.81], 3) };
  standIn.properties = { ...standIn.properties, APPROXIMATE: true };
  const planWith = (boundary: unknown, boundaryApproximate: boolean) => {
    const old = { id: "3128000", name: "Lincoln", label: "city", population: 0, parentId: "31109", otherCountyIds: [] };
    const known = new Map([["3128000", { ...old, boundary, boundaryApproximate }]]);
    return planFeature(standIn, 1, MAPPING, { counties, known, seen: new Map() }).data!;
  };
  expect(planWith(real, false)).toMatchObject({ approximate: false, boundary: real });
  expect(planWith(real, true)).toMatchObject({ approximate: true });
  expect(planWith(real, true).boundary).not.toEqual(real);
  expect(planWith(null, false)).toMatchObject({ approximate: true });
});
