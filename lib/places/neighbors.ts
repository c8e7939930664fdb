import { geoDistance } from "d3-geo";
import type { MultiPolygon, Polygon } from "geojson";

/**
 * Which places touch. Two do when they share at least two corners, that is, an
 * edge; outlines of one source share them exactly. Cost grows with the corners.
 * @returns ids of the neighbors by id, sorted; islands have an empty list
 */
export function findNeighbors(
  shapes: readonly { id: string; geometry: Polygon | MultiPolygon }[],
): Map<string, string[]> {
  const corners = new Map<string, Set<string>>();
  for (const { id, geometry } of shapes) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of polygons.flat()) {
      for (const [longitude, latitude] of ring) {
        const key = `${longitude!.toFixed(5)},${latitude!.toFixed(5)}`;
        const touching = corners.get(key);
        if (touching) touching.add(id);
        else corners.set(key, new Set([id]));
      }
    }
  }
  const shared = new Map<string, Map<string, number>>(shapes.map(({ id }) => [id, new Map()]));
  for (const touching of corners.values()) {
    if (touching.size < 2) continue;
    for (const left of touching) {
      const counts = shared.get(left)!;
      for (const right of touching) if (left !== right) counts.set(right, (counts.get(right) ?? 0) + 1);
    }
  }
  return new Map(
    [...shared].map(([id, counts]) => [
      id,
      [...counts]
        .filter(([, count]) => count >= 2)
        .map(([other]) => other)
        .sort(),
    ]),
  );
}

/** Mean radius of the earth, IUGG. */
const EARTH_KM = 6371.0088;

/** Distance between two points in kilometers, along the surface of the earth. */
export function distanceKm(
  left: { latitude: number; longitude: number },
  right: { latitude: number; longitude: number },
): number {
  return EARTH_KM * geoDistance([left.longitude, left.latitude], [right.longitude, right.latitude]);
}
