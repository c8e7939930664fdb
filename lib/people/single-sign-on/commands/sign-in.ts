import "server-only";
import type { Actor } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import { inTransaction, type PrismaClient, type Transaction } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { fingerprint } from "../../../record/chain";
import { countRefusal } from "../../commands/refusals";
import { admitAttempt, type CountedBucket, takeBack } from "../../commands/throttle";
import { networkOf } from "../../origin-of-sign-in";
import { beginSession, type SignedIn, type SignInOrigin } from "../../sign-in/commands/begin-session";
import { BUSY, throttled } from "../../sign-in/commands/password";
import { assertsFactor, type Claims, groupsOf } from "../claims";
import type { SignInProvider } from "../provider";
import { proposeRoles } from "./proposals";

/**
 * Signs in whom a provider names, once the library has checked its token. A person
 * is who was linked: issuer and subject, which the person did while signed in, or
 * with an invitation. An email that is equal opens nothing.
 */

/** What came back from a provider. */
export interface Answer extends SignInOrigin {
  provider: Pick<SignInProvider, "name" | "settings">;
  claims: Claims;
  /** Where it came from; undefined where that is not known. */
  address: string | undefined;
}

/** Within the limits on refused sign-ins from one network. */
async function withinAddress(
  client: PrismaClient,
  { address }: Answer,
  now: Date,
  work: () => Promise<Result<SignedIn>>,
): Promise<Result<SignedIn>> {
  const buckets: CountedBucket[] = address
    ? [{ kind: "address", key: fingerprint(`address:${networkOf(address)}`) }]
    : [];
  const admission = await admitAttempt(client, "stranger", buckets, now);
  if (admission === "full") return BUSY;
  if (admission.wait > 0) return throttled(admission.wait);
  const result = await work();
  if (result.ok) await takeBack(client, admission.counted);
  return result;
}

/** Signs a linked person in, or refuses in words that tell nobody whether an email has an account here. */
export function signInByProvider(client: PrismaClient, answer: Answer, now: Date): Promise<Result<SignedIn>> {
  return withinAddress(client, answer, now, async () => {
    const { claims, provider } = answer;
    const where = { issuer_subject: { issuer: claims.iss, subject: claims.sub } };
    const link = await client.linkedSignIn.findUnique({ where, include: { person: true } });
    const refused = {
      agencyId: link?.person.homeAgencyId ?? null,
      account: fingerprint(`subject:${claims.iss} ${claims.sub}`),
      place: answer.place,
      kind: "unlinked" as const,
    };
    if (!link || (link.endedAt && !link.person.disabledAt)) {
      countRefusal(client, { ...refused, agencyId: null }, now);
      return refuse("not-linked");
    }
    if (link.person.disabledAt) {
      const line = { personId: link.personId, method: "single-sign-on", browser: answer.browser };
      countRefusal(client, { ...refused, line }, now);
      return refuse("access-ended");
    }
    await client.linkedSignIn.updateMany({
      where: { issuer: claims.iss, subject: claims.sub, endedAt: null },
      data: { lastUsedAt: now },
    });
    return enter(client, link.personId, provider, answer, now);
  });
}

/** Begins the session, and notes which roles the groups stand for. */
async function enter(
  client: PrismaClient,
  personId: string,
  { name, settings }: Answer["provider"],
  answer: Answer,
  now: Date,
): Promise<Result<SignedIn>> {
  const asserted = assertsFactor(answer.claims, settings);
  const begun = await beginSession(client, personId, "single-sign-on", answer, now, asserted);
  if (!begun.ok) return refuse("access-ended");
  const groups = groupsOf(answer.claims, settings);
  if (groups) await proposeRoles(client, personId, { name, groups, known: settings.groups }, now);
  return begun;
}

interface NewLink {
  personId: string;
  name: string;
  homeAgencyId: string;
}

/** Links a subject to a person, with its entry; refused when it is someone else's. */
async function writeLink(
  transaction: Transaction,
  person: NewLink,
  { claims, provider }: Pick<Answer, "claims" | "provider">,
  how: string,
  now: Date,
): Promise<Result<null>> {
  const key = { issuer: claims.iss, subject: claims.sub };
  // Two people at once take turns over one subject.
  await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(hashtextextended(${`link ${key.issuer} ${key.subject}`}, 0))) as lock`;
  const before = await transaction.linkedSignIn.findUnique({ where: { issuer_subject: key } });
  if (before && !before.endedAt) {
    return before.personId === person.personId ? success(null) : refuse("linked-elsewhere");
  }
  if (before) await transaction.linkedSignIn.delete({ where: { issuer_subject: key } });
  await transaction.linkedSignIn.create({
    data: { ...key, personId: person.personId, provider: provider.name, createdAt: now },
  });
  await appendAudit(
    transaction,
    {
      actor: { personId: person.personId, name: person.name },
      agencyId: person.homeAgencyId,
      action: "sign-in.linked",
      subject: { type: "person", id: person.personId },
      summary: `Linked single sign-on with “${provider.name}” to the account${how}.`,
      data: key,
      touched: { person: [person.personId] },
    },
    now,
  );
  return success(null);
}

/** Links a subject to the person who asked for it, in the session in which they proved who they are. */
export const linkSignIn = (
  client: PrismaClient,
  by: Actor,
  answer: Pick<Answer, "claims" | "provider">,
  now: Date,
): Promise<Result<null>> =>
  changeAs(client, by, (transaction, actor) => writeLink(transaction, actor, answer, "", now));

/**
 * Accepts an invitation by single sign-on, in place of setting a password. Only for
 * an account without one: whoever renews a link has a reason to end the password.
 * @param link hash of the one-time link
 */
export function acceptInvitation(
  client: PrismaClient,
  link: string,
  answer: Answer,
  now: Date,
): Promise<Result<SignedIn>> {
  return withinAddress(client, answer, now, async () => {
    const accepted = await inTransaction(client, async (transaction) => {
      await transaction.$queryRaw`select "tokenHash" from "SetupLink" where "tokenHash" = ${link} for update`;
      const row = await transaction.setupLink.findUnique({ where: { tokenHash: link }, include: { person: true } });
      if (!row || row.usedAt || row.expiresAt <= now || row.person.disabledAt || row.person.passwordHash) {
        return refuse("link-ended");
      }
      const { id: personId, name, homeAgencyId } = row.person;
      const linked = await writeLink(transaction, { personId, name, homeAgencyId }, answer, ", by an invitation", now);
      if (!linked.ok) return linked;
      await transaction.setupLink.update({ where: { tokenHash: link }, data: { usedAt: now } });
      return success(personId);
    });
    return accepted.ok ? enter(client, accepted.value, answer.provider, answer, now) : accepted;
  });
}
