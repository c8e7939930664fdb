import "server-only";
import { randomBytes } from "node:crypto";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { Actor } from "../../../access/actor";
import { inTransaction, type PrismaClient, type Transaction } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { fingerprint } from "../../../record/chain";
import { countRefusal } from "../../commands/refusals";
import { CHALLENGE_MS, type ChallengePurpose, isChallenge, makeChallenge } from "../challenge";
import type { NewPasskey, PasskeyAnswer } from "../schema";
import { beginSession, type SignedIn, type SignInOrigin } from "./begin-session";
import { markConfirmed } from "./confirm";

/**
 * Passkeys (WebAuthn). Each is asked to verify its person, by PIN or fingerprint,
 * so that one is two factors in one: it signs in alone, and confirms alone.
 */

/** The console a passkey is for: its secret, and the address people open. */
export interface PasskeySite {
  secret: string;
  url: string;
  name: string;
}

const partyOf = ({ url }: PasskeySite) => ({ rpID: new URL(url).hostname, origin: new URL(url).origin });
const WRONG = () => refuse("wrong-passkey");

const challengeFor = (site: PasskeySite, purpose: ChallengePurpose, subject: string, now: Date) =>
  makeChallenge(site.secret, purpose, subject, randomBytes(16), now.getTime());

/** What a browser asks passkeys with: all of this console, or those of one person. */
export async function offerPasskeys(client: PrismaClient, site: PasskeySite, actor: Actor | null, now: Date) {
  const own = actor ? await client.passkey.findMany({ where: { personId: actor.personId } }) : [];
  return generateAuthenticationOptions({
    rpID: partyOf(site).rpID,
    challenge: challengeFor(site, actor ? "confirm" : "sign-in", actor ? actor.sessionKey : "", now),
    allowCredentials: own.map(({ id, transports }) => ({ id, transports })),
    userVerification: "required",
    timeout: CHALLENGE_MS,
  });
}

/**
 * Checks an answer: our challenge for this purpose, our address, the stored key,
 * the person verified, a counter that goes up. Then it is used up.
 * @returns the person the passkey belongs to, or null
 */
async function takeAnswer(
  client: PrismaClient,
  site: PasskeySite,
  { purpose, subject }: { purpose: ChallengePurpose; subject: string },
  answer: PasskeyAnswer,
  now: Date,
): Promise<string | null> {
  const row = await client.passkey.findUnique({ where: { id: answer.id } });
  if (!row) return null;
  const { rpID, origin } = partyOf(site);
  let asked = "";
  const checked = await verifyAuthenticationResponse({
    response: answer as Parameters<typeof verifyAuthenticationResponse>[0]["response"],
    expectedChallenge: (challenge) => {
      asked = challenge;
      return isChallenge(site.secret, purpose, subject, challenge, now.getTime());
    },
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential: {
      id: row.id,
      publicKey: new Uint8Array(row.publicKey),
      counter: Number(row.counter),
      transports: row.transports,
    },
    requireUserVerification: true,
    // What fails to parse is refused like what fails to verify.
  }).catch(() => null);
  if (!checked?.verified) return null;
  const counter = BigInt(checked.authenticationInfo.newCounter);
  return client.$transaction(async (transaction) => {
    if (!(await useChallenge(transaction, asked, now))) return null;
    const { count } = await transaction.passkey.updateMany({
      where: { id: row.id, counter: counter > 0n ? { lt: counter } : 0n },
      data: { counter, lastUsedAt: now },
    });
    return count === 1 ? row.personId : null;
  });
}

/** Uses a challenge up. @returns whether it was still unused */
async function useChallenge(transaction: Transaction, challenge: string, now: Date): Promise<boolean> {
  const { count } = await transaction.usedChallenge.createMany({
    data: [{ hash: fingerprint(challenge), at: now }],
    skipDuplicates: true,
  });
  // One that is too old is refused for its age.
  await transaction.usedChallenge.deleteMany({ where: { at: { lt: new Date(now.getTime() - 2 * CHALLENGE_MS) } } });
  return count === 1;
}

/** Signs a person in by passkey alone. */
export async function signInByPasskey(
  client: PrismaClient,
  site: PasskeySite,
  attempt: SignInOrigin & { answer: PasskeyAnswer },
  now: Date,
): Promise<Result<SignedIn>> {
  const { answer, browser, place } = attempt;
  const personId = await takeAnswer(client, site, { purpose: "sign-in", subject: "" }, answer, now);
  const person = personId ? await client.person.findUnique({ where: { id: personId } }) : null;
  if (!person || person.disabledAt) {
    const owner = await client.passkey.findUnique({ where: { id: answer.id }, include: { person: true } });
    countRefusal(
      client,
      {
        agencyId: owner?.person.homeAgencyId ?? null,
        account: fingerprint(`passkey:${answer.id}`),
        place,
        kind: "wrong",
        ...(owner ? { line: { personId: owner.personId, method: "passkey", browser } } : {}),
      },
      now,
    );
    return WRONG();
  }
  return beginSession(client, person.id, "passkey", attempt, now);
}

/** Proves again by passkey that it is this person; good for five minutes in this session. */
export async function confirmByPasskey(
  client: PrismaClient,
  site: PasskeySite,
  actor: Actor,
  answer: PasskeyAnswer,
  now: Date,
): Promise<Result<null>> {
  const personId = await takeAnswer(client, site, { purpose: "confirm", subject: actor.sessionKey }, answer, now);
  if (personId !== actor.personId) return WRONG();
  await markConfirmed(client, actor, now);
  return success(null);
}

/** What a browser makes a new passkey of a person's own from. */
export async function offerRegistration(client: PrismaClient, site: PasskeySite, actor: Actor, now: Date) {
  const own = await client.passkey.findMany({ where: { personId: actor.personId } });
  return generateRegistrationOptions({
    rpName: site.name,
    rpID: partyOf(site).rpID,
    userName: actor.email,
    userDisplayName: actor.name,
    userID: new Uint8Array(Buffer.from(actor.personId, "utf8")),
    challenge: challengeFor(site, "register", actor.sessionKey, now),
    attestationType: "none",
    excludeCredentials: own.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    timeout: CHALLENGE_MS,
  });
}

/** Checks what a new passkey says of itself, and uses its challenge up. @returns null when it does not hold */
export async function takeRegistration(
  client: PrismaClient,
  site: PasskeySite,
  actor: Actor,
  answer: NewPasskey,
  now: Date,
) {
  const { rpID, origin } = partyOf(site);
  let asked = "";
  const checked = await verifyRegistrationResponse({
    response: answer as Parameters<typeof verifyRegistrationResponse>[0]["response"],
    expectedChallenge: (challenge) => {
      asked = challenge;
      return isChallenge(site.secret, "register", actor.sessionKey, challenge, now.getTime());
    },
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => null);
  if (!checked?.verified) return null;
  const unused = await inTransaction(client, async (transaction) =>
    success(await useChallenge(transaction, asked, now)),
  );
  return unused.ok && unused.value ? checked.registrationInfo.credential : null;
}
