import "server-only";
import { cache } from "react";
import { type Actor, agenciesFor, can } from "../access/actor";
import { alertableWithin, COVERS } from "../access/jurisdiction";
import { db, type Prisma, type Reader } from "../platform/db";
import { formatPlace } from "../places/county-kinds";
import { type ListedPlace, nameApart } from "../places/namesakes";
import { entryKindSchema, type IncidentFacts, outageStateSchema } from "./schema";

interface IncidentRow {
  id: string;
  mode: string;
  title: string;
  failure: string;
  carrier: string | null;
  textTo911: string;
  beganAt: Date;
}

/** The facts of an incident that texts use. */
export function toIncidentFacts(row: IncidentRow): IncidentFacts {
  return {
    id: row.id,
    mode: row.mode as IncidentFacts["mode"],
    title: row.title,
    failure: row.failure as IncidentFacts["failure"],
    carrier: row.carrier,
    textTo911: row.textTo911 as IncidentFacts["textTo911"],
    beganAt: row.beganAt.getTime(),
  };
}

/**
 * Ids of the incidents this person may read: those of their agencies, and live
 * ones of others that have a place of theirs.
 */
export async function listVisibleIncidents(client: Reader, actor: Actor): Promise<string[]> {
  const agencyIds = agenciesFor(actor, "incident:read");
  if (agencyIds.length === 0) return [];
  const rows = await client.$queryRaw<{ id: string }[]>`
    select i.id from "Incident" i where i."agencyId" = any(${agencyIds}) or (i.mode = 'live' and exists (
      select 1 from "IncidentPlace" ip join "Place" r on r.id = ip."placeId" left join "Place" p on p.id = r."parentId",
        "Agency" a where ip."incidentId" = i.id and ip.state <> 'removed' and a.id = any(${agencyIds}) and ${COVERS}))`;
  return rows.map(({ id }) => id);
}

/** Incidents this person may read, newest first. */
export async function listIncidents(actor: Actor) {
  return findIncidents({ id: { in: await listVisibleIncidents(db(), actor) } });
}

/** Those that are not closed. Asked once a request: the frame of every page shows them, and so does Home. */
export const listOpenIncidents = cache(async (actor: Actor) =>
  findIncidents({ id: { in: await listVisibleIncidents(db(), actor) }, closedAt: null }),
);

async function findIncidents(where: Prisma.IncidentWhereInput) {
  const rows = await db().incident.findMany({
    where,
    include: {
      agency: { select: { name: true } },
      _count: { select: { places: { where: { state: { not: "removed" } } } } },
      alerts: { where: { publishedAt: { not: null } }, select: { publishedAt: true, expiresAt: true } },
    },
    orderBy: { declaredAt: "desc" },
    take: 100,
  });
  return rows.map((row) => ({
    ...toIncidentFacts(row),
    agency: row.agency.name,
    declaredAt: row.declaredAt.getTime(),
    closedAt: row.closedAt?.getTime() ?? null,
    towns: row._count.places,
    publicToldAt: earliest(row.alerts.map(({ publishedAt }) => publishedAt?.getTime())),
  }));
}

export type IncidentSummary = Awaited<ReturnType<typeof listIncidents>>[number];

function earliest(times: (number | undefined)[]): number | null {
  const known = times.filter((time): time is number => time !== undefined);
  return known.length ? Math.min(...known) : null;
}

/** Places of one list by name, told apart where two are called alike. */
function nameTogether(places: readonly (ListedPlace & { parent: Parameters<typeof formatPlace>[0] | null })[]) {
  const counties = places.flatMap(({ parent }) =>
    parent?.kind === "county" ? [[parent.id, formatPlace(parent)] as const] : [],
  );
  return nameApart(places, new Map(counties));
}

/** One incident, or null when it does not exist for this person. */
export async function getIncident(actor: Actor, id: string) {
  const row = await db().incident.findFirst({
    where: { id },
    include: {
      agency: { select: { id: true, name: true, jurisdictionId: true } },
      places: {
        select: {
          state: true,
          since: true,
          evidence: true,
          place: {
            select: {
              ...{ id: true, kind: true, name: true, label: true, population: true, parentId: true },
              parent: { select: { id: true, kind: true, name: true } },
            },
          },
        },
      },
      entries: { orderBy: { recordedAt: "desc" }, take: 500 },
      alerts: { orderBy: { createdAt: "desc" } },
    },
  });
  if (!row || !(await listVisibleIncidents(db(), actor)).includes(id)) return null;
  const own = can(actor, "incident:read", row.agencyId);
  const names = nameTogether(row.places.map(({ place }) => place));
  return {
    ...toIncidentFacts(row),
    agencyId: row.agencyId,
    agency: row.agency.name,
    cause: row.cause,
    evidence: row.evidence,
    declaredBy: row.declaredBy,
    declaredAt: row.declaredAt.getTime(),
    expectedEndAt: row.expectedEndAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
    places: row.places
      .map(({ place: { id: placeId, kind, name, population, parentId }, state, since, evidence }) => ({
        ...{ id: placeId, kind, population, parentId },
        name: names.get(placeId) ?? name,
        state: outageStateSchema.parse(state),
        since: since?.getTime() ?? null,
        evidence,
      }))
      .sort((left, right) => left.name.localeCompare(right.name)),
    entries: row.entries.map(({ id: entryId, kind, text, source, at, by, recordedAt }) => ({
      id: entryId,
      kind: entryKindSchema.parse(kind),
      text,
      source,
      at: at.getTime(),
      by,
      recordedAt: recordedAt.getTime(),
    })),
    // What another agency has not published is its own affair.
    alerts: row.alerts
      .filter(({ publishedAt }) => own || publishedAt !== null)
      .map((alert) => ({
        id: alert.id,
        title: alert.title,
        state: alert.state,
        purpose: alert.purpose,
        updatedAt: alert.updatedAt.getTime(),
        updatedBy: alert.updatedBy,
        publishedAt: alert.publishedAt?.getTime() ?? null,
        expiresAt: alert.expiresAt?.getTime() ?? null,
      })),
    jurisdictionId: row.agency.jurisdictionId,
    mayDraft: can(actor, "alert:draft", row.agencyId),
    mayChange: can(actor, "incident:declare", row.agencyId),
  };
}

export type IncidentForPage = NonNullable<Awaited<ReturnType<typeof getIncident>>>;

/** Places that may still join an incident: those its agency may speak for and that are not in it. */
export async function listPlacesToJoin(jurisdictionId: string, inIt: readonly string[]) {
  const allowed = await alertableWithin(db(), jurisdictionId);
  for (const id of inIt) allowed.delete(id);
  const rows = await db().place.findMany({
    where: { id: { in: [...allowed] } },
    select: {
      ...{ id: true, kind: true, name: true, label: true, parentId: true },
      parent: { select: { id: true, name: true, kind: true } },
    },
    orderBy: { name: "asc" },
  });
  const names = nameTogether(rows);
  return rows.map((row) => {
    const name = names.get(row.id) ?? row.name;
    // Each says its county, also where no other has its name.
    const isBare = name === formatPlace(row) && row.parent?.kind === "county";
    return { id: row.id, name: isBare ? `${name}, ${formatPlace(row.parent!)}` : name };
  });
}

/** The agency a person declares for, with the towns it may speak for. */
export async function getDeclaringAgency(actor: Actor) {
  const membership = actor.memberships.find(({ agencyId }) => can(actor, "incident:declare", agencyId));
  if (!membership) return null;
  return {
    id: membership.agencyId,
    name: membership.agencyName,
    townIds: [...(await alertableWithin(db(), membership.jurisdictionId))],
  };
}
