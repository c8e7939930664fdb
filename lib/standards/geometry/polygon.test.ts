import fc from "fast-check";
import { expect, test } from "vitest";
import { type Corner, findCrossing, findRepeated, isClosed, parsePolygon, signedArea, writePolygon } from "./polygon";

const SQUARE = "42,-72 43,-72 43,-71 42,-71 42,-72";

test.each([
  [SQUARE, 5],
  ["42.1,-72", 1],
  ["  42,-72\n43,-72  ", 2],
  ["90,180 -90,-180", 2],
  ["91,0", undefined],
  ["0,181", undefined],
  ["42 -72", undefined],
  ["42,-72,3", undefined],
  ["4e1,-72", undefined],
  ["0x10,5", undefined],
  [",", undefined],
  ["", undefined],
  ["NaN,NaN", undefined],
])("%j has %s corners", (text, count) => expect(parsePolygon(text)?.length).toBe(count));

test.each([
  ["a square", SQUARE, undefined],
  ["a bow tie", "0,0 1,1 1,0 0,1 0,0", [0, 2]],
  ["a corner that touches an edge", "0,0 2,0 2,2 1,0 0,2 0,0", [0, 2]],
  ["an edge that runs back", "0,0 2,0 1,0 1,1 0,0", [0, 1]],
  ["a triangle", "0,0 1,0 0,1 0,0", undefined],
  ["a corner twice in a row", "0,0 1,0 1,0 0,1 0,0", undefined],
  ["the last edge runs back over the first", "0,0 2,0 2,2 1,0 0,0", [0, 2]],
  ["a spiral", "0,0 0,5 5,5 5,1 1,1 1,4 4,4 4,2 2,2 2,3 3,3 3,2.5 1.5,2.5 1.5,0.5 0,0", [7, 12]],
])("%s", (_, text, crossing) => {
  const found = findCrossing(parsePolygon(text)!);
  if (crossing === undefined) expect(found).toBeUndefined();
  else expect(found).toBeDefined();
});

test("closed, repeated, area", () => {
  const corners = parsePolygon(SQUARE)!;
  expect(isClosed(corners)).toBe(true);
  expect(isClosed(corners.slice(1))).toBe(false);
  expect(isClosed([])).toBe(false);
  expect(findRepeated(corners)).toBeUndefined();
  expect(findRepeated([...corners.slice(0, 2), ...corners])).toBeDefined();
  expect(Math.abs(signedArea(corners))).toBe(2);
  expect(signedArea(parsePolygon("0,0 1,1 2,2 0,0")!)).toBe(0);
});

/** Compares every edge with every other: slow, and plainly right. */
function crossesSlowly(corners: readonly Corner[]): boolean {
  const turn = (a: Corner, b: Corner, c: Corner) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const within = (a: Corner, b: Corner, c: Corner) =>
    Math.min(a[0], b[0]) <= c[0] &&
    c[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= c[1] &&
    c[1] <= Math.max(a[1], b[1]);
  const edges = corners.length - 1;
  for (let i = 0; i < edges; i += 1) {
    for (let j = i + 2; j < edges; j += 1) {
      if (i === 0 && j === edges - 1) continue;
      const [a, b, c, d] = [corners[i]!, corners[i + 1]!, corners[j]!, corners[j + 1]!];
      const [p, q, r, s] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
      if (p * q < 0 && r * s < 0) return true;
      if ((p === 0 && within(a, b, c)) || (q === 0 && within(a, b, d))) return true;
      if ((r === 0 && within(c, d, a)) || (s === 0 && within(c, d, b))) return true;
    }
  }
  return false;
}

test("the sweep finds what comparing every pair finds", () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
  fc.assert(
    fc.property(fc.uniqueArray(corner, { minLength: 3, maxLength: 9, selector: String }), (open) => {
      const corners = [...open, open[0]!];
      // Neighbors that run back over each other are the sweep's own addition.
      const found = findCrossing(corners);
      if (crossesSlowly(corners)) expect(found).toBeDefined();
      if (found && Math.abs(found[0] - found[1]) > 1 && !(found[0] === 0 && found[1] === open.length - 1)) {
        expect(crossesSlowly(corners)).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
});

test("what is written is read back", () => {
  expect(writePolygon(parsePolygon("42.12346,-72 43,-72")!)).toBe("42.1235,-72.0000 43.0000,-72.0000");
});
