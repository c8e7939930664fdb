import "server-only";
import {
  beforeCommit,
  inTransaction,
  lockRecord,
  type Prisma,
  type PrismaClient,
  type Transaction,
} from "../platform/db";
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

/** Entries of a transaction that wait for its end. */
const waiting = new WeakMap<Transaction, { input: AuditInput; now: Date }[]>();

/**
 * Adds an entry to the transaction of the change it records. It is written at
 * the end of that transaction, when everything it seals is as it will stay, and
 * under the one lock that all writers share, which is so held for a moment only.
 * The transaction must have been opened by inTransaction.
 */
export async function appendAudit(transaction: Transaction, input: AuditInput, now: Date): Promise<void> {
  const list = waiting.get(transaction);
  if (list) {
    list.push({ input, now });
    return;
  }
  waiting.set(transaction, [{ input, now }]);
  beforeCommit(transaction, () => writeEntries(transaction));
}

async function writeEntries(transaction: Transaction): Promise<void> {
  const inputs = waiting.get(transaction) ?? [];
  // Reading what is sealed takes longest, and needs no lock: the rows are this transaction's own.
  const sealed: Prisma.InputJsonObject[] = [];
  for (const { input } of inputs) {
    const seals = input.touched ? await sealRows(transaction, input.touched) : {};
    sealed.push(
      Object.keys(seals).length > 0 ? { sealFormat: SEAL_FORMAT, seals: seals as Prisma.InputJsonObject } : {},
    );
  }
  await lockRecord(transaction);
  const last = await transaction.auditEvent.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  let [seq, prevHash] = [Number(last?.seq ?? 0), last?.hash ?? GENESIS];
  for (const [index, { input, now }] of inputs.entries()) {
    seq += 1;
    const entry = {
      seq,
      at: now.toISOString(),
      actorId: input.actor?.personId ?? null,
      actor: input.actor?.name ?? "Callbox",
      agencyId: input.agencyId ?? null,
      action: input.action,
      subjectType: input.subject.type,
      subjectId: input.subject.id,
      incidentId: input.incidentId ?? null,
      summary: input.summary,
      data: { ...input.data, ...sealed[index] },
      prevHash,
    };
    prevHash = hashEntry(entry);
    await transaction.auditEvent.create({ data: { ...entry, at: now, hash: prevHash } });
  }
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
