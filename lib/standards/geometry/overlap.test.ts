import { area } from "@turf/area";
import { featureCollection, polygon } from "@turf/helpers";
import { intersect } from "@turf/intersect";
import { expect, test } from "vitest";
import { findOverlaps, type Outlined } from "./overlap";

const box = (south: number, west: number, north: number, east: number) =>
  `${south},${west} ${north},${west} ${north},${east} ${south},${east} ${south},${west}`;
const outlined = (id: string, ...polygons: string[]): Outlined => ({ id, polygons });

const GRANBY = outlined("granby", box(42.2, -72.6, 42.3, -72.5));
/** A part of its west, and as much beside it. */
const HALF = outlined("half", box(42.2, -72.64, 42.3, -72.56));

test.each<[string, Outlined[], [string, string, number][]]>([
  ["half of each", [GRANBY, HALF], [["half", "granby", 0.5]]],
  ["the same in another order", [HALF, GRANBY], [["half", "granby", 0.5]]],
  ["a town in a county", [outlined("county", box(42, -73, 43, -72)), GRANBY], [["granby", "county", 1]]],
  ["the same outline twice", [GRANBY, { ...GRANBY, id: "again" }], [["granby", "again", 1]]],
  ["one border", [GRANBY, outlined("east", box(42.2, -72.5, 42.3, -72.4))], []],
  ["one corner", [GRANBY, outlined("north-east", box(42.3, -72.5, 42.4, -72.4))], []],
  ["a sliver along a border to the east", [GRANBY, outlined("east", box(42.2, -72.503, 42.3, -72.4))], []],
  ["a sliver along a border to the north", [GRANBY, outlined("north", box(42.297, -72.6, 42.4, -72.5))], []],
  ["boxes that meet and outlines that do not", [
    outlined("low", "42,-72 42,-71 43,-72 42,-72"),
    outlined("high", "43,-71 43,-71.98 42.02,-71 43,-71"),
  ], []],
  ["no outline", [GRANBY, outlined("none"), outlined("empty", ""), outlined("words", "nowhere at all")], []],
  ["an outline without ground", [GRANBY, outlined("line", "42.2,-72.6 42.3,-72.5 42.2,-72.6 42.2,-72.6")], []],
  ["an island of another", [
    outlined("coast", box(42, -71, 42.1, -70.9), box(42, -70.8, 42.05, -70.7)),
    outlined("harbor", box(42, -70.78, 42.05, -70.72)),
  ], [["harbor", "coast", 1]]],
  ["between islands of another", [
    outlined("islands", box(42, -71, 42.1, -70.9), box(42, -70.7, 42.1, -70.6)),
    outlined("sound", box(42, -70.89, 42.1, -70.71)),
  ], []],
])("%s", (_, given, overlaps) => {
  expect(findOverlaps(given).map(({ id, otherId }) => [id, otherId])).toEqual(overlaps.map(([id, otherId]) => [id, otherId]));
  findOverlaps(given).forEach(({ share }, index) => expect(share).toBeCloseTo(overlaps[index]![2], 2));
}); // prettier-ignore

/** Rings around a point with ragged edges, the same each time. */
function ragged(id: string, latitude: number, longitude: number, corners: number, seed: number): Outlined {
  const ring = Array.from({ length: corners }, (_, index) => {
    const angle = (2 * Math.PI * index) / corners;
    const radius = 0.05 * (1 + 0.4 * Math.sin(seed + 7 * angle) + 0.2 * Math.sin(3 * seed + 13 * angle));
    return `${(latitude + radius * Math.sin(angle)).toFixed(5)},${(longitude + radius * Math.cos(angle)).toFixed(5)}`;
  });
  return outlined(id, [...ring, ring[0]].join(" "));
}

test("shares agree with what exact intersection measures", () => {
  const geometry = ({ polygons: [text] }: Outlined) =>
    polygon([
      text!.split(" ").map((pair) => {
        const [latitude, longitude] = pair.split(",").map(Number);
        return [longitude!, latitude!];
      }),
    ]);
  for (let seed = 1; seed <= 60; seed += 1) {
    const [left, right] = [
      ragged("left", 42, -72, 90, seed),
      ragged("right", 42 + 0.08 * Math.sin(seed), -72 + 0.08 * Math.cos(2 * seed), 60, seed + 1),
    ];
    const common = intersect(featureCollection([geometry(left), geometry(right)]));
    const share = (common ? area(common) : 0) / Math.min(area(geometry(left)), area(geometry(right)));
    const [found] = findOverlaps([left, right]);
    if (Math.abs(share - 0.05) > 0.01) expect(found !== undefined, `seed ${seed}, ${share}`).toBe(share > 0.05);
    if (found) expect(Math.abs(found.share - share), `seed ${seed}`).toBeLessThan(0.015);
  }
});

/** As many towns in a row of rows, each with the corners phones may be sent at most, none over another. */
const towns = (rows: number) =>
  Array.from({ length: rows * rows }, (_, index) =>
    ragged(`town-${index}`, 30 + 0.2 * Math.floor(index / rows), -100 + 0.2 * (index % rows), 100, index),
  );

test("thousands side by side have nothing in common, and one that lies over some is found among them", () => {
  const given = towns(60);
  expect(findOverlaps(given)).toEqual([]);
  const over = outlined("over", box(31.98, -98.02, 32.22, -97.78));
  const found = findOverlaps([...given, over]).map(({ id }) => id);
  expect(found.sort()).toEqual(["town-610", "town-611", "town-670", "town-671"]);
});
