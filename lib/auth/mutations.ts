import "server-only";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { appendAudit } from "../audit/mutations";
import { inTransaction, type PrismaClient, type Transaction } from "../platform/db";
import { refuse, type Result, success } from "../platform/result";
import { type Actor, can } from "./actor";
import { checkPassword, hashPassword } from "./passwords";
import type { Role } from "./permissions";
import { type Bucket, HOUR, secondsToWait } from "./throttle";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export interface SignInAttempt {
  email: string;
  password: string;
  /** Value of the cookie that a browser keeps after a good sign-in. */
  device: string | undefined;
  address: string;
}

export interface SignedIn {
  personId: string;
  name: string;
  sessionId: string;
}

const deviceMark = (secret: string, personId: string) => sha256(`device:${secret}:${personId}`);

/** What a browser keeps after a good sign-in, so that a stranger cannot lock its person out. */
export function deviceCookie(secret: string, personId: string): string {
  return deviceMark(secret, personId);
}

/**
 * Signs a person in, or refuses in the same words and time whoever is asked for.
 * @param now moment of the attempt
 */
export async function signIn(
  client: PrismaClient,
  secret: string,
  attempt: SignInAttempt,
  now: Date,
): Promise<Result<SignedIn>> {
  const person = await client.person.findUnique({ where: { email: attempt.email } });
  const known = person !== null && attempt.device === deviceMark(secret, person.id);
  const buckets = [
    known
      ? { kind: "device" as const, key: sha256(`device:${person.id}`) }
      : { kind: "account" as const, key: sha256(`account:${attempt.email}`) },
    { kind: "address" as const, key: sha256(`address:${attempt.address}`) },
  ];
  const { wait, counted } = await admitAttempt(client, buckets, now);
  if (wait > 0) {
    return refuse("throttled", `Too many attempts. Try again in ${wait} seconds. Nobody else is held up.`);
  }
  const good = (await checkPassword(person?.passwordHash, attempt.password)) && person?.disabledAt === null;
  return inTransaction(client, async (transaction) => {
    if (!good || !person) {
      await appendAudit(
        transaction,
        {
          actor: null,
          action: "sign-in.refused",
          subject: { type: "sign-in", id: buckets[0]!.key.slice(0, 16) },
          summary: "Sign-in refused: e-mail or password not right.",
        },
        now,
      );
      return refuse("wrong", "E-mail or password is not right. Nothing says which.");
    }
    // The attempt was counted as a failure before it was checked; it was none.
    await transaction.signInFailure.deleteMany({ where: { id: { in: counted } } });
    const sessionId = randomBytes(32).toString("base64url");
    await transaction.session.create({
      data: { id: sha256(sessionId), personId: person.id, createdAt: now, lastSeenAt: now },
    });
    await appendAudit(
      transaction,
      {
        actor: { personId: person.id, name: person.name },
        action: "sign-in.accepted",
        subject: { type: "person", id: person.id },
        summary: "Signed in.",
      },
      now,
    );
    return success({ personId: person.id, name: person.name, sessionId });
  });
}

/**
 * Counts the attempt before the password is looked at, so that many at once
 * cannot all slip through. Returns the seconds to wait, 0 when admitted, and
 * the rows to take back if the password is right.
 */
async function admitAttempt(
  client: PrismaClient,
  buckets: readonly { kind: Bucket["kind"]; key: string }[],
  now: Date,
): Promise<{ wait: number; counted: string[] }> {
  return inTransaction(client, async (transaction) => {
    const since = new Date(now.getTime() - HOUR);
    const rows = await transaction.signInFailure.findMany({
      where: { bucket: { in: buckets.map(({ key }) => key) }, at: { gt: since } },
    });
    const wait = secondsToWait(
      buckets.map(({ kind, key }) => ({
        kind,
        failures: rows.filter((row) => row.bucket === key).map((row) => row.at.getTime()),
      })),
      now.getTime(),
    );
    if (wait > 0) return { wait, counted: [] };
    await transaction.signInFailure.deleteMany({ where: { at: { lte: since } } });
    const rowsNow = buckets.map(({ key }) => ({ id: randomUUID(), bucket: key, at: now }));
    await transaction.signInFailure.createMany({ data: rowsNow });
    return { wait: 0, counted: rowsNow.map(({ id }) => id) };
  });
}

