import type { MultiPolygon, Polygon, Position } from "geojson";
import { union } from "polyclip-ts";
import { type Corner, findCrossing, findRepeated, signedArea } from "./polygon";

/**
 * Outlines with few enough corners for phones. Outlines that touch are made
 * simpler together: a corner that two share is kept or dropped in both, so no
 * gap opens between them. A corner is dropped only where no other corner lies
 * in the triangle it leaves, so an outline that did not cross itself never does
 * afterwards. The smallest triangles go first (Visvalingam and Whyatt, 1993).
 * Pure.
 */

/** WEA-011: at most 10 shapes and 100 pairs of coordinates for phones; the closing pair counts. */
export const MOST_SHAPES = 10;
export const MOST_PAIRS = 100;

export interface Shape {
  id: string;
  geometry: Polygon | MultiPolygon;
}

/** Longitude and latitude in degrees, first corner repeated at the end. */
export type Ring = Position[];

const cornersOf = (ring: Ring): Corner[] => ring.map(([longitude, latitude]) => [latitude!, longitude!]);
const areaOf = (ring: Ring) => Math.abs(signedArea(cornersOf(ring))) / 2;
const isSimple = (corners: readonly Corner[]) =>
  corners.length >= 4 && findRepeated(corners) === undefined && signedArea(corners) !== 0 && !findCrossing(corners);

/** A ring cut where it touches itself: each part has every corner once. */
function cutAtRepeats(ring: Ring): Ring[] {
  const parts: Ring[] = [];
  const path: Position[] = [];
  const at = new Map<string, number>();
  for (const corner of ring.slice(0, -1)) {
    const key = corner.slice(0, 2).join();
    const before = at.get(key);
    if (before !== undefined) {
      const loop = path.splice(before);
      for (const one of loop) at.delete(one.slice(0, 2).join());
      if (loop.length >= 3) parts.push([...loop, loop[0]!]);
    }
    at.set(key, path.length);
    path.push(corner);
  }
  if (path.length >= 3) parts.push([...path, path[0]!]);
  return parts;
}

/** The outer rings of a geometry, each simple, largest first, as many as phones take. */
function outerRings(geometry: Polygon | MultiPolygon): Ring[] {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flatMap((polygon) => {
    const parts = cutAtRepeats(polygon[0] ?? []);
    return parts.every((part) => !findCrossing(cornersOf(part)))
      ? parts
      : union([polygon] as never).flatMap((part) => cutAtRepeats(part[0] as Ring));
  });
  return rings
    .map((ring) => ({ ring, area: areaOf(ring) }))
    .filter(({ area }) => area > 0)
    .sort((left, right) => right.area - left.area)
    .slice(0, MOST_SHAPES)
    .map(({ ring }) => ring);
}

/** Corners that are still there, found by where they are. Its cells grow as corners go. */
class CornerIndex {
  private cells = new Map<number, number[]>();
  private size = 1;
  private count = 0;
  private left = 0;

  constructor(
    private readonly x: readonly number[],
    private readonly y: readonly number[],
    private readonly gone: Uint8Array,
  ) {
    this.fill();
  }

  private cellOf(value: number): number {
    return Math.floor(value / this.size);
  }

  private fill(): void {
    let [west, east, south, north, count] = [Infinity, -Infinity, Infinity, -Infinity, 0];
    for (let point = 0; point < this.x.length; point += 1) {
      if (this.gone[point]) continue;
      count += 1;
      west = Math.min(west, this.x[point]!);
      east = Math.max(east, this.x[point]!);
      south = Math.min(south, this.y[point]!);
      north = Math.max(north, this.y[point]!);
    }
    this.size = Math.sqrt(Math.max(1e-12, ((east - west) * (north - south)) / Math.max(1, count))) || 1e-6;
    this.count = this.left = count;
    this.cells = new Map();
    for (let point = 0; point < this.x.length; point += 1) {
      if (this.gone[point]) continue;
      const key = this.cellOf(this.x[point]!) * 1e7 + this.cellOf(this.y[point]!);
      const cell = this.cells.get(key);
      if (cell) cell.push(point);
      else this.cells.set(key, [point]);
    }
  }

  remove(): void {
    this.left -= 1;
    if (this.left * 2 < this.count) this.fill();
  }

