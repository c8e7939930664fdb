import "server-only";
import { type Actor, agenciesFor } from "../access/actor";
import { db, type Prisma } from "../platform/db";
import { type AuditAction, type AuditEntry, EARLIER_NAMES, type LogFilter } from "./schema";

const PAGE = 100;

export interface AuditRow {
  seq: bigint;
  at: Date;
  actorId: string | null;
  actor: string;
  agencyId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  incidentId: string | null;
  summary: string;
  data: unknown;
  prevHash: string;
  hash: string;
}

export function toEntry(row: AuditRow): AuditEntry {
  return { ...row, seq: Number(row.seq), at: row.at.toISOString() };
}

/**
 * Entries an auditor may read: those of agencies in reach. Those of no agency,
 * such as sign-ins for people nobody knows, belong to whoever reaches the topmost one.
 */
async function reachOf(actor: Actor): Promise<Prisma.AuditEventWhereInput> {
  const reach = agenciesFor(actor, "log:read");
  const topmost = await db().agency.count({ where: { id: { in: reach }, parentId: null } });
  return { OR: [...(topmost > 0 ? [{ agencyId: null }] : []), { agencyId: { in: reach } }] };
}

const namesOf = (action: string) => [
  action,
  ...(Object.hasOwn(EARLIER_NAMES, action) ? [EARLIER_NAMES[action as AuditAction] ?? ""] : []),
];

function whereFor(reach: Prisma.AuditEventWhereInput, filter: LogFilter): Prisma.AuditEventWhereInput {
  const time = (text: string) => {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? undefined : new Date(instant);
  };
  const [from, to] = [time(filter.from), time(filter.to)];
  return {
    AND: [
      reach,
      ...(filter.find
        ? [
            {
              OR: [
                { summary: { contains: filter.find, mode: "insensitive" as const } },
                { actor: { contains: filter.find, mode: "insensitive" as const } },
                { hash: { startsWith: filter.find.toLowerCase().replaceAll(" ", "") } },
              ],
            },
          ]
        : []),
      ...(filter.incident ? [{ incidentId: filter.incident }] : []),
      ...(filter.action ? [{ action: { in: namesOf(filter.action) } }] : []),
      ...(from ? [{ at: { gte: from } }] : []),
      ...(to ? [{ at: { lte: to } }] : []),
      ...(filter.before ? [{ seq: { lt: filter.before } }] : []),
    ],
  };
}

/** Entries that are counted one by one; of more it is only said that there are more. */
const MOST_COUNTED = 1000;

/** A page of the record, newest first. */
export async function listLog(actor: Actor, filter: LogFilter) {
  const reach = await reachOf(actor);
  const counted = { ...filter, before: undefined };
  const [rows, some] = await Promise.all([
    db().auditEvent.findMany({ where: whereFor(reach, filter), orderBy: { seq: "desc" }, take: PAGE }),
    // Counting stops, so that a page costs the same however long the record is.
    db().auditEvent.findMany({
      where: whereFor(reach, counted),
      orderBy: { seq: "desc" },
      select: { seq: true },
      skip: MOST_COUNTED,
      take: 1,
    }),
  ]);
  const isMore = some.length > 0;
  const total = isMore ? MOST_COUNTED : await db().auditEvent.count({ where: whereFor(reach, counted) });
  return { entries: rows.map(toEntry), total, isMore, more: rows.length === PAGE };
}

/** All entries that a filter shows, for a file. */
export async function exportLog(actor: Actor, filter: LogFilter): Promise<AuditEntry[]> {
  const rows = await db().auditEvent.findMany({
    where: whereFor(await reachOf(actor), filter),
    orderBy: { seq: "asc" },
    take: 100_000,
  });
  return rows.map(toEntry);
}
