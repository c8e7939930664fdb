import "server-only";
import { type Bundle, type BundleMessage, readBundle } from "../alerts/bundle";
import { Prisma, type PrismaClient, type Reader } from "../platform/db";
import { inSlices } from "../platform/slices";
import { comparePublished } from "./compare";
import { canonicalJson } from "../record/canonical-json";
import { type Break, findBreak, fingerprint, GENESIS, manifestHash } from "../record/chain";
import { streamEntries, type WalkedEntry, wholeOf } from "../record/data";
import type { AuditEntry } from "../record/schema";
import { allSeals, type Baseline, SEAL_KINDS, SealDigest, SEALED, type SealKind, type Seals } from "../record/seals";

/**
 * Checks the whole record against the database and the database against the
 * record: the chain from its first entry to its last, every published byte, and
 * every row that an entry speaks of. It needs no right to write.
 */

export interface Verification {
  ok: boolean;
  entries: number;
  publications: number;
  /** Rows of other tables that were held against the record. */
  rows: number;
  /** Number and fingerprint of the last entry, to be noted outside: `SEQ:HASH`. */
  head: string;
  checkedAt: string;
  problems: string[];
  break: Break | null;
}

/** An entry that someone noted outside, at some time. */
export interface Checkpoint {
  seq: number;
  hash: string;
}

/** @returns null when the text is not SEQ:HASH */
export function parseCheckpoint(text: string): Checkpoint | null {
  const found = /^(\d{1,12}):([0-9a-f]{64})$/i.exec(text.trim());
  return found ? { seq: Number(found[1]), hash: found[2]!.toLowerCase() } : null;
}

/** Problems of one kind that are named one by one; the rest is counted. */
const MOST = 20;

interface Walked {
  entries: number;
  last: Checkpoint;
  found: Break | undefined;
  published: Map<string, AuditEntry>;
  approved: Map<string, AuditEntry>;
  /** The newest seal of each row that an entry touched; null for one that is gone. */
  seals: Map<SealKind, Map<string, string | null>>;
  /** Kinds of rows whose first state only one fingerprint tells, with that fingerprint. */
  digests: Baseline["digests"] | undefined;
  expected: boolean;
}

/**
 * @param options.expect an entry noted outside; without one, a record that was
 *   shortened at its end or made anew as a whole cannot be told from a true one
 */
export async function verifyRecord(
  client: PrismaClient,
  now: Date,
  options: { expect?: Checkpoint } = {},
): Promise<Verification> {
  // One moment for all tables, so that what is written meanwhile is no problem.
  return client.$transaction((reader) => verifyWithin(reader, now, options.expect), {
    isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
    maxWait: 10_000,
    timeout: 600_000,
  });
}

async function verifyWithin(reader: Reader, now: Date, expect: Checkpoint | undefined): Promise<Verification> {
  const problems: string[] = [];
  const walked = await walkEntries(reader, expect);
  if (walked.found) problems.push(walked.found.problem);
  else if (expect && !walked.expected) {
    problems.push(
      walked.last.seq < expect.seq
        ? `The record ends at entry ${walked.last.seq}, but entry ${expect.seq} was noted outside: its end was cut off, or an older copy was put back.`
        : `Entry ${expect.seq} has another fingerprint than the one noted outside: the record was made anew.`,
    );
  }
  const publications = await verifyPublications(reader, walked, problems);
  let rows = 0;
  if (!walked.found) {
    rows = await verifyRows(reader, walked, problems);
    await verifyApprovals(reader, walked, problems);
    await verifyNumbers(reader, problems);
  }
  return {
    ok: problems.length === 0,
    entries: walked.entries,
    publications,
    rows,
    head: `${walked.last.seq}:${walked.last.hash}`,
    checkedAt: now.toISOString(),
    problems,
    break: walked.found ?? null,
  };
}

