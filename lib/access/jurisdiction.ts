import "server-only";
import { Prisma, type Reader } from "../platform/db";
import { type Actor, agenciesFor } from "./actor";
import type { Permission } from "./permissions";

/** Which places an agency answers for: its jurisdiction, all below it, and what an area is made of. */

/**
 * Ids of all that can be alerted within a place: itself, all below it, or all
 * that an area is made of. Cities and towns, and counties where nobody incorporated.
 */
export async function alertableWithin(client: Reader, placeId: string): Promise<Set<string>> {
  const inArea = { some: { areaId: placeId } };
  const rows = await client.place.findMany({
    where: {
      alertable: true,
      OR: [
        { id: placeId },
        { parentId: placeId },
        { parent: { parentId: placeId } },
        { memberOf: inArea },
        { parent: { memberOf: inArea } },
      ],
    },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/**
 * Whether the area of an agency (a) covers a place (r, whose parent is p): it
 * is the place, lies above it, or is an area made of it.
 */
export const COVERS = Prisma.sql`(
  a."jurisdictionId" in (r.id, r."parentId", p."parentId")
  or exists (select 1 from "AreaMember" m where m."areaId" = a."jurisdictionId"
    and m."placeId" in (r.id, r."parentId", p."parentId")))`;

/** Every place in the area of an agency, with the state it lies in. */
export function placesOfAgency(client: Reader, agencyId: string): Promise<{ id: string; stateCode: string }[]> {
  return client.$queryRaw`
    select r.id, r."stateCode" from "Agency" a, "Place" r left join "Place" p on p.id = r."parentId"
    where a.id = ${agencyId} and ${COVERS}`;
}

/** Those of these agencies whose area covers a place. */
export async function agenciesCovering(
  client: Reader,
  agencyIds: readonly string[],
  placeId: string,
): Promise<string[]> {
  if (agencyIds.length === 0) return [];
  const rows = await client.$queryRaw<{ id: string }[]>`
    select a.id from "Agency" a, "Place" r left join "Place" p on p.id = r."parentId"
    where r.id = ${placeId} and a.id = any(${[...agencyIds]}) and ${COVERS} order by a.id`;
  return rows.map(({ id }) => id);
}

/**
 * Ids of the places an actor may do this in, with one question for all of them.
 * @param among asks of no other places than these
 */
export async function placesFor(
  client: Reader,
  actor: Actor,
  permission: Permission,
  among?: readonly string[],
): Promise<ReadonlySet<string>> {
  const agencyIds = agenciesFor(actor, permission);
  if (agencyIds.length === 0) return new Set();
  const asked = among ? Prisma.sql`r.id = any(${[...among]}) and` : Prisma.empty;
  const rows = await client.$queryRaw<{ id: string }[]>`
    select distinct r.id from "Agency" a, "Place" r left join "Place" p on p.id = r."parentId"
    where ${asked} a.id = any(${agencyIds}) and ${COVERS}`;
  return new Set(rows.map(({ id }) => id));
}

/** Whether an actor may do this in a place: in an agency whose area covers it. */
export async function mayInPlace(
  client: Reader,
  actor: Actor,
  permission: Permission,
  placeId: string,
): Promise<boolean> {
  return (await agenciesCovering(client, agenciesFor(actor, permission), placeId)).length > 0;
}
