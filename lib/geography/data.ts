import "server-only";
import type { MultiPolygon, Polygon } from "geojson";
import type { Actor } from "../auth/actor";
import { can } from "../auth/actor";
import { db } from "../platform/db";
import { drawMap, type MapShapes } from "./map";

const WIDTH = 600;
let drawn: { key: string; shapes: MapShapes } | undefined;

/** Every city and town as a list to pick from, with counties. */
export async function listPlaces(actor: Actor) {
  if (!can(actor, "incident:read")) return { state: null, counties: [], towns: [] };
  const rows = await db().region.findMany({
    select: { id: true, kind: true, name: true, label: true, parentId: true, population: true, stateName: true },
    orderBy: { name: "asc" },
  });
  const state = rows.find(({ kind }) => kind === "state");
  return {
    state: state ? { id: state.id, name: state.name } : null,
    counties: rows.filter(({ kind }) => kind === "county").map(({ id, name }) => ({ id, name })),
    towns: rows
      .filter(({ kind }) => kind === "municipality")
      .map(({ id, name, label, parentId, population }) => ({ id, name, label, countyId: parentId ?? "", population })),
  };
}

export type PlaceList = Awaited<ReturnType<typeof listPlaces>>;

/** Town and county outlines as SVG paths. They change only by an import, so they are drawn once. */
export async function getMap(actor: Actor): Promise<MapShapes> {
  if (!can(actor, "incident:read") && !can(actor, "directory:read")) return { width: WIDTH, height: 1, paths: {} };
  const stamp = await db().region.aggregate({ _count: true, _max: { id: true } });
  const key = JSON.stringify(stamp);
  if (drawn?.key === key) return drawn.shapes;
  const rows = await db().region.findMany({
    where: { kind: { in: ["municipality", "county"] } },
    select: { id: true, boundary: true },
  });
  const shapes = drawMap(
    rows.flatMap(({ id, boundary }) =>
      boundary ? [{ id, geometry: boundary as unknown as Polygon | MultiPolygon }] : [],
    ),
    WIDTH,
  );
  drawn = { key, shapes };
  return shapes;
}
