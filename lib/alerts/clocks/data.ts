import "server-only";
import type { Actor } from "../../access/actor";
import { type ClockFacts, type IncidentClock, listClocks } from "../../incidents/clocks";
import { listVisibleIncidents } from "../../incidents/data";
import { db, type Reader } from "../../platform/db";
import { floorPromise } from "../clock-words";

/** The clocks of open incidents, from what they and their alerts say. */

export interface ClocksOfIncident {
  id: string;
  title: string;
  mode: "live" | "exercise";
  clocks: IncidentClock[];
}

/** What clocks need of these incidents. */
async function loadClockFacts(client: Reader, ids: readonly string[], now: Date): Promise<Map<string, ClockFacts>> {
  const wanted = [...ids];
  const [incidents, told, acts] = [
    await client.incident.findMany({
      where: { id: { in: wanted } },
      include: {
        agency: { select: { firstAlertMinutes: true, idleMinutes: true, allClearMinutes: true } },
        places: { select: { placeId: true, state: true, since: true } },
        entries: { where: { kind: "notice" }, select: { at: true } },
        alerts: {
          where: { publishedAt: { not: null }, purpose: { not: "cancellation" } },
          select: { id: true },
          take: 1,
        },
      },
    }),
    await client.$queryRaw<{ incidentId: string; placeId: string; tells: string; endsAt: Date; nextUpdateAt: Date }[]>`
      select a."incidentId", place as "placeId", m.tells, a."expiresAt" as "endsAt",
        a."publishedAt" + make_interval(mins => coalesce((a.content->>'nextUpdateMinutes')::int, 60)) as "nextUpdateAt"
      from "Message" m join "Alert" a on a.id = m."alertId", unnest(m.covers) as place
      where a."incidentId" = any(${wanted}) and a.state = 'published' and a."expiresAt" > ${now}
        and m.audience = 'phones' and m."msgType" <> 'Cancel' and m.xml is not null
        and not exists (select 1 from "MessageReference" r where r."earlierId" = m.id)`,
    await client.auditEvent.groupBy({
      by: ["incidentId"],
      where: { incidentId: { in: wanted }, actorId: { not: null }, action: { not: "message.exported" } },
      _max: { at: true },
    }),
  ];
  const lastAct = new Map(acts.map(({ incidentId, _max }) => [incidentId, _max.at?.getTime()]));
  return new Map(
    incidents.map((incident) => [
      incident.id,
      {
        ...incident.agency,
        beganAt: incident.beganAt.getTime(),
        declaredAt: incident.declaredAt.getTime(),
        lastActAt: lastAct.get(incident.id) ?? incident.declaredAt.getTime(),
        places: incident.places.map(({ placeId, state, since }) => ({
          placeId,
          state,
          since: (since ?? incident.declaredAt).getTime(),
        })),
        told: told
          .filter(({ incidentId }) => incidentId === incident.id)
          .map(({ placeId, tells, endsAt, nextUpdateAt }) => ({
            placeId,
            tells,
            endsAt: endsAt.getTime(),
            // As the text says it: a promise is never later than what was promised.
            nextUpdateAt: floorPromise(nextUpdateAt.getTime()),
          })),
        everTold: incident.alerts.length > 0,
        notices: incident.entries.map(({ at }) => at.getTime()),
      },
    ]),
  );
}

/** Clocks of the open incidents this person may read, each incident with its own, the worst first. */
export async function listClocksFor(actor: Actor, now: Date, incidentId?: string): Promise<ClocksOfIncident[]> {
  const visible = await listVisibleIncidents(db(), actor);
  const rows = await db().incident.findMany({
    where: { id: { in: incidentId ? visible.filter((id) => id === incidentId) : visible }, closedAt: null },
    select: { id: true, title: true, mode: true },
    orderBy: { declaredAt: "desc" },
  });
  const facts = await loadClockFacts(
    db(),
    rows.map(({ id }) => id),
    now,
  );
  return (
    rows
      .map(({ id, title, mode }) => {
        const known = facts.get(id);
        return {
          id,
          title,
          mode: mode === "exercise" ? ("exercise" as const) : ("live" as const),
          clocks: known ? listClocks(known, now.getTime()) : [],
        };
      })
      // Live before exercises, whatever is late in them.
      .sort(
        (left, right) =>
          Number(left.mode === "exercise") - Number(right.mode === "exercise") ||
          (left.clocks[0]?.dueAt ?? Infinity) - (right.clocks[0]?.dueAt ?? Infinity),
      )
  );
}
