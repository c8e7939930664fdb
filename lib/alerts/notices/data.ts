import "server-only";
import type { Actor } from "../../access/actor";
import { loadPeopleWho } from "../../people/data";
import type { Reader } from "../../platform/db";

/** Who is told of an alert that waits, and who was. */

interface Waiting {
  id: string;
  agencyId: string;
}

/** People who may approve an alert and whose work is not in it. */
export async function loadApprovers(client: Reader, alert: Waiting) {
  const [people, contributions] = [
    await loadPeopleWho(client, "alert:approve", alert.agencyId),
    await client.contribution.findMany({ where: { alertId: alert.id }, select: { personId: true } }),
  ];
  const contributed = new Set(contributions.map(({ personId }) => personId));
  return people.filter(({ id }) => !contributed.has(id));
}

/** Those of the agency's alternates who may approve this alert, in its order. */
export async function loadAlternates(client: Reader, alert: Waiting) {
  const [approvers, named] = [
    await loadApprovers(client, alert),
    await client.agencyAlternate.findMany({ where: { agencyId: alert.agencyId }, orderBy: { position: "asc" } }),
  ];
  return named.flatMap(({ personId }) => approvers.find(({ id }) => id === personId) ?? []);
}

/** What became of telling people about an alert as it waits now, the latest first. */
export async function loadTold(client: Reader, alertId: string, contentHash: string | null) {
  const rows = await client.notice.findMany({
    where: { alertId, contentHash: contentHash ?? "" },
    include: { person: { select: { name: true } } },
    orderBy: [{ at: "desc" }, { id: "asc" }],
  });
  return rows.map(({ kind, person, state, sentAt, problem, at }) => ({
    kind,
    name: person.name,
    state,
    at: (sentAt ?? at).getTime(),
    problem,
  }));
}

/** Of these alerts, those for which this person was called on as an alternate. */
export async function findCalledOn(
  client: Reader,
  actor: Actor,
  alerts: readonly { id: string; contentHash: string | null }[],
): Promise<ReadonlySet<string>> {
  const rows = await client.notice.findMany({
    where: { personId: actor.personId, kind: "escalation", alertId: { in: alerts.map(({ id }) => id) } },
    select: { alertId: true, contentHash: true },
  });
  const hashes = new Map(alerts.map(({ id, contentHash }) => [id, contentHash]));
  return new Set(rows.flatMap(({ alertId, contentHash }) => (hashes.get(alertId) === contentHash ? [alertId] : [])));
}