  /** Whether a corner other than these three lies in their triangle or on its edge. */
  holds(a: number, b: number, c: number): boolean {
    const { x, y } = this;
    const [ax, ay, bx, by, cx, cy] = [x[a]!, y[a]!, x[b]!, y[b]!, x[c]!, y[c]!];
    const turn = Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
    const inside = (point: number) => {
      const [px, py] = [x[point]!, y[point]!];
      const one = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
      const two = (cx - bx) * (py - by) - (cy - by) * (px - bx);
      const three = (ax - cx) * (py - cy) - (ay - cy) * (px - cx);
      return one * turn >= 0 && two * turn >= 0 && three * turn >= 0;
    };
    // Three on a line leave nothing behind.
    if (turn === 0) return false;
    const east = this.cellOf(Math.max(ax, bx, cx));
    const north = this.cellOf(Math.max(ay, by, cy));
    for (let column = this.cellOf(Math.min(ax, bx, cx)); column <= east; column += 1) {
      for (let row = this.cellOf(Math.min(ay, by, cy)); row <= north; row += 1) {
        for (const point of this.cells.get(column * 1e7 + row) ?? []) {
          if (!this.gone[point] && point !== a && point !== b && point !== c && inside(point)) return true;
        }
      }
    }
    return false;
  }
}

/** Smallest first. */
class Heap {
  private readonly keys: number[] = [];
  private readonly values: number[] = [];

  push(key: number, value: number): void {
    let at = this.keys.push(key) - 1;
    this.values.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.keys[parent]! <= this.keys[at]!) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  pop(): { key: number; value: number } | undefined {
    const key = this.keys[0];
    const value = this.values[0];
    if (key === undefined || value === undefined) return undefined;
    const [lastKey, lastValue] = [this.keys.pop()!, this.values.pop()!];
    if (this.keys.length > 0) {
      this.keys[0] = lastKey;
      this.values[0] = lastValue;
      for (let at = 0; ;) {
        const left = 2 * at + 1;
        const right = left + 1;
        let least = at;
        if (left < this.keys.length && this.keys[left]! < this.keys[least]!) least = left;
        if (right < this.keys.length && this.keys[right]! < this.keys[least]!) least = right;
        if (least === at) break;
        this.swap(at, least);
        at = least;
      }
    }
    return { key, value };
  }

  private swap(one: number, other: number): void {
    [this.keys[one], this.keys[other]] = [this.keys[other]!, this.keys[one]!];
    [this.values[one], this.values[other]] = [this.values[other]!, this.values[one]!];
  }
}

/** Every ring with at most so many corners an outline, simplified together. Rings are closed. */
function thin(outlines: readonly Ring[][]): Ring[][] {
  const points: Position[] = [];
  const idOf = new Map<string, number>();
  const rings = outlines.map((outline) =>
    outline.map((ring) =>
      ring.slice(0, -1).map((corner) => {
        const key = `${corner[0]},${corner[1]}`;
        let id = idOf.get(key);
        if (id === undefined) {
          idOf.set(key, (id = points.length));
          points.push(corner);
        }
        return id;
      }),
    ),
  );
  // A degree of longitude is shorter than one of latitude; triangles are compared by their true size.
  const middle = points.reduce((sum, [, latitude]) => sum + latitude!, 0) / Math.max(1, points.length);
  const stretch = Math.cos((middle * Math.PI) / 180);
  const x = points.map(([longitude]) => longitude! * stretch);
  const y = points.map(([, latitude]) => latitude!);
  const beside = points.map(() => new Set<number>());
  const owners = points.map(() => new Set<number>());
  const pairs = rings.map((outline) => outline.reduce((sum, ring) => sum + ring.length + 1, 0));
  rings.forEach((outline, index) => {
    for (const ring of outline) {
      ring.forEach((point, at) => {
        const next = ring[(at + 1) % ring.length]!;
        beside[point]!.add(next);
        beside[next]!.add(point);
        owners[point]!.add(index);
      });
    }
  });
  const gone = new Uint8Array(points.length);
  const index = new CornerIndex(x, y, gone);
  const triangle = (point: number): [number, number, number] | undefined => {
    // Where three outlines meet, the corner stays.
    if (gone[point] || beside[point]!.size !== 2) return undefined;
    const [a, c] = [...beside[point]!] as [number, number];
    return [a, c, Math.abs((x[a]! - x[point]!) * (y[c]! - y[point]!) - (y[a]! - y[point]!) * (x[c]! - x[point]!)) / 2];
  };
  const tooMany = (point: number) => [...owners[point]!].some((owner) => pairs[owner]! > MOST_PAIRS);
  let heap = new Heap();
  const offer = (point: number) => {
    const found = triangle(point);
    if (found && tooMany(point)) heap.push(found[2], point);
  };
  points.forEach((_, point) => offer(point));
  for (;;) {
    const blocked: number[] = [];
    let dropped = 0;
    for (let next = heap.pop(); next; next = heap.pop()) {
      const point = next.value;
      const found = triangle(point);
      // A neighbor that went has changed this triangle, and offered it again.
      if (!found || found[2] !== next.key || !tooMany(point)) continue;
      const [a, c] = found;
      if (beside[a]!.has(c) || index.holds(a, point, c)) {
        blocked.push(point);
        continue;
      }
      gone[point] = 1;
      index.remove();
      dropped += 1;
      for (const owner of owners[point]!) pairs[owner]! -= 1;
      beside[a]!.delete(point);
      beside[c]!.delete(point);
      beside[a]!.add(c);
      beside[c]!.add(a);
      offer(a);
      offer(c);
    }
    // What stood in the way may have gone meanwhile.
    if (dropped === 0 || blocked.length === 0) break;
    heap = new Heap();
    blocked.forEach(offer);
  }
  return rings.map((outline) =>
    outline.map((ring) => {
      const left = ring.filter((point) => !gone[point]);
      return [...left, left[0]!].map((point) => points[point]!);
    }),
  );
}

