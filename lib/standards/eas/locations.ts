import type { Corner } from "../geometry/polygon";
import places from "./same-locations.json";

/**
 * Where the places of SAME codes lie: counties and states of us-atlas 3.0.1, each
 * as a middle and how far its farthest corner is from it. The list is data; codes
 * of counties that came or went since are beside it.
 */

interface Around {
  latitude: number;
  longitude: number;
  /** Kilometers from the middle to the farthest corner. */
  radius: number;
}

const KNOWN = new Map(
  Object.entries(places as unknown as Readonly<Record<string, readonly [number, number, number]>>).map(
    ([code, [latitude, longitude, radius]]): [string, Around] => [code, { latitude, longitude, radius }],
  ),
);
/** How many counties a state has, by its two digits. */
export function countCounties(stateId: string): number {
  let count = 0;
  for (const code of KNOWN.keys()) if (code.startsWith(stateId) && !code.endsWith("000")) count += 1;
  return count;
}

/** In use after the atlas or before it: planning regions of Connecticut, Valdez-Cordova, Shannon, Bedford. */
const BESIDE = /^(?:091[1-9]0|02261|02270|46113|51515)$/;
/** Waters that the Weather Service counts as states: coasts, lakes and oceans. */
const MARINE = /^(?:57|58|59|61|65|73|75|77|9[1-8])\d{3}$/;

/** The place of PSSCCC without its part of a county. */
const placeOf = (code: string) => code.slice(1);

/** Whether there is such a place. The country as a whole is one. */
export function isKnownLocation(code: string): boolean {
  const place = placeOf(code);
  return place === "00000" || KNOWN.has(place) || BESIDE.test(place) || MARINE.test(place);
}

const RADIANS = Math.PI / 180;
const EARTH_KM = 6371;

function kilometers(a: { latitude: number; longitude: number }, [latitude, longitude]: Corner): number {
  const north = (latitude - a.latitude) * RADIANS;
  const east = (longitude - a.longitude) * RADIANS;
  const square =
    Math.sin(north / 2) ** 2 + Math.cos(a.latitude * RADIANS) * Math.cos(latitude * RADIANS) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(square)));
}

/** Kilometers from a corner to the nearest that the place of a code could reach; undefined where nobody knows. */
export function kilometersFrom(code: string, corner: Corner): number | undefined {
  const place = KNOWN.get(placeOf(code));
  return place && Math.max(0, kilometers(place, corner) - place.radius);
}
