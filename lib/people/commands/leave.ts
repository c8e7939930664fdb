import "server-only";
import type { Actor } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { endFactors } from "../grants/commands/decide";
import { endAsks } from "../grants/commands/end-asks";
import { endLinks } from "../single-sign-on/commands/end-links";
import { refuseUnconfirmed } from "../sign-in/commands/confirm";
import { endSetupLinks } from "./passwords";
import { managedPerson } from "./roles";

/**
 * Someone leaves: every role, session, one-time link, second factor, link to single
 * sign-on, place as an alternate and part in an exercise to come ends, what the person asked for or is
 * asked for is taken back, and the account is disabled, all in one act. What the person did stays on record.
 */
export async function endAccess(
  client: PrismaClient,
  changedBy: Actor,
  input: { personId: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    const person = await managedPerson(transaction, actor, input.personId);
    if (!person) return refuse("not-permitted");
    if (person.id === actor.personId) return refuse("own-account");
    const requests = await transaction.accessRequest.findMany({
      where: { state: "waiting", OR: [{ personId: person.id }, { askedById: person.id }] },
    });
    for (const { id, askedById } of requests) {
      const mine = askedById === actor.personId;
      await transaction.accessRequest.update({
        where: { id },
        data: mine
          ? { state: "withdrawn", decidedById: actor.personId, decidedBy: actor.name, decidedAt: now }
          : { state: "declined", decidedById: actor.personId, decidedBy: actor.name, decidedAt: now },
      });
    }
    const alternates = await transaction.agencyAlternate.findMany({ where: { personId: person.id } });
    await transaction.agencyAlternate.deleteMany({ where: { personId: person.id } });
    const exercises = await leaveExercises(transaction, person.id);
    await transaction.membership.deleteMany({ where: { personId: person.id } });
    const asks = await endAsks(transaction, person.id);
    await endFactors(transaction, person.id, now);
    await endLinks(transaction, person.id, now);
    await endSetupLinks(transaction, person.id, now);
    await transaction.person.update({
      where: { id: person.id },
      data: { passwordHash: null, disabledAt: person.disabledAt ?? now },
    });
    const roles = person.memberships.map(({ role }) => role);
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: person.homeAgencyId,
        action: "person.left",
        subject: { type: "person", id: person.id },
        summary:
          `${person.name} left: ${roles.length === 0 ? "no role" : roles.join(", ")} ended, with every session, ` +
          `one-time link, second factor${alternates.length > 0 ? ", place as an alternate" : ""}${exercises.length > 0 ? ", part in an exercise to come" : ""} and request for access.`,
        data: {
          roles: person.memberships.map(({ agencyId, role }) => ({ agencyId, role })),
          alternateOf: alternates.map(({ agencyId }) => agencyId),
          requests: requests.map(({ id }) => id),
          ...(asks.length > 0 ? { asks } : {}),
          ...(exercises.length > 0 ? { exercises } : {}),
        },
        touched: {
          person: [person.id],
          exercise: exercises,
          // Requests this person made are part of what others' seals say.
          roles: [...new Set([person.id, ...requests.flatMap(({ personId }) => personId ?? [])])],
          agency: [
            ...new Set([
              ...alternates.map(({ agencyId }) => agencyId),
              ...requests.filter(({ personId }) => personId === null).map(({ agencyId }) => agencyId),
            ]),
          ],
        },
      },
      now,
    );
    return success(null);
  });
}

/** Ends the parts a person has in exercises that did not begin. @returns ids of those exercises */
async function leaveExercises(transaction: Transaction, personId: string): Promise<string[]> {
  const where = { personId, exercise: { startedAt: null, calledOffAt: null } };
  const parts = await transaction.exercisePlayer.findMany({ where, select: { exerciseId: true } });
  const ids = [...new Set(parts.map(({ exerciseId }) => exerciseId))].sort();
  if (ids.length === 0) return [];
  await transaction.$queryRaw`select id from "Exercise" where id = any(${ids}) order by id for update`;
  await transaction.exercisePlayer.deleteMany({ where });
  // Whoever has the plan open reads it again before changing it.
  await transaction.exercise.updateMany({ where: { id: { in: ids } }, data: { version: { increment: 1 } } });
  return ids;
}
