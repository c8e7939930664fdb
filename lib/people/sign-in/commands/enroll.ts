import "server-only";
import { randomBytes } from "node:crypto";
import type { Actor } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import type { PrismaClient, Transaction } from "../../../platform/db";
import { refuse, type Refusal, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import type { AuditAction } from "../../../record/schema";
import { seal, unseal } from "../../../record/site-secret";
import { sealedAbout } from "../data";
import { drawQr, type QrCode } from "../../../platform/qr";
import { formatRecoveryCode, hashRecoveryCode, RECOVERY_BYTES, RECOVERY_CODES } from "../recovery";
import type { NewPasskey } from "../schema";
import { findCounter, otpauthUri, SECRET_BYTES, toBase32 } from "../totp";
import { refuseUnconfirmed } from "./confirm";
import { type PasskeySite, takeRegistration } from "./passkey";
import { withinLimits } from "./totp";

/** Second factors of a person's own: set up, renewed, removed. */

const MOST_PASSKEYS = 10;

/** Who is led here right after signing in sets up the first factor; everyone else proves again who they are. */
const refuseEnrolling = (actor: Actor, now: Date): Refusal | null =>
  actor.enrolling ? null : refuseUnconfirmed(actor, now);

async function record(transaction: Transaction, actor: Actor, action: AuditAction, summary: string, now: Date) {
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: actor.homeAgencyId,
      action,
      subject: { type: "person", id: actor.personId },
      summary,
      touched: { person: [actor.personId] },
    },
    now,
  );
}

async function makeCodes(transaction: Transaction, secret: string, personId: string, now: Date): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => formatRecoveryCode(randomBytes(RECOVERY_BYTES)));
  await transaction.recoveryCode.deleteMany({ where: { personId } });
  await transaction.recoveryCode.createMany({
    data: codes.map((code) => ({ hash: hashRecoveryCode(secret, personId, code), personId, createdAt: now })),
  });
  return codes;
}

/**
 * After a factor was set up: this session has proven it, and those that have not
 * end. With the first factor come recovery codes.
 * @returns the codes, shown once; null where there are some already
 */
async function afterAdding(
  transaction: Transaction,
  secret: string,
  actor: Actor,
  now: Date,
): Promise<string[] | null> {
  const own = actor.sessionKey;
  await transaction.session.updateMany({ where: { id: own }, data: { provenAt: now, confirmedAt: now } });
  await transaction.session.updateMany({
    where: { personId: actor.personId, id: { not: own }, provenAt: null, revokedAt: null },
    data: { revokedAt: now },
  });
  const has = await transaction.recoveryCode.count({ where: { personId: actor.personId } });
  return has > 0 ? null : makeCodes(transaction, secret, actor.personId, now);
}

/** Makes the secret of a new authenticator app. It counts once its first code was right. */
export async function beginApp(
  client: PrismaClient,
  secret: string,
  by: Actor,
  issuer: string,
  now: Date,
): Promise<Result<{ secret: string; uri: string; qr: QrCode }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const refusal = refuseEnrolling(actor, now);
    if (refusal) return refusal;
    const before = await transaction.authenticator.findUnique({ where: { personId: actor.personId } });
    if (before?.confirmedAt) return refuse("taken", "You have an authenticator app. Remove it first.");
    const key = toBase32(randomBytes(SECRET_BYTES));
    await transaction.authenticator.deleteMany({ where: { personId: actor.personId } });
    await transaction.authenticator.create({
      data: { personId: actor.personId, secret: seal(secret, sealedAbout(actor.personId), key), createdAt: now },
    });
    const uri = otpauthUri(key, actor.email, issuer);
    return success({ secret: key.match(/.{1,4}/g)!.join(" "), uri, qr: drawQr(uri) });
  });
}

