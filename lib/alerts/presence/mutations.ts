import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import type { PrismaClient } from "../../platform/db";

/** Who has an alert open. Not a record of anything: it is renewed while a page is open, and goes by itself. */

/** How long after its last sign of life a page counts as open. */
export const HERE_MS = 30_000;
/** Rows older than this are deleted. */
const KEPT_MS = 3_600_000;

export interface Present {
  name: string;
  /** The same person in another tab or browser. */
  self: boolean;
}

/**
 * Notes that a tab has an alert open.
 * @param tabId made by the tab for as long as it is open
 * @returns who else has it open, each person once; null when the alert is not there for this person
 */
export async function notePresence(
  client: PrismaClient,
  actor: Actor,
  { alertId, tabId }: { alertId: string; tabId: string },
  now: Date,
): Promise<Present[] | null> {
  const alert = await client.alert.findFirst({
    where: { id: alertId, agencyId: { in: agenciesFor(actor, "alert:read") } },
    select: { id: true },
  });
  if (!alert) return null;
  // One statement, since a tab may ask twice at once.
  await client.$executeRaw`
    insert into "AlertPresence" ("alertId", "tabId", "personId", "seenAt")
    values (${alertId}, ${tabId}, ${actor.personId}, ${now})
    on conflict ("alertId", "tabId") do update set "seenAt" = excluded."seenAt"
    where "AlertPresence"."personId" = excluded."personId"`;
  await client.alertPresence.deleteMany({
    where: { alertId, seenAt: { lt: new Date(now.getTime() - KEPT_MS) } },
  });
  const others = await client.alertPresence.findMany({
    where: { alertId, tabId: { not: tabId }, seenAt: { gt: new Date(now.getTime() - HERE_MS) } },
    select: { personId: true, person: { select: { name: true } } },
    orderBy: { personId: "asc" },
  });
  return [...new Map(others.map(({ personId, person }) => [personId, person.name]))].map(([personId, name]) => ({
    name,
    self: personId === actor.personId,
  }));
}