/** Which outlines share corners, directly or by others between them; each group is looked at by itself. */
function touching(outlines: readonly Ring[][]): number[][] {
  const above = outlines.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (above[root] !== root) root = above[root] = above[above[root]!]!;
    return root;
  };
  const first = new Map<string, number>();
  outlines.forEach((outline, index) => {
    for (const [longitude, latitude] of outline.flat()) {
      const key = `${longitude},${latitude}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, index);
      else above[rootOf(index)] = rootOf(other);
    }
  });
  const groups = new Map<number, number[]>();
  outlines.forEach((_, index) => {
    const root = rootOf(index);
    groups.set(root, [...(groups.get(root) ?? []), index]);
  });
  return [...groups.values()];
}

/** Four decimals, 11 m, as phones want them (WEA-011); more only where an outline would touch itself for want of them. */
function round(ring: Ring): Ring | undefined {
  for (const decimals of [4, 5, 6, 9]) {
    const rounded: Ring = [];
    for (const [longitude, latitude] of ring) {
      const corner = [Number(longitude!.toFixed(decimals)), Number(latitude!.toFixed(decimals))];
      const last = rounded.at(-1);
      if (!last || last[0] !== corner[0] || last[1] !== corner[1]) rounded.push(corner);
    }
    if (isSimple(cornersOf(rounded))) return rounded;
  }
  return undefined;
}

const countOf = (rings: readonly Ring[]) => rings.reduce((sum, ring) => sum + ring.length, 0);

/**
 * An outline within the limits of phones.
 * @param shared the same, simplified with its neighbors
 * @throws when it cannot be brought there, which no simple outline is
 */
function fit(own: readonly Ring[], shared: readonly Ring[]): Ring[] {
  // Many corners where others meet leave too few to drop: then this one goes its own way.
  const few = countOf(shared) <= MOST_PAIRS ? shared : (thin([[...own]])[0] ?? []);
  const rings = few.map(round).filter((ring) => ring !== undefined);
  if (few.length > 0 && (rings.length === 0 || countOf(rings) > MOST_PAIRS)) {
    throw new Error("An outline cannot be made simple enough for phones.");
  }
  return rings;
}

/**
 * Outlines as phones accept them: at most 10 rings and 100 pairs of coordinates
 * each, none crossing or touching itself. Small islands beyond the tenth ring
 * and holes are left out.
 * @returns closed rings by id, largest first
 * @throws when an outline has no area at all
 */
export function simplifyTogether(shapes: readonly Shape[]): Map<string, Ring[]> {
  const outlines = shapes.map(({ geometry }) => outerRings(geometry));
  const together: Ring[][] = [...outlines];
  for (const group of touching(outlines)) {
    if (group.length === 1) continue;
    const thinned = thin(group.map((index) => outlines[index]!));
    group.forEach((index, at) => (together[index] = thinned[at]!));
  }
  return new Map(
    shapes.map(({ id }, index) => {
      const rings = fit(outlines[index]!, together[index]!);
      if (rings.length === 0) throw new Error(`The outline of ${id} encloses nothing.`);
      return [id, rings];
    }),
  );
}

/** The same of one outline. */
export function simplifyAlone(geometry: Polygon | MultiPolygon): Ring[] {
  return simplifyTogether([{ id: "the place", geometry }]).get("the place") ?? [];
}

/** At least four decimals; more where an outline needs them. */
function formatDegrees(degrees: number | undefined): string {
  const text = (degrees ?? 0).toFixed(4);
  return Number(text) === degrees ? text : String(degrees);
}

/** CAP polygons, latitude first (CAP-031), of rings as phones accept them. */
export function writeRings(rings: readonly Ring[]): string[] {
  return rings.map((ring) =>
    ring.map(([longitude, latitude]) => `${formatDegrees(latitude)},${formatDegrees(longitude)}`).join(" "),
  );
}

/** CAP polygons of one outline, simplified where phones need it; none where it has no area. */
export function writePolygons(geometry: Polygon | MultiPolygon): string[] {
  const outline = outerRings(geometry);
  return writeRings(fit(outline, outline));
}