/** Takes the first code of a new app; from now on it is asked for. */
export async function confirmApp(
  client: PrismaClient,
  secret: string,
  by: Actor,
  code: string,
  now: Date,
): Promise<Result<{ codes: string[] | null }>> {
  return withinLimits(client, by.personId, true, now, () =>
    changeAs(client, by, async (transaction, actor) => {
      const refusal = refuseEnrolling(actor, now);
      if (refusal) return refusal;
      const row = await transaction.authenticator.findUnique({ where: { personId: actor.personId } });
      if (!row || row.confirmedAt) return refuse("gone", "Begin again: scan a new QR code.");
      const key = unseal(secret, sealedAbout(actor.personId), row.secret);
      const counter = findCounter(key, code, row.lastCounter, now.getTime());
      if (counter === null) {
        const message =
          "The code is not right. Check that your phone’s clock is set automatically, and try the next one.";
        return refuse("wrong-code", message, { code: message });
      }
      await transaction.authenticator.update({
        where: { personId: actor.personId },
        data: { lastCounter: counter, confirmedAt: now },
      });
      const codes = await afterAdding(transaction, secret, actor, now);
      await record(transaction, actor, "factor.added", "Set up an authenticator app.", now);
      return success({ codes });
    }),
  );
}

/** Keeps a new passkey. */
export async function addPasskey(
  client: PrismaClient,
  site: PasskeySite,
  by: Actor,
  { name, answer }: { name: string; answer: NewPasskey },
  now: Date,
): Promise<Result<{ codes: string[] | null }>> {
  const early = refuseEnrolling(by, now);
  if (early) return early;
  const credential = await takeRegistration(client, site, by, answer, now);
  if (!credential) return refuse("wrong-passkey");
  return changeAs(client, by, async (transaction, actor) => {
    const refusal = refuseEnrolling(actor, now);
    if (refusal) return refusal;
    if ((await transaction.passkey.count({ where: { personId: actor.personId } })) >= MOST_PASSKEYS) {
      return refuse("too-many", `You have ${MOST_PASSKEYS} passkeys. Remove one first.`);
    }
    if (await transaction.passkey.findUnique({ where: { id: credential.id } })) return refuse("wrong-passkey");
    await transaction.passkey.create({
      data: {
        id: credential.id,
        personId: actor.personId,
        name,
        publicKey: credential.publicKey,
        counter: BigInt(credential.counter),
        transports: credential.transports ?? [],
        createdAt: now,
      },
    });
    const codes = await afterAdding(transaction, site.secret, actor, now);
    await record(transaction, actor, "factor.added", `Added the passkey “${name}”.`, now);
    return success({ codes });
  });
}

/** Removes an app or a passkey. Whoever needs a second factor and has none left sets up another one before anything else. */
export async function removeFactor(
  client: PrismaClient,
  by: Actor,
  input: { passkeyId: string | null },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const refusal = refuseUnconfirmed(actor, now);
    if (refusal) return refusal;
    const owned = { personId: actor.personId };
    const { count } = input.passkeyId
      ? await transaction.passkey.deleteMany({ where: { ...owned, id: input.passkeyId } })
      : await transaction.authenticator.deleteMany({ where: owned });
    if (count === 0) return refuse("gone");
    const left =
      (await transaction.passkey.count({ where: owned })) + (await transaction.authenticator.count({ where: owned }));
    if (left === 0) await transaction.recoveryCode.deleteMany({ where: owned });
    const what = input.passkeyId ? "a passkey" : "the authenticator app";
    await record(transaction, actor, "factor.removed", `Removed ${what}; ${left} left.`, now);
    return success(null);
  });
}

/** Makes ten new recovery codes; earlier ones work no more. */
export async function renewRecoveryCodes(
  client: PrismaClient,
  secret: string,
  by: Actor,
  now: Date,
): Promise<Result<{ codes: string[] }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const refusal = refuseUnconfirmed(actor, now);
    if (refusal) return refusal;
    if (!actor.hasFactor) return refuse("second-factor");
    const codes = await makeCodes(transaction, secret, actor.personId, now);
    await record(transaction, actor, "factor.recovery-codes", "Made new recovery codes; earlier ones ended.", now);
    return success({ codes });
  });
}
