import "server-only";
import { findWithheld, formatWithheld } from "../access/allowance/allowance";
import { loadAllowance } from "../access/allowance/data";
import { type Actor, agenciesFor, can } from "../access/actor";
import { alertableWithin } from "../access/jurisdiction";
import { scopesOf } from "../access/permissions";
import { failureSchema, textTo911Schema } from "../incidents/schema";
import { formatPlace } from "../places/county-kinds";
import type { Prisma, Reader } from "../platform/db";
import {
  type Acknowledgment,
  type Course,
  isCompleted,
  measurePeople,
  measureStages,
  type Reached,
  type ReachedStages,
  releaseInjects,
} from "./measure";
import { beginOfMonth, stepMonth } from "./months";
import { injectStageSchema, type Part, PART_NAMES, PARTS, partSchema, stateOfExercise, targetsSchema } from "./schema";

/** Reads exercises, and works their times out from the record. */

const WHOLE = {
  agency: { select: { name: true, jurisdiction: { select: { timeZone: true } } } },
  players: { include: { person: { select: { name: true } } } },
  injects: { orderBy: { position: "asc" }, include: { acknowledgments: true } },
} satisfies Prisma.ExerciseInclude;
export type ExerciseRow = Prisma.ExerciseGetPayload<{ include: typeof WHOLE }>;

/** One exercise with all that belongs to it. Does not ask who reads: the callers do. */
export const loadExercise = (client: Reader, id: string): Promise<ExerciseRow | null> =>
  client.exercise.findUnique({ where: { id }, include: WHOLE });

const NOTHING: ReachedStages = { declared: null, submitted: null, published: null, update: null };
/** What tells people more after the first alert. */
const UPDATES = new Set(["update", "correction", "restoration"]);

/** What was reached in each of these incidents, from the entries of the record. */
export async function loadReached(
  client: Reader,
  incidentIds: readonly string[],
): Promise<ReadonlyMap<string, ReachedStages>> {
  if (incidentIds.length === 0) return new Map();
  const ids = [...incidentIds];
  const [events, alerts] = await Promise.all([
    client.auditEvent.findMany({
      where: { incidentId: { in: ids }, action: { in: ["incident.declared", "alert.submitted", "alert.published"] } },
      orderBy: { seq: "asc" },
      select: { action: true, at: true, actorId: true, actor: true, subjectId: true, incidentId: true },
    }),
    client.alert.findMany({ where: { incidentId: { in: ids } }, select: { id: true, purpose: true } }),
  ]);
  const purposes = new Map(alerts.map(({ id, purpose }) => [id, purpose]));
  const found = new Map<string, Record<keyof ReachedStages, Reached | null>>();
  for (const { action, at, actorId, actor, subjectId, incidentId } of events) {
    const stages = found.get(incidentId ?? "") ?? { ...NOTHING };
    found.set(incidentId ?? "", stages);
    const purpose = purposes.get(subjectId) ?? "";
    const one = { at: at.getTime(), personId: actorId, by: actor };
    if (action === "incident.declared") stages.declared ??= one;
    else if (action === "alert.submitted" && purpose === "outage") stages.submitted ??= one;
    else if (action === "alert.published" && purpose === "outage") stages.published ??= one;
    else if (action === "alert.published" && UPDATES.has(purpose)) stages.update ??= one;
  }
  return found;
}

/** What is measured of an exercise: its stages, its people, its injects. */
export function assess(row: ExerciseRow, reached: ReachedStages, now: number) {
  const course: Course = {
    startedAt: row.startedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
    reached,
  };
  const intervals = measureStages(course, targetsSchema.parse(row.targets), now);
  const injects = releaseInjects(
    row.injects.map(({ id, text, afterMinutes, stage }) => ({
      id,
      text,
      afterMinutes,
      stage: stage === null ? null : injectStageSchema.parse(stage),
    })),
    course,
    now,
  );
  const acknowledgments = row.injects.flatMap(({ acknowledgments: given }) =>
    given.map(({ injectId, personId, at }): Acknowledgment => ({ injectId, personId, at: at.getTime() })),
  );
  const names = new Map(row.players.map(({ personId, person }) => [personId, person.name]));
  const players = [...names]
    .map(([personId, name]) => ({
      personId,
      name,
      parts: PART_NAMES.filter((part) => row.players.some((one) => one.personId === personId && one.part === part)),
    }))
    .sort(
      (left, right) =>
        PART_NAMES.indexOf(left.parts[0] ?? "watches") - PART_NAMES.indexOf(right.parts[0] ?? "watches") ||
        left.name.localeCompare(right.name),
    );
  return {
    course,
    intervals,
    injects,
    acknowledgments,
    people: measurePeople(players, course, intervals, injects, acknowledgments),
    completed: isCompleted(course, intervals),
  };
}
export type Assessed = ReturnType<typeof assess>;