async function walkEntries(reader: Reader, expect: Checkpoint | undefined): Promise<Walked> {
  const walked: Walked = {
    entries: await reader.auditEvent.count(),
    last: { seq: 0, hash: GENESIS },
    found: undefined,
    published: new Map(),
    approved: new Map(),
    seals: new Map(SEAL_KINDS.map((kind) => [kind, new Map()])),
    digests: undefined,
    expected: false,
  };
  for await (const entries of streamEntries(reader)) {
    walked.found = findBreak(entries, walked.last);
    if (walked.found) return walked;
    for (const entry of entries) noteEntry(walked, entry, expect);
    const last = entries.at(-1)!;
    walked.last = { seq: last.seq, hash: last.hash };
  }
  return walked;
}

function noteEntry(walked: Walked, entry: WalkedEntry, expect: Checkpoint | undefined): void {
  if (expect && entry.seq === expect.seq && entry.hash === expect.hash) walked.expected = true;
  if (entry.action === "alert.published") walked.published.set(entry.subjectId, wholeOf(entry));
  if (entry.action === "alert.approved") walked.approved.set(entry.subjectId, wholeOf(entry));
  const data = entry.data as { seals?: Seals; baseline?: Baseline } | null;
  if (entry.action === "record.baseline" && data?.baseline) {
    // Only the first one speaks for rows that no entry had announced.
    walked.digests ??= data.baseline.digests;
    noteSeals(walked, data.baseline.seals);
  }
  if (data?.seals) noteSeals(walked, data.seals);
}

function noteSeals(walked: Walked, seals: Seals): void {
  for (const kind of SEAL_KINDS) {
    const known = walked.seals.get(kind)!;
    for (const [id, seal] of Object.entries(seals[kind] ?? {})) known.set(id, seal);
  }
}

/** Every sealed row against its newest seal, both ways. */
async function verifyRows(reader: Reader, walked: Walked, problems: string[]): Promise<number> {
  // A record that no version with seals has written to yet.
  if (!walked.digests) return 0;
  let checked = 0;
  for (const kind of SEAL_KINDS) {
    const { one, many, appendOnly } = SEALED[kind];
    const known = walked.seals.get(kind)!;
    const left = new Set(known.keys());
    const unannounced = new SealDigest();
    const named: string[] = [];
    for await (const [id, seal] of allSeals(reader, kind)) {
      checked += 1;
      const expected = known.get(id);
      left.delete(id);
      if (expected === undefined && appendOnly) unannounced.add(id, seal);
      else if (expected === undefined) named.push(`The ${one} ${id} is in no entry of the record.`);
      else if (expected === null)
        named.push(`The ${one} ${id} is there again, though the record says that it is gone.`);
      else if (expected !== seal) named.push(`The ${one} ${id} is not what the record says.`);
    }
    for (const id of left) if (known.get(id) !== null) named.push(`The ${one} ${id} was deleted.`);
    if (appendOnly) {
      const first = walked.digests[kind] ?? { rows: 0, digest: "" };
      const now = unannounced.close();
      if (now.rows !== first.rows) {
        named.push(
          `Of the ${many} from before the record was sealed there are ${now.rows} now, and there were ${first.rows}.`,
        );
      } else if (now.digest !== first.digest && now.rows > 0) {
        named.push(`One of the ${now.rows} ${many} from before the record was sealed was altered.`);
      }
    }
    problems.push(...named.slice(0, MOST));
    if (named.length > MOST) problems.push(`… and ${named.length - MOST} more among the ${many}.`);
  }
  return checked;
}

