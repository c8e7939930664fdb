import fc from "fast-check";
import type { Polygon, Position } from "geojson";
import { expect, test } from "vitest";
import { examinePolygon } from "./polygon";
import { MOST_PAIRS, simplifyAlone, simplifyTogether, writePolygons, writeRings } from "./simplify";

/** Corners between two points, thrown aside by halves: a border as a river makes it. */
function river(from: Position, to: Position, depth: number, next: () => number): Position[] {
  if (depth === 0) return [from];
  const [dx, dy] = [to[0]! - from[0]!, to[1]! - from[1]!];
  const aside = (next() - 0.5) * 0.35;
  const middle = [(from[0]! + to[0]!) / 2 - dy * aside, (from[1]! + to[1]!) / 2 + dx * aside].map((value) =>
    Number(value.toFixed(6)),
  );
  return [...river(from, middle, depth - 1, next), ...river(middle, to, depth - 1, next)];
}

/** Four fields of a square, with borders that wind; neighbors share every corner of theirs. */
function fields(depth: number, seed: number): { id: string; geometry: Polygon }[] {
  let state = seed;
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const at = (column: number, row: number): Position => [-100 + column * 0.2, 40 + row * 0.2];
  const borders = new Map<string, Position[]>();
  const border = (from: [number, number], to: [number, number]): Position[] => {
    const key = `${from.join()} ${to.join()}`;
    const back = borders.get(`${to.join()} ${from.join()}`);
    if (back) return [at(...from), ...back.slice(1).reverse()];
    const made = borders.get(key) ?? river(at(...from), at(...to), depth, next);
    borders.set(key, made);
    return made;
  };
  return [0, 1].flatMap((column) =>
    [0, 1].map((row) => {
      const corners: [number, number][] = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ];
      const ring = corners.flatMap((corner, index) => border(corner, corners[(index + 1) % 4]!));
      return { id: `${column}${row}`, geometry: { type: "Polygon" as const, coordinates: [[...ring, ring[0]!]] } };
    }),
  );
}

const area = (ring: Position[]) =>
  Math.abs(ring.slice(1).reduce((sum, [x, y], index) => sum + ring[index]![0]! * y! - x! * ring[index]![1]!, 0)) / 2;
const simple = (rings: Position[][]) =>
  writeRings(rings).every((text) => {
    const { closed, crossing, repeated, area: size } = examinePolygon(text);
    return closed && crossing === undefined && repeated === undefined && size !== 0;
  });
const pairs = (rings: Position[][]) => rings.reduce((sum, ring) => sum + ring.length, 0);

test("whatever winds stays simple, small enough for phones, and near its size", () => {
  let looked = 0;
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 2 ** 30 }), (depth, seed) => {
      const shapes = fields(depth, seed);
      // A river may run into itself; what is not simple is refused at import.
      fc.pre(shapes.every(({ geometry }) => simple([geometry.coordinates[0]!])));
      const simplified = simplifyTogether(shapes);
      looked += 1;
      for (const { id, geometry } of shapes) {
        const rings = simplified.get(id)!;
        expect(simple(rings), `${seed} ${depth} ${id}`).toBe(true);
        expect(pairs(rings)).toBeLessThanOrEqual(MOST_PAIRS);
        expect(area(rings[0]!) / area(geometry.coordinates[0]!)).toBeGreaterThan(0.8);
        expect(simple(simplifyAlone(geometry))).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
  expect(looked).toBeGreaterThan(20);
});

test("neighbors keep the border they share, so nobody between them is left out", () => {
  const shapes = fields(8, 42);
  expect(shapes.every(({ geometry }) => simple([geometry.coordinates[0]!]))).toBe(true);
  const simplified = simplifyTogether(shapes);
  const edges = new Map<string, number>();
  for (const { id } of shapes) {
    const [ring] = simplified.get(id)!;
    ring!.slice(1).forEach((to, index) => {
      const key = [ring![index]!.join(), to.join()].sort().join(" ");
      edges.set(key, (edges.get(key) ?? 0) + 1);
    });
  }
  // Of an edge inside the square there are two, one from either side; around it, one.
  const inside = [...edges].filter(([key]) => key.split(" ").every((corner) => Math.abs(Number(corner.split(",")[0]) + 99.8) < 0.1 && Math.abs(Number(corner.split(",")[1]) - 40.2) < 0.15)); // prettier-ignore
  expect(inside.length).toBeGreaterThan(10);
  expect(inside.filter(([, count]) => count !== 2)).toEqual([]);
});

const ring = (...corners: [number, number][]): Position[] => [...corners, corners[0]!];

test.each<[string, Polygon, number]>([
  ["a square stays as it is", { type: "Polygon", coordinates: [ring([-71, 42], [-70, 42], [-70, 43], [-71, 43])] }, 1],
  [
    "a ring that touches itself in one corner becomes two",
    {
      type: "Polygon",
      coordinates: [ring([-71, 42], [-70.5, 42.5], [-70, 42], [-70, 43], [-70.5, 42.5], [-71, 43])],
    },
    2,
  ],
  ["a bow tie becomes two", { type: "Polygon", coordinates: [ring([-71, 42], [-70, 43], [-70, 42], [-71, 43])] }, 2],
  ["a line encloses nothing", { type: "Polygon", coordinates: [ring([-71, 42], [-70, 43], [-71, 42])] }, 0],
])("%s", (_, geometry, count) => {
  const polygons = writePolygons(geometry);
  expect(polygons).toHaveLength(count);
  for (const text of polygons) {
    const { closed, crossing, repeated } = examinePolygon(text);
    expect([closed, crossing, repeated]).toEqual([true, undefined, undefined]);
  }
});