/** The same, with what was reached read from the record. */
export async function assessNow(client: Reader, row: ExerciseRow, now: Date): Promise<Assessed> {
  const reached = row.incidentId ? (await loadReached(client, [row.incidentId])).get(row.incidentId) : undefined;
  return assess(row, reached ?? NOTHING, now.getTime());
}

const summarize = (row: ExerciseRow, reached: ReachedStages, now: number) => {
  const { intervals, completed } = assess(row, reached, now);
  return {
    id: row.id,
    title: row.title,
    agencyId: row.agencyId,
    agency: row.agency.name,
    timeZone: row.agency.jurisdiction.timeZone,
    state: stateOfExercise(row),
    startsAt: row.startsAt.getTime(),
    startedAt: row.startedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
    players: new Set(row.players.map(({ personId }) => personId)).size,
    completed,
    intervals,
  };
};
export type ExerciseSummary = ReturnType<typeof summarize>;

async function summarizeAll(client: Reader, rows: readonly ExerciseRow[], now: Date): Promise<ExerciseSummary[]> {
  const reached = await loadReached(
    client,
    rows.flatMap(({ incidentId }) => (incidentId ? [incidentId] : [])),
  );
  return rows.map((row) => summarize(row, reached.get(row.incidentId ?? "") ?? NOTHING, now.getTime()));
}

const MOST_LISTED = 200;

/** Exercises this person may read: those that run, those to come (the next one first), those that are over, newest first. */
export async function listExercises(client: Reader, actor: Actor, now: Date) {
  const rows = await client.exercise.findMany({
    where: { agencyId: { in: agenciesFor(actor, "incident:read") } },
    include: WHOLE,
    orderBy: { startsAt: "desc" },
    take: MOST_LISTED,
  });
  const all = await summarizeAll(client, rows, now);
  return {
    running: all.filter(({ state }) => state === "running"),
    planned: all.filter(({ state }) => state === "planned").reverse(),
    over: all.filter(({ state }) => state === "closed" || state === "called-off"),
  };
}

/** Exercises this person plays in that run, or start within a week. */
export async function listOwnExercises(client: Reader, actor: Actor, now: Date) {
  const rows = await client.exercise.findMany({
    where: {
      agencyId: { in: agenciesFor(actor, "incident:read") },
      players: { some: { personId: actor.personId } },
      closedAt: null,
      calledOffAt: null,
      OR: [{ startedAt: { not: null } }, { startsAt: { lt: new Date(now.getTime() + 7 * 86_400_000) } }],
    },
    include: { players: true, agency: { select: { jurisdiction: { select: { timeZone: true } } } } },
    orderBy: { startsAt: "asc" },
  });
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    running: row.startedAt !== null,
    startsAt: row.startsAt.getTime(),
    timeZone: row.agency.jurisdiction.timeZone,
    parts: PART_NAMES.filter((part) =>
      row.players.some((player) => player.personId === actor.personId && player.part === part),
    ),
  }));
}
export type OwnExercise = Awaited<ReturnType<typeof listOwnExercises>>[number];

/** A live outage of this agency that is open: while there is one, nobody practices. */
export const findLiveIncident = (client: Reader, agencyId: string) =>
  client.incident.findFirst({
    where: { agencyId, mode: "live", closedAt: null },
    select: { id: true, title: true },
    orderBy: { declaredAt: "desc" },
  });

