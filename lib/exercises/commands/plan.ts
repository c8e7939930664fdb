import "server-only";
import { type Actor, can } from "../../access/actor";
import { describeNoExercise } from "../../access/allowance/allowance";
import { loadAllowance } from "../../access/allowance/data";
import { alertableWithin } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import { formatPlaceCount } from "../../places/place-count";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Refusal, type Result, success } from "../../platform/result";
import { appendAudit, type AuditInput } from "../../record/append";
import { loadPlayers } from "../planning/data";
import { PARTS, type PlannedExercise, stateOfExercise } from "../schema";

const MINUTE = 60_000;

/** An exercise with its row locked to the end of the transaction, if this person may plan exercises of its agency. */
export async function lockExercise(transaction: Transaction, actor: Actor, id: string) {
  await transaction.$queryRaw`select id from "Exercise" where id = ${id} for update`;
  const row = await transaction.exercise.findUnique({ where: { id } });
  if (!row || !can(actor, "exercise:plan", row.agencyId)) {
    return refuse("not-found", "There is no such exercise for you. Nothing was changed.");
  }
  return success(row);
}

/** An entry of the record about an exercise, which seals its row as the change leaves it. */
export const entryAbout = (
  actor: Actor,
  { id, agencyId }: { id: string; agencyId: string },
  entry: Pick<AuditInput, "action" | "summary" | "incidentId" | "data">,
): AuditInput => ({
  actor,
  agencyId,
  subject: { type: "exercise", id },
  touched: { exercise: [id] },
  ...entry,
});

/** What an agency may not plan: elsewhere, with people who can't play their part, or at all. */
async function refusePlan(transaction: Transaction, input: PlannedExercise): Promise<Refusal | null> {
  const agency = await transaction.agency.findUniqueOrThrow({ where: { id: input.agencyId } });
  const withheld = describeNoExercise(await loadAllowance(transaction, agency.id));
  if (withheld) return refuse("withheld", `${withheld} Nothing was planned.`, { agencyId: withheld });
  const allowed = await alertableWithin(transaction, agency.jurisdictionId);
  const foreign = new Set(input.placeIds.filter((id) => !allowed.has(id))).size;
  if (foreign > 0) {
    const says = `${formatPlaceCount(foreign)} of these ${foreign === 1 ? "is" : "are"} not in the area of ${agency.name}.`;
    return refuse("outside-jurisdiction", `${says} Nothing was planned.`, { placeIds: says });
  }
  const people = (await loadPlayers(transaction, [agency.id])).get(agency.id) ?? [];
  for (const { personId, part } of input.players) {
    const person = people.find(({ id }) => id === personId);
    if (person?.parts.includes(part)) continue;
    const says = `${person?.name ?? "A person you chose"} can’t play “${PARTS[part].label}” for ${agency.name}: their role does not allow it.`;
    return refuse("invalid", `${says} Nothing was planned.`, { players: says });
  }
  return null;
}

/** Plans an exercise, or changes a plan that has not begun. Nothing is declared by it, and nothing can be sent. */
export async function planExercise(
  client: PrismaClient,
  by: Actor,
  input: PlannedExercise,
  now: Date,
): Promise<Result<{ id: string }>> {
  const startsAt = new Date(input.startsAt);
  if (startsAt.getTime() < now.getTime() - 5 * MINUTE) {
    return refuse("invalid", "The exercise can’t start in the past. Nothing was planned.", {
      startsAt: "This time is over. Enter a later one.",
    });
  }
  return changeAs(client, by, async (transaction, actor) => {
    if (!can(actor, "exercise:plan", input.agencyId)) {
      return refuse(
        "not-permitted",
        "Your role does not allow planning exercises for this agency. Nothing was planned.",
      );
    }
    if (input.change) {
      const locked = await lockExercise(transaction, actor, input.change.id);
      if (!locked.ok) return locked;
      const { value: row } = locked;
      if (row.agencyId !== input.agencyId) {
        return refuse("invalid", "An exercise stays with its agency. Nothing was changed.", {
          agencyId: "An exercise stays with its agency. Plan a new one.",
        });
      }
      if (stateOfExercise(row) !== "planned") {
        return refuse("wrong-state", "This exercise has begun or was called off. Nothing was changed.");
      }
      if (row.version !== input.change.version) {
        return refuse("stale", "Someone else changed this plan meanwhile. Nothing was changed. Reload the page.");
      }
    }
    const refusal = await refusePlan(transaction, input);
    if (refusal) return refusal;
    const planned = {
      title: input.title,
      startsAt,
      brief: input.brief,
      failure: input.failure,
      carrier: input.failure === "carrier" ? (input.carrier ?? null) : null,
      textTo911: input.textTo911,
      placeIds: [...new Set(input.placeIds)].sort(),
      targets: input.targets,
    };
    const { id } = input.change
      ? input.change
      : await transaction.exercise.create({
          data: {
            ...planned,
            agencyId: input.agencyId,
            createdById: actor.personId,
            createdBy: actor.name,
            createdAt: now,
          },
        });
    if (input.change) {
      await transaction.exercise.update({ where: { id }, data: { ...planned, version: { increment: 1 } } });
      await transaction.exercisePlayer.deleteMany({ where: { exerciseId: id } });
      await transaction.exerciseInject.deleteMany({ where: { exerciseId: id } });
    }
    await transaction.exercisePlayer.createMany({
      data: input.players.map((player) => ({ ...player, exerciseId: id })),
      skipDuplicates: true,
    });
    await transaction.exerciseInject.createMany({
      data: input.injects.map((inject, position) => ({ ...inject, position, exerciseId: id })),
    });
    await appendAudit(
      transaction,
      entryAbout(
        actor,
        { id, agencyId: input.agencyId },
        {
          action: input.change ? "exercise.changed" : "exercise.planned",
          summary: `${input.change ? "Changed the plan of the exercise" : "Planned the exercise"} “${input.title}” for ${formatPlaceCount(planned.placeIds.length)}.`,
          data: {
            startsAt: startsAt.toISOString(),
            players: input.players.length,
            injects: input.injects.length,
            targets: input.targets,
          },
        },
      ),
      now,
    );
    return success({ id });
  });
}

/** Calls a planned exercise off, with the reason. It stays in the list. */
export async function callOffExercise(
  client: PrismaClient,
  by: Actor,
  { id, why }: { id: string; why: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const locked = await lockExercise(transaction, actor, id);
    if (!locked.ok) return locked;
    const { value: row } = locked;
    if (stateOfExercise(row) !== "planned") {
      return refuse("wrong-state", "This exercise has begun or was called off already. Nothing was changed.");
    }
    await transaction.exercise.update({
      where: { id },
      data: { calledOffAt: now, calledOffBy: actor.name, calledOffWhy: why },
    });
    await appendAudit(
      transaction,
      entryAbout(actor, row, {
        action: "exercise.called-off",
        summary: `Called off the exercise “${row.title}”: ${why}`,
      }),
      now,
    );
    return success(null);
  });
}
