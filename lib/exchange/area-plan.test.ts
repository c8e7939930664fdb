import { circle } from "@turf/circle";
import type { Feature, Polygon } from "geojson";
import { describe, expect, test } from "vitest";
import { PlaceIndex } from "../places/place-index";
import { type AreaContext, type AreaMaterial, areaKey, findInOutlines, planArea } from "./area-plan";

const box = (west: number, south: number, east: number, north: number): Polygon => ({
  type: "Polygon",
  coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
}); // prettier-ignore
const place = (id: string, name: string, kind: string, geometry: Polygon | null, extra = {}): AreaMaterial => ({
  id,
  name,
  kind,
  label: kind === "county" ? "county" : "city",
  stateName: "Nebraska",
  stateCode: "NE",
  parentId: kind === "county" ? "31" : "31109",
  parentName: kind === "county" ? "Nebraska" : "Lancaster",
  sameCode: `0${id.slice(0, 5)}`,
  geometry,
  latitude: 40.8,
  longitude: -96.7,
  allowed: true,
  ...extra,
});
const LINCOLN = place("3128000", "Lincoln", "municipality", box(-96.8, 40.7, -96.6, 40.9));
const HICKMAN = place("3122325", "Hickman", "municipality", box(-96.65, 40.6, -96.6, 40.64));
const LANCASTER = place("31109", "Lancaster", "county", box(-96.91, 40.52, -96.46, 41.05));
const POINT = place("3100001", "Point", "municipality", null, { latitude: 40.65, longitude: -96.55 });
const ELSEWHERE = place("5613900", "Cheyenne", "municipality", box(-104.9, 41.1, -104.7, 41.2), {
  stateCode: "WY",
  stateName: "Wyoming",
  parentId: "56021",
  allowed: false,
});
const ADAMS = place("31001", "Adams", "county", box(-98.7, 40.35, -98.2, 40.7));
const PLACES = [LINCOLN, HICKMAN, LANCASTER, POINT, ELSEWHERE, ADAMS];

const context = (extra: Partial<AreaContext> = {}): AreaContext => ({
  places: PLACES,
  index: new PlaceIndex([...PLACES, { ...place("31", "Nebraska", "state", null), parentId: null, parentName: null }]),
  known: new Map(),
  shared: new Set(),
  seen: new Map(),
  ...extra,
});
const outline = (name: string, geometry: unknown) =>
  ({ type: "Feature", properties: { DsplayName: name }, geometry }) as Feature;
const plan = (feature: Feature, extra = {}) =>
  planArea(feature, 1, { name: "DsplayName", code: "", as: "psap" }, "outlines", context(extra));

describe("an outline is made of what lies in it", () => {
  test.each<[string, Polygon, string[], RegExp]>([
    ["a county and all in it", box(-97, 40.5, -96.4, 41.1), ["31109"], /^Made of Lancaster County\.$/],
    ["a county whose borders differ a little", box(-96.9, 40.53, -96.45, 41.06), ["31109"], /Lancaster County/],
    ["a city and a place without an outline", box(-96.9, 40.6, -96.5, 40.85), ["3100001", "3122325"], /Left out, partly in it: Lincoln\./],
    ["one city", box(-96.81, 40.69, -96.59, 40.91), ["3128000"], /^Made of Lincoln\.$/],
  ])("%s", (_, geometry, placeIds, why) => {
    const found = plan(outline("Lincoln Emergency", geometry));
    expect(found).toMatchObject({ result: "new", data: { area: { kind: "psap", name: "Lincoln Emergency", placeIds } } });
    expect(found.why).toMatch(why);
  }); // prettier-ignore

  test.each<[string, unknown, string, RegExp]>([
    [
      "half a city",
      box(-96.7, 40.7, -96.6, 40.9),
      "rejected",
      /No place lies in it as a whole\. Partly in it: Lincoln\./,
    ],
    ["the sea", box(-60.5, 30, -60.1, 31), "skipped", /No place of this site/],
    ["a place of another agency", box(-105, 41, -104.6, 41.3), "rejected", /Cheyenne, WY, is not in your agency/],
    ["a point", { type: "Point", coordinates: [1, 2] }, "rejected", /not an outline/],
    ["feet", box(350_000, 230_000, 351_000, 231_000), "rejected", /meters or feet/],
  ])("%s is not made", (_, geometry, result, why) => {
    const found = plan(outline("Lincoln Emergency", geometry));
    expect([found.result, found.data]).toEqual([result, undefined]);
    expect(found.why).toMatch(why);
  });

  test("one that is here is changed or left as it is, never made twice", () => {
    const known = (placeIds: string[]) => ({
      known: new Map([[areaKey("psap", "lincoln EMERGENCY", "NE"), { id: "psap-1", placeIds }]]),
    });
    const of = (placeIds: string[]) =>
      plan(outline("Lincoln Emergency", box(-96.81, 40.69, -96.59, 40.91)), known(placeIds));
    expect(of(["3128000"])).toMatchObject({ result: "unchanged", data: { area: { id: "psap-1" } } });
    expect(of(["31109"])).toMatchObject({ result: "changed", data: { area: { id: "psap-1", placeIds: ["3128000"] } } });
  });

  test("a round outline with many corners is no slower than its box", () => {
    const found = plan(outline("Round", circle([-96.7, 40.8], 20, { steps: 2000 }).geometry));
    expect(found).toMatchObject({ result: "new", data: { area: { placeIds: ["3128000"] } } });
  });
});

