import { expect, test } from "vitest";
import { type MapLabel, middleOf, placeLabels } from "./map-labels";

const square = (x: number, y: number, side = 10) =>
  `M${x},${y}L${x + side},${y}L${x + side},${y + side}L${x},${y + side}Z`;
const MAP = { width: 400, height: 200 };
const boxOf = ({ x, y, name }: MapLabel) => ({ left: x, right: x + name.length * 6, top: y - 8.5, bottom: y + 2.5 });

test("the middle of an outline", () => {
  expect(middleOf(square(0, 20))).toEqual([5, 25]);
  expect(middleOf("")).toEqual([0, 0]);
});

test("names stand inside the map, none over another, none over a place that is named", () => {
  const places = Array.from({ length: 12 }, (_, index) => ({
    id: String(index),
    name: `Somewhere ${index}`,
    path: square(index % 2 === 0 ? 385 : 2, 4 + index * 14),
  }));
  const labels = placeLabels(places, MAP, 10);
  expect(labels.length).toBeGreaterThan(9);
  for (const [index, label] of labels.entries()) {
    const { left, right, top, bottom } = boxOf(label);
    expect([left >= 0, right <= MAP.width, top >= 0, bottom <= MAP.height]).toEqual([true, true, true, true]);
    for (const other of labels.slice(index + 1)) {
      const box = boxOf(other);
      expect(left < box.right && box.left < right && top < box.bottom && box.top < bottom).toBe(false);
    }
  }
});

test("a name that stands away from its place has a line to it", () => {
  const alone = { id: "a", name: "Granby", path: square(100, 100) };
  expect(placeLabels([alone], MAP, 10)).toMatchObject([{ id: "a", x: 114, line: null }]);
  // Closely around it there is no room.
  const around = [80, 90, 110, 120].flatMap((x) =>
    [80, 90, 100, 110, 120].map((y) => ({ id: `${x} ${y}`, name: "x".repeat(80), path: square(x, y) })),
  );
  const above = [80, 90, 110, 120].map((y) => ({ id: `100 ${y}`, name: "x".repeat(80), path: square(100, y) }));
  const [label, ...others] = placeLabels([alone, ...around, ...above], MAP, 10);
  expect(label!.line?.from).toEqual([105, 105]);
  // What is longer than the map is left out.
  expect(others).toEqual([]);
});
