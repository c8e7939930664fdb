import "server-only";
import type { MultiPolygon, Polygon } from "geojson";
import { renewAlertable } from "../../places/commands/renew-alertable";
import { writeArea } from "../../places/commands/save-area";
import { findNeighbors } from "../../places/neighbors";
import { shortenName } from "../../places/short-name";
import type { Prisma, Transaction } from "../../platform/db";
import type { Touched } from "../../record/seals";
import { simplifyTogether } from "../../standards/geometry/simplify";
import type { PlannedArea } from "../area-plan";
import type { PlannedPlace } from "../place-plan";
import type { PlannedPeople } from "../population-plan";
import type { PlannedZips } from "../zip-plan";
import { type Importer, placesOf } from "./importer";

/** As a preview keeps it; one of an earlier version has fewer fields. */
type Later = "approximate" | "otherCountyIds" | "timeZone" | "landSqKm";
type StoredPlace = Omit<PlannedPlace, Later> & Partial<Pick<PlannedPlace, Later>>;

type StoredRow = StoredPlace | PlannedPeople | PlannedZips | PlannedArea;

/** How many rows were written, and which rows the log seals; or why none may be. */
export type Applied = { written: number; touched?: Touched } | { why: string };

export async function applyPlaces(transaction: Transaction, importer: Importer, id: string): Promise<Applied> {
  const rows = await transaction.importRow.findMany({ where: { importId: id, result: { in: ["new", "changed"] } } });
  const planned = rows.map(({ data }) => data as unknown as StoredRow);
  const covered = await placesOf(transaction, importer, "place:import");
  const places = planned.filter((row): row is StoredPlace => "boundary" in row);
  const problem =
    (await writePlaces(transaction, places, covered)) ??
    (await writePeople(
      transaction,
      planned.filter((row): row is PlannedPeople => "people" in row),
      covered,
    )) ??
    (await writeZips(
      transaction,
      planned.filter((row): row is PlannedZips => "zips" in row),
      covered,
    ));
  if (problem) return { why: problem };
  const areas = await writeAreas(
    transaction,
    planned.filter((row): row is PlannedArea => "area" in row),
    covered,
  );
  if (typeof areas === "string") return { why: areas };
  return { written: planned.length, ...(areas.length > 0 ? { touched: { area: areas } } : {}) };
}

/** Why nothing is written when someone lost places since the preview was made. */
export const GONE = "A place in it is no longer in your agency's area. Nothing was written.";
const allow = (covered: ReadonlySet<string> | undefined, ids: readonly string[]) =>
  covered === undefined || ids.every((place) => covered.has(place));

async function writePeople(
  transaction: Transaction,
  rows: readonly PlannedPeople[],
  covered: ReadonlySet<string> | undefined,
): Promise<string | undefined> {
  if (rows.length === 0) return undefined;
  if (
    !allow(
      covered,
      rows.map(({ id }) => id),
    )
  )
    return GONE;
  await transaction.$executeRaw`
    update "Place" r set population = row.people
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(id text, people int) where r.id = row.id`;
  return undefined;
}

async function writeZips(
  transaction: Transaction,
  rows: readonly PlannedZips[],
  covered: ReadonlySet<string> | undefined,
): Promise<string | undefined> {
  if (rows.length === 0) return undefined;
  const ids = rows.map(({ id }) => id);
  if (!allow(covered, ids)) return GONE;
  await transaction.placeZip.deleteMany({ where: { placeId: { in: ids } } });
  await transaction.placeZip.createMany({
    data: rows.flatMap(({ id, zips }) => zips.map((zip) => ({ placeId: id, zip }))),
  });
  return undefined;
}

async function writeAreas(
  transaction: Transaction,
  rows: readonly PlannedArea[],
  covered: ReadonlySet<string> | undefined,
): Promise<string[] | string> {
  const placeIds = [...new Set(rows.flatMap(({ area }) => area.placeIds))];
  if (!allow(covered, placeIds)) return GONE;
  const places = new Map(
    (await transaction.place.findMany({ where: { id: { in: placeIds }, retiredAt: null } })).map((place) => [
      place.id,
      place,
    ]),
  );
  if (places.size < placeIds.length) return "A place in it was retired meanwhile. Nothing was written. Give it again.";
  const ids: string[] = [];
  for (const { area } of rows) {
    const written = await writeArea(transaction, { ...area, places: area.placeIds.map((id) => places.get(id)!) });
    ids.push(written.id);
  }
  return ids;
}

