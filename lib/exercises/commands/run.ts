import "server-only";
import { type Actor, can } from "../../access/actor";
import { describeNoExercise } from "../../access/allowance/allowance";
import { loadAllowance } from "../../access/allowance/data";
import { changeAs } from "../../access/mint";
import { lockAlert, transition } from "../../alerts/lifecycle/transition";
import { loadAlert } from "../../alerts/data";
import { closeIncident, writeClosed } from "../../incidents/commands/close";
import { type DeclareInput, declareWithin } from "../../incidents/commands/declare";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { assessNow, findLiveIncident, loadExercise } from "../data";
import { describeMissed } from "../measure";
import { stateOfExercise } from "../schema";
import { entryAbout, lockExercise } from "./plan";

const NOT_RUNNING = refuse("wrong-state", "This exercise does not run. Nothing was changed. Reload the page.");

/** Starts the clock of a planned exercise. Refused while a real outage of the agency is open. */
export async function startExercise(
  client: PrismaClient,
  by: Actor,
  { id }: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const locked = await lockExercise(transaction, actor, id);
    if (!locked.ok) return locked;
    const { value: row } = locked;
    if (stateOfExercise(row) !== "planned") {
      return refuse("wrong-state", "This exercise has begun or was called off already. Nothing was changed.");
    }
    const live = await findLiveIncident(transaction, row.agencyId);
    if (live) {
      return refuse(
        "already-open",
        `“${live.title}” is a real outage and open. Nobody practices meanwhile. Nothing was started.`,
      );
    }
    const withheld = describeNoExercise(await loadAllowance(transaction, row.agencyId));
    if (withheld) return refuse("withheld", `${withheld} Nothing was started.`);
    await transaction.exercise.update({ where: { id }, data: { startedAt: now, startedBy: actor.name } });
    await appendAudit(
      transaction,
      entryAbout(actor, row, {
        action: "exercise.started",
        summary: `Started the exercise “${row.title}”.`,
      }),
      now,
    );
    return success(null);
  });
}

/** Declares the outage of an exercise that runs: an incident in exercise mode, of its agency, once. */
export async function declareForExercise(
  client: PrismaClient,
  by: Actor,
  exerciseId: string,
  input: DeclareInput,
  now: Date,
): Promise<Result<{ id: string }>> {
  if (input.mode !== "exercise") {
    return refuse("invalid", "An exercise is never live. Nothing was declared.");
  }
  return changeAs(client, by, async (transaction, actor) => {
    await transaction.$queryRaw`select id from "Exercise" where id = ${exerciseId} for update`;
    const row = await transaction.exercise.findUnique({ where: { id: exerciseId } });
    if (!row || !can(actor, "incident:declare", row.agencyId)) {
      return refuse("not-found", "There is no such exercise for you. Nothing was declared.");
    }
    if (stateOfExercise(row) !== "running") return NOT_RUNNING;
    if (row.incidentId) {
      return refuse("already-open", "The outage of this exercise is declared already. Nothing was declared.", {
        openIncident: row.incidentId,
      });
    }
    const declared = await declareWithin(transaction, actor, { ...input, anotherIncident: true }, now, row.agencyId);
    if (!declared.ok) return declared;
    await transaction.exercise.update({ where: { id: exerciseId }, data: { incidentId: declared.value.id } });
    await appendAudit(
      transaction,
      entryAbout(actor, row, {
        action: "exercise.declared",
        incidentId: declared.value.id,
        summary: `Declared the outage of the exercise “${row.title}”.`,
      }),
      now,
    );
    return declared;
  });
}

/** Notes that a player has read an inject that was given out. */
export async function acknowledgeInject(
  client: PrismaClient,
  by: Actor,
  { injectId }: { injectId: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const inject = await transaction.exerciseInject.findUnique({ where: { id: injectId } });
    // Held to the end, so that it is not closed meanwhile.
    await transaction.$queryRaw`select id from "Exercise" where id = ${inject?.exerciseId ?? ""} for update`;
    const row = inject && (await loadExercise(transaction, inject.exerciseId));
    const plays = row?.players.some(({ personId }) => personId === actor.personId);
    if (!row || !plays || !can(actor, "incident:read", row.agencyId)) {
      return refuse("not-found", "There is no such inject for you. Nothing was changed.");
    }
    if (stateOfExercise(row) !== "running") return NOT_RUNNING;
    const { injects, acknowledgments } = await assessNow(transaction, row, now);
    if ((injects.find(({ id }) => id === injectId)?.releasedAt ?? null) === null) {
      return refuse("not-found", "There is no such inject for you. Nothing was changed.");
    }
    if (acknowledgments.some((one) => one.injectId === injectId && one.personId === actor.personId)) {
      return success(null);
    }
    await transaction.exerciseAcknowledgment.create({ data: { injectId, personId: actor.personId, at: now } });
    await appendAudit(
      transaction,
      entryAbout(actor, row, {
        action: "exercise.acknowledged",
        incidentId: row.incidentId,
        summary: `Acknowledged inject ${inject.position + 1} of the exercise “${row.title}”.`,
        data: { injectId },
      }),
      now,
    );
    return success(null);
  });
}

