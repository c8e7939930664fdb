import { booleanPointInPolygon } from "@turf/boolean-point-in-polygon";
import { point, polygon as turfPolygon } from "@turf/helpers";
import { type Corner } from "./polygon";

/** Kilometres of one degree of latitude, on a sphere of 6,371 km. */
const DEGREE = (Math.PI / 180) * 6371;

/** Kilometres from a point to an edge, flat around the point: right to a thousandth within 100 km. */
function toEdge([latitude, longitude]: Corner, from: Corner, to: Corner): number {
  const shrink = Math.cos((latitude * Math.PI) / 180);
  const x = (corner: Corner) => (corner[1] - longitude) * shrink * DEGREE;
  const y = (corner: Corner) => (corner[0] - latitude) * DEGREE;
  const [ax, ay, bx, by] = [x(from), y(from), x(to), y(to)];
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / length));
  return Math.hypot(ax + along * (bx - ax), ay + along * (by - ay));
}

/** Kilometres from a point to the nearest edge of a closed outline. */
export function distanceToEdge(corner: Corner, outline: readonly Corner[]): number {
  let least = Infinity;
  for (let index = 1; index < outline.length; index += 1) {
    least = Math.min(least, toEdge(corner, outline[index - 1]!, outline[index]!));
  }
  return least;
}

/** Kilometres by which a point lies outside a closed outline; 0 inside and on the edge. */
export function distanceOutside(corner: Corner, outline: readonly Corner[]): number {
  const ring = outline.map(([latitude, longitude]) => [longitude, latitude]);
  return booleanPointInPolygon(point([corner[1], corner[0]]), turfPolygon([ring]))
    ? 0
    : distanceToEdge(corner, outline);
}