describe("the registry says in which county a center is", () => {
  const row = (cells: Record<string, string>) =>
    planArea(
      {
        type: "Feature",
        properties: {
          "PSAP Name": "Adams Communications",
          State: "NE",
          County: "Adams",
          "Type of Change": "",
          ...cells,
        },
        geometry: null,
      } as unknown as Feature,
      1,
      { name: "PSAP Name", code: "", as: "psap" },
      "centers",
      context({ shared: new Set(["31109"]) }),
    );

  test.each<[string, Record<string, string>, string, RegExp]>([
    ["one of a county", {}, "new", /Made of Adams County/],
    [
      "one of several in a county",
      { County: "Lancaster" },
      "rejected",
      /several centers in Lancaster County.*does not say which town/,
    ],
    ["one that is closed", { "Type of Change": "Orphaned" }, "skipped", /no longer answers/],
    ["a county that is not here", { County: "Cherry" }, "rejected", /no place called/],
    ["a number as a name", { "PSAP Name": "Call 402-555-0100" }, "rejected", /phone number/],
  ])("%s", (_, cells, result, why) => {
    const found = row(cells);
    expect(found.result).toBe(result);
    expect(found.why).toMatch(why);
  });
});

describe("the places an outline of an outage is for", () => {
  const alertable = [LINCOLN, HICKMAN, POINT];
  test.each<[string, Polygon[], string[], [string, number][]]>([
    ["one whole city", [box(-96.81, 40.69, -96.59, 40.91)], ["3128000"], []],
    ["a quarter of a city is asked about", [box(-96.65, 40.7, -96.5, 40.9)], [], [["3128000", 25]]],
    [
      "two halves that touch are the whole",
      [box(-96.9, 40.65, -96.7, 41), box(-96.7, 40.65, -96.55, 41)],
      ["3100001", "3128000"],
      [],
    ],
    [
      "the same half twice is half",
      [box(-96.9, 40.7, -96.7, 40.9), box(-96.9, 40.7, -96.7, 40.9)],
      [],
      [["3128000", 50]],
    ],
    ["nothing there", [box(-60, 30, -59, 31)], [], []],
  ])("%s", (_, outlines, held, partly) => {
    const found = findInOutlines(
      outlines.map((geometry) => outline("", geometry)),
      alertable,
    );
    expect([...found.held].sort()).toEqual(held);
    expect(found.partly.map(({ id, share }) => [id, Math.round(share * 100)])).toEqual(partly);
    expect(found.problems).toEqual([]);
  });

  test("what is no outline is told apart, and the others are used", () => {
    const found = findInOutlines(
      [outline("", { type: "Point", coordinates: [1, 2] }), outline("", box(-96.81, 40.69, -96.59, 40.91))],
      alertable,
    );
    expect(found).toEqual({ held: ["3128000"], partly: [], problems: ["Outline 1: It is a Point, not an outline."] });
  });
});
