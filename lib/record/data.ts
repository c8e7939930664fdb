import "server-only";
import { canonicalJson } from "./canonical-json";
import type { Link } from "./chain";
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

/** Entries asked for at once: about three megabytes. */
const STREAMED = 5000;
// Neither can stand in JSON as PostgreSQL writes it, where control characters are escaped.
const [END_OF_FIELD, END_OF_ENTRY] = ["\u001f", "\u001e"];

/**
 * The whole record in order, some thousand entries at a time, so that a million
 * are read in bounded memory. The database writes the parts of an entry that
 * hold no object as canonical JSON and sends each slice as one text: reading a
 * million rows one by one takes longer than all their fingerprints. While one
 * slice is worked on, the next is on its way.
 * @param at how many entries a slice holds
 */
export async function* streamEntries(reader: Reader, at = STREAMED): AsyncGenerator<WalkedEntry[]> {
  const [bounds] = await reader.$queryRaw<{ last: bigint | null }[]>`select max(seq) as last from "AuditEvent"`;
  const last = Number(bounds?.last ?? 0);
  let next = readSlice(reader, 0, at);
  for (let from = 0; from < last; from += at) {
    const text = await next;
    if (from + at < last) next = readSlice(reader, from + at, at);
    // Read by the next turn; whoever stops before must not be told of it as of an accident.
    next.catch(() => undefined);
    if (text !== "") yield text.split(END_OF_ENTRY).map(toWalked);
  }
}

async function readSlice(reader: Reader, from: number, at: number): Promise<string> {
  const [row] = await reader.$queryRaw<{ text: string | null }[]>`
    select string_agg(concat_ws(${END_OF_FIELD}, seq::text, to_json("prevHash")::text, to_json(hash)::text, to_json(action)::text,
      to_json("subjectId")::text,
      '{"action":' || to_json(action) || ',"actor":' || to_json(actor) || ',"actorId":' || coalesce(to_json("actorId")::text, 'null')
        || ',"agencyId":' || coalesce(to_json("agencyId")::text, 'null')
        || ',"at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","data":',
      data::text,
      ',"incidentId":' || coalesce(to_json("incidentId")::text, 'null') || ',"prevHash":' || to_json("prevHash") || ',"seq":' || seq
        || ',"subjectId":' || to_json("subjectId") || ',"subjectType":' || to_json("subjectType") || ',"summary":' || to_json(summary) || '}'
      ), ${END_OF_ENTRY} order by seq) as text
    from "AuditEvent" where seq > ${from} and seq <= ${from + at}`;
  return row?.text ?? "";
}

const textOf = (json: string | undefined) => JSON.parse(json ?? "null") as string;

function toWalked(line: string): WalkedEntry {
  const [seq, prevHash, hash, action, subjectId, before, data, after] = line.split(END_OF_FIELD);
  const said: unknown = JSON.parse(data ?? "null");
  return {
    seq: Number(seq),
    prevHash: textOf(prevHash),
    hash: textOf(hash),
    action: textOf(action),
    subjectId: textOf(subjectId),
    data: said,
    bytes: `${before}${canonicalJson(said)}${after}`,
  };
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
