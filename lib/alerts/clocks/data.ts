import "server-only";
import { type Actor, can } from "../../access/actor";
import { type ClockFacts, type IncidentClock, listClocks } from "../../incidents/clocks";
import { listVisibleIncidents } from "../../incidents/data";
import { isOut } from "../../incidents/schema";
import { db, type Reader } from "../../platform/db";
import { floorPromise } from "../clock-words";

/** The clocks of open incidents, from what they and their alerts say. */

export interface ClocksOfIncident {
  id: string;
  title: string;
  mode: "live" | "exercise";
  clocks: IncidentClock[];
  standing: OutageStanding;
}

/** Places whose alert in force says that 911 fails, by when it ends. Times in milliseconds since 1970. */
interface ToldPlaces {
  places: number;
  endsAt: number;
  nextUpdateAt: number;
}

/** How an open outage stands with the public, and what this person may do about it. */
export interface OutageStanding {
  agency: string;
  mayDraft: boolean;
  mayApprove: boolean;
  mayClose: boolean;
  /** Places where 911 fails. */
  out: number;
  /** Those of them with an alert in force. */
  told: ToldPlaces[];
  /** Places where 911 works again, with an alert in force that says it fails. */
  restored: ToldPlaces[];
  /** The latest alert that was published and said that 911 fails. */
  last: { canceled: boolean; endsAt: number } | null;
}

/** How the outage stands for everybody: the part of it that no permission changes. */
function standingOf(facts: ClockFacts): Pick<OutageStanding, "out" | "told" | "restored"> {
  const states = new Map(facts.places.map(({ placeId, state }) => [placeId, state]));
  // A place that two alerts tell has the one that ends last.
  const lasting = new Map<string, ClockFacts["told"][number]>();
  for (const one of facts.told) {
    const other = lasting.get(one.placeId);
    if (one.tells === "outage" && (!other || other.endsAt < one.endsAt)) lasting.set(one.placeId, one);
  }
  const told = (holds: (state: string | undefined) => boolean): ToldPlaces[] => {
    const groups = new Map<string, ToldPlaces>();
    for (const { placeId, endsAt, nextUpdateAt } of lasting.values()) {
      if (!holds(states.get(placeId))) continue;
      const key = `${endsAt} ${nextUpdateAt}`;
      groups.set(key, { places: (groups.get(key)?.places ?? 0) + 1, endsAt, nextUpdateAt });
    }
    return [...groups.values()];
  };
  return {
    out: facts.places.filter(({ state }) => isOut(state)).length,
    told: told(isOut),
    restored: told((state) => state === "restored"),
  };
}

type Known = ClockFacts & Pick<OutageStanding, "last">;

/** What clocks need of these incidents. */
async function loadClockFacts(client: Reader, ids: readonly string[], now: Date): Promise<Map<string, Known>> {
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
          select: { purpose: true, state: true, expiresAt: true },
          orderBy: { publishedAt: "desc" },
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
        last: lastOf(incident.alerts),
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

/** The latest of these alerts that said that 911 fails; the latest published one comes first. */
function lastOf(alerts: readonly { purpose: string; state: string; expiresAt: Date | null }[]): OutageStanding["last"] {
  const last = alerts.find(({ purpose }) => ["outage", "update", "correction"].includes(purpose));
  return last?.expiresAt ? { canceled: last.state === "canceled", endsAt: last.expiresAt.getTime() } : null;
}

/** Clocks of the open incidents this person may read, each incident with its own, the worst first. */
export async function listClocksFor(actor: Actor, now: Date, incidentId?: string): Promise<ClocksOfIncident[]> {
  const visible = await listVisibleIncidents(db(), actor);
  const rows = await db().incident.findMany({
    where: { id: { in: incidentId ? visible.filter((id) => id === incidentId) : visible }, closedAt: null },
    select: { id: true, title: true, mode: true, agencyId: true, agency: { select: { name: true } } },
    orderBy: { declaredAt: "desc" },
  });
  const facts = await loadClockFacts(
    db(),
    rows.map(({ id }) => id),
    now,
  );
  return (
    rows
      .flatMap(({ id, title, mode, agencyId, agency }) => {
        const known = facts.get(id);
        if (!known) return [];
        return [
          {
            id,
            title,
            mode: mode === "exercise" ? ("exercise" as const) : ("live" as const),
            clocks: listClocks(known, now.getTime()),
            standing: {
              agency: agency.name,
              mayDraft: can(actor, "alert:draft", agencyId),
              mayApprove: can(actor, "alert:approve", agencyId),
              mayClose: can(actor, "incident:declare", agencyId),
              ...standingOf(known),
              last: known.last,
            },
          },
        ];
      })
      // Live before exercises, whatever is late in them.
      .sort(
        (left, right) =>
          Number(left.mode === "exercise") - Number(right.mode === "exercise") ||
          (left.clocks[0]?.dueAt ?? Infinity) - (right.clocks[0]?.dueAt ?? Infinity),
      )
  );
}
