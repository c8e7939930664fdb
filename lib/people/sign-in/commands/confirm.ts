import "server-only";
import type { Actor } from "../../../access/actor";
import { db, inTransaction, type PrismaClient, type Reader } from "../../../platform/db";
import { env } from "../../../platform/env";
import { type Refusal, refuse, type Result, success } from "../../../platform/result";
import { getSite } from "../../../platform/site/data";
import { codeSchema, CONFIRMED_MS } from "../schema";
import { confirmPassword } from "./password";
import { takeCode, withinLimits } from "./totp";

/** Proof, once more, of who a person is: before an alert goes out, and before access changes. */

interface Given {
  password?: string | undefined;
  code?: string | undefined;
}

interface Asked<Input> {
  actor: Actor;
  input: Input;
  now: Date;
}

/** Whether this session proved it within the last five minutes. */
export function isConfirmed(actor: Actor, now: Date): boolean {
  const age = actor.confirmedAt === null ? Infinity : now.getTime() - actor.confirmedAt;
  return age >= 0 && age < CONFIRMED_MS;
}

/** The refusal of a sensitive act in a session that did not prove it. */
export function refuseUnconfirmed(actor: Actor, now: Date): Refusal | null {
  return isConfirmed(actor, now) ? null : refuse("confirm-first");
}

/** Notes on the session that the person proved who they are. */
export async function markConfirmed(client: Reader, actor: Actor, now: Date): Promise<void> {
  await client.session.updateMany({
    where: { id: actor.sessionKey, personId: actor.personId, revokedAt: null },
    data: { confirmedAt: now },
  });
}

/** An act that takes proof, once more, of who asks: without it nothing is done. */
export const afterProof =
  <Input extends Given, Value>(act: (context: Asked<Input>) => Promise<Result<Value>>) =>
  async (context: Asked<Input>): Promise<Result<Value>> => {
    const proof = await confirmIdentity(db(), context.actor, context.input, context.now);
    return proof.ok ? act(context) : proof;
  };

/**
 * Takes a password, and of someone with a second factor a code as well; of someone
 * who signs in with single sign-on and has no password here, the code. Where nothing
 * is given, a proof by passkey or code within the last five minutes counts.
 * @param given.code of an app, or a recovery code
 * @param release the proof is for what reaches the public, which on a real site nobody does without a second factor
 */
export async function confirmIdentity(
  client: PrismaClient,
  actor: Actor,
  given: Given,
  now: Date,
  release = false,
): Promise<Result<null>> {
  const stored = await client.person.findUnique({ where: { id: actor.personId }, select: { passwordHash: true } });
  const hasPassword = stored?.passwordHash !== null;
  // What a provider said at the sign-in releases nothing: that takes a factor or a password of the console's own.
  if (release && !hasPassword && !actor.hasFactor) return refuse("second-factor");
  if (!given.password && isConfirmed(actor, now)) return success(null);
  if (release && !actor.hasFactor && (await getSite(client)).mode === "real") return refuse("second-factor");
  if (!hasPassword && !actor.hasFactor) return refuse("second-factor");
  if (hasPassword) {
    const password = await confirmPassword(client, actor, given.password ?? "", now);
    if (!password.ok) return password;
  }
  if (actor.hasFactor) {
    const code = codeSchema.safeParse(given.code ?? "");
    if (!code.success) {
      const message = "Enter the 6 digits your app shows, or a recovery code.";
      return refuse("wrong-code", message, { code: message });
    }
    const person = { id: actor.personId, name: actor.name, homeAgencyId: actor.homeAgencyId };
    const taken = await withinLimits(client, actor.personId, true, now, () =>
      inTransaction(client, async (transaction) =>
        (await takeCode(transaction, env().NEXTAUTH_SECRET, person, code.data, now))
          ? success(null)
          : refuse("wrong-code", undefined, { code: refuse("wrong-code").message }),
      ),
    );
    if (!taken.ok) return taken;
  }
  // What reaches the public is confirmed each time; other acts within the next five minutes are not asked about again.
  if (!release) await markConfirmed(client, actor, now);
  return success(null);
}
