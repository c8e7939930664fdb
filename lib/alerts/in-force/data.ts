import "server-only";
import { z } from "zod";
import { formatNumber } from "../../directory/schema";
import { isOut } from "../../incidents/schema";
import { formatPlace } from "../../places/county-kinds";
import type { Reader } from "../../platform/db";
import { parseCapTime } from "../../standards/cap/time";
import { type GivenNumber, readBundle } from "../bundle";
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

/** Published alerts of which later messages replaced or canceled all. */
export async function findReplacedAlerts(client: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await client.$queryRaw<{ id: string }[]>`
    select a.id from "Alert" a where a.id = any(${[...ids]}) and a.state = 'published'
      and exists (select 1 from "Message" m where m."alertId" = a.id and m."msgType" <> 'Cancel')
      and not exists (select 1 from "Message" m where m."alertId" = a.id and m."msgType" <> 'Cancel'
        and not exists (select 1 from "MessageReference" r where r."earlierId" = m.id))`;
  return new Set(rows.map(({ id }) => id));
}

/** What the page of an outage, or of one of its alerts, offers to follow up: who was told what, by which number. */
export async function loadFollowUpFacts(client: Reader, incidentId: string, now: Date) {
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
  const told = new Set(phones.flatMap(({ covers }) => covers));
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
    numbers: [...byNumber.values()].sort((left, right) => left.places.length - right.places.length),
    open,
  };
}
