import { area } from "@turf/area";
import { booleanPointInPolygon } from "@turf/boolean-point-in-polygon";
import { feature, featureCollection, point, polygon } from "@turf/helpers";
import { intersect } from "@turf/intersect";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { type Geom, union } from "polyclip-ts";
import { findTypedNumbers } from "../directory/typed-numbers";
import { cleanText, findForbidden } from "../platform/clean-text";
import { formatPlace } from "../places/county-kinds";
import { PlaceIndex, type IndexedPlace } from "../places/place-index";
import { simplifyAlone } from "../standards/geometry/simplify";
import { boxOf, knownBox, overlap } from "./counties-of";
import type { Mapping, PlaceFile } from "./place-file";
import { geometryProblem } from "./place-plan";

/**
 * Areas made of places, such as what a dispatch center serves: from an outline,
 * by which cities, towns and counties lie in it, or from the registry of 911
 * centers, by the county each is in. Pure.
 */

/** An outline holds a place when this much of the place's land lies in it; borders of two sources differ. */
const HELD = 0.8;
/** A place with more than this inside is named when it is left out. */
const TOUCHED = 0.1;
/** Names of places that are left out, in one sentence. */
const MOST_NAMED = 6;

export interface AreaMaterial extends IndexedPlace {
  geometry: Polygon | MultiPolygon | null;
  latitude: number;
  longitude: number;
  /** Whether the person may make areas of it. */
  allowed: boolean;
}

export interface PlannedArea {
  area: { id?: string; kind: "psap" | "custom"; name: string; placeIds: string[] };
}

export interface PlannedAreaRow {
  position: number;
  subject: string;
  result: "new" | "changed" | "unchanged" | "rejected" | "skipped";
  why: string;
  data?: PlannedArea;
}

export interface AreaContext {
  /** Cities, towns and counties. */
  places: readonly AreaMaterial[];
  index: PlaceIndex;
  /** Areas that are here, by kind, name and state. */
  known: ReadonlyMap<string, { id: string; placeIds: readonly string[] }>;
  /** Counties in which the registry has more than one center. */
  shared: ReadonlySet<string>;
  seen: Map<string, number>;
}

export const areaKey = (kind: string, name: string, stateCode: string) => `${kind} ${stateCode} ${name.toLowerCase()}`;

const rough = new WeakMap<object, Polygon | MultiPolygon>();
/** An outline without the corners that no share of land depends on. */
function roughly(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const known = rough.get(geometry);
  if (known) return known;
  const made: MultiPolygon = {
    type: "MultiPolygon",
    coordinates: simplifyAlone(geometry).map((ring) => [ring]),
  };
  rough.set(geometry, made);
  return made;
}

/** How much of a place's land lies in an outline, 0 to 1. */
function shareIn(place: AreaMaterial, outline: Polygon | MultiPolygon): number {
  if (!place.geometry) return booleanPointInPolygon(point([place.longitude, place.latitude]), outline) ? 1 : 0;
  if (!overlap(knownBox(place.geometry), knownBox(outline))) return 0;
  const land = roughly(place.geometry);
  const rings = land.type === "Polygon" ? [land.coordinates] : land.coordinates;
  const inside = rings.reduce((sum, [ring]) => {
    const common = intersect(featureCollection([polygon([ring!]), feature(outline)]));
    return sum + (common ? area(common) : 0);
  }, 0);
  return inside / area(land);
}

function nameSome(places: readonly AreaMaterial[]): string {
  const more = places.length > MOST_NAMED ? ` and ${places.length - MOST_NAMED} more` : "";
  return `${places.slice(0, MOST_NAMED).map(formatPlace).join(", ")}${more}`;
}

/** The places an outline is made of, and what the person should know of those on its border. */
function findHeld(outline: Polygon | MultiPolygon, places: readonly AreaMaterial[]) {
  const box = boxOf(outline);
  const near = places.filter(({ geometry, longitude: x, latitude: y }) =>
    geometry ? overlap(knownBox(geometry), box) : x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3],
  );
  const shares = near.map((place) => ({ place, share: shareIn(place, outline) }));
  const held = shares.filter(({ share }) => share >= HELD).map(({ place }) => place);
  const counties = new Set(held.flatMap(({ kind, id }) => (kind === "county" ? [id] : [])));
  const partly = shares
    .filter(({ place, share }) => share > TOUCHED && share < HELD && place.kind !== "county")
    .map(({ place }) => place);
  // What lies in a county that is held is held with it.
  return { held: held.filter(({ parentId }) => !counties.has(parentId ?? "")), partly };
}

export interface InOutline {
  /** Places that lie in it. */
  held: string[];
  /** Places of which some lies in it, with how much of their land, 0 to 1, the most first. */
  partly: { id: string; share: number }[];
  /** Outlines that could not be used, in words for people. */
  problems: string[];
}

