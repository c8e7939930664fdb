import "server-only";
import { cache } from "react";
import { type Actor, agenciesFor, can } from "../access/actor";
import { alertableWithin } from "../access/jurisdiction";
import { db, type Prisma } from "../platform/db";
import { formatPlace } from "../places/county-kinds";
import type { IncidentFacts } from "./schema";

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

/** Incidents of the agencies this person may read, newest first. */
export async function listIncidents(actor: Actor) {
  return findIncidents({ agencyId: { in: agenciesFor(actor, "incident:read") } });
}

/** Those that are not closed. Asked once a request: the frame of every page shows them, and so does Home. */
export const listOpenIncidents = cache((actor: Actor) =>
  findIncidents({ agencyId: { in: agenciesFor(actor, "incident:read") }, closedAt: null }),
);

async function findIncidents(where: Prisma.IncidentWhereInput) {
  const rows = await db().incident.findMany({
    where,
    include: {
      agency: { select: { name: true } },
      _count: { select: { places: true, alerts: true } },
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
    alerts: row._count.alerts,
    publicToldAt: earliest(row.alerts.map(({ publishedAt }) => publishedAt?.getTime())),
  }));
}

export type IncidentSummary = Awaited<ReturnType<typeof listIncidents>>[number];

function earliest(times: (number | undefined)[]): number | null {
  const known = times.filter((time): time is number => time !== undefined);
  return known.length ? Math.min(...known) : null;
}

/** One incident, or null when it does not exist for this person. */
export async function getIncident(actor: Actor, id: string) {
  const row = await db().incident.findFirst({
    where: { id, agencyId: { in: agenciesFor(actor, "incident:read") } },
    include: {
      agency: { select: { id: true, name: true } },
      places: { select: { place: { select: { id: true, kind: true, name: true, population: true, parentId: true } } } },
      alerts: { orderBy: { createdAt: "desc" } },
    },
  });
  if (!row) return null;
  return {
    ...toIncidentFacts(row),
    agencyId: row.agencyId,
    agency: row.agency.name,
    cause: row.cause,
    evidence: row.evidence,
    declaredBy: row.declaredBy,
    declaredAt: row.declaredAt.getTime(),
    closedAt: row.closedAt?.getTime() ?? null,
    places: row.places
      .map(({ place }) => ({ ...place, name: formatPlace(place) }))
      .sort((left, right) => left.name.localeCompare(right.name)),
    alerts: row.alerts.map((alert) => ({
      id: alert.id,
      title: alert.title,
      state: alert.state,
      purpose: alert.purpose,
      updatedAt: alert.updatedAt.getTime(),
      updatedBy: alert.updatedBy,
      publishedAt: alert.publishedAt?.getTime() ?? null,
      expiresAt: alert.expiresAt?.getTime() ?? null,
    })),
    mayDraft: can(actor, "alert:draft", row.agencyId),
  };
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
