import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { formatNumber } from "../../directory/schema";
import type { Reader } from "../../platform/db";
import { formatPlace } from "../../places/county-kinds";
import { inForceAt, numbersByMessage } from "../in-force/data";

/**
 * Numbers that are out in an alert people have, and that no longer answer. An
 * alert cannot be called back, so officials must hear of it at once.
 */

export interface Alarm {
  alertId: string;
  title: string;
  incidentId: string;
  /** As people dial it. */
  number: string;
  /** Places whose people were given it. */
  places: string[];
  /** What happened to it, as the end of a sentence. */
  how: string;
}

function whatHappened(row: { retiredAt: Date | null; status: string; failures: number; statusBy: string | null }) {
  if (row.retiredAt) return "was taken out of use";
  if (row.status === "down") return `was reported down${row.statusBy ? ` by ${row.statusBy}` : ""}`;
  if (row.status === "overloaded") return `was reported overloaded${row.statusBy ? ` by ${row.statusBy}` : ""}`;
  return row.failures >= 2 ? "failed its last two test calls" : null;
}

/** Alarms of the messages in force that this person may read about. */
export async function listAlarms(client: Reader, actor: Actor, now: Date, incidentId?: string): Promise<Alarm[]> {
  const messages = await client.message.findMany({
    where: {
      ...inForceAt(now),
      audience: "phones",
      tells: "outage",
      alert: {
        ...inForceAt(now).alert,
        agencyId: { in: agenciesFor(actor, "alert:read") },
        ...(incidentId ? { incidentId } : {}),
      },
    },
    select: { identifier: true, alertId: true },
    orderBy: { identifier: "asc" },
  });
  const alerts = await client.alert.findMany({
    where: { id: { in: [...new Set(messages.map(({ alertId }) => alertId))] } },
    select: { id: true, title: true, incidentId: true, bundle: true, contentHash: true },
    orderBy: { publishedAt: "asc" },
  });
  const alarms: Alarm[] = [];
  for (const { id, title, incidentId: incident, bundle, contentHash } of alerts) {
    const given = numbersByMessage(contentHash ?? "", bundle ?? "");
    const numbers = messages
      .filter(({ alertId }) => alertId === id)
      .flatMap(({ identifier }) => given.get(identifier) ?? []);
    const rows = await client.directNumber.findMany({
      where: {
        id: { in: [...new Set(numbers.map((number) => number.id))] },
        OR: [{ retiredAt: { not: null } }, { status: { not: "in-service" } }, { failures: { gte: 2 } }],
      },
      select: { id: true, retiredAt: true, status: true, failures: true, statusBy: true },
    });
    if (rows.length === 0) continue;
    const places = await client.place.findMany({
      where: { id: { in: numbers.map(({ placeId }) => placeId) } },
      select: { id: true, name: true, kind: true },
    });
    const names = new Map(places.map((place) => [place.id, formatPlace(place)]));
    for (const row of rows) {
      const how = whatHappened(row);
      const carried = numbers.filter((number) => number.id === row.id);
      const [first] = carried;
      if (!how || !first) continue;
      alarms.push({
        alertId: id,
        title,
        incidentId: incident,
        number: formatNumber(first),
        places: carried.map(({ placeId }) => names.get(placeId) ?? placeId),
        how,
      });
    }
  }
  return alarms;
}
