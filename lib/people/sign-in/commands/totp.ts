import "server-only";
import { sessionKey } from "../../../access/session-key";
import { inTransaction, type PrismaClient, type Transaction } from "../../../platform/db";
import { refuse, type Refusal, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { fingerprint } from "../../../record/chain";
import { unseal } from "../../../record/site-secret";
import { countRefusal } from "../../commands/refusals";
import { admitAttempt, type CountedBucket, takeBack } from "../../commands/throttle";
import { loadHalfSession, sealedAbout } from "../data";
import { hashRecoveryCode } from "../recovery";
import { findCounter } from "../totp";
import { acceptSignIn } from "./begin-session";
import { BUSY, isKnownDevice, throttled } from "./password";

const WRONG_CODE = (): Refusal => refuse("wrong-code", undefined, { code: refuse("wrong-code").message });

/**
 * Takes a one-time code or a recovery code of a person. It is used up with the
 * transaction, and of two at once one is refused.
 * @returns which of the two it was, or null
 */
export async function takeCode(
  transaction: Transaction,
  secret: string,
  person: { id: string; name: string; homeAgencyId: string },
  code: string,
  now: Date,
): Promise<"code" | "recovery" | null> {
  if (code.length > 6) {
    const { count } = await transaction.recoveryCode.updateMany({
      where: { personId: person.id, hash: hashRecoveryCode(secret, person.id, code), usedAt: null },
      data: { usedAt: now },
    });
    if (count === 0) return null;
    const left = await transaction.recoveryCode.count({ where: { personId: person.id, usedAt: null } });
    await appendAudit(
      transaction,
      {
        actor: { personId: person.id, name: person.name },
        agencyId: person.homeAgencyId,
        action: "factor.recovery-used",
        subject: { type: "person", id: person.id },
        summary: `Used a recovery code; ${left} ${left === 1 ? "is" : "are"} left.`,
        data: { left },
      },
      now,
    );
    return "recovery";
  }
  const row = await transaction.authenticator.findUnique({ where: { personId: person.id } });
  if (!row?.confirmedAt) return null;
  const key = unseal(secret, sealedAbout(person.id), row.secret);
  const counter = findCounter(key, code, row.lastCounter, now.getTime());
  if (counter === null) return null;
  const { count } = await transaction.authenticator.updateMany({
    where: { personId: person.id, lastCounter: { lt: counter } },
    data: { lastCounter: counter },
  });
  return count === 1 ? "code" : null;
}

/**
 * Runs a check of a code within the limits on wrong ones. A browser that signed
 * in before has limits of its own, so whoever guesses elsewhere holds it up nowhere.
 */
export async function withinLimits<Value>(
  client: PrismaClient,
  personId: string,
  known: boolean,
  now: Date,
  check: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const origin = known ? "known" : "stranger";
  const buckets: CountedBucket[] = [
    { kind: known ? "device" : "account", key: fingerprint(`factor:${origin}:${personId}`) },
  ];
  const admission = await admitAttempt(client, origin, buckets, now);
  if (admission === "full") return BUSY;
  if (admission.wait > 0) return throttled(admission.wait);
  const result = await check();
  if (result.ok) await takeBack(client, admission.counted);
  return result;
}

/** The second step of a sign-in: half a session becomes a whole one. */
export async function proveCode(
  client: PrismaClient,
  secret: string,
  { sessionId, code, device }: { sessionId: string; code: string; device: string | undefined },
  now: Date,
): Promise<Result<{ personId: string }>> {
  const half = await loadHalfSession(client, sessionId, now);
  if (!half) return refuse("signed-out", "This took too long. Sign in with your password again.");
  const { person, browser, address } = half;
  const result = await withinLimits(client, person.id, isKnownDevice(secret, person.id, device), now, () =>
    inTransaction(client, async (transaction) => {
      const taken = await takeCode(transaction, secret, person, code, now);
      if (!taken) return WRONG_CODE();
      const { count } = await transaction.session.updateMany({
        where: { id: sessionKey(sessionId), revokedAt: null, provenAt: null },
        data: { provenAt: now, lastSeenAt: now, method: taken },
      });
      if (count === 0) return refuse("signed-out", "This took too long. Sign in with your password again.");
      await acceptSignIn(transaction, person, taken, { browser, place: address }, now);
      return success({ personId: person.id });
    }),
  );
  if (!result.ok && result.code === "wrong-code") {
    countRefusal(
      client,
      {
        agencyId: person.homeAgencyId,
        account: fingerprint(`account:${person.email}`),
        place: address,
        kind: "wrong",
        line: { personId: person.id, method: "code", browser },
      },
      now,
    );
  }
  return result;
}
