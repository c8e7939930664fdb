import "server-only";
import { appendAudit } from "../../record/append";
import { inTransaction, type PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import type { Actor } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { sessionKey } from "../../access/session-key";

/** Ends a session for good. */
export async function signOut(client: PrismaClient, sessionId: string, now: Date): Promise<void> {
  await inTransaction(client, async (transaction) => {
    const key = sessionKey(sessionId);
    const session = await transaction.session.findUnique({ where: { id: key }, include: { person: true } });
    if (!session || session.revokedAt) return;
    await transaction.session.update({ where: { id: key }, data: { revokedAt: now } });
    await appendAudit(
      transaction,
      {
        actor: { personId: session.personId, name: session.person.name },
        agencyId: session.person.homeAgencyId,
        action: "sign-out",
        subject: { type: "person", id: session.personId },
        summary: "Signed out.",
      },
      now,
    );
  });
}

/** Ends one session of a person's own. @param input.id key of the session, as the list has it */
export async function endSession(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const own = { id: input.id, personId: actor.personId, revokedAt: null };
    const session = await transaction.session.findFirst({ where: own });
    if (!session) return refuse("gone", "This session has ended already.");
    await transaction.session.update({ where: { id: session.id }, data: { revokedAt: now } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: actor.homeAgencyId,
        action: "session.ended",
        subject: { type: "person", id: actor.personId },
        summary: `Ended a session in ${session.browser || "an unknown browser"}${session.address ? ` from ${session.address}` : ""}.`,
      },
      now,
    );
    return success(null);
  });
}

/** Ends every session of a person's own but the one that asks. */
export async function signOutElsewhere(
  client: PrismaClient,
  actor: Actor,
  now: Date,
): Promise<Result<{ ended: number }>> {
  return changeAs(client, actor, async (transaction) => {
    const { count } = await transaction.session.updateMany({
      where: { personId: actor.personId, revokedAt: null, id: { not: actor.sessionKey } },
      data: { revokedAt: now },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: actor.homeAgencyId,
        action: "person.signed-out-everywhere",
        subject: { type: "person", id: actor.personId },
        summary: `Signed out everywhere else; ${count} ${count === 1 ? "session" : "sessions"} ended.`,
      },
      now,
    );
    return success({ ended: count });
  });
}
