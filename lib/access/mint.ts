import "server-only";
import { inTransaction, type PrismaClient, type Reader, type Transaction } from "../platform/db";
import { refuse, type Result } from "../platform/result";
import type { Actor } from "./actor";
import { pathToTop } from "./agency-path";
import { isSensitive, type Role, scopesOf } from "./permissions";
import { sessionKey } from "./session-key";

/** Sessions end after half an hour without use, and after twelve hours in any case. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Last use is written at most this often. */
const TOUCH_MS = 60_000;

async function findSession(client: Reader, key: string) {
  const session = await client.session.findUnique({
    where: { id: key },
    include: {
      person: {
        include: {
          memberships: { include: { agency: true } },
          authenticator: { select: { confirmedAt: true } },
          _count: { select: { passkeys: true } },
        },
      },
    },
  });
  if (!session || session.revokedAt || session.person.disabledAt) return null;
  // A session of someone with a second factor is nobody's until that factor was proven in it.
  return hasFactor(session.person) && !session.provenAt ? null : session;
}

/** Whether a person has a second factor: an authenticator app that was tried, or a passkey. */
export const hasFactor = (person: {
  authenticator: { confirmedAt: Date | null } | null;
  _count: { passkeys: number };
}) => person._count.passkeys > 0 || Boolean(person.authenticator?.confirmedAt);

/** Whether a session ended by itself: half an hour without use, or twelve hours in any case. */
export function hasEnded(session: { createdAt: Date; lastSeenAt: Date }, now: Date): boolean {
  return endOf(session) < now.getTime();
}

/** When a session ends by itself unless it is used, in milliseconds since 1970. */
export function endOf({ createdAt, lastSeenAt }: { createdAt: Date; lastSeenAt: Date }): number {
  return Math.min(lastSeenAt.getTime() + IDLE_MS, createdAt.getTime() + ABSOLUTE_MS);
}

/** Whether a role takes a second factor: approver and administrator always, others where a rule of the agency, or of one above it, says so. */
const needsFactor = (
  { role, agencyId }: { role: string; agencyId: string },
  agencies: readonly { id: string; parentId: string | null; everyoneNeedsFactor: boolean }[],
) => isSensitive(role) || pathToTop(agencyId, agencies).some(({ everyoneNeedsFactor }) => everyoneNeedsFactor);

type Found = NonNullable<Awaited<ReturnType<typeof findSession>>>;

async function toActor(client: Reader, { id, person, confirmedAt, createdAt, lastSeenAt }: Found): Promise<Actor> {
  const proven = hasFactor(person);
  const [agencies, site] = await Promise.all([
    client.agency.findMany({ select: { id: true, parentId: true, everyoneNeedsFactor: true } }),
    !proven ? client.site.findUnique({ where: { id: 1 }, select: { mode: true } }) : null,
  ]);
  // Nobody is forced in a demonstration, where every password is printed on the first page.
  const enrolling = site?.mode === "real" && person.memberships.some((held) => needsFactor(held, agencies));
  return {
    personId: person.id,
    name: person.name,
    email: person.email,
    sessionKey: id,
    enrolling,
    hasFactor: proven,
    confirmedAt: confirmedAt?.getTime() ?? null,
    endsAt: endOf({ createdAt, lastSeenAt }),
    latestAt: createdAt.getTime() + ABSOLUTE_MS,
    homeAgencyId: person.homeAgencyId,
    memberships: person.memberships.map(({ agencyId, role, agency }) => ({
      agencyId,
      agencyName: agency.name,
      role: role as Role,
      jurisdictionId: agency.jurisdictionId,
    })),
    scopes: enrolling ? new Map() : scopesOf(person.memberships, agencies),
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
  if (hasEnded(session, now)) return null;
  if (touch && idle > TOUCH_MS) {
    await client.session.updateMany({ where: { id: session.id, revokedAt: null }, data: { lastSeenAt: now } });
    session.lastSeenAt = now;
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
