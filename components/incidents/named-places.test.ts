import { expect, test } from "vitest";
import { listNamedPlaces } from "./named-places";

const towns = Array.from({ length: 40 }, (_, index) => ({
  id: String(index),
  name: `Town ${index}`,
  label: "town",
  countyId: "25015",
  population: 1000 + index,
}));
const named = (ids: string[], waiting: string[], unready: Record<string, "expired" | "missing"> = {}) =>
  listNamedPlaces({ ids: new Set(ids), open: waiting.length, waiting: new Set(waiting) }, { towns }, unready);

test("of few places all are named, what waits for an answer first, then what has no number", () => {
  expect(named(["1", "2", "3", "4"], ["9"], { "2": "expired", "1": "missing", "30": "missing" })).toEqual([
    "9",
    "1",
    "2",
    "4",
    "3",
  ]);
  expect(named([], [])).toEqual([]);
});

test("of many places the exceptions alone are named, at most a dozen, those of most people first", () => {
  const all = towns.map(({ id }) => id);
  expect(named(all, [], { "7": "missing", "8": "expired", "5": "missing" })).toEqual(["7", "5", "8"]);
  const none = Object.fromEntries(all.map((id) => [id, "missing" as const]));
  expect(named(all, [], none)).toHaveLength(12);
  expect(named(all, [], none)[0]).toBe("39");
});

test("a place that is chosen otherwise waits for nothing", () => {
  expect(named(["3"], ["3"])).toEqual(["3"]);
});
