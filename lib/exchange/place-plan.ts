import { area } from "@turf/area";
import { timeZoneAt } from "../places/time-zone";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { findCrossing } from "../standards/geometry/polygon";
import { findTypedNumbers } from "../directory/typed-numbers";
import { cleanText, findForbidden } from "../platform/clean-text";
import { type CountyOutline, findCounties } from "./counties-of";
import { formatCounty } from "../places/county-kinds";
import { STAND_IN } from "./gazetteer";
import type { Mapping } from "./place-file";

/**
 * Cities and towns from outlines (RFC 7946): which property is the name and
 * which the code is chosen by a person; each outline is looked at before
 * anything is written, and a bad one is refused by name. Pure.
 */

/** Corners of one outline: Houston has 69,287. */
const MOST_CORNERS = 100_000;

const inLatitudes = (value: number) => value >= -15 && value <= 72;
const inLongitudes = (value: number) => value <= -60 || value >= 140;

function ringProblem(ring: unknown): string | undefined {
  if (!Array.isArray(ring) || ring.length < 4) return "An outline has fewer than four corners.";
  for (const corner of ring as unknown[]) {
    if (
      !Array.isArray(corner) ||
      !corner.slice(0, 2).every((value) => typeof value === "number" && Number.isFinite(value))
    )
      return "A corner is not a pair of numbers.";
  }
  const corners = ring as Position[];
  const [longitude, latitude] = corners[0]!;
  if (inLatitudes(longitude!) && inLongitudes(latitude!))
    return "Latitude and longitude are swapped; GeoJSON has longitude first.";
  if (corners.some(([x, y]) => Math.abs(x!) > 180 || Math.abs(y!) > 90)) {
    return "A corner lies outside the world; are these meters or feet? Save the file in WGS 84 degrees.";
  }
  const [first, last] = [corners[0]!, corners.at(-1)!];
  if (first[0] !== last[0] || first[1] !== last[1]) return "An outline does not end where it began.";
  const crossing = findCrossing(corners.map(([x, y]) => [y!, x!] as const));
  if (crossing) return `An outline crosses itself near corner ${crossing[0] + 1}.`;
  return undefined;
}

/** What is wrong with a geometry, or undefined. */
export function geometryProblem(geometry: unknown): string | undefined {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type !== "Polygon" && type !== "MultiPolygon") {
    return type === undefined ? "It has no outline." : `It is a ${String(type).slice(0, 30)}, not an outline.`;
  }
  if (!Array.isArray(coordinates) || coordinates.length === 0) return "It has no outline.";
  const polygons = (type === "Polygon" ? [coordinates] : coordinates) as unknown[];
  if (!polygons.every(Array.isArray)) return "Its outline is not a list of rings.";
  const rings = (polygons as unknown[][]).flat();
  const count = rings.reduce<number>((sum, ring) => sum + (Array.isArray(ring) ? ring.length : 0), 0);
  if (count > MOST_CORNERS) return `It has ${count.toLocaleString("en-US")} corners; at most 100,000 are taken.`;
  for (const ring of rings) {
    const problem = ringProblem(ring);
    if (problem) return problem;
  }
  return undefined;
}

/** As Census publishes them: six decimals, a tenth of a meter. Fewer could make an outline touch itself. */
function rounded(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const ring = (corners: Position[]) => corners.map(([x, y]) => [Number(x!.toFixed(6)), Number(y!.toFixed(6))]);
  return geometry.type === "Polygon"
    ? { type: "Polygon", coordinates: geometry.coordinates.map(ring) }
    : { type: "MultiPolygon", coordinates: geometry.coordinates.map((polygon) => polygon.map(ring)) };
}