/** Key under which a session is stored; the cookie holds what it is made from. */
export function sessionKey(sessionId: string): string {
  return sha256(sessionId);
}

/** Ends a session for good. */
export async function signOut(client: PrismaClient, sessionId: string, now: Date): Promise<void> {
  await inTransaction(client, async (transaction) => {
    const key = sessionKey(sessionId);
    const session = await transaction.session.findUnique({ where: { id: key }, include: { person: true } });
    if (!session || session.revokedAt) return;
    await transaction.session.update({ where: { id: key }, data: { revokedAt: now } });
    await appendAudit(
      transaction,
      {
        actor: { personId: session.personId, name: session.person.name },
        action: "sign-out",
        subject: { type: "person", id: session.personId },
        summary: "Signed out.",
      },
      now,
    );
  });
}

/** Checks the password again before an act that reaches the public, throttled like a sign-in. */
export async function confirmPassword(
  client: PrismaClient,
  actor: Actor,
  password: string,
  now: Date,
): Promise<Result<null>> {
  const key = sha256(`device:${actor.personId}`);
  const { wait, counted } = await admitAttempt(client, [{ kind: "device", key }], now);
  if (wait > 0) return refuse("throttled", `Too many attempts. Try again in ${wait} seconds.`);
  const person = await client.person.findUnique({ where: { id: actor.personId } });
  if (!(await checkPassword(person?.passwordHash, password))) {
    return refuse("wrong-password", "The password is not right.", { password: "The password is not right." });
  }
  await client.signInFailure.deleteMany({ where: { id: { in: counted } } });
  return success(null);
}

const LINK_HOURS = 72;

/** Makes a one-time link with which a person sets a password. Earlier links stop working. */
export async function createSetupLink(transaction: Transaction, personId: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await transaction.setupLink.updateMany({ where: { personId, usedAt: null }, data: { usedAt: now } });
  await transaction.setupLink.create({
    data: { tokenHash: sha256(token), personId, expiresAt: new Date(now.getTime() + LINK_HOURS * HOUR) },
  });
  return token;
}

/** Whether a one-time link still works, and for whom. */
export async function findSetupLink(client: PrismaClient, token: string, now: Date) {
  const link = await client.setupLink.findUnique({ where: { tokenHash: sha256(token) }, include: { person: true } });
  if (!link || link.usedAt || link.expiresAt <= now || link.person.disabledAt) return null;
  return { name: link.person.name, email: link.person.email };
}

/** Sets a password by a one-time link; the link and every open session end. */
export async function setPassword(
  client: PrismaClient,
  input: { token: string; password: string },
  now: Date,
): Promise<Result<{ email: string }>> {
  const passwordHash = await hashPassword(input.password);
  return inTransaction(client, async (transaction) => {
    const link = await transaction.setupLink.findUnique({
      where: { tokenHash: sha256(input.token) },
      include: { person: true },
    });
    if (!link || link.usedAt || link.expiresAt <= now || link.person.disabledAt) {
      return refuse("link-ended", "This link was used or has ended. Ask your administrator for a new one.");
    }
    await transaction.setupLink.update({ where: { tokenHash: link.tokenHash }, data: { usedAt: now } });
    await transaction.person.update({ where: { id: link.personId }, data: { passwordHash } });
    await transaction.session.updateMany({
      where: { personId: link.personId, revokedAt: null },
      data: { revokedAt: now },
    });
    await appendAudit(
      transaction,
      {
        actor: { personId: link.personId, name: link.person.name },
        action: "person.password-set",
        subject: { type: "person", id: link.personId },
        summary: "Set a password by a one-time link.",
      },
      now,
    );
    return success({ email: link.person.email });
  });
}

const NOT_YOURS = "You may not manage people of this agency. Nothing was changed.";

