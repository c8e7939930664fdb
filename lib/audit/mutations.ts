import "server-only";
import type { Prisma, Transaction } from "../platform/db";
import { GENESIS, hashEntry } from "./chain";
import type { AuditAction } from "./schema";

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
}

/**
 * Adds an entry in the transaction of the change it records. The transaction
 * must have been opened by inTransaction, which holds the writers' lock.
 */
export async function appendAudit(transaction: Transaction, input: AuditInput, now: Date): Promise<void> {
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
    data: input.data ?? {},
    prevHash: last?.hash ?? GENESIS,
  };
  await transaction.auditEvent.create({ data: { ...entry, at: now, hash: hashEntry(entry) } });
}
