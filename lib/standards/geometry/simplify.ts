import { distanceOutside } from "./distance";
import { polygon as turfPolygon } from "@turf/helpers";
import { simplify } from "@turf/simplify";
import { type Corner, findCrossing, findRepeated, isClosed, signedArea } from "./polygon";

/** Fewer corners for an outline, within a stated distance of the original. */

export interface Simplified {
  corners: Corner[];
  /** Kilometres: how far any corner of the original lies outside the simplified outline, at most. */
  leavesOut: number;
}

const DECIMALS = 4;

function rounded(corners: readonly Corner[]): Corner[] {
  const kept: Corner[] = [];
  for (const [latitude, longitude] of corners) {
    const corner: Corner = [Number(latitude.toFixed(DECIMALS)), Number(longitude.toFixed(DECIMALS))];
    const last = kept.at(-1);
    if (!last || last[0] !== corner[0] || last[1] !== corner[1]) kept.push(corner);
  }
  return kept;
}

function isSound(corners: readonly Corner[]): boolean {
  return (
    corners.length >= 4 &&
    isClosed(corners) &&
    signedArea(corners) !== 0 &&
    findRepeated(corners) === undefined &&
    findCrossing(corners) === undefined
  );
}

/** How far the corners of an outline lie outside another, at most. Kilometres. */
export function measureLeftOut(original: readonly Corner[], outline: readonly Corner[]): number {
  return original.reduce((most, corner) => Math.max(most, distanceOutside(corner, outline)), 0);
}

/**
 * The outline with at most so many corners, rounded to four decimals, closed,
 * not crossing itself.
 * @param most corners, the closing one included; phones take 100 (WEA-011)
 * @param kilometres the most by which a corner of the original may lie outside
 * @returns undefined when no such outline was found
 */
export function simplifyOutline(corners: readonly Corner[], most: number, kilometres: number): Simplified | undefined {
  const ring = corners.map(([latitude, longitude]) => [longitude, latitude]);
  // From about 10 m, half as coarse again each time.
  for (let tolerance = 0; tolerance < 1; tolerance = tolerance === 0 ? 0.0001 : tolerance * 1.5) {
    const simple =
      tolerance === 0
        ? corners
        : simplify(turfPolygon([ring]), { tolerance, highQuality: true }).geometry.coordinates[0]!.map(
            ([longitude, latitude]): Corner => [latitude!, longitude!],
          );
    const outline = rounded(simple);
    if (outline.length > most || !isSound(outline)) continue;
    const leavesOut = measureLeftOut(corners, outline);
    return leavesOut <= kilometres ? { corners: outline, leavesOut } : undefined;
  }
  return undefined;
}
