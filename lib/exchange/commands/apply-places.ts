import "server-only";
import { findNeighbors } from "../../places/neighbors";
import { shortenName } from "../../places/short-name";
import type { Prisma, Transaction } from "../../platform/db";
import type { PlannedPlace } from "../place-plan";
import { type Importer, placesOf } from "./importer";

export async function applyPlaces(transaction: Transaction, importer: Importer, id: string): Promise<number | string> {
  const rows = await transaction.importRow.findMany({ where: { importId: id, result: { in: ["new", "changed"] } } });
  const places = rows.map(({ data }) => data as unknown as PlannedPlace);
  const countyIds = [...new Set(places.map(({ countyId }) => countyId))];
  const covered = await placesOf(transaction, importer, "place:import");
  if (covered && countyIds.some((county) => !covered.has(county))) {
    return "A county in it is no longer in your agency's area. Nothing was written.";
  }
  const counties = new Map(
    (await transaction.place.findMany({ where: { id: { in: countyIds } } })).map((county) => [county.id, county]),
  );
  for (const { id: placeId, name, label, countyId, population, latitude, longitude, boundary } of places) {
    const { stateName, stateCode, sameCode, timeZone } = counties.get(countyId)!;
    const drawn = {
      name,
      label,
      population,
      boundary: boundary as unknown as Prisma.InputJsonObject,
      boundaryApproximate: false,
    };
    await transaction.place.upsert({
      where: { id: placeId },
      update: drawn,
      create: {
        ...drawn,
        id: placeId,
        kind: "municipality",
        shortName: shortenName(name),
        parentId: countyId,
        latitude,
        longitude,
        stateName,
        stateCode,
        sameCode,
        timeZone,
      },
    });
  }
  await renewNeighbors(transaction, countyIds);
  return places.length;
}

/** Works out again which municipalities of these counties, and of those around them, touch. */
async function renewNeighbors(transaction: Transaction, countyIds: readonly string[]): Promise<void> {
  const counties = await transaction.place.findMany({
    where: { id: { in: [...countyIds] } },
    select: { neighborIds: true },
  });
  const around = [...new Set([...countyIds, ...counties.flatMap(({ neighborIds }) => neighborIds)])];
  const towns = await transaction.place.findMany({
    where: { kind: "municipality", parentId: { in: around } },
    select: { id: true, parentId: true, boundary: true },
  });
  const found = findNeighbors(
    towns.flatMap(({ id, boundary }) => (boundary ? [{ id, geometry: boundary as never }] : [])),
  );
  const inside = new Set(countyIds);
  const renewed = towns
    .filter(({ parentId }) => inside.has(parentId ?? ""))
    .map(({ id }) => ({ id, neighbors: found.get(id) ?? [] }));
  await transaction.$executeRaw`
    update "Place" r set "neighborIds" = array(select jsonb_array_elements_text(row.neighbors))
    from jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb) as row(id text, neighbors jsonb) where r.id = row.id`;
}