function areaAndMiddle(ring: Position[]): { area: number; middle: [number, number] } {
  let [twice, x, y] = [0, 0, 0];
  const [ox, oy] = ring[0]! as [number, number];
  for (let index = 1; index < ring.length; index += 1) {
    const [ax, ay] = [ring[index - 1]![0]! - ox, ring[index - 1]![1]! - oy];
    const [bx, by] = [ring[index]![0]! - ox, ring[index]![1]! - oy];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return { area: Math.abs(twice) / 2, middle: twice === 0 ? [ox, oy] : [ox + x / (3 * twice), oy + y / (3 * twice)] };
}

/** Middle of the largest part: longitude, latitude. */
function middleOf(geometry: Polygon | MultiPolygon): [number, number] {
  const outer = geometry.type === "Polygon" ? [geometry.coordinates[0]!] : geometry.coordinates.map((part) => part[0]!);
  return outer.map(areaAndMiddle).sort((left, right) => right.area - left.area)[0]!.middle;
}

export interface KnownMunicipality {
  id: string;
  name: string;
  label: string;
  population: number;
  parentId: string | null;
  otherCountyIds: string[];
  boundary: unknown;
  boundaryApproximate: boolean;
}

export interface PlannedPlace {
  id: string;
  name: string;
  label: string;
  countyId: string;
  /** Whether its outline stands in for one that is not known. */
  approximate: boolean;
  /** Counties it lies in beside that one. */
  otherCountyIds: string[];
  /** 0: not known. */
  population: number;
  landSqKm: number;
  timeZone: string;
  latitude: number;
  longitude: number;
  boundary: Polygon | MultiPolygon;
}

export interface PlannedFeature {
  position: number;
  subject: string;
  result: "new" | "changed" | "unchanged" | "rejected" | "skipped";
  why: string;
  data?: PlannedPlace;
}

export interface PlaceContext {
  counties: readonly CountyOutline[];
  known: ReadonlyMap<string, KnownMunicipality>;
  seen: Map<string, number>;
}

/** What Census calls the places people incorporate or that it names itself (LSAD), in the order they are looked for. */
const LABELS = [
  "charter township", "city and borough", "consolidated government", "metro government", "metropolitan government",
  "unified government", "urban county", "zona urbana", "comunidad", "city", "town", "village", "borough", "municipality",
  "township", "plantation", "gore", "grant", "location", "purchase", "CDP",
]; // prettier-ignore
const LABEL = new RegExp(`^(.+?)[ ,]+(${LABELS.join("|")})(?: \\(balance\\))?$`);

/** "Grand Island city" is the city of Grand Island; "Kansas City" alone is a name. Labels stand in small letters. */
function splitLabel(written: string): { name: string; label: string } {
  const [, name, label] = LABEL.exec(written) ?? [];
  return name && label ? { name, label: label === "CDP" ? "community" : label } : { name: written, label: "" };
}

/**
 * A Census GEOID in the forms it is published in: 3119595, 0600000US4400105140.
 * @returns seven digits of a place or ten of a county subdivision, or null
 */
export function readGeoid(text: string): string | null {
  return /^(?:\d{3}[0-9A-Z]{4}US)?(\d{7}|\d{10})$/.exec(text.trim())?.[1] ?? null;
}

/** What a place is called: a word of its own, or the last of "Grand Island city". */
function readLabel(text: string): string {
  return splitLabel(text).label || (splitLabel(`x ${text.toLowerCase()}`).label === "" ? "" : text.toLowerCase());
}

/** What becomes of one feature. */
export function planFeature(
  feature: Feature,
  position: number,
  mapping: Mapping,
  { counties, known, seen }: PlaceContext,
): PlannedFeature {
  const property = (name: string | undefined) => {
    const value = name ? feature.properties?.[name] : undefined;
    return value === null || value === undefined ? "" : cleanText(String(value)).replace(/\s+/g, " ").trim();
  };
  const written = splitLabel(property(mapping.name));
  const { name } = written;
  const givenCode = property(mapping.code);
  const subject = name || givenCode || `feature ${position}`;
  const no = (why: string): PlannedFeature => ({ position, subject, result: "rejected", why });
  if (name === "" || /not defined/i.test(name) || /0{5}$/.test(givenCode)) {
    return { position, subject, result: "skipped", why: "It is water, or a place without a name." };
  }
  if (name.length > 80) return no("Its name has more than 80 characters.");
  const forbidden = findForbidden(name);
  if (forbidden) return no(forbidden);
  if (findTypedNumbers(name).length > 0) return no("Its name holds a phone number.");
  const code = readGeoid(givenCode);
  if (code === null)
    return no(`“${givenCode.slice(0, 30)}” is no Census GEOID of a city or town: 10 digits, or 7 for a place.`);
  const before = seen.get(code);
  if (before !== undefined) return no(`Feature ${before} has the same code.`);
  seen.set(code, position);
  const problem = geometryProblem(feature.geometry);
  if (problem) return no(problem);
  const old = known.get(code);
  const standIn = feature.properties?.[STAND_IN] === true;
  // A stand-in never takes the place of an outline that is known.
  const kept = standIn && old?.boundary && !old.boundaryApproximate;
  const boundary = kept
    ? (old.boundary as Polygon | MultiPolygon)
    : rounded(feature.geometry as Polygon | MultiPolygon);
  const middle = middleOf(boundary);
  const found = findCounties({ code, name, outline: boundary, middle }, counties);
  if (typeof found === "string") return no(found);
  const { home: county } = found;
  const isRound = standIn && !kept;
  // What a circle drawn around a point crosses is no county of the place, and its stations would be told that 911 fails there.
  const others = isRound ? [] : found.others.map(({ id }) => id);
  const note =
    isRound && found.others.length > 0
      ? "Its outline is drawn round, so it is in this county alone until a real one is imported."
      : found.note;
  if (!county.allowed) return no(`${formatCounty(county)}, ${county.stateCode}, is not in your agency's area.`);
  const population = Number(property(mapping.population).replaceAll(",", "")) || old?.population || 0;
  const label = readLabel(property(mapping.label)) || written.label || old?.label || "town";
  const [longitude, latitude] = middle;
  const data = {
    id: code,
    name,
    label,
    countyId: county.id,
    approximate: isRound,
    otherCountyIds: others,
    population,
    landSqKm: Number((area(boundary) / 1e6).toFixed(2)),
    timeZone: timeZoneAt(latitude, longitude),
    latitude: Number(latitude.toFixed(4)),
    longitude: Number(longitude.toFixed(4)),
    boundary,
  };
  if (!old) return { position, subject, result: "new", why: `In ${formatCounty(county)}. ${note}`.trim(), data };
  const changed = [
    ...(old.name === name ? [] : [`name, was ${old.name}`]),
    ...(old.label === label ? [] : ["what it is"]),
    ...(old.population === population ? [] : ["people"]),
    ...(old.parentId === county.id ? [] : ["county"]),
    ...(old.otherCountyIds.join() === data.otherCountyIds.join() ? [] : ["the other counties it lies in"]),
    ...(JSON.stringify(old.boundary) === JSON.stringify(boundary) ? [] : ["outline"]),
  ];
  return changed.length === 0
    ? { position, subject, result: "unchanged", why: "", data }
    : { position, subject, result: "changed", why: `Changes ${changed.join(", ")}. ${note}`.trim(), data };
}
