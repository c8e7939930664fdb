import "server-only";
import { Prisma, type Reader } from "../platform/db";
import { type Actor, agenciesFor } from "./actor";
import type { Permission } from "./permissions";

/** Which places an agency answers for: its jurisdiction, all below it, and what an area is made of. */

/** Ids of all cities and towns within a region: itself, all below it, or all that an area is made of. */
export async function municipalitiesWithin(client: Reader, regionId: string): Promise<Set<string>> {
  const inArea = { some: { areaId: regionId } };
  const rows = await client.region.findMany({
    where: {
      kind: "municipality",
      OR: [
        { id: regionId },
        { parentId: regionId },
        { parent: { parentId: regionId } },
        { memberOf: inArea },
        { parent: { memberOf: inArea } },
      ],
    },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/**
 * Whether the area of an agency (a) covers a region (r, whose parent is p): it
 * is the region, lies above it, or is an area made of it.
 */
export const COVERS = Prisma.sql`(
  a."jurisdictionId" in (r.id, r."parentId", p."parentId")
  or exists (select 1 from "AreaMember" m where m."areaId" = a."jurisdictionId"
    and m."regionId" in (r.id, r."parentId", p."parentId")))`;

/** Those of these agencies whose area covers a region. */
export async function agenciesCovering(
  client: Reader,
  agencyIds: readonly string[],
  regionId: string,
): Promise<string[]> {
  if (agencyIds.length === 0) return [];
  const rows = await client.$queryRaw<{ id: string }[]>`
    select a.id from "Agency" a, "Region" r left join "Region" p on p.id = r."parentId"
    where r.id = ${regionId} and a.id = any(${[...agencyIds]}) and ${COVERS} order by a.id`;
  return rows.map(({ id }) => id);
}

/**
 * Ids of the regions an actor may do this in, with one question for all of them.
 * @param among asks of these regions only
 */
export async function regionsFor(
  client: Reader,
  actor: Actor,
  permission: Permission,
  among?: readonly string[],
): Promise<ReadonlySet<string>> {
  const agencyIds = agenciesFor(actor, permission);
  if (agencyIds.length === 0) return new Set();
  const asked = among ? Prisma.sql`r.id = any(${[...among]}) and` : Prisma.empty;
  const rows = await client.$queryRaw<{ id: string }[]>`
    select distinct r.id from "Agency" a, "Region" r left join "Region" p on p.id = r."parentId"
    where ${asked} a.id = any(${agencyIds}) and ${COVERS}`;
  return new Set(rows.map(({ id }) => id));
}

/** Whether an actor may do this in a region: in an agency whose area covers it. */
export async function mayInRegion(
  client: Reader,
  actor: Actor,
  permission: Permission,
  regionId: string,
): Promise<boolean> {
  return (await agenciesCovering(client, agenciesFor(actor, permission), regionId)).length > 0;
}
