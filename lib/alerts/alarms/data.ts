import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { formatNumber } from "../../directory/schema";
import type { Reader } from "../../platform/db";
import { type GivenNumber, readBundle } from "../bundle";

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

/** Numbers of a published bundle, which never changes. */
const given = new Map<string, (GivenNumber & { place: string })[]>();
const MOST_REMEMBERED = 16;

function numbersOf(contentHash: string, bundle: string): (GivenNumber & { place: string })[] {
  const known = given.get(contentHash);
  if (known) return known;
  const numbers = readBundle(bundle)
    .messages.filter(({ audience }) => audience === "phones")
    .flatMap(({ place, numbers: ofMessage }) => ofMessage.map((number) => ({ ...number, place })));
  if (given.size >= MOST_REMEMBERED) given.clear();
  given.set(contentHash, numbers);
  return numbers;
}

function whatHappened(row: { retiredAt: Date | null; status: string; failures: number; statusBy: string | null }) {
  if (row.retiredAt) return "was taken out of use";
  if (row.status === "down") return `was reported down${row.statusBy ? ` by ${row.statusBy}` : ""}`;
  if (row.status === "overloaded") return `was reported overloaded${row.statusBy ? ` by ${row.statusBy}` : ""}`;
  return row.failures >= 2 ? "failed its last two test calls" : null;
}

/** Alarms of the alerts this person may read that are still valid. */
export async function listAlarms(client: Reader, actor: Actor, now: Date, incidentId?: string): Promise<Alarm[]> {
  const alerts = await client.alert.findMany({
    where: {
      agencyId: { in: agenciesFor(actor, "alert:read") },
      state: "published",
      purpose: "outage",
      expiresAt: { gt: now },
      ...(incidentId ? { incidentId } : {}),
    },
    select: { id: true, title: true, incidentId: true, bundle: true, contentHash: true },
  });
  const alarms: Alarm[] = [];
  for (const { id, title, incidentId: incident, bundle, contentHash } of alerts) {
    if (!bundle || !contentHash) continue;
    const numbers = numbersOf(contentHash, bundle);
    const rows = await client.directNumber.findMany({
      where: {
        id: { in: [...new Set(numbers.map((number) => number.id))] },
        OR: [{ retiredAt: { not: null } }, { status: { not: "in-service" } }, { failures: { gte: 2 } }],
      },
      select: { id: true, retiredAt: true, status: true, failures: true, statusBy: true },
    });
    for (const row of rows) {
      const how = whatHappened(row);
      const places = numbers.filter((number) => number.id === row.id);
      const [first] = places;
      if (!how || !first) continue;
      alarms.push({
        alertId: id,
        title,
        incidentId: incident,
        number: formatNumber(first),
        places: places.map(({ place }) => place),
        how,
      });
    }
  }
  return alarms;
}
