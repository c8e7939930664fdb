import "server-only";
import { hasEnded, hasFactor } from "../../access/mint";
import { type Actor } from "../../access/actor";
import { sessionKey } from "../../access/session-key";
import { db, type Reader } from "../../platform/db";
import { getSite } from "../../platform/site/data";
import { unseal } from "../../record/site-secret";
import { usableCode } from "./totp";

/** How long someone who gave the right password has for the second factor. */
const HALF_MS = 10 * 60_000;

/** What a sealed secret belongs to. */
export const sealedAbout = (personId: string) => `authenticator ${personId}`;

/** Half a session: the password was right, the second factor is still to be proven. Null when it is none, or ended. */
export async function loadHalfSession(client: Reader, sessionId: string, now: Date) {
  const session = await client.session.findUnique({
    where: { id: sessionKey(sessionId) },
    include: { person: { include: { authenticator: true, _count: { select: { passkeys: true } } } } },
  });
  if (!session || session.revokedAt || session.provenAt || session.person.disabledAt) return null;
  if (hasEnded(session, now) || now.getTime() - session.createdAt.getTime() > HALF_MS) return null;
  if (!hasFactor(session.person)) return null;
  const { authenticator, _count } = session.person;
  return { ...session, hasApp: Boolean(authenticator?.confirmedAt), hasPasskey: _count.passkeys > 0 };
}

/**
 * The code a person's app shows now, in a demonstration only: there it stands
 * beside the field, as passwords do.
 */
async function loadDemonstrationCode(
  client: Reader,
  secret: string,
  personId: string,
  now: Date,
): Promise<string | null> {
  const row = await client.authenticator.findUnique({ where: { personId } });
  if (!row || (await getSite(client)).mode !== "demonstration") return null;
  return usableCode(unseal(secret, sealedAbout(personId), row.secret), row.lastCounter, now.getTime());
}

/** What the second step of signing in asks of whoever gave the right password; null when nothing more is asked. */
export async function loadSecondStep(secret: string, sessionId: string, now: Date) {
  const half = await loadHalfSession(db(), sessionId, now);
  if (!half) return null;
  const { hasApp, hasPasskey, person } = half;
  const demonstrationCode = await loadDemonstrationCode(db(), secret, person.id, now);
  return { name: person.name, hasApp, hasPasskey, demonstrationCode };
}
export type SecondStepAsked = NonNullable<Awaited<ReturnType<typeof loadSecondStep>>>;

/** What a person can prove who they are with, for the fields of a form. */
export async function getProofMeans(actor: Actor, secret: string, now: Date) {
  const [person, app, passkeys, demonstrationCode] = await Promise.all([
    db().person.findUnique({ where: { id: actor.personId }, select: { passwordHash: true } }),
    db().authenticator.findUnique({ where: { personId: actor.personId }, select: { confirmedAt: true } }),
    db().passkey.count({ where: { personId: actor.personId } }),
    loadDemonstrationCode(db(), secret, actor.personId, now),
  ]);
  return {
    /** Who signs in with single sign-on alone has none. */
    hasPassword: Boolean(person?.passwordHash),
    hasFactor: actor.hasFactor,
    hasPasskey: passkeys > 0,
    confirmedAt: actor.confirmedAt,
    demonstrationCode: app?.confirmedAt ? demonstrationCode : null,
  };
}
export type ProofMeans = Awaited<ReturnType<typeof getProofMeans>>;

/** The second factors of a person's own. */
export async function getOwnFactors(actor: Actor) {
  const [app, passkeys, codes] = await Promise.all([
    db().authenticator.findUnique({ where: { personId: actor.personId } }),
    db().passkey.findMany({ where: { personId: actor.personId }, orderBy: { createdAt: "asc" } }),
    db().recoveryCode.findMany({ where: { personId: actor.personId }, select: { usedAt: true } }),
  ]);
  return {
    app: app?.confirmedAt ? { since: app.confirmedAt.getTime() } : null,
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      since: createdAt.getTime(),
      lastUsedAt: lastUsedAt?.getTime() ?? null,
    })),
    recoveryCodes: { made: codes.length, left: codes.filter(({ usedAt }) => !usedAt).length },
  };
}
export type OwnFactors = Awaited<ReturnType<typeof getOwnFactors>>;

/** The last sign-ins of a person's own, let through or not, the newest first. */
export async function listOwnSignIns(actor: Actor) {
  const rows = await db().signInEvent.findMany({
    where: { personId: actor.personId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: 30,
  });
  return rows.map(({ id, at, outcome, method, browser, address }) => ({
    id,
    at: at.getTime(),
    accepted: outcome === "accepted",
    method,
    browser,
    address,
  }));
}
export type OwnSignIn = Awaited<ReturnType<typeof listOwnSignIns>>[number];
