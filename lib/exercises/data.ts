import "server-only";
import { type Actor, agenciesFor, can } from "../access/actor";
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
import { injectStageSchema, type Part, PART_NAMES, stateOfExercise, targetsSchema } from "./schema";

/** Reads exercises, and works their times out from the record. */

export const WHOLE = {
  agency: { select: { name: true, jurisdiction: { select: { timeZone: true } } } },
  players: { include: { person: { select: { name: true } } } },
  injects: { orderBy: { position: "asc" }, include: { acknowledgments: true } },
} satisfies Prisma.ExerciseInclude;
export type ExerciseRow = Prisma.ExerciseGetPayload<{ include: typeof WHOLE }>;

/** The parts of a person in an exercise, in their order. */
const partsOf = ({ players }: { players: readonly { personId: string; part: string }[] }, personId: string): Part[] =>
  PART_NAMES.filter((part) => players.some((one) => one.personId === personId && one.part === part));

/** One exercise with all that belongs to it. Does not ask who reads: the callers do. */
export const loadExercise = (client: Reader, id: string): Promise<ExerciseRow | null> =>
  client.exercise.findUnique({ where: { id }, include: WHOLE });

const NOTHING: ReachedStages = { declared: null, submitted: null, published: null, update: null };
/** What tells people more after the first alert. */
const UPDATES = new Set(["update", "correction", "restoration"]);

/** What was reached in each of these incidents, from the entries of the record. */
async function loadReached(
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
function assess(row: ExerciseRow, reached: ReachedStages, now: number) {
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
      parts: partsOf(row, personId),
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

/** The same of several, with what was reached read from the record. */
export async function assessAll(client: Reader, rows: readonly ExerciseRow[], now: Date) {
  const reached = await loadReached(
    client,
    rows.flatMap(({ incidentId }) => (incidentId ? [incidentId] : [])),
  );
  return rows.map((row) => ({
    row,
    assessed: assess(row, reached.get(row.incidentId ?? "") ?? NOTHING, now.getTime()),
  }));
}

export async function assessNow(client: Reader, row: ExerciseRow, now: Date): Promise<Assessed> {
  const [one] = await assessAll(client, [row], now);
  return one!.assessed;
}

const summarize = ({ row, assessed: { intervals, completed } }: { row: ExerciseRow; assessed: Assessed }) => {
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

const MOST_LISTED = 200;

/** Exercises this person may read: those that run, those to come (the next one first), those that are over, newest first. */
export async function listExercises(client: Reader, actor: Actor, now: Date) {
  const rows = await client.exercise.findMany({
    where: { agencyId: { in: agenciesFor(actor, "incident:read") } },
    include: WHOLE,
    orderBy: { startsAt: "desc" },
    take: MOST_LISTED,
  });
  const all = (await assessAll(client, rows, now)).map(summarize);
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
    parts: partsOf(row, actor.personId),
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
  const parts = partsOf(row, actor.personId);
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
