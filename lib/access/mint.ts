import "server-only";
import { inTransaction, type PrismaClient, type Reader, type Transaction } from "../platform/db";
import { refuse, type Result } from "../platform/result";
import type { Actor } from "./actor";
import { type Role, scopesOf } from "./permissions";
import { sessionKey } from "./session-key";

/** Sessions end after half an hour without use, and after twelve hours in any case. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Last use is written at most this often. */
const TOUCH_MS = 60_000;

async function findSession(client: Reader, key: string) {
  const session = await client.session.findUnique({
    where: { id: key },
    include: { person: { include: { memberships: { include: { agency: true } } } } },
  });
  return session && !session.revokedAt && !session.person.disabledAt ? session : null;
}

type Found = NonNullable<Awaited<ReturnType<typeof findSession>>>;

async function toActor(client: Reader, { id, person }: Found): Promise<Actor> {
  const agencies = await client.agency.findMany({ select: { id: true, parentId: true } });
  return {
    personId: person.id,
    name: person.name,
    email: person.email,
    sessionKey: id,
    homeAgencyId: person.homeAgencyId,
    memberships: person.memberships.map(({ agencyId, role, agency }) => ({
      agencyId,
      agencyName: agency.name,
      role: role as Role,
      jurisdictionId: agency.jurisdictionId,
    })),
    scopes: scopesOf(person.memberships, agencies),
  } as unknown as Actor;
}

/**
 * Makes an Actor from a session, looked up in the database now: a session that
 * was ended, a person who was disabled, a role that was withdrawn are gone.
 * @param touch whether this request counts as use; polling does not
 */
export async function mintActor(
  client: PrismaClient,
  sessionId: string,
  now: Date,
  touch: boolean,
): Promise<Actor | null> {
  const session = await findSession(client, sessionKey(sessionId));
  if (!session) return null;
  const idle = now.getTime() - session.lastSeenAt.getTime();
  if (idle > IDLE_MS || now.getTime() - session.createdAt.getTime() > ABSOLUTE_MS) return null;
  if (touch && idle > TOUCH_MS) {
    await client.session.updateMany({ where: { id: session.id, revokedAt: null }, data: { lastSeenAt: now } });
  }
  return toActor(client, session);
}

/**
 * The same for a job that a person left to be done, by the key of the session
 * they left it in. A session that was used too long ago to open a page is still
 * good for what was asked in it; one that was ended is not.
 */
export async function mintForJob(client: PrismaClient, key: string): Promise<Actor | null> {
  const session = await findSession(client, key);
  return session && toActor(client, session);
}

/** When a session ends if it is not used again, in milliseconds since 1970; null when it has ended. */
export async function sessionEnd(client: Reader, key: string, now: Date): Promise<number | null> {
  const session = await findSession(client, key);
  if (!session) return null;
  const end = Math.min(session.lastSeenAt.getTime() + IDLE_MS, session.createdAt.getTime() + ABSOLUTE_MS);
  return end > now.getTime() ? end : null;
}

/**
 * Runs a change of a person's. Who that is and what they may do is looked up
 * again inside, with the person's row locked: someone who was disabled,
 * signed out or lost a role in the meantime changes nothing.
 */
export function changeAs<Value>(
  client: PrismaClient,
  actor: Actor,
  run: (transaction: Transaction, actor: Actor) => Promise<Result<Value>>,
  options: { ms?: number } = {},
): Promise<Result<Value>> {
  return inTransaction(
    client,
    async (transaction) => {
      // Held until the end: disabling this person, or taking a role away, comes before this change or waits for it.
      await transaction.$queryRaw`select id from "Person" where id = ${actor.personId} for share`;
      const session = await findSession(transaction, actor.sessionKey);
      if (!session || session.personId !== actor.personId) {
        return refuse("signed-out", "You were signed out in the meantime. Nothing was changed.");
      }
      return run(transaction, await toActor(transaction, session));
    },
    options,
  );
}
