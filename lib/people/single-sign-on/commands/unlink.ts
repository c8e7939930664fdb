import "server-only";
import type { Actor } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import type { PrismaClient } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { managedPerson } from "../../commands/roles";
import { refuseUnconfirmed } from "../../sign-in/commands/confirm";

/** Links to providers of single sign-on, ended: one's own, or someone else's by an administrator. */

/** Ends a link, after proof of who asks; never the last way in. */
export async function unlinkSignIn(
  client: PrismaClient,
  by: Actor,
  { issuer, subject }: { issuer: string; subject: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    const key = { issuer, subject, personId: actor.personId, endedAt: null };
    const row = await transaction.linkedSignIn.findFirst({ where: key });
    if (!row) return refuse("gone");
    const person = await transaction.person.findUniqueOrThrow({
      where: { id: actor.personId },
      include: { _count: { select: { passkeys: true, linked: { where: { endedAt: null } } } } },
    });
    if (!person.passwordHash && person._count.passkeys === 0 && person._count.linked < 2) {
      return refuse(
        "same",
        "This is your only way to sign in. Add a passkey, or ask your administrator for a one-time link and set a password. Nothing was changed.",
      );
    }
    await transaction.linkedSignIn.updateMany({ where: key, data: { endedAt: now } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: actor.homeAgencyId,
        action: "sign-in.unlinked",
        subject: { type: "person", id: actor.personId },
        summary: `Unlinked single sign-on with “${row.provider}” from the account.`,
        data: { issuer, subject },
        touched: { person: [actor.personId] },
      },
      now,
    );
    return success(null);
  });
}

/** Ends a link of someone else’s, as an administrator who manages the account and proved who that is. */
export async function unlinkPerson(
  client: PrismaClient,
  by: Actor,
  { personId, issuer, subject }: { personId: string; issuer: string; subject: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    const person = await managedPerson(transaction, actor, personId);
    if (!person) return refuse("not-permitted");
    if (person.id === actor.personId) return refuse("own-account");
    const key = { issuer, subject, personId, endedAt: null };
    const row = await transaction.linkedSignIn.findFirst({ where: key });
    if (!row) return refuse("gone");
    await transaction.linkedSignIn.updateMany({ where: key, data: { endedAt: now } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: person.homeAgencyId,
        action: "sign-in.unlinked",
        subject: { type: "person", id: personId },
        summary: `Unlinked single sign-on with “${row.provider}” from the account of ${person.name}.`,
        data: { issuer, subject },
        touched: { person: [personId] },
      },
      now,
    );
    return success(null);
  });
}
