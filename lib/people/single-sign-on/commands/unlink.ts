import "server-only";
import type { Actor } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import type { PrismaClient, Transaction } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { managedPerson } from "../../commands/roles";
import { refuseUnconfirmed } from "../../sign-in/commands/confirm";

/** Links to providers of single sign-on, ended: one's own, or someone else's by an administrator. */

/** A link as a person knows it. */
interface Link {
  issuer: string;
  subject: string;
}

/** Ends a link of a person, with its entry. @param whose the account in the words of the entry */
async function endLink(
  transaction: Transaction,
  actor: Actor,
  person: { id: string; homeAgencyId: string },
  { issuer, subject }: Link,
  whose: string,
  now: Date,
): Promise<Result<null>> {
  const key = { issuer, subject, personId: person.id, endedAt: null };
  const row = await transaction.linkedSignIn.findFirst({ where: key });
  if (!row) return refuse("gone");
  await transaction.linkedSignIn.updateMany({ where: key, data: { endedAt: now } });
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: person.homeAgencyId,
      action: "sign-in.unlinked",
      subject: { type: "person", id: person.id },
      summary: `Unlinked single sign-on with “${row.provider}” from ${whose}.`,
      data: { issuer, subject },
      touched: { person: [person.id] },
    },
    now,
  );
  return success(null);
}

/** Whether a person signs in by one link and nothing else. */
async function isLastWayIn(transaction: Transaction, personId: string): Promise<boolean> {
  const { passwordHash, _count } = await transaction.person.findUniqueOrThrow({
    where: { id: personId },
    include: { _count: { select: { passkeys: true, linked: { where: { endedAt: null } } } } },
  });
  return !passwordHash && _count.passkeys === 0 && _count.linked < 2;
}

/** Ends a link, after proof of who asks; never the last way in. */
export async function unlinkSignIn(client: PrismaClient, by: Actor, link: Link, now: Date): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    // What proves who asks may stand beside it.
    const { issuer, subject } = link;
    const own = { issuer, subject, personId: actor.personId, endedAt: null };
    if ((await transaction.linkedSignIn.count({ where: own })) === 0) return refuse("gone");
    if (await isLastWayIn(transaction, actor.personId)) {
      return refuse(
        "same",
        "This is your only way to sign in. Add a passkey, or ask your administrator for a one-time link and set a password. Nothing was changed.",
      );
    }
    return endLink(
      transaction,
      actor,
      { id: actor.personId, homeAgencyId: actor.homeAgencyId },
      link,
      "the account",
      now,
    );
  });
}

/** Ends a link of someone else’s, as an administrator who manages the account and proved who that is. */
export async function unlinkPerson(
  client: PrismaClient,
  by: Actor,
  { personId, issuer, subject }: Link & { personId: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    const person = await managedPerson(transaction, actor, personId);
    if (!person) return refuse("not-permitted");
    if (person.id === actor.personId) return refuse("own-account");
    return endLink(transaction, actor, person, { issuer, subject }, `the account of ${person.name}`, now);
  });
}
