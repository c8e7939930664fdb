import { describe, expect, test } from "vitest";
import { findPlaces, plainName } from "./search";

const placeOf = (path: string, ...names: string[]) => ({ path, names: names.map(plainName) });
const PLACES = [
  placeOf("ma/amherst", "Amherst", "01002"),
  placeOf("ma/west-springfield", "West Springfield"),
  placeOf("ma/springfield", "Springfield"),
  placeOf("ma/north-adams", "North Adams"),
  placeOf("ma/adams", "Adams"),
  placeOf("ma/mount-washington", "Mount Washington"),
  placeOf("ma/granby", "Granby"),
  placeOf("ma/great-barrington", "Great Barrington"),
  placeOf("nh/amherst", "Amherst"),
  placeOf("nh/saint-mary", "St. Mary"),
  placeOf("nh/king-and-queen", "King and Queen County"),
];
const STATES = [
  ["ma", "massachusetts"],
  ["nh", "new hampshire"],
] as const;
const find = (typed: string) => {
  const { places, near } = findPlaces(typed, PLACES, STATES);
  return [near, ...places.map(({ path }) => path)];
};

describe("usual spellings", () => {
  test.each([
    ["Amherst, MA", "ma/amherst"],
    ["Amherst, Massachusetts", "ma/amherst"],
    ["amherst mass.", "ma/amherst"],
    ["Amherst, New Hampshire", "nh/amherst"],
    ["Amherst, MA 01002", "ma/amherst"],
    ["01002-1234", "ma/amherst"],
    ["W. Springfield", "ma/west-springfield"],
    ["w springfield, ma", "ma/west-springfield"],
    ["N. Adams", "ma/north-adams"],
    ["Mt. Washington", "ma/mount-washington"],
    ["Saint Mary", "nh/saint-mary"],
    ["King & Queen", "nh/king-and-queen"],
    ["Town of Granby", "ma/granby"],
    ["granb", "ma/granby"],
  ])("%s", (typed, path) => expect(find(typed)).toEqual([false, path]));
});

test("a bare name of two states asks which, and a name that others contain means its own place", () => {
  expect(find("amherst")).toEqual([false, "ma/amherst", "nh/amherst"]);
  expect(find("adams")).toEqual([false, "ma/adams"]);
});

describe("near spellings are suggestions", () => {
  test.each([
    ["amhurst", ["ma/amherst", "nh/amherst"]],
    ["Amhurst, MA", ["ma/amherst"]],
    ["Garnby", ["ma/granby"]],
    ["Great Barington", ["ma/great-barrington"]],
    ["W. Sprinfield", ["ma/west-springfield"]],
  ])("%s", (typed, paths) => expect(find(typed)).toEqual([true, ...paths]));

  test.each(["zzz", "<script>", "99999", "", "x".repeat(80)])("none is near %s", (typed) =>
    expect(find(typed)).toEqual([false]),
  );
});
