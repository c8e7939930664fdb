/** Where the names of a few places stand on a map. Pure. */

/** All in units of the map. */
export interface MapLabel {
  id: string;
  name: string;
  /** Left end and base line of the text. */
  x: number;
  y: number;
  /** From the place to its name, where the name stands away from it. */
  line: { from: readonly [number, number]; to: readonly [number, number] } | null;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const pointsOf = (path: string): [number, number][] =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);

/** The middle of an outline's corners. */
export function middleOf(path: string): [number, number] {
  const points = pointsOf(path);
  const sum = points.reduce<[number, number]>((total, [x, y]) => [total[0] + x, total[1] + y], [0, 0]);
  return [sum[0] / (points.length || 1), sum[1] / (points.length || 1)];
}

function boxOf(path: string): Box {
  const points = pointsOf(path);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

const overlaps = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Right of a place, left of it, above, below, then at its corners. */
const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
] as const;
/** How far from a place its name may stand, in heights of a letter; from the third on a line leads there. */
const STEPS = [0.4, 1, 2, 3, 4.5, 6, 8];
const LINE_FROM = 2;

/** Public Sans, semibold: a letter is about so wide, of its size. */
const LETTER = 0.6;

/** The box of a text that stands `gap` away from a place. */
function boxBeside(place: Box, [dx, dy]: readonly [number, number], gap: number, width: number, height: number): Box {
  const [x, y] = [(place.left + place.right) / 2, (place.top + place.bottom) / 2];
  const left = dx === 0 ? x - width / 2 : dx > 0 ? place.right + gap : place.left - gap - width;
  const top = dy === 0 ? y - height / 2 : dy > 0 ? place.bottom + gap : place.top - gap - height;
  return { left, top, right: left + width, bottom: top + height };
}

/**
 * Names beside their places: inside the map, none over another, none over a place that is named. What finds no room is
 * left out, so the most important come first.
 * @param size of a letter, in units of the map
 */
export function placeLabels(
  places: readonly { id: string; name: string; path: string }[],
  { width, height }: { width: number; height: number },
  size: number,
): MapLabel[] {
  const named = places.map((place) => ({ ...place, box: boxOf(place.path) }));
  const taken: Box[] = named.map(({ box }) => box);
  const labels: MapLabel[] = [];
  for (const { id, name, path, box } of named) {
    const length = name.length * size * LETTER;
    const free = STEPS.flatMap((step) =>
      DIRECTIONS.map((direction) => ({ step, at: boxBeside(box, direction, step * size, length, size * 1.1) })),
    ).find(
      ({ at }) =>
        at.left >= 0 &&
        at.top >= 0 &&
        at.right <= width &&
        at.bottom <= height &&
        !taken.some((other) => overlaps(at, other)),
    );
    if (!free) continue;
    const { step, at } = free;
    taken.push(at);
    const from = middleOf(path);
    const nearest = [
      Math.min(Math.max(from[0], at.left), at.right),
      Math.min(Math.max(from[1], at.top), at.bottom),
    ] as const;
    const line = step >= LINE_FROM ? { from, to: nearest } : null;
    labels.push({ id, name, x: at.left, y: at.top + size * 0.85, line });
  }
  return labels;
}
