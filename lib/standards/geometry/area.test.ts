import { expect, test } from "vitest";
import { coversPoint, estimatePopulation, fallbackCounties, measureArea, type Populated } from "./area";
import { parseCircle } from "./circle";

const box = (west: number, south: number, east: number, north: number) => ({
  type: "Polygon" as const,
  coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]], // prettier-ignore
});
const counties: Populated[] = [
  { id: "25001", population: 1000, boundary: box(-72, 42, -71, 43) },
  { id: "25003", population: 500, boundary: box(-71, 42, -70, 43) },
];
const shape = (...polygon: string[]) => ({ polygon, circle: [] });
const WEST_HALF = "42,-72 43,-72 43,-71.5 42,-71.5 42,-72";

test.each([
  ["42,-72 10", { centre: [42, -72], radius: 10 }],
  ["42,-72 0", { centre: [42, -72], radius: 0 }],
  ["42,-72 0.5", { centre: [42, -72], radius: 0.5 }],
  ["42,-72", undefined],
  ["42,-72  10", undefined],
  ["42,-72 ten", undefined],
])("circle %j", (text, circle) => expect(parseCircle(text)).toEqual(circle));

test("square kilometers, against a sphere", () => {
  expect(measureArea(shape("0,0 1,0 1,1 0,1 0,0"))).toBeCloseTo(12_364, -2);
  expect(measureArea({ polygon: [], circle: ["42,-72 10"] })).toBeCloseTo(Math.PI * 100, -1);
  expect(measureArea(shape("nowhere"))).toBe(0);
});

test("points", () => {
  expect(coversPoint(shape(WEST_HALF), [42.5, -71.8])).toBe(true);
  expect(coversPoint(shape(WEST_HALF), [42.5, -71.2])).toBe(false);
  expect(coversPoint({ polygon: [], circle: ["42,-72 10"] }, [42.05, -72])).toBe(true);
});

test("people, by the share of each place", () => {
  expect(estimatePopulation(shape(WEST_HALF), counties)).toBe(500);
  expect(estimatePopulation(shape("42,-72 43,-72 43,-70 42,-70 42,-72"), counties)).toBe(1500);
  expect(estimatePopulation(shape(WEST_HALF, WEST_HALF, WEST_HALF), counties)).toBe(1000);
});

test("the counties that are warned when the outline is lost", () => {
  const area = (polygon: string[], codes: string[] = []) => ({
    areaDesc: "",
    polygon,
    circle: [],
    geocode: codes.map((value) => ({ valueName: "SAME", value })),
  });
  expect(fallbackCounties(area([WEST_HALF]), counties)).toEqual(["025001"]);
  expect(fallbackCounties(area(["42.4,-71.2 42.6,-71.2 42.6,-70.8 42.4,-70.8 42.4,-71.2"]), counties)).toEqual([
    "025001",
    "025003",
  ]);
  // A village too small to be a share of anything.
  expect(fallbackCounties(area(["42.5,-71.5 42.501,-71.5 42.501,-71.499 42.5,-71.5"]), counties)).toEqual(["025001"]);
  // A sliver over the border is a drawing error; a named part of a county is its county.
  expect(fallbackCounties(area(["42,-72 43,-72 43,-70.99999 42,-70.99999 42,-72"]), counties)).toEqual(["025001"]);
  expect(fallbackCounties(area([], ["325003", "bad"]), counties)).toEqual(["025003"]);
});
