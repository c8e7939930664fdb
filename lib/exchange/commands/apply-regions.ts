import "server-only";
import { findNeighbours } from "../../places/neighbours";
import { shortenName } from "../../places/short-name";
import type { Prisma, Transaction } from "../../platform/db";
import type { PlannedRegion } from "../region-plan";
import { type Importer, regionsOf } from "./importer";

export async function applyRegions(transaction: Transaction, importer: Importer, id: string): Promise<number | string> {
  const rows = await transaction.importRow.findMany({ where: { importId: id, fate: { in: ["new", "changed"] } } });
  const regions = rows.map(({ data }) => data as unknown as PlannedRegion);
  const countyIds = [...new Set(regions.map(({ countyId }) => countyId))];
  const covered = await regionsOf(transaction, importer, "region:import");
  if (covered && countyIds.some((county) => !covered.has(county))) {
    return "A county in it is no longer in your agency's area. Nothing was written.";
  }
  const counties = new Map(
    (await transaction.region.findMany({ where: { id: { in: countyIds } } })).map((county) => [county.id, county]),
  );
  for (const { id: regionId, name, label, countyId, population, latitude, longitude, boundary } of regions) {
    const { stateName, stateCode, sameCode, timeZone } = counties.get(countyId)!;
    const drawn = {
      name,
      label,
      population,
      boundary: boundary as unknown as Prisma.InputJsonObject,
      boundaryApproximate: false,
    };
    await transaction.region.upsert({
      where: { id: regionId },
      update: drawn,
      create: {
        ...drawn,
        id: regionId,
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
  await renewNeighbours(transaction, countyIds);
  return regions.length;
}

/** Works out again which municipalities of these counties, and of those around them, touch. */
async function renewNeighbours(transaction: Transaction, countyIds: readonly string[]): Promise<void> {
  const counties = await transaction.region.findMany({
    where: { id: { in: [...countyIds] } },
    select: { neighbourIds: true },
  });
  const around = [...new Set([...countyIds, ...counties.flatMap(({ neighbourIds }) => neighbourIds)])];
  const towns = await transaction.region.findMany({
    where: { kind: "municipality", parentId: { in: around } },
    select: { id: true, parentId: true, boundary: true },
  });
  const found = findNeighbours(
    towns.flatMap(({ id, boundary }) => (boundary ? [{ id, geometry: boundary as never }] : [])),
  );
  const inside = new Set(countyIds);
  const renewed = towns
    .filter(({ parentId }) => inside.has(parentId ?? ""))
    .map(({ id }) => ({ id, neighbours: found.get(id) ?? [] }));
  await transaction.$executeRaw`
    update "Region" r set "neighbourIds" = array(select jsonb_array_elements_text(row.neighbours))
    from jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb) as row(id text, neighbours jsonb) where r.id = row.id`;
}
