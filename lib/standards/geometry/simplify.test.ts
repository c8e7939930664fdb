import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceOutside, distanceToEdge } from "./distance";
import { type Corner, findCrossing, isClosed } from "./polygon";
import { measureLeftOut, simplifyOutline } from "./simplify";

/** A coast-like outline: a circle with dents. */
function coast(count: number, wobble: (index: number) => number): Corner[] {
  const corners = Array.from({ length: count }, (_, index): Corner => {
    const angle = (index / count) * 2 * Math.PI;
    const radius = 0.2 + wobble(index);
    return [42 + radius * Math.sin(angle), -72 + radius * Math.cos(angle)];
  });
  return [...corners, corners[0]!];
}

test("distances in kilometres", () => {
  const square: Corner[] = [[42, -72], [43, -72], [43, -71], [42, -71], [42, -72]]; // prettier-ignore
  expect(distanceOutside([42.5, -71.5], square)).toBe(0);
  expect(distanceOutside([41.9, -71.5], square)).toBeCloseTo(11.12, 1);
  expect(distanceToEdge([42.5, -71.5], square)).toBeCloseTo(40.98, 0);
});

test("an outline that already fits is only rounded", () => {
  const corners = coast(20, () => 0);
  const simple = simplifyOutline(corners, 100, 0.1)!;
  expect(simple.corners).toHaveLength(21);
  expect(simple.leavesOut).toBeLessThan(0.02);
});

test("a budget that cannot be met within the distance is refused", () => {
  const spiky = coast(400, (index) => (index % 2) * 0.1);
  expect(simplifyOutline(spiky, 10, 0.5)).toBeUndefined();
  expect(simplifyOutline(spiky, 3, 1000)).toBeUndefined();
});

test("never more corners than asked for, never farther out than stated, never crossing", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.01, noNaN: true }), { minLength: 300, maxLength: 300 }),
      fc.integer({ min: 8, max: 100 }),
      (noise, most) => {
        const original = coast(300, (index) => noise[index]!);
        const simple = simplifyOutline(original, most, 5);
        if (!simple) return;
        expect(simple.corners.length).toBeLessThanOrEqual(most);
        expect(isClosed(simple.corners)).toBe(true);
        expect(findCrossing(simple.corners)).toBeUndefined();
        expect(simple.leavesOut).toBeLessThanOrEqual(5);
        expect(measureLeftOut(original, simple.corners)).toBe(simple.leavesOut);
      },
    ),
    { numRuns: 100 },
  );
});
