import "server-only";
import { type Actor, agenciesFor, can } from "../../access/actor";
import { formatNumber } from "../../directory/schema";
import { formatPlace } from "../../places/county-kinds";
import { db, type Reader } from "../../platform/db";
import { readOwner } from "../choose-wording";
import { type AlertContent, readContent } from "../schema";
import type { Names, SavedState } from "./differing-decisions";

/** How many versions, and how many entries, are listed at once. */
const LISTED = 200;

/** One version of an alert. */
export interface SavedVersion extends SavedState {
  version: number;
  by: string;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * Versions of an alert, the newest first, each with the title it had: a save that changed the title says in the record what
 * it was before. What earlier releases renamed has the later title.
 * @param which some of them, or the newest
 */
export async function loadSavedStates(
  client: Reader,
  { id, title }: { id: string; title: string },
  which: { versions: readonly number[] } | { newest: number },
): Promise<SavedVersion[]> {
  const renames = await client.$queryRaw<{ version: number; before: string }[]>`
    select (data->>'version')::int as version, data->>'titleBefore' as before from "AuditEvent"
    where "subjectId" = ${id} and action = 'alert.saved' and data->>'titleBefore' is not null order by version`;
  const rows = await client.revision.findMany({
    where: { alertId: id, ...("versions" in which ? { version: { in: [...which.versions] } } : {}) },
    orderBy: { version: "desc" },
    ...("newest" in which ? { take: which.newest } : {}),
  });
  return rows.map(({ version, by, at, content }) => ({
    version,
    by,
    at: at.getTime(),
    title: renames.find((rename) => rename.version > version)?.before ?? title,
    content: readContent(content),
  }));
}

/** What the ids in these contents stand for, as the directory has it now. */
export async function loadNames(client: Reader, contents: readonly AlertContent[]): Promise<Names> {
  const placeIds = new Set<string>();
  const numberIds = new Set<string>();
  for (const { placeIds: ids, numbers, customWording } of contents) {
    for (const id of [...ids, ...Object.keys(numbers)]) placeIds.add(id);
    for (const owner of Object.keys(customWording)) placeIds.add(readOwner(owner).id);
    for (const choice of Object.values(numbers)) if (choice.choice === "override") numberIds.add(choice.numberId);
  }
  const places = await client.place.findMany({
    where: { id: { in: [...placeIds] } },
    select: { id: true, name: true, kind: true },
  });
  const numbers = await client.directNumber.findMany({
    where: { id: { in: [...numberIds] } },
    select: { id: true, e164: true, extension: true },
  });
  const known = new Map([
    ...places.map((place) => [place.id, formatPlace(place)] as const),
    ...numbers.map((number) => [number.id, formatNumber(number)] as const),
  ]);
  return { place: (id) => known.get(id) ?? id, number: (id) => known.get(id) ?? "a number" };
}

/**
 * Every saved version of a draft and every decision about it, newest first.
 * @param compare two versions to lay side by side, in any order
 */
export async function getAlertHistory(actor: Actor, id: string, compare: { from: number; to: number } | null = null) {
  const row = await db().alert.findFirst({
    where: { id, agencyId: { in: agenciesFor(actor, "alert:read") } },
    include: {
      incident: { select: { title: true, id: true, mode: true } },
      revisions: { orderBy: { version: "desc" }, select: { version: true, by: true, at: true } },
    },
  });
  if (!row) return null;
  const events = await db().auditEvent.findMany({
    where: { subjectId: id },
    orderBy: { seq: "desc" },
    take: LISTED,
    select: { seq: true, at: true, actor: true, action: true, summary: true },
  });
  const revisions = await loadSavedStates(db(), row, { newest: LISTED });
  const pair = compare ? await loadSavedStates(db(), row, { versions: [compare.from, compare.to] }) : [];
  const [newer, older] = pair;
  return {
    id: row.id,
    title: row.title,
    /** Whether an earlier version can be written on from. */
    mayEdit: can(actor, "alert:draft", row.agencyId) && ["draft", "submitted"].includes(row.state),
    mode: row.incident.mode as "live" | "exercise",
    incident: row.incident.title,
    incidentId: row.incident.id,
    events: events.map((event) => ({ ...event, seq: Number(event.seq), at: event.at.getTime() })),
    /** All of them, to choose from. */
    versions: row.revisions.map(({ version, by, at }) => ({ version, by, at: at.getTime() })),
    /** The newest with what they say. */
    revisions,
    /** Null where fewer than two of those that were asked for are there. */
    compared: newer && older ? { older, newer } : null,
    names: await loadNames(
      db(),
      [...revisions, ...pair].map(({ content }) => content),
    ),
  };
}

/** What one saved version of an alert said; null when there is none for this person. */
export async function getRevision(actor: Actor, id: string, version: number) {
  const row = await db().revision.findFirst({
    where: { alertId: id, version, alert: { agencyId: { in: agenciesFor(actor, "alert:read") } } },
    select: { version: true, content: true },
  });
  return row && { version: row.version, content: readContent(row.content) };
}
