import "server-only";
import { randomBytes } from "node:crypto";
import { hasFactor } from "../../../access/mint";
import { sessionKey } from "../../../access/session-key";
import { inTransaction, type PrismaClient, type Transaction } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { forgetOldSignIns, recordSignIn } from "./history";

/** How a person proved who they are. Another way of signing in adds its word here and calls `beginSession`. */
export type SignInMethod = "password" | "code" | "recovery" | "passkey" | "single-sign-on";

/** Where a sign-in comes from, as the record keeps it. */
export interface SignInOrigin {
  browser: string;
  /** The address as the site's policy keeps it. */
  place: string;
  /** A session this browser still has, which the new one replaces. */
  replaces?: string;
}

export interface SignedIn {
  personId: string;
  name: string;
  sessionId: string;
  /** Whether a second factor is still to be proven. */
  half: boolean;
}

const WORDS: Readonly<Record<SignInMethod, string>> = {
  password: "",
  code: " by a one-time code",
  recovery: " by a recovery code",
  passkey: " by a passkey",
  "single-sign-on": " by single sign-on",
};

/**
 * Begins a session for someone who was checked. Of someone with a second factor,
 * a password or single sign-on alone begins half a session, which is nobody's until the factor is proven.
 * @param asserted of single sign-on: the provider asserts what the administrator named as a second factor
 */
export async function beginSession(
  client: PrismaClient,
  personId: string,
  method: SignInMethod,
  { browser, place, replaces }: SignInOrigin,
  now: Date,
  asserted = false,
): Promise<Result<SignedIn>> {
  const alone = method === "password" || (method === "single-sign-on" && !asserted);
  return inTransaction(client, async (transaction) => {
    // Asked again after the wait: someone may have been disabled in between.
    const person = await transaction.person.findUniqueOrThrow({
      where: { id: personId },
      include: { authenticator: true, _count: { select: { passkeys: true } } },
    });
    if (person.disabledAt !== null) return refuse("wrong", "The email or password is not right.");
    const sessionId = randomBytes(32).toString("base64url");
    if (replaces) {
      await transaction.session.updateMany({
        where: { id: sessionKey(replaces), personId: person.id, revokedAt: null },
        data: { revokedAt: now },
      });
    }
    const half = alone && hasFactor(person);
    // Who has nothing here to confirm with sets it up right after signing in.
    const isAllThereIs = method === "single-sign-on" && !hasFactor(person) && person.passwordHash === null;
    await transaction.session.create({
      data: {
        id: sessionKey(sessionId),
        personId: person.id,
        createdAt: now,
        lastSeenAt: now,
        browser,
        address: place,
        method,
        provenAt: alone ? null : now,
        confirmedAt: isAllThereIs ? now : null,
      },
    });
    if (!half) await acceptSignIn(transaction, person, method, { browser, place }, now);
    return success({ personId: person.id, name: person.name, sessionId, half });
  });
}

/** What is written when someone is in: an entry of the record, and a line of the person's own history. */
export async function acceptSignIn(
  transaction: Transaction,
  person: { id: string; name: string; homeAgencyId: string },
  method: SignInMethod,
  { browser, place }: SignInOrigin,
  now: Date,
): Promise<void> {
  await recordSignIn(transaction, { personId: person.id, outcome: "accepted", method, browser, address: place }, now);
  await forgetOldSignIns(transaction, now);
  await appendAudit(
    transaction,
    {
      actor: { personId: person.id, name: person.name },
      agencyId: person.homeAgencyId,
      action: "sign-in.accepted",
      subject: { type: "person", id: person.id },
      summary: `Signed in${WORDS[method]} with ${browser}${place ? ` from ${place}` : ""}.`,
      data: { browser, address: place, ...(method === "password" ? {} : { method }) },
    },
    now,
  );
}