/** One exercise as this person may see it, or null when it does not exist for them. */
export async function getExercise(client: Reader, actor: Actor, id: string, now: Date) {
  const row = await loadExercise(client, id);
  if (!row || !can(actor, "incident:read", row.agencyId)) return null;
  const assessed = await assessNow(client, row, now);
  const state = stateOfExercise(row);
  const mayPlan = can(actor, "exercise:plan", row.agencyId);
  const parts = PART_NAMES.filter((part) =>
    row.players.some((player) => player.personId === actor.personId && player.part === part),
  );
  // Whoever plays learns of what happens when it happens, also if they planned it.
  const seesAhead =
    state === "closed" || (mayPlan && (state !== "running" || parts.every((part) => part === "watches")));
  const [places, live] = await Promise.all([
    client.place.findMany({
      where: { id: { in: row.placeIds.slice(0, 12) } },
      select: { id: true, kind: true, name: true },
      orderBy: { name: "asc" },
    }),
    state === "planned" || state === "running" ? findLiveIncident(client, row.agencyId) : null,
  ]);
  return {
    ...assessed,
    id: row.id,
    version: row.version,
    title: row.title,
    agency: row.agency.name,
    timeZone: row.agency.jurisdiction.timeZone,
    state,
    startsAt: row.startsAt.getTime(),
    brief: row.brief,
    failure: failureSchema.parse(row.failure),
    carrier: row.carrier,
    textTo911: textTo911Schema.parse(row.textTo911),
    places: row.placeIds.length,
    placeNames: places.map(formatPlace),
    createdBy: row.createdBy,
    createdAt: row.createdAt.getTime(),
    startedAt: row.startedAt?.getTime() ?? null,
    startedBy: row.startedBy,
    closedAt: row.closedAt?.getTime() ?? null,
    closedBy: row.closedBy,
    calledOff: row.calledOffAt && {
      at: row.calledOffAt.getTime(),
      by: row.calledOffBy ?? "",
      why: row.calledOffWhy ?? "",
    },
    incidentId: row.incidentId,
    live,
    injects: assessed.injects
      .filter(({ releasedAt }) => releasedAt !== null || seesAhead)
      .map((inject) => ({
        ...inject,
        acknowledged: assessed.acknowledgments
          .filter(({ injectId }) => injectId === inject.id)
          .flatMap(({ personId, at }) => {
            const person = assessed.people.find((one) => one.personId === personId);
            return person ? [{ name: person.name, at }] : [];
          }),
        mine: assessed.acknowledgments.some(
          ({ injectId, personId }) => injectId === inject.id && personId === actor.personId,
        ),
      })),
    held: assessed.injects.filter(({ releasedAt }) => releasedAt === null).length,
    parts,
    mayPlan,
    mayDeclare:
      can(actor, "incident:declare", row.agencyId) && actor.memberships.some((one) => one.agencyId === row.agencyId),
  };
}
export type ExerciseForPage = NonNullable<Awaited<ReturnType<typeof getExercise>>>;

/** Changes whenever something happened that this person may see. */
export const stampOf = ({ state, injects, intervals, incidentId, live }: ExerciseForPage): string =>
  [
    state,
    incidentId ?? "",
    live?.id ?? "",
    injects.filter(({ releasedAt }) => releasedAt !== null).length,
    injects.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0),
    intervals.filter(({ reached }) => reached).length,
  ].join(" ");

/** The planned exercise an incident belongs to, if this person may read it. */
export const findExerciseOf = (client: Reader, actor: Actor, incidentId: string) =>
  client.exercise.findFirst({
    where: { incidentId, agencyId: { in: agenciesFor(actor, "incident:read") } },
    select: { id: true, title: true },
  });

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

/** Why an agency may run no exercise, as sentences; null where it may. */
export async function describeWithheld(client: Reader, agencyId: string): Promise<string | null> {
  const allowance = await loadAllowance(client, agencyId);
  const withheld = findWithheld(allowance, { purpose: "outage", mode: "exercise", published: [] });
  return withheld && formatWithheld(allowance.agency.name, withheld);
}

/** What a person may plan with: their agencies, who could play, and where. */
export async function getPlanChoices(client: Reader, actor: Actor) {
  const rows = await client.agency.findMany({
    where: { id: { in: agenciesFor(actor, "exercise:plan") } },
    select: { id: true, name: true, jurisdictionId: true, jurisdiction: { select: { timeZone: true } } },
    orderBy: { name: "asc" },
  });
  const own = new Set(actor.memberships.map(({ agencyId }) => agencyId));
  const players = await loadPlayers(
    client,
    rows.map(({ id }) => id),
  );
  const agencies = [];
  for (const { id, name, jurisdictionId, jurisdiction } of rows) {
    agencies.push({
      id,
      name,
      timeZone: jurisdiction.timeZone,
      placeIds: [...(await alertableWithin(client, jurisdictionId))],
      people: players.get(id) ?? [],
      withheld: await describeWithheld(client, id),
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
  const reached = await loadReached(
    client,
    rows.flatMap(({ incidentId }) => (incidentId ? [incidentId] : [])),
  );
  const results = rows.map((row) => ({
    row,
    assessed: assess(row, reached.get(row.incidentId ?? "") ?? NOTHING, now.getTime()),
  }));
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
