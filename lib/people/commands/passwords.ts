import "server-only";
import { randomBytes } from "node:crypto";
import { appendAudit } from "../../record/append";
import { fingerprint } from "../../record/chain";
import { inTransaction, type PrismaClient, type Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import type { Actor } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { findWeakness } from "../password-strength";
import { hashPassword } from "../passwords";
import { HOUR } from "../throttle";
import { confirmPassword } from "../sign-in/commands/password";

const LINK_HOURS = 72;

/**
 * Makes a one-time link with which a person sets a password. Earlier links stop working.
 * @param madeById who makes it; null for the command line
 */
export async function createSetupLink(
  transaction: Transaction,
  personId: string,
  madeById: string | null,
  now: Date,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await endSetupLinks(transaction, personId, now);
  await transaction.setupLink.create({
    data: { tokenHash: fingerprint(token), personId, madeById, expiresAt: new Date(now.getTime() + LINK_HOURS * HOUR) },
  });
  return token;
}

/** Ends every one-time link of a person. */
export async function endSetupLinks(transaction: Transaction, personId: string, now: Date): Promise<void> {
  await transaction.setupLink.updateMany({ where: { personId, usedAt: null }, data: { usedAt: now } });
}

/** Whether a one-time link still works, and for whom. */
export async function findSetupLink(client: PrismaClient, token: string, now: Date) {
  const link = await client.setupLink.findUnique({
    where: { tokenHash: fingerprint(token) },
    include: { person: true },
  });
  if (!link || link.usedAt || link.expiresAt <= now || link.person.disabledAt) return null;
  const { name, email, passwordHash } = link.person;
  return { name, email, hasPassword: passwordHash !== null };
}

const LINK_ENDED = refuse("link-ended", "This link was used or has expired. Ask your administrator for a new one.");

async function weakness(
  client: PrismaClient,
  password: string,
  person: { name: string; email: string; homeAgencyId: string },
) {
  const agency = await client.agency.findUnique({ where: { id: person.homeAgencyId } });
  const why = findWeakness(password, [person.name, person.email, agency?.name ?? "", agency?.shortName ?? ""]);
  return why === null ? null : refuse("weak-password", `${why} Nothing was changed.`, { password: why });
}

/** Sets a password by a one-time link; the link and every open session end. */
export async function setPassword(
  client: PrismaClient,
  input: { token: string; password: string },
  now: Date,
): Promise<Result<{ email: string; personId: string }>> {
  const early = await client.setupLink.findUnique({
    where: { tokenHash: fingerprint(input.token) },
    include: { person: true },
  });
  // Only who holds a link that works has a password measured and hashed.
  if (!early || early.usedAt || early.expiresAt <= now || early.person.disabledAt) return LINK_ENDED;
  const weak = await weakness(client, input.password, early.person);
  if (weak) return weak;
  const passwordHash = await hashPassword(input.password);
  return inTransaction(client, async (transaction) => {
    const link = await transaction.setupLink.findUnique({
      where: { tokenHash: fingerprint(input.token) },
      include: { person: true },
    });
    if (!link || link.usedAt || link.expiresAt <= now || link.person.disabledAt) return LINK_ENDED;
    await transaction.setupLink.update({ where: { tokenHash: link.tokenHash }, data: { usedAt: now } });
    await storePassword(transaction, link.personId, passwordHash, null, now);
    await appendAudit(
      transaction,
      {
        actor: { personId: link.personId, name: link.person.name },
        agencyId: link.person.homeAgencyId,
        action: "person.password-set",
        subject: { type: "person", id: link.personId },
        summary: "Set a password by a one-time link.",
        touched: { person: [link.personId] },
      },
      now,
    );
    return success({ email: link.person.email, personId: link.personId });
  });
}

async function storePassword(
  transaction: Transaction,
  personId: string,
  passwordHash: string,
  keep: string | null,
  now: Date,
): Promise<void> {
  await transaction.person.update({ where: { id: personId }, data: { passwordHash } });
  await transaction.session.updateMany({
    where: { personId, revokedAt: null, ...(keep ? { id: { not: keep } } : {}) },
    data: { revokedAt: now },
  });
}

/** Changes one's own password, after the old one; every other session ends. */
export async function changePassword(
  client: PrismaClient,
  actor: Actor,
  input: { current: string; password: string },
  now: Date,
): Promise<Result<null>> {
  const proof = await confirmPassword(client, actor, input.current, now);
  if (!proof.ok) return proof.fields ? { ...proof, fields: { current: proof.message } } : proof;
  if (input.current === input.password) {
    return refuse("same", "Nothing was changed.", { password: "This is the password you have. Choose another one." });
  }
  const weak = await weakness(client, input.password, actor);
  if (weak) return weak;
  const passwordHash = await hashPassword(input.password);
  return changeAs(client, actor, async (transaction) => {
    await storePassword(transaction, actor.personId, passwordHash, actor.sessionKey, now);
    await transaction.setupLink.updateMany({
      where: { personId: actor.personId, usedAt: null },
      data: { usedAt: now },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: actor.homeAgencyId,
        action: "person.password-set",
        subject: { type: "person", id: actor.personId },
        summary: "Changed the password; every other session ended.",
        touched: { person: [actor.personId] },
      },
      now,
    );
    return success(null);
  });
}
