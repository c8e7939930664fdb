import { circle } from "@turf/circle";
import type { Feature, Position } from "geojson";

/**
 * Places from a gazetteer text of the Census: names, codes, land and a point
 * inside, and no outline. Each gets a round one of its own size around its
 * point, marked approximate wherever it shows, until a real one is imported.
 * Pure.
 */

/** Corners of a round outline: within what phones take. */
const STEPS = 24;
const SEPARATOR = /\t|\|/;

/** What a feature whose outline stands in for an unknown one is marked by. It is no property of the file. */
export const STAND_IN = "APPROXIMATE";

const columnsOf = (line: string) => line.split(SEPARATOR).map((cell) => cell.trim());

/** Whether a text is a gazetteer: its first line names a code and a point. */
export function isGazetteer(text: string): boolean {
  const columns = columnsOf(text.slice(0, 2000).split(/\r?\n/, 1)[0] ?? "");
  return ["GEOID", "NAME", "INTPTLAT", "INTPTLONG", "ALAND"].every((name) => columns.includes(name));
}

/** A round outline of so many square meters. */
function roundOutline(latitude: number, longitude: number, squareMeters: number): Feature["geometry"] {
  const km = Math.sqrt(Math.max(squareMeters, 10_000) / Math.PI) / 1000;
  const { geometry } = circle([longitude, latitude], km, { steps: STEPS });
  const ring = (geometry.coordinates[0] ?? []) as Position[];
  return {
    type: "Polygon",
    coordinates: [ring.map(([x, y]) => [Number(x?.toFixed(6)), Number(y?.toFixed(6))])],
  };
}

/** The places of a gazetteer as features; one without a point has no outline, and is refused by name later. */
export function readGazetteer(text: string): Feature[] {
  const [heading = "", ...lines] = text.split(/\r?\n/);
  const at = new Map(columnsOf(heading).map((name, index) => [name, index]));
  return lines
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const cells = columnsOf(line);
      const cell = (name: string) => cells[at.get(name) ?? -1] ?? "";
      const [latitude, longitude, land] = ["INTPTLAT", "INTPTLONG", "ALAND"].map((name) => Number(cell(name)));
      const known = [latitude, longitude].every(
        (value) => value !== undefined && Number.isFinite(value) && value !== 0,
      );
      return {
        type: "Feature",
        properties: { NAME: cell("NAME"), GEOID: cell("GEOID"), [STAND_IN]: true },
        geometry: (known ? roundOutline(latitude ?? 0, longitude ?? 0, land ?? 0) : null) as Feature["geometry"],
      };
    });
}