/** Ends every draft of an exercise, and closes its incident. A message in force is practice and reaches nobody. */
async function closeOutage(transaction: Transaction, actor: Actor, incidentId: string, now: Date) {
  // In the order in which an approval takes them: first the alert, then its incident.
  await transaction.$queryRaw`
    select id from "Alert" where "incidentId" = ${incidentId} and state in ('draft', 'submitted') order by id for update`;
  await transaction.$queryRaw`select id from "Incident" where id = ${incidentId} for update`;
  const incident = await transaction.incident.findUnique({ where: { id: incidentId }, include: { places: true } });
  if (!incident || incident.mode !== "exercise") throw new Error("An exercise has no incident in exercise mode.");
  if (incident.closedAt) return null;
  const open = await transaction.alert.findMany({
    where: { incidentId, state: { in: ["draft", "submitted"] } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (const { id } of open) {
    await lockAlert(transaction, id);
    const loaded = await loadAlert(transaction, id, now);
    if (!loaded || !["draft", "submitted"].includes(loaded.row.state)) continue;
    const summary = `Ended the draft “${loaded.row.title}” with its exercise.`;
    const refusal = await transition(transaction, actor, loaded.row, "end", { summary }, now);
    if (refusal) return refusal;
  }
  await writeClosed(transaction, actor, incident, now);
  return null;
}

/** Closes an exercise that runs, at any time. What was not reached is said in the record. */
export async function closeExercise(
  client: PrismaClient,
  by: Actor,
  { id }: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const locked = await lockExercise(transaction, actor, id);
    if (!locked.ok) return locked;
    if (stateOfExercise(locked.value) !== "running") return NOT_RUNNING;
    return closeWithin(transaction, actor, id, now);
  });
}

async function closeWithin(transaction: Transaction, actor: Actor, id: string, now: Date): Promise<Result<null>> {
  await transaction.exercise.update({ where: { id }, data: { closedAt: now, closedBy: actor.name } });
  const row = await loadExercise(transaction, id);
  if (!row) throw new Error("An exercise that was just closed is not there.");
  const { intervals, injects } = await assessNow(transaction, row, now);
  const held = injects.filter(({ releasedAt }) => releasedAt === null).length;
  const missed = describeMissed(intervals, held);
  if (row.incidentId) {
    const refusal = await closeOutage(transaction, actor, row.incidentId, now);
    if (refusal) throw new Error(`An exercise could not be closed: ${refusal.message}`);
  }
  await appendAudit(
    transaction,
    entryAbout(actor, row, {
      action: "exercise.closed",
      incidentId: row.incidentId,
      summary: `Closed the exercise “${row.title}”.${missed ? ` ${missed}` : " Every stage was reached."}`,
      data: {
        times: Object.fromEntries(intervals.map(({ stage, ms }) => [stage, ms])),
        targets: Object.fromEntries(intervals.map(({ stage, target }) => [stage, target])),
        injectsHeld: held,
      },
    }),
    now,
  );
  return success(null);
}

/** Closes an incident in exercise mode at any time, and the planned exercise it belongs to. */
export async function closeExerciseIncident(
  client: PrismaClient,
  by: Actor,
  { id }: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const planned = await transaction.exercise.findUnique({ where: { incidentId: id } });
    if (planned) {
      const locked = await lockExercise(transaction, actor, planned.id);
      if (!locked.ok) return locked;
      if (stateOfExercise(locked.value) === "running") return closeWithin(transaction, actor, planned.id, now);
    }
    const incident = await transaction.incident.findUnique({ where: { id } });
    if (!incident || incident.mode !== "exercise" || !can(actor, "exercise:plan", incident.agencyId)) {
      return refuse("not-found", "There is no such incident for you.");
    }
    if (incident.closedAt) return refuse("closed", "This incident was closed already. Nothing was changed.");
    const refusal = await closeOutage(transaction, actor, id, now);
    return refusal ?? success(null);
  });
}

/** Closes an incident of either mode: a real one once nothing is left to do, an exercise at any time. */
export async function closeByMode(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  // An incident never changes its mode.
  const incident = await client.incident.findUnique({ where: { id: input.id }, select: { mode: true } });
  return (incident?.mode === "exercise" ? closeExerciseIncident : closeIncident)(client, by, input, now);
}
