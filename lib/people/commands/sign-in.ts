import "server-only";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { appendAudit } from "../../record/append";
import { fingerprint } from "../../record/chain";
import { inTransaction, type PrismaClient } from "../../platform/db";
import { refuse, type Refusal, type Result, success } from "../../platform/result";
import type { Actor } from "../../access/actor";
import { sessionKey } from "../../access/session-key";
import { networkOf } from "../origin-of-sign-in";
import { countRefusal } from "./refusals";
import { admitAttempt, checkInLane, type CountedBucket, forgetOldFailures, takeBack } from "./throttle";

export interface SignInAttempt {
  email: string;
  password: string;
  /** Value of the cookie that a browser keeps after a good sign-in. */
  device: string | undefined;
  /** Where it came from; undefined where that is not known. */
  address: string | undefined;
  /** The same as the record keeps it. */
  place: string;
  browser: string;
  /** A session this browser still has, which the new one replaces. */
  replaces?: string;
}

export interface SignedIn {
  personId: string;
  name: string;
  sessionId: string;
}

/** What a browser keeps after a good sign-in, so that a stranger cannot lock its person out. */
export function deviceCookie(secret: string, personId: string): string {
  return fingerprint(`device:${secret}:${personId}`);
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const throttled = (wait: number): Refusal =>
  refuse("throttled", `Too many attempts. Try again in ${wait} seconds. Nobody else is held up.`);
const BUSY = refuse("busy", "Too many people are signing in at once. Try again in a few seconds.");
const WRONG = "The email or password is not right.";

/**
 * Signs a person in, or refuses in the same words and time whoever is asked for.
 * A browser that is known has limits of its own: neither attempts from elsewhere
 * nor others behind the same address hold it up.
 * @param now moment of the attempt
 */
export async function signIn(
  client: PrismaClient,
  secret: string,
  attempt: SignInAttempt,
  now: Date,
): Promise<Result<SignedIn>> {
  const person = await client.person.findUnique({ where: { email: attempt.email } });
  const known =
    person !== null && attempt.device !== undefined && isSame(attempt.device, deviceCookie(secret, person.id));
  const account = fingerprint(`account:${attempt.email}`);
  const buckets: CountedBucket[] = known
    ? [{ kind: "device", key: fingerprint(`device:${person.id}`) }]
    : [
        { kind: "account", key: account },
        ...(attempt.address
          ? [{ kind: "address" as const, key: fingerprint(`address:${networkOf(attempt.address)}`) }]
          : []),
      ];
  const refused = { agencyId: person?.homeAgencyId ?? null, account, place: attempt.place };
  const origin = known ? "known" : "stranger";
  const admission = await admitAttempt(client, origin, buckets, now);
  if (admission === "full") return BUSY;
  const { wait, counted } = admission;
  if (wait > 0) {
    countRefusal(client, { ...refused, kind: "throttled" }, now);
    return throttled(wait);
  }
  const matches = await checkInLane(origin, person?.passwordHash, attempt.password);
  if (matches === "full") {
    await takeBack(client, counted);
    return BUSY;
  }
  if (!matches || !person || person.disabledAt !== null) {
    countRefusal(client, { ...refused, kind: "wrong" }, now);
    return refuse("wrong", WRONG);
  }
  await takeBack(client, counted);
  await forgetOldFailures(client, now);
  return beginSession(client, person.id, attempt, now);
}

async function beginSession(
  client: PrismaClient,
  personId: string,
  { browser, place, replaces }: SignInAttempt,
  now: Date,
): Promise<Result<SignedIn>> {
  return inTransaction(client, async (transaction) => {
    // Asked again after the wait: someone may have been disabled in between.
    const person = await transaction.person.findUniqueOrThrow({ where: { id: personId } });
    if (person.disabledAt !== null) return refuse("wrong", WRONG);
    const sessionId = randomBytes(32).toString("base64url");
    if (replaces) {
      await transaction.session.updateMany({
        where: { id: sessionKey(replaces), personId: person.id, revokedAt: null },
        data: { revokedAt: now },
      });
    }
    await transaction.session.create({
      data: {
        id: sessionKey(sessionId),
        personId: person.id,
        createdAt: now,
        lastSeenAt: now,
        browser,
        address: place,
      },
    });
    await appendAudit(
      transaction,
      {
        actor: { personId: person.id, name: person.name },
        agencyId: person.homeAgencyId,
        action: "sign-in.accepted",
        subject: { type: "person", id: person.id },
        summary: `Signed in with ${browser}${place ? ` from ${place}` : ""}.`,
        data: { browser, address: place },
      },
      now,
    );
    return success({ personId: person.id, name: person.name, sessionId });
  });
}

/** Checks the password again before an act that reaches the public, throttled like a sign-in. */
export async function confirmPassword(
  client: PrismaClient,
  actor: Actor,
  password: string,
  now: Date,
): Promise<Result<null>> {
  const buckets: CountedBucket[] = [{ kind: "device", key: fingerprint(`device:${actor.personId}`) }];
  const admission = await admitAttempt(client, "known", buckets, now);
  if (admission === "full") return BUSY;
  const { wait, counted } = admission;
  if (wait > 0) return refuse("throttled", `Too many attempts. Try again in ${wait} seconds.`);
  const person = await client.person.findUnique({ where: { id: actor.personId } });
  const matches = await checkInLane("known", person?.passwordHash, password);
  if (matches === "full") {
    await takeBack(client, counted);
    return BUSY;
  }
  if (!matches) {
    return refuse("wrong-password", "The password is not right.", { password: "The password is not right." });
  }
  await takeBack(client, counted);
  return success(null);
}
