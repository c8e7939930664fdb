import "server-only";
import { inTransaction, type Prisma, type PrismaClient, type Transaction } from "../platform/db";
import { GENESIS, hashEntry } from "./chain";
import type { AuditAction } from "./schema";
import { SEAL_FORMAT, sealRows, takeBaseline, type Touched } from "./seals";

export interface AuditInput {
  /** Who did it; null for Callbox itself. */
  actor: { personId: string; name: string } | null;
  agencyId?: string | null;
  action: AuditAction;
  subject: { type: string; id: string };
  incidentId?: string | null;
  /** One line for people. */
  summary: string;
  data?: Prisma.InputJsonObject;
  /** Rows this change wrote, as they stand when the entry is written. */
  touched?: Touched;
}

/**
 * Adds an entry in the transaction of the change it records. The transaction
 * must have been opened by inTransaction, which holds the writers' lock.
 */
export async function appendAudit(transaction: Transaction, input: AuditInput, now: Date): Promise<void> {
  const seals = input.touched ? await sealRows(transaction, input.touched) : {};
  const sealed =
    Object.keys(seals).length > 0 ? { sealFormat: SEAL_FORMAT, seals: seals as Prisma.InputJsonObject } : {};
  const last = await transaction.auditEvent.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  const entry = {
    seq: Number(last?.seq ?? 0) + 1,
    at: now.toISOString(),
    actorId: input.actor?.personId ?? null,
    actor: input.actor?.name ?? "Callbox",
    agencyId: input.agencyId ?? null,
    action: input.action,
    subjectType: input.subject.type,
    subjectId: input.subject.id,
    incidentId: input.incidentId ?? null,
    summary: input.summary,
    data: { ...input.data, ...sealed },
    prevHash: last?.hash ?? GENESIS,
  };
  await transaction.auditEvent.create({ data: { ...entry, at: now, hash: hashEntry(entry) } });
}

/** Seals every row there is, so that from here on nothing changes without an entry. */
export async function appendBaseline(transaction: Transaction, now: Date): Promise<void> {
  const baseline = await takeBaseline(transaction);
  await appendAudit(
    transaction,
    {
      actor: null,
      action: "record.baseline",
      subject: { type: "site", id: "1" },
      summary: "Sealed what was in the database: from here on nothing in it changes without an entry.",
      data: { baseline: baseline as unknown as Prisma.InputJsonObject },
    },
    now,
  );
}

/** For a database that an older version made: its rows are sealed once, as they are found. */
export async function ensureBaseline(client: PrismaClient, now: Date): Promise<boolean> {
  const has = () => client.auditEvent.count({ where: { action: "record.baseline" } });
  if ((await has()) > 0 || (await client.site.count()) === 0) return false;
  return inTransaction(
    client,
    async (transaction) => {
      if ((await transaction.auditEvent.count({ where: { action: "record.baseline" } })) > 0) return false;
      await appendBaseline(transaction, now);
      return true;
    },
    { ms: 120_000 },
  );
}
