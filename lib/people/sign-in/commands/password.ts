import "server-only";
import { timingSafeEqual } from "node:crypto";
import type { Actor } from "../../../access/actor";
import type { PrismaClient } from "../../../platform/db";
import { refuse, type Refusal, type Result, success } from "../../../platform/result";
import { fingerprint } from "../../../record/chain";
import { countRefusal } from "../../commands/refusals";
import { admitAttempt, checkInLane, type CountedBucket, forgetOldFailures, takeBack } from "../../commands/throttle";
import { networkOf } from "../../origin-of-sign-in";
import { beginSession, type SignedIn, type SignInOrigin } from "./begin-session";

export interface SignInAttempt extends SignInOrigin {
  email: string;
  password: string;
  /** Value of the cookie that a browser keeps after a good sign-in. */
  device: string | undefined;
  /** Where it came from; undefined where that is not known. */
  address: string | undefined;
}

/** What a browser keeps after a good sign-in, so that a stranger cannot lock its person out. */
export function deviceCookie(secret: string, personId: string): string {
  return fingerprint(`device:${secret}:${personId}`);
}

/** Whether a browser once signed in as this person. */
export function isKnownDevice(secret: string, personId: string, device: string | undefined): boolean {
  return device !== undefined && isSame(device, deviceCookie(secret, personId));
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

export const throttled = (wait: number): Refusal =>
  refuse("throttled", `Too many attempts. Try again in ${wait} seconds. Nobody else is held up.`);
export const BUSY = refuse("busy", "Too many people are signing in at once. Try again in a few seconds.");
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
  const known = person !== null && isKnownDevice(secret, person.id, attempt.device);
  const account = fingerprint(`account:${attempt.email}`);
  const buckets: CountedBucket[] = known
    ? [{ kind: "device", key: fingerprint(`device:${person.id}`) }]
    : [
        { kind: "account", key: account },
        ...(attempt.address
          ? [{ kind: "address" as const, key: fingerprint(`address:${networkOf(attempt.address)}`) }]
          : []),
      ];
  const { browser } = attempt;
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
    countRefusal(
      client,
      { ...refused, kind: "wrong", ...(person ? { line: { personId: person.id, method: "password", browser } } : {}) },
      now,
    );
    return refuse("wrong", WRONG);
  }
  await takeBack(client, counted);
  await forgetOldFailures(client, now);
  return beginSession(client, person.id, "password", attempt, now);
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
