import type { Feature } from "geojson";
import { expect, test } from "vitest";
import { planPopulation } from "./population-plan";

const known = new Map([
  ["3137000", { name: "Omaha", population: 0, allowed: true }],
  ["3128000", { name: "Lincoln", population: 291_082, allowed: true }],
  ["4400105140", { name: "Barrington", population: 1, allowed: false }],
]);
const plan = (code: string, people: string, seen = new Map<string, number>()) =>
  planPopulation(
    { type: "Feature", properties: { GEO_ID: code, NAME: "", P: people }, geometry: null } as unknown as Feature,
    7,
    { name: "NAME", code: "GEO_ID", population: "P" },
    known,
    seen,
  );

test.each([
  ["1600000US3137000", "486,051", "changed", "486,051 people; was not known.", { id: "3137000", people: 486_051 }],
  ["3128000", "291082", "unchanged", "", { id: "3128000", people: 291_082 }],
  ["3128000", "291083", "changed", "291,083 people; was 291,082.", { id: "3128000", people: 291_083 }],
  ["3128000", "many", "rejected", "“many” is no number of people.", undefined],
  ["3128000", "", "rejected", "“” is no number of people.", undefined],
  ["3128000", "-5", "rejected", "“-5” is no number of people.", undefined],
  ["3128000", "999999999", "rejected", "“999999999” is no number of people.", undefined],
  ["0500000US31109", "5", "skipped", "It is a county or a state; people are counted by cities and towns.", undefined],
  ["3199999", "5", "skipped", "It is no place of this site. Import its outline first.", undefined],
  ["4400105140", "5", "rejected", "Barrington is not in your agency’s area.", undefined],
  ["constructor", "5", "rejected", "“constructor” is no Census GEOID of a city or town.", undefined],
])("%s with %s people is %s", (code, people, result, why, data) => {
  expect(plan(code, people)).toEqual({ position: 7, subject: code, result, why, ...(data ? { data } : {}) });
});

test("a code that comes twice is refused the second time", () => {
  expect(plan("3137000", "5", new Map([["3137000", 3]]))).toMatchObject({
    result: "rejected",
    why: "Row 3 has the same code.",
  });
});