/** Who approved what, against the entry that said so; also where no seal was written yet. */
async function verifyApprovals(reader: Reader, walked: Walked, problems: string[]): Promise<void> {
  const rows = await reader.decision.findMany({
    where: { decision: "approve" },
    include: { alert: { select: { code: true } }, person: { select: { name: true } } },
  });
  const byAlert = new Map(rows.map((row) => [row.alertId, row]));
  for (const [alertId, entry] of walked.approved) {
    const row = byAlert.get(alertId);
    const data = entry.data as { contentHash?: string; confirmations?: unknown };
    if (!row) problems.push(`Entry ${entry.seq}: the approval by ${entry.actor} was deleted.`);
    else if (row.personId !== entry.actorId) {
      problems.push(`${row.alert.code}: approved by ${entry.actor}, stored as approved by ${row.person.name}.`);
    } else if (
      row.contentHash !== data.contentHash ||
      canonicalJson(row.confirmations) !== canonicalJson(data.confirmations) ||
      row.at.toISOString() !== entry.at
    ) {
      problems.push(`${row.alert.code}: the approval is not what entry ${entry.seq} says.`);
    }
  }
  for (const { alertId, alert } of rows) {
    if (!walked.approved.has(alertId)) problems.push(`${alert.code}: its approval is in no entry of the record.`);
  }
}

/** What can change about direct numbers, against their own history and their test calls, which are sealed. */
async function verifyNumbers(reader: Reader, problems: string[]): Promise<void> {
  const rows = await reader.$queryRaw<{ id: string; e164: string; what: string }[]>`
    with newest as (
      select distinct on ("numberId") "numberId", after from "NumberChange"
      where after is not null order by "numberId", position desc
    ), retired as (
      select distinct "numberId" from "NumberChange" where action = 'retired'
    ), calls as (
      select "numberId", max("calledAt") as last_at,
        max("calledAt") filter (where result like 'right-desk%') as good_at
      from "TestCall" group by "numberId"
    ), facts as (
      select c."numberId", c.last_at,
        (select max(v."calledAt" + make_interval(hours => 24 * v."validDays")) from "TestCall" v
          where v."numberId" = c."numberId" and v."calledAt" = c.good_at and v.result like 'right-desk%') as good_until,
        (select count(*) from "TestCall" v where v."numberId" = c."numberId" and v.result not like 'right-desk%'
          and v."calledAt" > coalesce(c.good_at, '-infinity')) as failures
      from calls c
    )
    select n.id, n.e164,
      case when (n."lastCalledAt", n."verifiedUntil", n.failures) is distinct from
          (f.last_at, f.good_until, coalesce(f.failures, 0)) then 'its test calls'
        else 'its history' end as what
    from "DirectNumber" n left join facts f on f."numberId" = n.id left join newest h on h."numberId" = n.id
      left join retired r on r."numberId" = n.id
    where (n."lastCalledAt", n."verifiedUntil", n.failures) is distinct from (f.last_at, f.good_until, coalesce(f.failures, 0))
      or (n."retiredAt" is not null) <> (r."numberId" is not null)
      or (h.after is not null and n."retiredAt" is null and (
        jsonb_build_array(n.service, n.desk, n.hours, n.lines, n."takesTexts", n."sharedWith911", n.preference, n.status,
          to_jsonb(n.languages)) is distinct from jsonb_build_array(
          h.after->'service', h.after->'desk', h.after->'hours', h.after->'lines', h.after->'takesTexts',
          h.after->'sharedWith911', h.after->'preference', h.after->'status', h.after->'languages')
        or (h.after ? 'ownerId' and to_jsonb(n."ownerId") is distinct from nullif(h.after->'ownerId', 'null'::jsonb))))
    order by n.id limit ${MOST + 1}`;
  for (const { e164, what } of rows.slice(0, MOST)) problems.push(`The number ${e164} is not what ${what} says.`);
  if (rows.length > MOST) problems.push("… and more among the numbers.");
}

async function verifyPublications(reader: Reader, walked: Walked, problems: string[]): Promise<number> {
  const alerts = await reader.alert.findMany({
    where: { OR: [{ publishedAt: { not: null } }, { id: { in: [...walked.published.keys()] } }] },
    select: { id: true, code: true, bundle: true, contentHash: true, state: true, publishedAt: true, expiresAt: true },
  });
  const stored = new Set(alerts.map(({ id }) => id));
  for (const [id, entry] of walked.published) {
    if (!stored.has(id)) problems.push(`Entry ${entry.seq}: the alert that was published is not there any more.`);
  }
  let count = 0;
  for (const alert of alerts) count += await verifyPublication(reader, walked, alert, problems);
  return count;
}

