import "server-only";
import { bundleSchema } from "../alerts/bundle";
import { renderMessage } from "../alerts/render";
import { type Actor, agenciesFor } from "../auth/actor";
import { db, type Prisma, type PrismaClient } from "../platform/db";
import { parseCapTime } from "../standards/cap/time";
import { writeCap } from "../standards/cap/write";
import { type Break, findBreak, fingerprint, GENESIS, manifestHash } from "./chain";
import type { AuditEntry, LogFilter } from "./schema";

const PAGE = 100;

interface Row {
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

function toEntry(row: Row): AuditEntry {
  return { ...row, seq: Number(row.seq), at: row.at.toISOString() };
}

/** Entries an auditor may read: those of agencies in reach, and those of no agency. */
function whereFor(actor: Actor, filter: LogFilter): Prisma.AuditEventWhereInput {
  const time = (text: string) => {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? undefined : new Date(instant);
  };
  const [from, to] = [time(filter.from), time(filter.to)];
  return {
    AND: [
      { OR: [{ agencyId: null }, { agencyId: { in: agenciesFor(actor, "log:read") } }] },
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
      ...(filter.action ? [{ action: filter.action }] : []),
      ...(from ? [{ at: { gte: from } }] : []),
      ...(to ? [{ at: { lte: to } }] : []),
      ...(filter.before ? [{ seq: { lt: filter.before } }] : []),
    ],
  };
}

/** A page of the record, newest first. */
export async function listLog(actor: Actor, filter: LogFilter) {
  const where = whereFor(actor, filter);
  const [rows, total] = await Promise.all([
    db().auditEvent.findMany({ where, orderBy: { seq: "desc" }, take: PAGE }),
    db().auditEvent.count({ where: whereFor(actor, { ...filter, before: undefined }) }),
  ]);
  return { entries: rows.map(toEntry), total, more: rows.length === PAGE };
}

/** All entries that a filter shows, for a file. */
export async function exportLog(actor: Actor, filter: LogFilter): Promise<AuditEntry[]> {
  const rows = await db().auditEvent.findMany({
    where: whereFor(actor, filter),
    orderBy: { seq: "asc" },
    take: 100_000,
  });
  return rows.map(toEntry);
}

export interface Verification {
  ok: boolean;
  entries: number;
  publications: number;
  /** Fingerprint of the last entry, to be noted outside. */
  head: string;
  checkedAt: string;
  problems: string[];
  break: Break | null;
}

const BATCH = 2000;

/**
 * Checks the whole record: the chain from the first entry to the last, every
 * published byte against its fingerprint, every publication against the entry
 * that announced it, and every document against the approved bundle.
 */
export async function verifyRecord(client: PrismaClient, now: Date): Promise<Verification> {
  let from = { seq: 0, hash: GENESIS };
  let found: Break | undefined;
  const problems: string[] = [];
  const announced = new Map<string, { manifest?: string; contentHash?: string }>();
  for (;;) {
    const rows = await client.auditEvent.findMany({
      where: { seq: { gt: from.seq } },
      orderBy: { seq: "asc" },
      take: BATCH,
    });
    if (rows.length === 0) break;
    const entries = rows.map(toEntry);
    found = findBreak(entries, from);
    if (found) break;
    for (const entry of entries) {
      if (entry.action === "alert.published") announced.set(entry.subjectId, entry.data as { manifest?: string });
    }
    const last = entries.at(-1)!;
    from = { seq: last.seq, hash: last.hash };
  }
  if (found) problems.push(found.problem);
  const publications = await verifyPublications(client, announced, found !== undefined, problems);
  const entries = await client.auditEvent.count();
  return {
    ok: problems.length === 0,
    entries,
    publications,
    head: from.hash,
    checkedAt: now.toISOString(),
    problems,
    break: found ?? null,
  };
}

async function verifyPublications(
  client: PrismaClient,
  announced: ReadonlyMap<string, { manifest?: string; contentHash?: string }>,
  chainBroken: boolean,
  problems: string[],
): Promise<number> {
  const alerts = await client.alert.findMany({
    where: { publishedAt: { not: null } },
    select: { id: true, code: true, bundle: true, contentHash: true },
  });
  let count = 0;
  for (const alert of alerts) {
    const messages = await client.message.findMany({
      where: { alertId: alert.id },
      include: { publications: true },
      orderBy: { identifier: "asc" },
    });
    const bundle =
      alert.bundle && fingerprint(alert.bundle) === alert.contentHash
        ? bundleSchema.parse(JSON.parse(alert.bundle))
        : null;
    if (!bundle) problems.push(`${alert.code}: the approved content does not have its fingerprint.`);
    for (const message of messages) {
      count += message.publications.length;
      const bytes = message.xml ?? new Uint8Array();
      const sha256 = fingerprint(bytes);
      if (sha256 !== message.sha256) {
        problems.push(`${message.identifier}: the stored bytes do not have their fingerprint.`);
      }
      for (const publication of message.publications) {
        if (publication.sha256 !== sha256) {
          problems.push(
            `${message.identifier}: published as ${publication.sha256.slice(0, 8)}, stored as ${sha256.slice(0, 8)}.`,
          );
        }
      }
      if (message.publications.length === 0) problems.push(`${message.identifier}: no publication is on record.`);
      const planned = bundle?.messages.find(({ identifier }) => identifier === message.identifier);
      const sent = parseCapTime(message.sent ?? "");
      if (bundle && (!planned || sent === undefined)) {
        problems.push(`${message.identifier}: it is not part of what was approved.`);
      } else if (bundle && planned && sent !== undefined) {
        if (fingerprint(writeCap(renderMessage(bundle, planned, sent))) !== sha256) {
          problems.push(`${message.identifier}: the published document is not what was approved.`);
        }
      }
    }
    if (chainBroken) continue;
    const entry = announced.get(alert.id);
    const manifest = manifestHash(messages.map(({ identifier, sha256 }) => ({ identifier, sha256: sha256 ?? "" })));
    if (entry?.manifest !== manifest || entry.contentHash !== alert.contentHash) {
      problems.push(`${alert.code}: what is stored is not what the record says was published.`);
    }
  }
  return count;
}
