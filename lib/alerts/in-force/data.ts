import "server-only";
import { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { alertableWithin } from "../../access/jurisdiction";
import { formatNumber } from "../../directory/schema";
import { isOut } from "../../incidents/schema";
import { formatPlace } from "../../places/county-kinds";
import type { Prisma, Reader } from "../../platform/db";
import { parseCapTime } from "../../standards/cap/time";
import { describeForbidden } from "../allowed/data";
import { type GivenNumber, readBundle } from "../bundle";
import { toldPlaces } from "../follow-up";
import type { CoveringAlert } from "../facts";
import { type InForce, TELLS } from "../schema";

/** Which messages of an outage people go by: published, not ended, and neither replaced nor canceled. */

/** Numbers of a published alert by identifier of the message. A published bundle never changes. */
const remembered = new Map<string, Map<string, GivenNumber[]>>();
const MOST_REMEMBERED = 32;

/** @param bundle as it is stored; read once by a process */
export function numbersByMessage(contentHash: string, bundle: string): ReadonlyMap<string, GivenNumber[]> {
  const known = remembered.get(contentHash);
  if (known) return known;
  const numbers = new Map(readBundle(bundle).messages.map((message) => [message.identifier, message.numbers]));
  if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
  remembered.set(contentHash, numbers);
  return numbers;
}

const audienceSchema = z.enum(["phones", "broadcasters"]);
const tellsSchema = z.enum(TELLS);

/** Where a message is in force; what it refers to is kept by message, so no bytes are read for it. */
export const inForceAt = (now: Date) => ({
  msgType: { not: "Cancel" },
  xml: { not: null },
  alert: { state: "published", expiresAt: { gt: now } },
  referredToBy: { none: {} },
});

/** Messages of an outage that are in force at a moment, by identifier. */
export async function loadInForce(client: Reader, incidentId: string, now: Date): Promise<InForce[]> {
  const where = inForceAt(now);
  const rows = await client.message.findMany({
    where: { ...where, alert: { ...where.alert, incidentId } },
    select: {
      alertId: true,
      identifier: true,
      audience: true,
      placeId: true,
      covers: true,
      tells: true,
      sent: true,
    },
    orderBy: { identifier: "asc" },
  });
  if (rows.length === 0) return [];
  const alerts = await client.alert.findMany({
    where: { id: { in: [...new Set(rows.map(({ alertId }) => alertId))] } },
    select: { id: true, bundle: true, contentHash: true, agency: { select: { sender: true } } },
  });
  const byAlert = new Map(
    alerts.map(({ id, bundle, contentHash, agency }) => [
      id,
      { sender: agency.sender, numbers: numbersByMessage(contentHash ?? "", bundle ?? "") },
    ]),
  );
  return rows.flatMap(({ alertId, identifier, audience, placeId, covers, tells, sent }) => {
    const alert = byAlert.get(alertId);
    const instant = sent === null ? undefined : parseCapTime(sent);
    if (!alert || instant === undefined) return [];
    return [
      {
        reference: `${alert.sender},${identifier},${sent}`,
        audience: audienceSchema.parse(audience),
        placeId,
        covers,
        tells: tellsSchema.parse(tells),
        sent: instant,
        numbers: (alert.numbers.get(identifier) ?? []).map((number) => ({
          placeId: number.placeId,
          id: number.id,
          e164: number.e164,
          extension: number.extension,
        })),
      },
    ];
  });
}

/**
 * Alerts of other outages that tell people of some of these places that 911
 * fails, now. What is published is public, so no agency is asked.
 */
export async function findCovering(
  client: Reader,
  { incidentId, mode, placeIds }: { incidentId: string; mode: string; placeIds: readonly string[] },
  now: Date,
): Promise<CoveringAlert[]> {
  const where = inForceAt(now);
  const rows = await client.message.findMany({
    where: {
      ...where,
      audience: "phones",
      tells: "outage",
      covers: { hasSome: [...placeIds] },
      alert: { ...where.alert, incidentId: { not: incidentId }, incident: { mode } },
    },
    select: { covers: true, alert: { select: { id: true, title: true, agency: { select: { shortName: true } } } } },
    orderBy: { identifier: "asc" },
  });
  const wanted = new Set(placeIds);
  const found = new Map<string, CoveringAlert>();
  for (const { covers, alert } of rows) {
    const earlier = found.get(alert.id)?.placeIds ?? [];
    found.set(alert.id, {
      id: alert.id,
      agency: alert.agency.shortName,
      title: alert.title,
      placeIds: [...earlier, ...covers.filter((id) => wanted.has(id))],
    });
  }
  return [...found.values()];
}

/** What later messages left of a published alert. */
export interface Replaced {
  /** Whether nothing is left of it. */
  isWhole: boolean;
  /** Places whose phones still go by it, and how many they were. */
  left: number;
  of: number;
}

/** Published alerts of which later messages replaced or canceled some or all, and what that left of each. */
export async function findReplacedAlerts(
  client: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Replaced>> {
  const rows = await client.$queryRaw<({ id: string } & Replaced)[]>`
    select m."alertId" as id, bool_and(m.gone) as "isWhole",
      (count(distinct place) filter (where not m.gone and m.audience = 'phones'))::int as left,
      (count(distinct place) filter (where m.audience = 'phones'))::int as of
    from (select m."alertId", m.audience, m.covers,
        exists (select 1 from "MessageReference" r where r."earlierId" = m.id) as gone
      from "Message" m join "Alert" a on a.id = m."alertId"
      where m."alertId" = any(${[...ids]}) and a.state = 'published' and m."msgType" <> 'Cancel') m
      left join unnest(m.covers) place on true
    group by m."alertId" having bool_or(m.gone)`;
  return new Map(rows.map(({ id, ...replaced }) => [id, replaced]));
}

/** Places next to those where 911 fails, where it works, by name; the rest of a county is next to each of its cities and towns. */
async function listNeighbors(client: Reader, incidentId: string): Promise<{ id: string; name: string }[]> {
  const rows = await client.$queryRaw<{ id: string; name: string; kind: string; stateCode: string }[]>`
    select distinct n.id, n.name, n.kind, n."stateCode" from "IncidentPlace" i
      join "Place" p on p.id = i."placeId" join "Place" n on n.id = any(p."neighborIds" || p."otherCountyIds" || p."parentId")
    where i."incidentId" = ${incidentId} and i.state in ('out', 'partly') and n.alertable
      and not exists (select 1 from "IncidentPlace" o
        where o."incidentId" = i."incidentId" and o."placeId" = n.id and o.state in ('out', 'partly'))
    order by n.name, n.id`;
  return rows.map((row) => ({ id: row.id, name: `${formatPlace(row)}, ${row.stateCode}` }));
}

type Agency = Prisma.AgencyGetPayload<object>;

/**
 * Who tells the neighbors of an outage, and which: its agency, or the nearest
 * one above it whose area has some of them.
 * @returns the neighbors in the area of that agency and outside of it, and whether the actor may draft for it
 */
export async function findNeighbors(client: Reader, actor: Actor, incident: { id: string; agency: Agency }) {
  const neighbors = await listNeighbors(client, incident.id);
  const split = async (agency: Agency) => {
    const area = await alertableWithin(client, agency.jurisdictionId);
    return {
      agency,
      within: neighbors.filter(({ id }) => area.has(id)),
      outside: neighbors.filter(({ id }) => !area.has(id)),
    };
  };
  const own = await split(incident.agency);
  let next = own;
  while (next.within.length === 0 && next.agency.parentId !== null) {
    next = await split(await client.agency.findUniqueOrThrow({ where: { id: next.agency.parentId } }));
  }
  const mayDraft = can(actor, "alert:draft", next.agency.id);
  // Whoever may not speak for an agency above learns which neighbors to call.
  return mayDraft || !can(actor, "alert:draft", own.agency.id) ? { ...next, mayDraft } : { ...own, mayDraft: true };
}

/** What the page of an outage, or of one of its alerts, offers to follow up: who was told what, by which number. */
export async function loadFollowUpFacts(client: Reader, actor: Actor, incidentId: string, now: Date) {
  const [inForce, states, open] = [
    await loadInForce(client, incidentId, now),
    await client.incidentPlace.findMany({ where: { incidentId }, select: { placeId: true, state: true } }),
    await client.alert.findMany({
      where: { incidentId, purpose: { not: "outage" }, state: { in: ["draft", "submitted"] } },
      select: { id: true, purpose: true, title: true },
      orderBy: { createdAt: "desc" },
    }),
  ];
  const phones = inForce.filter(({ audience, tells }) => audience === "phones" && tells === "outage");
  const told = new Set(toldPlaces(inForce, "outage"));
  const toldNextDoor = new Set(toldPlaces(inForce, "neighbor"));
  const incident = await client.incident.findUniqueOrThrow({ where: { id: incidentId }, include: { agency: true } });
  const { agency, within, outside, mayDraft } = await findNeighbors(client, actor, incident);
  const names = await client.place.findMany({
    where: { id: { in: [...told] } },
    select: { id: true, name: true, kind: true },
  });
  const nameOf = new Map(names.map((place) => [place.id, formatPlace(place)]));
  const byNumber = new Map<string, { id: string; number: string; places: string[] }>();
  for (const { placeId, id, e164, extension } of phones.flatMap(({ numbers }) => numbers)) {
    const one = byNumber.get(id) ?? { id, number: formatNumber({ e164, extension }), places: [] };
    one.places.push(nameOf.get(placeId) ?? placeId);
    byNumber.set(id, one);
  }
  return {
    told: told.size,
    toldIds: [...told],
    untold: states.filter(({ placeId, state }) => isOut(state) && !told.has(placeId)).length,
    restored: states.filter(({ placeId, state }) => state === "restored" && told.has(placeId)).length,
    neighbors: {
      untold: within.filter(({ id }) => !toldNextDoor.has(id)).map(({ name }) => name),
      told: within.filter(({ id }) => toldNextDoor.has(id)).length,
      outside: outside.map(({ name }) => name),
      mayDraft,
      /** Why a border notice may not be published, as sentences. */
      forbidden: await describeForbidden(client, { agencyId: agency.id, purpose: "border", incident }),
    },
    numbers: [...byNumber.values()].sort((left, right) => left.places.length - right.places.length),
    open,
  };
}
