import "server-only";
import { getServerSession } from "next-auth";
import { redirect } from "next/navigation";
import { cache } from "react";
import { db, type PrismaClient } from "../platform/db";
import { type Actor, can } from "./actor";
import { sessionKey } from "./mutations";
import { authOptions } from "./options";
import { type Permission, type Role, scopesOf } from "./permissions";

/** Sessions end after half an hour without use, and after twelve hours in any case. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Last use is written at most this often. */
const TOUCH_MS = 60_000;

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
  const id = sessionKey(sessionId);
  const [session, agencies] = await Promise.all([
    client.session.findUnique({
      where: { id },
      include: { person: { include: { memberships: { include: { agency: true } } } } },
    }),
    client.agency.findMany({ select: { id: true, parentId: true } }),
  ]);
  if (!session || session.revokedAt || session.person.disabledAt) return null;
  const idle = now.getTime() - session.lastSeenAt.getTime();
  if (idle > IDLE_MS || now.getTime() - session.createdAt.getTime() > ABSOLUTE_MS) return null;
  if (touch && idle > TOUCH_MS) {
    await client.session.updateMany({ where: { id, revokedAt: null }, data: { lastSeenAt: now } });
  }
  const { person } = session;
  return {
    personId: person.id,
    name: person.name,
    email: person.email,
    sessionId,
    memberships: person.memberships.map(({ agencyId, role, agency }) => ({
      agencyId,
      agencyName: agency.name,
      role: role as Role,
      jurisdictionId: agency.jurisdictionId,
    })),
    scopes: scopesOf(person.memberships, agencies),
  } as unknown as Actor;
}

/** Asked once a request, however many parts of a page ask. */
const actorOfRequest = cache(async (touch: boolean): Promise<Actor | null> => {
  const session = (await getServerSession(authOptions())) as { sessionId?: string } | null;
  if (!session?.sessionId) return null;
  return mintActor(db(), session.sessionId, new Date(), touch);
});

/** The person behind this request, or null. */
export function getActor(options: { touch: boolean } = { touch: true }): Promise<Actor | null> {
  return actorOfRequest(options.touch);
}

/** For pages: the person, or the way to sign in; and the permission, or the page that says who may. */
export async function requireActor(permission: Permission | "any"): Promise<Actor> {
  const actor = await getActor();
  if (!actor) redirect("/sign-in");
  if (permission !== "any" && !can(actor, permission)) redirect("/forbidden");
  return actor;
}
