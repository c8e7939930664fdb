import "server-only";
import type { MultiPolygon, Polygon } from "geojson";
import { renewAlertable } from "../../places/commands/renew-alertable";
import { findNeighbors } from "../../places/neighbors";
import { shortenName } from "../../places/short-name";
import type { Prisma, Transaction } from "../../platform/db";
import { simplifyTogether } from "../../standards/geometry/simplify";
import type { PlannedPlace } from "../place-plan";
import { type Importer, placesOf } from "./importer";

/** As a preview keeps it; one of an earlier version has fewer fields. */
type Later = "approximate" | "otherCountyIds" | "timeZone" | "landSqKm";
type StoredPlace = Omit<PlannedPlace, Later> & Partial<Pick<PlannedPlace, Later>>;

export async function applyPlaces(transaction: Transaction, importer: Importer, id: string): Promise<number | string> {
  const rows = await transaction.importRow.findMany({ where: { importId: id, result: { in: ["new", "changed"] } } });
  const places = rows.map(({ data }) => data as unknown as StoredPlace);
  const countyIds = [...new Set(places.map(({ countyId }) => countyId))];
  // Where a place was before is touched as well.
  const before = await transaction.place.findMany({
    where: { id: { in: places.map(({ id: placeId }) => placeId) } },
    select: { parentId: true },
  });
  const touched = [...new Set([...countyIds, ...before.flatMap(({ parentId }) => parentId ?? [])])];
  const covered = await placesOf(transaction, importer, "place:import");
  if (covered && countyIds.some((county) => !covered.has(county))) {
    return "A county in it is no longer in your agency's area. Nothing was written.";
  }
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
  return places.length;
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
