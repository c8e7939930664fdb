import "server-only";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { loadOutlines } from "../../directory/data";
import { formatPlace } from "../../places/county-kinds";
import { PlaceIndex } from "../../places/place-index";
import type { Prisma, PrismaClient } from "../../platform/db";
import { type AreaContext, areaKey, type AreaMaterial, cellsOf, planArea } from "../area-plan";
import type { CountyOutline } from "../counties-of";
import { isOfPlaces, type Mapping, type PlaceFile, readPlaceFile } from "../place-file";
import { planFeature } from "../place-plan";
import { planPopulation } from "../population-plan";
import { planZips } from "../zip-plan";
import { type Importer, placesOf } from "./importer";
import type { PlannedRow, Preview } from "./preview";

interface Planned {
  position: number;
  subject: string;
  result: PlannedRow["result"];
  why: string;
  data?: object;
}
/** Ids of the places a person may import; undefined for all. */
type Covered = ReadonlySet<string> | undefined;
type Planner = (feature: Feature, position: number) => Planned;

/** Counties with their outlines; those of the atlas where no other is known. */
async function loadCounties(client: PrismaClient, covered: Covered): Promise<CountyOutline[]> {
  const rows = await client.place.findMany({ where: { kind: "county" } });
  const outlines = new Map(
    (
      await loadOutlines(
        client,
        rows.map(({ id }) => id),
      )
    ).map(({ id, geometry }) => [id, geometry]),
  );
  return rows.flatMap(({ id, name, stateName, stateCode, sameCode, timeZone }) => {
    const geometry = outlines.get(id);
    const allowed = covered === undefined || covered.has(id);
    return geometry ? [{ id, name, stateName, stateCode, sameCode, timeZone, geometry, allowed }] : [];
  });
}

async function planMunicipalities(client: PrismaClient, covered: Covered, mapping: Mapping): Promise<Planner> {
  const [counties, known] = await Promise.all([
    loadCounties(client, covered),
    client.place.findMany({ where: { kind: "municipality" } }),
  ]);
  const context = { counties, known: new Map(known.map((place) => [place.id, place])), seen: new Map() };
  return (feature, position) => planFeature(feature, position, mapping, context);
}

async function planPeople(client: PrismaClient, covered: Covered, mapping: Mapping): Promise<Planner> {
  const rows = await client.place.findMany({
    where: { kind: "municipality", retiredAt: null },
    select: { id: true, name: true, population: true },
  });
  const known = new Map(rows.map(({ id, ...row }) => [id, { ...row, allowed: covered?.has(id) ?? true }]));
  const seen = new Map<string, number>();
  return (feature, position) => planPopulation(feature, position, mapping, known, seen);
}

async function planZipCodes(client: PrismaClient, covered: Covered): Promise<Planner> {
  const rows = await client.place.findMany({
    where: { kind: { in: ["municipality", "county"] }, retiredAt: null },
    select: { id: true, name: true, kind: true, stateCode: true, zips: { select: { zip: true } } },
  });
  const known = new Map(
    rows.map(({ zips, ...place }) => [
      place.id,
      { name: formatPlace(place), zips: zips.map(({ zip }) => zip), allowed: covered?.has(place.id) ?? true },
    ]),
  );
  return (feature, position) => planZips(feature, position, known);
}

/** Counties that several centers of a list are in: it does not say which town each serves. */
function countiesOfSeveral(features: readonly Feature[], index: PlaceIndex): Set<string> {
  const centers = new Map<string, number>();
  for (const feature of features) {
    const cell = cellsOf(feature);
    const found = index.find({ name: cell("county"), state: cell("state"), counties: true });
    if ("place" in found) centers.set(found.place.id, (centers.get(found.place.id) ?? 0) + 1);
  }
  return new Set([...centers].flatMap(([id, count]) => (count > 1 ? [id] : [])));
}

/** Cities, towns and counties with their outlines, and with their states the rows these come from. */
export async function loadAreaMaterial(client: PrismaClient, covered: Covered) {
  const [rows, counties] = await Promise.all([
    client.place.findMany({
      where: { kind: { in: ["municipality", "county", "state"] }, retiredAt: null },
      include: { parent: { select: { name: true } } },
    }),
    loadCounties(client, covered),
  ]);
  const outlines = new Map(counties.map(({ id, geometry }) => [id, geometry]));
  const places = rows
    .filter(({ kind }) => kind !== "state")
    .map(({ parent, boundary, ...place }): AreaMaterial => ({
      ...place,
      parentName: parent?.name ?? null,
      geometry: (boundary as unknown as Polygon | MultiPolygon | null) ?? outlines.get(place.id) ?? null,
      allowed: covered?.has(place.id) ?? true,
    }));
  return { rows, places };
}

async function planAreas(
  client: PrismaClient,
  covered: Covered,
  mapping: Mapping,
  { holds, features }: PlaceFile,
): Promise<Planner> {
  const [{ rows, places }, areas] = await Promise.all([
    loadAreaMaterial(client, covered),
    client.place.findMany({ where: { kind: { in: ["psap", "custom"] } }, include: { members: true } }),
  ]);
  const index = PlaceIndex.ofRows(rows);
  const context: AreaContext = {
    places,
    index,
    known: new Map(
      areas.map(({ id, kind, name, stateCode, members }) => [
        areaKey(kind, name, stateCode),
        { id, placeIds: members.map(({ placeId }) => placeId) },
      ]),
    ),
    shared: holds === "centers" ? countiesOfSeveral(features, index) : new Set(),
    seen: new Map(),
  };
  return (feature, position) => planArea(feature, position, mapping, holds, context);
}

export async function planPlaces(
  client: PrismaClient,
  importer: Importer,
  bytes: Uint8Array,
  mapping: Mapping,
  preview: Preview,
): Promise<void> {
  const file = readPlaceFile(bytes);
  const covered = await placesOf(client, importer, "place:import");
  const asAreas =
    file.holds === "centers" || (isOfPlaces(file.holds) && (mapping.as ?? "municipality") !== "municipality");
  const plan = asAreas
    ? await planAreas(client, covered, mapping, file)
    : file.holds === "people"
      ? await planPeople(client, covered, mapping)
      : file.holds === "zips"
        ? await planZipCodes(client, covered)
        : await planMunicipalities(client, covered, mapping);
  const { features } = file;
  for (let from = 0; from < features.length; from += 100) {
    const planned = features.slice(from, from + 100).map((feature, index) => plan(feature, from + index + 1));
    await preview.add(
      planned.map(({ result, why, subject, position, data }) => ({
        result,
        why,
        subject,
        data: { line: position, ...data } as unknown as Prisma.InputJsonObject,
      })),
      features.length,
    );
  }
}