async function writePlaces(
  transaction: Transaction,
  places: readonly StoredPlace[],
  covered: ReadonlySet<string> | undefined,
): Promise<string | undefined> {
  if (places.length === 0) return undefined;
  const countyIds = [...new Set(places.map(({ countyId }) => countyId))];
  // Where a place was before is touched as well.
  const before = await transaction.place.findMany({
    where: { id: { in: places.map(({ id: placeId }) => placeId) } },
    select: { parentId: true },
  });
  const touched = [...new Set([...countyIds, ...before.flatMap(({ parentId }) => parentId ?? [])])];
  if (!allow(covered, countyIds)) return GONE;
  const counties = new Map(
    (await transaction.place.findMany({ where: { id: { in: countyIds } } })).map((county) => [county.id, county]),
  );
  for (const place of places) {
    const { stateName, stateCode, sameCode, timeZone } = counties.get(place.countyId)!;
    // Outline, county, codes and middle move together.
    const drawn = {
      name: place.name,
      label: place.label,
      shortName: shortenName(place.name),
      population: place.population,
      latitude: place.latitude,
      longitude: place.longitude,
      parentId: place.countyId,
      // An import that an earlier version read did not ask for these.
      otherCountyIds: place.otherCountyIds ?? [],
      timeZone: place.timeZone ?? timeZone,
      landSqKm: place.landSqKm ?? null,
      stateName,
      stateCode,
      sameCode,
      alertable: true,
      retiredAt: null,
      mergedIntoId: null,
      boundary: place.boundary as unknown as Prisma.InputJsonObject,
      boundaryApproximate: place.approximate ?? false,
    };
    await transaction.place.upsert({
      where: { id: place.id },
      update: drawn,
      create: {
        ...drawn,
        id: place.id,
        kind: "municipality",
      },
    });
  }
  await renewNeighbors(transaction, touched);
  await renewPhoneOutlines(transaction, [...new Set([...counties.values()].map(({ stateCode }) => stateCode))]);
  await renewAlertable(transaction, touched);
  return undefined;
}

/** Works out again which cities and towns of these counties, and of those around them, touch. */
async function renewNeighbors(transaction: Transaction, countyIds: readonly string[]): Promise<void> {
  const counties = await transaction.place.findMany({
    where: { id: { in: [...countyIds] } },
    select: { neighborIds: true },
  });
  const around = [...new Set([...countyIds, ...counties.flatMap(({ neighborIds }) => neighborIds)])];
  const towns = await loadOutlined(transaction, { parentId: { in: around } });
  const found = findNeighbors(towns);
  const inside = new Set(countyIds);
  const renewed = towns
    .filter(({ parentId }) => inside.has(parentId ?? ""))
    .map(({ id }) => ({ id, neighbors: found.get(id) ?? [] }));
  await transaction.$executeRaw`
    update "Place" r set "neighborIds" = array(select jsonb_array_elements_text(row.neighbors))
    from jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb) as row(id text, neighbors jsonb) where r.id = row.id`;
}

/**
 * Simplifies the outlines of all cities and towns of a state together, so that
 * borders which two share stay one.
 */
async function renewPhoneOutlines(transaction: Transaction, stateCodes: readonly string[]): Promise<void> {
  for (const stateCode of stateCodes) {
    const towns = await loadOutlined(transaction, { stateCode });
    const renewed = [...simplifyTogether(towns)].map(([id, rings]) => ({ id, rings }));
    await transaction.$executeRaw`
      update "Place" r set "phoneOutline" = row.rings
      from jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb) as row(id text, rings jsonb)
      where r.id = row.id and r."phoneOutline" is distinct from row.rings`;
  }
}

async function loadOutlined(transaction: Transaction, where: Prisma.PlaceWhereInput) {
  const towns = await transaction.place.findMany({
    where: { ...where, kind: "municipality", retiredAt: null },
    select: { id: true, parentId: true, boundary: true },
  });
  return towns.flatMap(({ boundary, ...town }) =>
    boundary ? [{ ...town, geometry: boundary as unknown as Polygon | MultiPolygon }] : [],
  );
}