interface PublishedRow {
  id: string;
  code: string;
  bundle: string | null;
  contentHash: string | null;
  state: string;
  publishedAt: Date | null;
  expiresAt: Date | null;
}

/** A stored bundle, or null where it is none: whoever altered it may have put anything there. */
function tryBundle(stored: string): Bundle | null {
  try {
    return readBundle(stored);
  } catch {
    return null;
  }
}

async function verifyPublication(
  reader: Reader,
  walked: Walked,
  alert: PublishedRow,
  problems: string[],
): Promise<number> {
  const messages = await reader.message.findMany({
    where: { alertId: alert.id },
    include: { publications: true, refersTo: { select: { earlier: { select: { identifier: true } } } } },
    orderBy: { identifier: "asc" },
  });
  return inSlices(compareMessages(walked, alert, messages, problems));
}

type StoredMessage = Prisma.MessageGetPayload<{
  include: { publications: true; refersTo: { select: { earlier: { select: { identifier: true } } } } };
}>;

/** What is kept beside the bytes, against the approved message: what it is, for whom, and what it replaces. */
function fitsPlan(message: StoredMessage, plan: BundleMessage): boolean {
  const kept = [
    message.msgType,
    message.tells,
    message.covers,
    message.refersTo.map(({ earlier }) => earlier.identifier).sort(),
  ];
  const named = (plan.references?.split(" ") ?? []).map((reference) => reference.split(",")[1] ?? "").sort();
  return JSON.stringify(kept) === JSON.stringify([plan.msgType, plan.tells, plan.placeIds, named]);
}

/** Every message held against what was approved, one at a time. @returns how many publications there are */
function* compareMessages(
  walked: Walked,
  alert: PublishedRow,
  messages: readonly StoredMessage[],
  problems: string[],
): Generator<void, number> {
  let count = 0;
  const bundle = alert.bundle && fingerprint(alert.bundle) === alert.contentHash ? tryBundle(alert.bundle) : null;
  if (!bundle) problems.push(`${alert.code}: the approved content is not there, or does not have its fingerprint.`);
  const planned = new Map(bundle?.messages.map((message) => [message.identifier, message]) ?? []);
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
      if (publication.publishedAt.getTime() !== alert.publishedAt?.getTime()) {
        problems.push(`${message.identifier}: the time of its publication is not that of the alert.`);
      }
    }
    if (message.publications.length === 0) problems.push(`${message.identifier}: no publication is on record.`);
    const plan = planned.get(message.identifier);
    if (bundle && !plan) problems.push(`${message.identifier}: it is not part of what was approved.`);
    if (bundle && plan) {
      const why = comparePublished(bytes, bundle, plan, { sent: message.sent ?? "", renderer: message.renderer });
      if (why) problems.push(`${message.identifier}: the published document ${why}.`);
      // What the first renderer wrote was kept without these, which a migration worked out later.
      if (message.renderer !== "cap-1" && !fitsPlan(message, plan)) {
        problems.push(`${message.identifier}: what is kept about it is not what was approved.`);
      }
    }
    yield;
  }
  const ends = (alert.publishedAt?.getTime() ?? 0) + (bundle?.validMinutes ?? 0) * 60_000;
  if (!["published", "canceled"].includes(alert.state) || (bundle && alert.expiresAt?.getTime() !== ends)) {
    problems.push(`${alert.code}: its state or its end is not what was published.`);
  }
  if (walked.found) return count;
  const entry = walked.published.get(alert.id)?.data as { manifest?: string; contentHash?: string } | undefined;
  const manifest = manifestHash(messages.map(({ identifier, sha256 }) => ({ identifier, sha256: sha256 ?? "" })));
  if (entry?.manifest !== manifest || entry.contentHash !== alert.contentHash) {
    problems.push(`${alert.code}: what is stored is not what the record says was published.`);
  }
  return count;
}
