import { expect, test } from "vitest";
import { type CountyReach, warnOfReach } from "./county-reach";

const reach = (...groups: [string | null, ...string[]][]): CountyReach => ({
  others: 0,
  groups: groups.map(([number, ...places]) => ({ number, places })),
});

test("one number for all of a county misleads nobody", () => {
  expect(warnOfReach(reach(["413-555-0101", "Amherst", "Pelham"]))).toBeNull();
  expect(warnOfReach(reach([null, "Amherst"]))).toBeNull();
  expect(warnOfReach(reach())).toBeNull();
});

test("numbers of several places are named with whom they are for", () => {
  expect(warnOfReach(reach(["413-555-0101", "Amherst", "Pelham"], ["413-555-0102", "Ware"]))).toBe(
    "People in each of these places hear the numbers of the others: 413-555-0101 (Amherst and Pelham) and 413-555-0102 (Ware).",
  );
});

test("who has no number hears that of others", () => {
  expect(warnOfReach(reach(["413-555-0101", "Amherst"], [null, "Ware"]))).toBe(
    "People in Ware have no number, and hear 413-555-0101 (Amherst).",
  );
  expect(warnOfReach(reach(["413-555-0101", "Amherst"], [null, "Ware"], ["413-555-0102", "Hadley"]))).toContain(
    "So do people in Ware, who have no number.",
  );
});

test("a long county is counted, not listed", () => {
  const many = Array.from({ length: 20 }, (_, at): [string, string] => [
    `413-555-01${String(at).padStart(2, "0")}`,
    `Town ${at}`,
  ]);
  expect(warnOfReach(reach(...many))).toContain("413-555-0102 (Town 2) and 17 more");
});
