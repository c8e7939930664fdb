import "server-only";
import { setImmediate } from "node:timers/promises";
import { canonicalJson } from "./canonical-json";
import { type Link, linkOf } from "./chain";
import { type Actor, agenciesFor } from "../access/actor";
import { db, type Prisma, type Reader } from "../platform/db";
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

/** An entry as verification needs it: what its fingerprint is of, and what it says of other rows. */
export interface WalkedEntry extends Link {
  action: string;
  subjectId: string;
  data: unknown;
}

/** All that an entry says, out of the bytes its fingerprint is of. */
export const wholeOf = ({ bytes, hash }: WalkedEntry): AuditEntry => ({ ...(JSON.parse(bytes) as AuditEntry), hash });

/** Entries asked for at once: about half a megabyte, which is gone before memory is looked through. */
const STREAMED = 1000;
/** Control characters that no entry has: what people give is cleaned of them, and an entry that has one is read another way. */
const [NOTHING, END_OF_FIELD, END_OF_ENTRY] = ["\u001d", "\u001f", "\u001e"];

/**
 * The whole record in order, some thousand entries at a time, so that a million
 * are read in bounded memory. The database sends each slice as one text: reading
 * a million rows one by one takes longer than all their fingerprints. While one
 * slice is worked on, the next is on its way.
 * @param at how many entries a slice holds
 */
export async function* streamEntries(reader: Reader, at = STREAMED): AsyncGenerator<WalkedEntry[]> {
  const [bounds] = await reader.$queryRaw<{ last: bigint | null }[]>`select max(seq) as last from "AuditEvent"`;
  const last = Number(bounds?.last ?? 0);
  let next = readSlice(reader, 0, at);
  for (let from = 0; from < last; from += at) {
    const { count, text } = await next;
    if (from + at < last) next = readSlice(reader, from + at, at);
    // Read by the next turn; whoever stops before must not be told of it as of an accident.
    next.catch(() => undefined);
    // Lets the question go out before this slice keeps the process busy.
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    if (count > 0) yield toWalked(count, text) ?? (await readRows(reader, from, at));
  }
}

interface Slice {
  count: number;
  text: string;
}

async function readSlice(reader: Reader, from: number, at: number): Promise<Slice> {
  const [row] = await reader.$queryRaw<{ count: bigint; text: string | null }[]>`
    select count(*) as count, string_agg(seq || ${END_OF_FIELD} || "prevHash" || ${END_OF_FIELD} || hash || ${END_OF_FIELD} || action
      || ${END_OF_FIELD} || actor || ${END_OF_FIELD} || coalesce("actorId", ${NOTHING}) || ${END_OF_FIELD} || coalesce("agencyId", ${NOTHING})
      || ${END_OF_FIELD} || (at at time zone 'UTC')::text || ${END_OF_FIELD} || data::text || ${END_OF_FIELD} || coalesce("incidentId", ${NOTHING})
      || ${END_OF_FIELD} || "subjectId" || ${END_OF_FIELD} || "subjectType" || ${END_OF_FIELD} || summary, ${END_OF_ENTRY} order by seq) as text
    from "AuditEvent" where seq > ${from}::bigint and seq <= ${from + at}::bigint`;
  return { count: Number(row?.count ?? 0), text: row?.text ?? "" };
}

const FIELDS = 13;
/** Names and kinds in quotation marks: a record has few of them, and each a hundred thousand times. */
const quoted = new Map<string, string>();
const MOST_QUOTED = 2000;

function quote(text: string): string {
  const known = quoted.get(text);
  if (known !== undefined) return known;
  const written = JSON.stringify(text);
  if (quoted.size < MOST_QUOTED) quoted.set(text, written);
  return written;
}

const orNull = (text: string) => (text === NOTHING ? "null" : quote(text));

/** PostgreSQL writes no zeros at the end of a second; ISO 8601 here has three digits. */
function toIso(text: string): string {
  return text.length === 23
    ? `${text.slice(0, 10)}T${text.slice(11)}Z`
    : `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20).padEnd(3, "0")}Z`;
}

/** The entries of a slice; null where the text cannot be taken apart for sure, since a field has what ends one. */
function toWalked(count: number, text: string): WalkedEntry[] | null {
  const lines = text.split(END_OF_ENTRY);
  if (lines.length !== count) return null;
  const entries: WalkedEntry[] = [];
  for (const line of lines) {
    const fields = line.split(END_OF_FIELD);
    if (fields.length !== FIELDS) return null;
    const [
      seq,
      prevHash,
      hash,
      action,
      actor,
      actorId,
      agencyId,
      at,
      data,
      incidentId,
      subjectId,
      subjectType,
      summary,
    ] = fields as Tuple;
    const said: unknown = JSON.parse(data);
    entries.push({
      seq: Number(seq),
      prevHash,
      hash,
      action,
      subjectId,
      data: said,
      // As canonicalJson writes it, whose order of keys does not change; a test holds one against the other. What is no
      // fingerprint breaks the chain, so one needs no escaping.
      bytes:
        `{"action":${quote(action)},"actor":${quote(actor)},"actorId":${orNull(actorId)},"agencyId":${orNull(agencyId)}` +
        `,"at":"${toIso(at)}","data":${canonicalJson(said)},"incidentId":${orNull(incidentId)},"prevHash":"${prevHash}"` +
        `,"seq":${seq},"subjectId":${JSON.stringify(subjectId)},"subjectType":${quote(subjectType)},"summary":${JSON.stringify(summary)}}`,
    });
  }
  return entries;
}

type Tuple = [string, string, string, string, string, string, string, string, string, string, string, string, string];

/** The same entries read row by row. */
async function readRows(reader: Reader, from: number, at: number): Promise<WalkedEntry[]> {
  const rows = await reader.auditEvent.findMany({
    where: { seq: { gt: from, lte: from + at } },
    orderBy: { seq: "asc" },
  });
  return rows.map((row) => linkOf(toEntry(row)));
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
const MOST_COUNTED = 500;

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
