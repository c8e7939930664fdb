import "server-only";
import { describeNoExercise } from "../../access/allowance/allowance";
import { loadAllowances } from "../../access/allowance/data";
import { type Actor, agenciesFor, can } from "../../access/actor";
import { alertableWithin } from "../../access/jurisdiction";
import { scopesOf } from "../../access/permissions";
import { failureSchema, textTo911Schema } from "../../incidents/schema";
import type { Reader } from "../../platform/db";
import { loadExercise } from "../data";
import { injectStageSchema, type Part, PART_NAMES, PARTS, partSchema, stateOfExercise, targetsSchema } from "../schema";

/** What a plan is made from, and what a player declares with. */

/** Everyone who could play in an exercise of each agency, with the parts their roles allow. */
export async function loadPlayers(client: Reader, agencyIds: readonly string[]) {
  const [people, agencies] = await Promise.all([
    client.person.findMany({
      where: { disabledAt: null, memberships: { some: {} } },
      select: { id: true, name: true, memberships: { select: { agencyId: true, role: true } } },
      orderBy: { name: "asc" },
    }),
    client.agency.findMany({ select: { id: true, parentId: true } }),
  ]);
  const scopes = people.map(({ id, name, memberships }) => ({ id, name, scopes: scopesOf(memberships, agencies) }));
  return new Map(
    agencyIds.map((agencyId) => [
      agencyId,
      scopes.flatMap(({ id, name, scopes: may }) => {
        const parts = PART_NAMES.filter((part) => may.get(PARTS[part].permission)?.has(agencyId));
        return parts.length > 0 ? [{ id, name, parts }] : [];
      }),
    ]),
  );
}

/** What a person may plan with: their agencies, who could play, and where. */
export async function getPlanChoices(client: Reader, actor: Actor) {
  const rows = await client.agency.findMany({
    where: { id: { in: agenciesFor(actor, "exercise:plan") } },
    select: { id: true, name: true, jurisdictionId: true, jurisdiction: { select: { timeZone: true } } },
    orderBy: { name: "asc" },
  });
  const own = new Set(actor.memberships.map(({ agencyId }) => agencyId));
  const ids = rows.map(({ id }) => id);
  const [players, allowances] = await Promise.all([loadPlayers(client, ids), loadAllowances(client, ids)]);
  const agencies = [];
  for (const [index, { id, name, jurisdictionId, jurisdiction }] of rows.entries()) {
    agencies.push({
      id,
      name,
      timeZone: jurisdiction.timeZone,
      placeIds: [...(await alertableWithin(client, jurisdictionId))],
      people: players.get(id) ?? [],
      withheld: describeNoExercise(allowances[index]!),
    });
  }
  // Their own agency first: it is what most people plan for.
  return agencies.sort((left, right) => Number(own.has(right.id)) - Number(own.has(left.id)));
}
export type PlanAgency = Awaited<ReturnType<typeof getPlanChoices>>[number];

/** What was planned, for the form that changes it; null when it can't be changed by this person. */
export async function getPlan(client: Reader, actor: Actor, id: string) {
  const row = await loadExercise(client, id);
  if (!row || !can(actor, "exercise:plan", row.agencyId) || stateOfExercise(row) !== "planned") return null;
  return {
    id: row.id,
    version: row.version,
    agencyId: row.agencyId,
    title: row.title,
    startsAt: row.startsAt.getTime(),
    brief: row.brief,
    failure: failureSchema.parse(row.failure),
    carrier: row.carrier ?? "",
    textTo911: textTo911Schema.parse(row.textTo911),
    placeIds: row.placeIds,
    players: row.players.map(({ personId, part }): { personId: string; part: Part } => ({
      personId,
      part: partSchema.parse(part),
    })),
    injects: row.injects.map(({ text, afterMinutes, stage }) => ({
      text,
      afterMinutes,
      stage: stage === null ? null : injectStageSchema.parse(stage),
    })),
    targets: targetsSchema.parse(row.targets),
  };
}
export type Plan = NonNullable<Awaited<ReturnType<typeof getPlan>>>;

/** What a player declares with: the outage as it was planned. Null when it is not for this person to declare now. */
export async function getOutageToDeclare(client: Reader, actor: Actor, id: string) {
  const row = await loadExercise(client, id);
  const membership = row && actor.memberships.find(({ agencyId }) => agencyId === row.agencyId);
  if (!row || !membership || !can(actor, "incident:declare", row.agencyId)) return null;
  if (stateOfExercise(row) !== "running" || row.incidentId) return null;
  return {
    id: row.id,
    title: row.title,
    brief: row.brief,
    agency: {
      id: row.agencyId,
      name: membership.agencyName,
      townIds: [...(await alertableWithin(client, membership.jurisdictionId))],
    },
    failure: failureSchema.parse(row.failure),
    carrier: row.carrier ?? "",
    textTo911: textTo911Schema.parse(row.textTo911),
    placeIds: row.placeIds,
  };
}
