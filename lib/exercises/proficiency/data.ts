import "server-only";
import { type Actor, agenciesFor, can } from "../../access/actor";
import type { Reader } from "../../platform/db";
import { assessAll, assessNow, loadExercise, WHOLE } from "../data";
import { beginOfMonth, stepMonth } from "../months";
import { loadPlayers } from "../planning/data";

/** Who practiced in a month, and what a certificate says of it. */

/** Who did what in a month: exercises that were closed in it, and demonstrations in the IPAWS lab as they were noted. */
export async function getProficiency(client: Reader, actor: Actor, month: string, timeZone: string, now: Date) {
  const agencyIds = agenciesFor(actor, "incident:read");
  const next = stepMonth(month, 1);
  const [from, to] = [month, next].map((one) => new Date(beginOfMonth(one, timeZone)));
  const [agencies, rows, demonstrations, players] = await Promise.all([
    client.agency.findMany({
      where: { id: { in: agencyIds } },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
    }),
    client.exercise.findMany({
      where: { agencyId: { in: agencyIds }, closedAt: { gte: from!, lt: to! } },
      include: WHOLE,
      orderBy: { closedAt: "asc" },
    }),
    client.labDemonstration.findMany({
      where: {
        agencyId: { in: agencyIds },
        day: {
          gte: new Date(`${month}-01T00:00:00Z`),
          lt: new Date(`${next}-01T00:00:00Z`),
        },
      },
      include: { person: { select: { name: true } } },
      orderBy: [{ day: "asc" }, { id: "asc" }],
    }),
    loadPlayers(client, agencyIds),
  ]);
  const results = await assessAll(client, rows, now);
  return agencies.map(({ id, name }) => {
    const own = results.filter(({ row }) => row.agencyId === id);
    return {
      id,
      name,
      mayRecord: can(actor, "people:manage", id),
      people: (players.get(id) ?? [])
        .filter(({ parts }) => parts.length > 1)
        .map((one) => ({ id: one.id, name: one.name })),
      exercises: own.map(({ row, assessed }) => ({
        id: row.id,
        title: row.title,
        closedAt: row.closedAt?.getTime() ?? 0,
        completed: assessed.completed,
        completedBy: assessed.people
          .filter(({ completed }) => completed)
          .map((person) => ({ id: person.personId, name: person.name })),
      })),
      demonstrations: demonstrations
        .filter(({ agencyId }) => agencyId === id)
        .map((one) => ({
          id: one.id,
          day: one.day.toISOString().slice(0, 10),
          person: one.person.name,
          note: one.note,
          recordedBy: one.recordedBy,
          withdrawnBy: one.withdrawnBy,
        })),
    };
  });
}
export type AgencyProficiency = Awaited<ReturnType<typeof getProficiency>>[number];

/**
 * What a certificate says, of a person or of the agency.
 * @returns null when the exercise does not exist for this person; why not, when there is nothing to certify
 */
export async function getCertificate(client: Reader, actor: Actor, id: string, personId: string | null, now: Date) {
  const row = await loadExercise(client, id);
  if (!row || !can(actor, "incident:read", row.agencyId)) return null;
  const assessed = await assessNow(client, row, now);
  const person = personId === null ? null : assessed.people.find((one) => one.personId === personId);
  if (person === undefined) return null;
  const closing = await client.auditEvent.findFirst({
    where: { action: "exercise.closed", subjectId: id },
    select: { seq: true, hash: true },
  });
  return {
    id,
    title: row.title,
    agency: row.agency.name,
    timeZone: row.agency.jurisdiction.timeZone,
    startedAt: row.startedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
    person,
    completed: person ? person.completed : assessed.completed,
    intervals: person
      ? person.measured.filter(({ own }) => own).map(({ interval }) => interval)
      : assessed.intervals.filter(({ reached }) => reached !== null),
    entry: closing && { number: Number(closing.seq), hash: closing.hash },
  };
}
