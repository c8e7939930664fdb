import { expect, test } from "vitest";
import type { PhonePlan } from "../../lib/alerts/plan";
import { describeReaders, isForOne, listReaders } from "./readers";

/** A message for one place, with a number or without. */
const plan = (id: string, population: number, hasNumber = true) =>
  ({
    audience: "phones",
    id,
    chosen: [
      {
        place: { id, population, counties: [{ id: "25015" }] },
        selection: hasNumber ? { outcome: "ready", number: { id: `${id}-1` } } : { outcome: "no-number" },
      },
    ],
  }) as unknown as PhonePlan;
const describeAll = (plans: PhonePlan[], ...edited: string[]) => {
  const readers = listReaders(plans, new Set(edited));
  return readers.map((one) => [describeReaders(one, readers.length === 1), one.firstId]);
};
const THREE = [plan("granby", 6000), plan("hadley", 5000), plan("ware", 10_000)];

test("places with their own wording are not among those who read the common one", () => {
  expect(describeAll(THREE)).toEqual([["all 3 places", "ware"]]);
  expect(describeAll(THREE, "ware")).toEqual([["2 places; 1 has its own wording", "granby"]]);
  expect(describeAll(THREE, "ware", "granby")).toEqual([["1 place; 2 have their own wording", "hadley"]]);
  expect(describeAll(THREE.slice(0, 1), "granby")).toEqual([["0 places; 1 has its own wording", null]]);
});

test("wording that a county's stations have takes nobody away from the texts for phones", () => {
  expect(describeAll(THREE, "eas-25015")).toEqual([["all 3 places", "ware"]]);
});

test("readers of other texts are told apart", () => {
  expect(describeAll([...THREE, plan("gosnold", 70, false)], "hadley")).toEqual([
    ["2 places with a number; 1 has its own wording", "ware"],
    ["1 place without a number", "gosnold"],
  ]);
});

test("where one place is all there is, nobody else is written for", () => {
  const isAlone = (plans: PhonePlan[], ...edited: string[]) => isForOne(listReaders(plans, new Set(edited)));
  expect([isAlone(THREE), isAlone(THREE.slice(0, 1)), isAlone(THREE.slice(0, 1), "granby")]).toEqual([
    false,
    true,
    true,
  ]);
});