/** Invites a person with roles in one agency. Returns the token of the one-time link, shown once. */
export async function invitePerson(
  client: PrismaClient,
  actor: Actor,
  input: { name: string; email: string; agencyId: string; roles: readonly Role[] },
  now: Date,
): Promise<Result<{ token: string }>> {
  if (!can(actor, "people:manage", input.agencyId)) return refuse("not-permitted", NOT_YOURS);
  return inTransaction(client, async (transaction) => {
    if (await transaction.person.findUnique({ where: { email: input.email } })) {
      return refuse("taken", "Somebody with this e-mail is already here.", {
        email: "Somebody with this e-mail is already here. Give that person the role instead.",
      });
    }
    const person = await transaction.person.create({ data: { name: input.name, email: input.email, createdAt: now } });
    await transaction.membership.createMany({
      data: input.roles.map((role) => ({ personId: person.id, agencyId: input.agencyId, role })),
    });
    const token = await createSetupLink(transaction, person.id, now);
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: "person.invited",
        subject: { type: "person", id: person.id },
        summary: `Invited ${input.name} as ${input.roles.join(", ")}.`,
        data: { email: input.email, roles: [...input.roles] },
      },
      now,
    );
    return success({ token });
  });
}

/** Whether the administrator may act on this person: every agency of theirs must be in reach. */
async function managedPerson(transaction: Transaction, actor: Actor, personId: string) {
  const person = await transaction.person.findUnique({ where: { id: personId }, include: { memberships: true } });
  if (!person || !person.memberships.every(({ agencyId }) => can(actor, "people:manage", agencyId))) return null;
  return person;
}

/** Grants or withdraws a role. What is withdrawn is gone at that person's next request. */
export async function changeRole(
  client: PrismaClient,
  actor: Actor,
  input: { personId: string; agencyId: string; role: Role; grant: boolean },
  now: Date,
): Promise<Result<null>> {
  if (!can(actor, "people:manage", input.agencyId)) return refuse("not-permitted", NOT_YOURS);
  return inTransaction(client, async (transaction) => {
    const person = await managedPerson(transaction, actor, input.personId);
    if (!person) return refuse("not-permitted", NOT_YOURS);
    if (person.id === actor.personId)
      return refuse("own-roles", "You cannot change your own roles. Ask another administrator.");
    const key = { personId: person.id, agencyId: input.agencyId, role: input.role };
    if (input.grant) {
      await transaction.membership.upsert({ where: { personId_agencyId_role: key }, create: key, update: {} });
    } else {
      await transaction.membership.deleteMany({ where: key });
    }
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: input.grant ? "role.granted" : "role.withdrawn",
        subject: { type: "person", id: person.id },
        summary: `${input.grant ? "Gave" : "Took from"} ${person.name} the role ${input.role}.`,
        data: { role: input.role },
      },
      now,
    );
    return success(null);
  });
}

/** Disables a person, or lets the person in again. A disabled person is out at the next request. */
export async function setPersonDisabled(
  client: PrismaClient,
  actor: Actor,
  input: { personId: string; disabled: boolean },
  now: Date,
): Promise<Result<null>> {
  return inTransaction(client, async (transaction) => {
    const person = await managedPerson(transaction, actor, input.personId);
    if (!person) return refuse("not-permitted", NOT_YOURS);
    if (person.id === actor.personId)
      return refuse("own-account", "You cannot disable yourself. Ask another administrator.");
    await transaction.person.update({ where: { id: person.id }, data: { disabledAt: input.disabled ? now : null } });
    if (input.disabled) {
      await transaction.session.updateMany({
        where: { personId: person.id, revokedAt: null },
        data: { revokedAt: now },
      });
    }
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: person.memberships[0]?.agencyId ?? null,
        action: input.disabled ? "person.disabled" : "person.enabled",
        subject: { type: "person", id: person.id },
        summary: input.disabled ? `Disabled ${person.name}; every session ended.` : `Let ${person.name} in again.`,
      },
      now,
    );
    return success(null);
  });
}

/** A new one-time link for somebody who lost the password. */
export async function renewSetupLink(
  client: PrismaClient,
  actor: Actor,
  input: { personId: string },
  now: Date,
): Promise<Result<{ token: string }>> {
  return inTransaction(client, async (transaction) => {
    const person = await managedPerson(transaction, actor, input.personId);
    if (!person || person.disabledAt) return refuse("not-permitted", NOT_YOURS);
    const token = await createSetupLink(transaction, person.id, now);
    await appendAudit(
      transaction,
      {
        actor,
        action: "person.invited",
        subject: { type: "person", id: person.id },
        summary: `Made a new one-time link for ${person.name}.`,
      },
      now,
    );
    return success({ token });
  });
}