/** Which places lie in the outlines of a file, taken as one, such as what a carrier says is out. */
export function findInOutlines(features: readonly Feature[], places: readonly AreaMaterial[]): InOutline {
  const problems: string[] = [];
  const outlines = features.flatMap(({ geometry }, at) => {
    const problem = geometryProblem(geometry);
    if (problem) problems.push(`Outline ${at + 1}: ${problem}`);
    return problem ? [] : [geometry as Polygon | MultiPolygon];
  });
  const [first, ...others] = outlines.map(({ type, coordinates }) =>
    type === "Polygon" ? [coordinates] : coordinates,
  ) as Geom[];
  if (!first) return { held: [], partly: [], problems };
  const whole: MultiPolygon = { type: "MultiPolygon", coordinates: union(first, ...others) };
  const shares = places
    .map((place) => ({ id: place.id, share: shareIn(place, whole) }))
    .sort((left, right) => right.share - left.share);
  return {
    held: shares.filter(({ share }) => share >= HELD).map(({ id }) => id),
    partly: shares.filter(({ share }) => share > 0.005 && share < HELD),
    problems,
  };
}

type Members = { places: AreaMaterial[]; note: string } | { why: string; skipped?: true };

function membersByOutline(geometry: unknown, { places }: AreaContext): Members {
  const problem = geometryProblem(geometry);
  if (problem) return { why: problem };
  const { held, partly } = findHeld(geometry as Polygon | MultiPolygon, places);
  if (held.length === 0) {
    return partly.length > 0
      ? { why: `No place lies in it as a whole. Partly in it: ${nameSome(partly)}.` }
      : { why: "No place of this site lies in it.", skipped: true };
  }
  return { places: held, note: partly.length > 0 ? `Left out, partly in it: ${nameSome(partly)}.` : "" };
}

/** The registry says in which county a center is, and not which towns it serves. */
function membersByCounty(cell: (name: string) => string, { places, index, shared }: AreaContext): Members {
  const [county, state] = [cell("county"), cell("state")];
  const found = index.find({ name: county, state, counties: true });
  if ("why" in found) return { why: found.why };
  const place = places.find(({ id }) => id === found.place.id);
  if (!place) return { why: `${county}, ${state}, is no county of this site.`, skipped: true };
  if (shared.has(place.id)) {
    return {
      why: `The list has several centers in ${formatPlace(place)} and does not say which town each serves. Make their areas under Dispatch areas.`,
    };
  }
  return { places: [place], note: "" };
}

/** The cells of a row by the small letters of their heading. */
export const cellsOf = (row: Feature) => {
  const cells = new Map(Object.entries(row.properties ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return (name: string) => String(cells.get(name) ?? "").trim();
};

/** What becomes of one outline, or of one center of the registry. */
export function planArea(
  row: Feature,
  position: number,
  mapping: Mapping,
  holds: PlaceFile["holds"],
  context: AreaContext,
): PlannedAreaRow {
  const name = cleanText(String(row.properties?.[mapping.name] ?? ""))
    .replace(/\s+/g, " ")
    .trim();
  const subject = name || `feature ${position}`;
  const no = (why: string, result: "rejected" | "skipped" = "rejected") => ({ position, subject, result, why });
  if (name.length < 3 || name.length > 80) return no("An area’s name has 3 to 80 characters.");
  const forbidden = findForbidden(name);
  if (forbidden) return no(forbidden);
  if (findTypedNumbers(name).length > 0) return no("Its name holds a phone number.");
  // Of a center that the registry took off its list nobody answers.
  if (holds === "centers" && /^(?:d|o|delet|orphan)/i.test(cellsOf(row)("type of change")))
    return no("The list says that it no longer answers 911.", "skipped");
  const found = holds === "centers" ? membersByCounty(cellsOf(row), context) : membersByOutline(row.geometry, context);
  if ("why" in found) return no(found.why, found.skipped ? "skipped" : "rejected");
  const outside = found.places.find(({ allowed }) => !allowed);
  if (outside) return no(`${formatPlace(outside)}, ${outside.stateCode}, is not in your agency’s area.`);
  const kind = mapping.as === "custom" ? "custom" : "psap";
  const key = areaKey(kind, name, found.places[0]!.stateCode);
  const before = context.seen.get(key);
  if (before !== undefined) return no(`Feature ${before} has the same name.`);
  context.seen.set(key, position);
  const placeIds = found.places.map(({ id }) => id).sort();
  const old = context.known.get(key);
  const data = { area: { ...(old ? { id: old.id } : {}), kind, name, placeIds } } as const;
  const why = `Made of ${nameSome(found.places)}. ${found.note}`.trim();
  if (!old) return { position, subject, result: "new", why, data };
  return [...old.placeIds].sort().join() === placeIds.join()
    ? { position, subject, result: "unchanged", why: found.note, data }
    : { position, subject, result: "changed", why, data };
}
