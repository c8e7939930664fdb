import { orient2d } from "robust-predicates";
import { splitSpace } from "../cap/white-space";

/** CAP polygons: text of `latitude,longitude` pairs in WGS 84 degrees, separated by spaces, closed (CAP-031). */

/** Latitude first, as CAP writes it. Degrees. */
export type Corner = readonly [latitude: number, longitude: number];

/** Decimals with or without digits in front of the point (CAP 1.2 §1.5). */
const PAIR = /^[+-]?(?:\d{1,3}(?:\.\d*)?|\.\d+),[+-]?(?:\d{1,3}(?:\.\d*)?|\.\d+)$/;

/** A pair of degrees, or undefined when it is none. */
export function parseCorner(pair: string): Corner | undefined {
  if (!PAIR.test(pair)) return undefined;
  const comma = pair.indexOf(",");
  const latitude = Number(pair.slice(0, comma));
  const longitude = Number(pair.slice(comma + 1));
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : undefined;
}

/** The corners of a polygon, or undefined when it is not a list of pairs. */
export function parsePolygon(polygon: string): Corner[] | undefined {
  const corners: Corner[] = [];
  const pairs = splitSpace(polygon);
  if (pairs.length === 0) return undefined;
  for (const pair of pairs) {
    const corner = parseCorner(pair);
    if (!corner) return undefined;
    corners.push(corner);
  }
  return corners;
}

/** Whether the last corner is the first again. */
export function isClosed(corners: readonly Corner[]): boolean {
  const [first, last] = [corners[0], corners.at(-1)];
  return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
}

/** A corner that stands twice, other than the closing one. */
export function findRepeated(corners: readonly Corner[]): Corner | undefined {
  // One number for two: different corners may rarely share it, so where it comes again the corners themselves decide.
  const seen = new Set<number>();
  for (let index = isClosed(corners) ? 1 : 0; index < corners.length; index += 1) {
    const corner = corners[index]!;
    const key = corner[0] * 4096 + corner[1];
    if (seen.has(key)) {
      const start = isClosed(corners) ? 1 : 0;
      const first = corners.findIndex((other, at) => at >= start && other[0] === corner[0] && other[1] === corner[1]);
      if (first < index) return corner;
    }
    seen.add(key);
  }
  return undefined;
}

/** Twice the area of a ring in square degrees, by which side is left; 0 when it has none. */
export function signedArea(corners: readonly Corner[]): number {
  let twice = 0;
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1]!, corners[index]!];
    twice += from[1] * to[0] - to[1] * from[0];
  }
  return twice;
}

interface Edge {
  from: Corner;
  to: Corner;
  /** Of its first corner in the ring. */
  position: number;
  /** Among the edges that have a length. */
  order: number;
  west: number;
  east: number;
  south: number;
  north: number;
}

const side = (a: Corner, b: Corner, c: Corner) => Math.sign(orient2d(a[1], a[0], b[1], b[0], c[1], c[0]));
const onEdge = ({ west, east, south, north }: Edge, [latitude, longitude]: Corner) =>
  longitude >= west && longitude <= east && latitude >= south && latitude <= north;

function meet(left: Edge, right: Edge): boolean {
  const [a, b] = [side(left.from, left.to, right.from), side(left.from, left.to, right.to)];
  const [c, d] = [side(right.from, right.to, left.from), side(right.from, right.to, left.to)];
  if (a !== b && c !== d && a * b <= 0 && c * d <= 0 && (a !== 0 || b !== 0)) return true;
  return (
    (a === 0 && onEdge(left, right.from)) ||
    (b === 0 && onEdge(left, right.to)) ||
    (c === 0 && onEdge(right, left.from)) ||
    (d === 0 && onEdge(right, left.to))
  );
}

function edgesOf(corners: readonly Corner[]): Edge[] {
  const edges: Edge[] = [];
  for (let position = 0; position < corners.length - 1; position += 1) {
    const [from, to] = [corners[position]!, corners[position + 1]!];
    if (from[0] === to[0] && from[1] === to[1]) continue;
    edges.push({
      from,
      to,
      position,
      order: edges.length,
      west: Math.min(from[1], to[1]),
      east: Math.max(from[1], to[1]),
      south: Math.min(from[0], to[0]),
      north: Math.max(from[0], to[0]),
    });
  }
  return edges;
}

/**
 * Two edges of a closed ring that cross or touch where they should not, as
 * positions of their first corners, or undefined. Edges are swept from west to
 * east, so each is compared only with those it could meet.
 */
export function findCrossing(corners: readonly Corner[]): [number, number] | undefined {
  const edges = edgesOf(corners);
  const last = edges.length - 1;
  edges.sort((left, right) => left.west - right.west);
  const active: Edge[] = [];
  for (const edge of edges) {
    let kept = 0;
    for (const other of active) {
      if (other.east < edge.west) continue;
      active[kept++] = other;
      if (edge.north < other.south || other.north < edge.south) continue;
      const apart = Math.abs(edge.order - other.order);
      const neighbors = apart === 1 || apart === last;
      if (neighbors ? foldsBack(edge, other) : meet(edge, other)) {
        return [Math.min(edge.position, other.position), Math.max(edge.position, other.position)];
      }
    }
    active.length = kept;
    active.push(edge);
  }
  return undefined;
}

export interface Examined {
  /** Undefined when the text is not a list of pairs. */
  corners: Corner[] | undefined;
  closed: boolean;
  /** Only of closed ones. */
  crossing: [number, number] | undefined;
  /** A corner that stands twice; only of closed ones. */
  repeated: Corner | undefined;
  /** See signedArea; 0 without corners. */
  area: number;
}

/** Corners beyond which a polygon is not looked through for crossings: no profile takes so many. */
export const MOST_CORNERS = 5000;

const recent = new Map<string, Examined>();
const MOST_RECENT = 64;

/**
 * A polygon with what several rules ask of it. Every language of a message has
 * the same outlines and several rules look at each, so the latest are remembered.
 */
export function examinePolygon(text: string): Examined {
  const known = recent.get(text);
  if (known) return known;
  const corners = parsePolygon(text);
  const closed = corners !== undefined && isClosed(corners);
  const looked = closed && corners.length >= 4 && corners.length <= MOST_CORNERS;
  const examined = {
    corners,
    closed,
    crossing: looked ? findCrossing(corners) : undefined,
    repeated: looked ? findRepeated(corners) : undefined,
    area: signedArea(corners ?? []),
  };
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(text, examined);
  return examined;
}

/** Neighbors share a corner; they are wrong only when one runs back over the other. */
function foldsBack(left: Edge, right: Edge): boolean {
  const shared = left.to[0] === right.from[0] && left.to[1] === right.from[1] ? left.to : left.from;
  const tip = (edge: Edge) => (edge.from[0] === shared[0] && edge.from[1] === shared[1] ? edge.to : edge.from);
  const [a, b] = [tip(left), tip(right)];
  if (side(shared, a, b) !== 0) return false;
  return (a[0] - shared[0]) * (b[0] - shared[0]) + (a[1] - shared[1]) * (b[1] - shared[1]) > 0;
}

/** Writes a CAP polygon. @param decimals digits behind the point; phones want at most four (WEA-011) */
export function writePolygon(corners: readonly Corner[], decimals = 4): string {
  return corners
    .map(([latitude, longitude]) => `${latitude.toFixed(decimals)},${longitude.toFixed(decimals)}`)
    .join(" ");
}
