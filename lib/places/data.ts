import "server-only";
import type { MultiPolygon, Polygon } from "geojson";
import type { Actor } from "../access/actor";
import { can } from "../access/actor";
import { boundaryFromAtlas } from "./atlas";
import { db, type Reader } from "../platform/db";
import { PlaceIndex } from "./place-index";
import { drawMap, type MapShapes } from "./map";
import { formatCounty } from "./county-kinds";
import { nameApart } from "./namesakes";

const WIDTH = 600;
/** Beyond this a page with every outline is too heavy for a phone; the map then shows counties. */
export const MOST_TOWNS = 1000;
let drawn: { key: string; shapes: MapShapes } | undefined;

/** What can be alerted, and the counties and states that have any here. */
const WITH_ALERTABLE = {
  OR: [
    { alertable: true },
    { kind: "county", children: { some: { alertable: true } } },
    { kind: "state", children: { some: { OR: [{ alertable: true }, { children: { some: { alertable: true } } }] } } },
  ],
};

/** Every city and town as a list to pick from, with counties. */
export async function listPlaces(actor: Actor) {
  if (!can(actor, "incident:read"))
    return { state: null, counties: [], areas: [], towns: [], aliases: [], countiesElsewhere: [] };
  const rows = await db().place.findMany({
    where: WITH_ALERTABLE,
    select: {
      id: true,
      kind: true,
      name: true,
      label: true,
      parentId: true,
      population: true,
      stateName: true,
      stateCode: true,
      alertable: true,
    },
    orderBy: { name: "asc" },
  });
  const countyNames = new Map(rows.flatMap((row) => (row.kind === "county" ? [[row.id, formatCounty(row)]] : [])));
  const names = nameApart(
    rows.filter(({ alertable }) => alertable),
    countyNames,
  );
  const settled = new Set(
    rows.flatMap(({ kind, parentId }) => (kind === "municipality" && parentId ? [parentId] : [])),
  );
  /** A county with cities and towns here is alerted for the rest of it. */
  const nameUnit = ({ id, kind, name }: (typeof rows)[number]) =>
    kind === "county" && settled.has(id)
      ? `${formatCounty({ id, name })}, outside its cities and towns`
      : (names.get(id) ?? name);
  const aliases = await db().placeAlias.findMany({ orderBy: { name: "asc" } });
  const state = rows.find(({ kind }) => kind === "state");
  const elsewhere = await db().place.findMany({
    where: { kind: "county", id: { notIn: [...countyNames.keys()] } },
    select: { name: true },
    distinct: ["name"],
  });
  const areas = await db().place.findMany({
    where: { kind: { in: ["psap", "custom"] } },
    select: { id: true, name: true, members: { select: { placeId: true } } },
    orderBy: { name: "asc" },
  });
  /** What an alert for an area is for: its members, and all within a county or state that is one. */
  const unitsOf = (members: ReadonlySet<string>) =>
    rows
      .filter(
        ({ id, alertable, parentId }) =>
          alertable && [id, parentId, id.slice(0, 2)].some((one) => members.has(one ?? "")),
      )
      .map(({ id }) => id);
  return {
    state: state ? { id: state.id, name: state.name, code: state.stateCode } : null,
    aliases: aliases.map(({ name, placeId }) => ({ name, placeId })),
    countiesElsewhere: elsewhere.map(({ name }) => name),
    counties: rows.filter(({ kind }) => kind === "county").map(({ id, name }) => ({ id, name })),
    areas: areas.map(({ id, name, members }) => ({
      id,
      name,
      placeIds: unitsOf(new Set(members.map(({ placeId }) => placeId))),
    })),
    towns: rows
      .filter(({ alertable }) => alertable)
      .map((place) => ({
        id: place.id,
        name: nameUnit(place),
        label: place.label,
        countyId: place.kind === "county" ? place.id : (place.parentId ?? ""),
        population: place.population,
      })),
  };
}

/** Areas made of places, with what each is made of and how many numbers it has. */
export async function listAreas(actor: Actor) {
  if (!can(actor, "directory:read")) return [];
  const rows = await db().place.findMany({
    where: { kind: { in: ["psap", "custom"] } },
    select: {
      id: true,
      kind: true,
      name: true,
      population: true,
      serveOrder: true,
      parent: { select: { name: true, kind: true } },
      members: { select: { place: { select: { id: true, name: true, kind: true, stateCode: true } } } },
      _count: { select: { numbers: { where: { retiredAt: null } } } },
    },
    orderBy: { name: "asc" },
  });
  return rows.map(({ members, _count, ...area }) => ({
    ...area,
    numbers: _count.numbers,
    places: members
      .map(({ place }) => (place.kind === "county" ? formatCounty(place) : `${place.name}, ${place.stateCode}`))
      .sort(),
  }));
}

export type Area = Awaited<ReturnType<typeof listAreas>>[number];

export type PlaceList = Awaited<ReturnType<typeof listPlaces>>;

/** Town and county outlines as SVG paths. They change only by an import, so they are drawn once. */
export async function getMap(actor: Actor): Promise<MapShapes> {
  if (!can(actor, "incident:read") && !can(actor, "directory:read")) return { width: WIDTH, height: 1, paths: {} };
  const imports = await db().directoryImport.count({ where: { kind: "places", state: "applied" } });
  const count = await db().place.count({ where: { kind: "municipality" } });
  const key = `${imports} ${count}`;
  if (drawn?.key === key) return drawn.shapes;
  const rows = await db().place.findMany({
    where: { ...WITH_ALERTABLE, kind: { in: count > MOST_TOWNS ? ["county"] : ["municipality", "county"] } },
    select: { id: true, boundary: true },
  });
  const shapes = drawMap(
    rows.flatMap(({ id, boundary }) => {
      const geometry = (boundary as unknown as Polygon | MultiPolygon | null) ?? boundaryFromAtlas(id);
      return geometry ? [{ id, geometry }] : [];
    }),
    WIDTH,
  );
  drawn = { key, shapes };
  return shapes;
}

/**
 * The one place that a name or a Census GEOID means, or a sentence why it means none. For callers that have checked the actor.
 * @param among ids of the places that can be meant
 */
export async function findPlace(client: Reader, text: string, among: readonly string[]) {
  const written = text.trim();
  const places = await client.place.findMany({
    where: { retiredAt: null, id: { in: [...among] } },
    include: { parent: { select: { name: true } } },
    omit: { boundary: true, phoneOutline: true },
  });
  const found = PlaceIndex.ofRows(places).find(/^\d+$/.test(written) ? { code: written } : { name: written });
  if ("why" in found) return found;
  const place = places.find(({ id }) => id === found.place.id);
  return place ? { place } : { why: "There is no such place." };
}
