import { type Corner, parsePolygon, signedArea } from "./polygon";

/** Which outlines cover the same ground, and how much of it. Pure. */

export interface Outlined {
  id: string;
  /** As CAP writes them; of several no two cover the same ground. */
  polygons: readonly string[];
}

export interface Overlap {
  /** The smaller of the two. */
  id: string;
  otherId: string;
  /** How much of the smaller one the other covers, 0 to 1. */
  share: number;
}

/** Less than this of the smaller one is how two drawings of one border differ. */
const LEAST_SHARE = 0.05;
/** Lines that are drawn through where two outlines may meet; what lies between two of them is as long as on one. */
const LINES = 32;

interface Shape {
  id: string;
  rings: Corner[][];
  west: number;
  south: number;
  east: number;
  north: number;
  /** Square degrees. */
  size: number;
}

function shapeOf({ id, polygons }: Outlined): Shape[] {
  const rings = polygons.flatMap((text) => [parsePolygon(text) ?? []]).filter((ring) => ring.length >= 4);
  const size = rings.reduce((sum, ring) => sum + Math.abs(signedArea(ring)) / 2, 0);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [latitude, longitude] of rings.flat()) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  return size > 0 ? [{ id, rings, west, south, east, north, size }] : [];
}

/** Where each of some lines of latitude crosses the outline, from west to east: inside begins and ends in turn. */
function crossings({ rings }: Shape, south: number, step: number): number[][] {
  const lines = Array.from({ length: LINES }, (): number[] => []);
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index += 1) {
      const [from, to] = [ring[index - 1]!, ring[index]!];
      const [low, high] = from[0] < to[0] ? [from, to] : [to, from];
      const first = Math.max(0, Math.ceil((low[0] - south) / step - 0.5));
      const last = Math.min(LINES - 1, Math.ceil((high[0] - south) / step - 0.5) - 1);
      for (let line = first; line <= last; line += 1) {
        const along = (south + (line + 0.5) * step - low[0]) / (high[0] - low[0]);
        lines[line]!.push(low[1] + along * (high[1] - low[1]));
      }
    }
  }
  for (const line of lines) line.sort((left, right) => left - right);
  return lines;
}

/** How much of one line is inside both. */
function inBoth(left: readonly number[], right: readonly number[]): number {
  let [sum, at, other] = [0, 0, 0];
  while (at + 1 < left.length && other + 1 < right.length) {
    sum += Math.max(0, Math.min(left[at + 1]!, right[other + 1]!) - Math.max(left[at]!, right[other]!));
    if (left[at + 1]! < right[other + 1]!) at += 2;
    else other += 2;
  }
  return sum;
}

/** Square degrees that two outlines share; 0 where it cannot be enough to matter. */
function shared(left: Shape, right: Shape): number {
  const south = Math.max(left.south, right.south);
  const height = Math.min(left.north, right.north) - south;
  const width = Math.min(left.east, right.east) - Math.max(left.west, right.west);
  if (height <= 0 || width <= 0 || height * width < LEAST_SHARE * Math.min(left.size, right.size)) return 0;
  const step = height / LINES;
  const [ofLeft, ofRight] = [crossings(left, south, step), crossings(right, south, step)];
  return ofLeft.reduce((sum, line, index) => sum + inBoth(line, ofRight[index]!) * step, 0);
}

/**
 * Pairs of outlines that share more ground than two drawings of one border do,
 * from west to east. Only those whose boxes meet are measured, so that time
 * grows with the outlines and not with their pairs.
 */
export function findOverlaps(outlined: readonly Outlined[]): Overlap[] {
  const found: Overlap[] = [];
  let open: Shape[] = [];
  for (const shape of outlined.flatMap(shapeOf).sort((left, right) => left.west - right.west)) {
    open = open.filter(({ east }) => east > shape.west);
    for (const other of open) {
      const [small, large] = shape.size < other.size ? [shape, other] : [other, shape];
      const share = shared(small, large) / small.size;
      if (share >= LEAST_SHARE) found.push({ id: small.id, otherId: large.id, share: Math.min(1, share) });
    }
    open.push(shape);
  }
  return found;
}
