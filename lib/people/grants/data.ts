import "server-only";
import { type Actor, agenciesFor, can } from "../../access/actor";
import { pathToTop } from "../../access/agency-path";
import type { Role } from "../../access/permissions";
import { db, type Prisma } from "../../platform/db";
import { REQUEST_MS, type RequestKind } from "./schema";
import { holdsPower } from "../commands/roles";
import { formatConsequence, formatRequest } from "./words";

/** Changes of access that wait for a second administrator, in agencies this one manages; the oldest first. */
export async function listRequests(actor: Actor, now: Date) {
  const rows = await db().accessRequest.findMany({
    where: {
      agencyId: { in: agenciesFor(actor, "people:manage") },
      state: "waiting",
      askedAt: { gt: new Date(now.getTime() - REQUEST_MS) },
    },
    include: { person: { select: { name: true } }, agency: { select: { name: true } } },
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => {
    const asked = {
      kind: row.kind as RequestKind,
      person: row.person?.name ?? "",
      agency: row.agency.name,
      role: row.role as Role | null,
    };
    return {
      id: row.id,
      person: asked.person,
      title: formatRequest(asked),
      consequence: formatConsequence(asked),
      reason: row.reason,
      askedBy: row.askedBy,
      askedAt: row.askedAt.getTime(),
      endsAt: row.askedAt.getTime() + REQUEST_MS,
      isMine: row.askedById === actor.personId,
      isAboutMe: row.personId === actor.personId,
    };
  });
}
export type WaitingRequest = Awaited<ReturnType<typeof listRequests>>[number];

/** Names of administrators other than this one. */
async function listNames(actor: Actor, agencies: Prisma.MembershipWhereInput): Promise<string[]> {
  const rows = await db().person.findMany({
    where: {
      disabledAt: null,
      id: { not: actor.personId },
      memberships: { some: { role: "administrator", ...agencies } },
    },
    select: { name: true },
    orderBy: { name: "asc" },
  });
  return rows.map(({ name }) => name);
}

/** Administrators who could confirm something in an agency: who is asked, in words for whoever asks. */
export async function listOtherAdministrators(actor: Actor, agencyId: string): Promise<string[]> {
  const agencies = await db().agency.findMany({ select: { id: true, parentId: true } });
  return listNames(actor, { agencyId: { in: pathToTop(agencyId, agencies).map(({ id }) => id) } });
}

/** The same of an agency at the top, for what concerns everyone. */
export const listOtherTopAdministrators = (actor: Actor): Promise<string[]> =>
  listNames(actor, { agency: { parentId: null } });

/** One person as an administrator sees the account, or null when it is not theirs to manage. */
export async function getManagedPerson(actor: Actor, personId: string, now: Date) {
  const person = await db().person.findUnique({
    where: { id: personId },
    include: {
      homeAgency: { select: { name: true } },
      memberships: { include: { agency: { select: { name: true } } }, orderBy: [{ agencyId: "asc" }, { role: "asc" }] },
      alternateOf: { include: { agency: { select: { name: true } } } },
      authenticator: { select: { confirmedAt: true } },
      sessions: { where: { revokedAt: null }, orderBy: { lastSeenAt: "desc" } },
      setupLinks: { where: { usedAt: null, expiresAt: { gt: now } } },
      requests: { where: { state: "waiting" } },
      asked: { where: { state: "waiting" } },
      linked: { where: { endedAt: null }, orderBy: { createdAt: "asc" } },
      playsIn: {
        where: { exercise: { startedAt: null, calledOffAt: null } },
        include: { exercise: { select: { title: true } } },
        distinct: ["exerciseId"],
      },
      askedChannels: { where: { state: { not: "live" } }, select: { name: true } },
      askedProviders: { where: { state: { not: "on" } }, select: { name: true } },
      _count: { select: { passkeys: true } },
    },
  });
  if (!person) return null;
  const reached = [person.homeAgencyId, ...person.memberships.map(({ agencyId }) => agencyId)];
  if (!reached.every((agencyId) => can(actor, "people:manage", agencyId))) return null;
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    homeAgencyId: person.homeAgencyId,
    homeAgency: person.homeAgency.name,
    isSelf: person.id === actor.personId,
    disabled: person.disabledAt !== null,
    linked: person.linked.map(({ issuer, subject, provider }) => ({ issuer, subject, provider })),
    hasPassword: person.passwordHash !== null,
    app: Boolean(person.authenticator?.confirmedAt),
    passkeys: person._count.passkeys,
    /** A new link for this person takes two administrators. */
    holdsPower: await holdsPower(db(), person.memberships),
    roles: person.memberships.map(({ agencyId, agency, role, grantedAt }) => ({
      agencyId,
      agency: agency.name,
      role: role as Role,
      since: grantedAt?.getTime() ?? null,
    })),
    alternateOf: person.alternateOf.map(({ agency }) => agency.name),
    /** Exercises to come with a part for this person. */
    playsIn: person.playsIn.map(({ exercise }) => exercise.title),
    /** Channels and providers that wait on this person's request. */
    asks: [...person.askedChannels, ...person.askedProviders].map(({ name }) => name),
    sessions: person.sessions.length,
    links: person.setupLinks.length,
    requests: person.requests.length + person.asked.length,
  };
}
export type ManagedPerson = NonNullable<Awaited<ReturnType<typeof getManagedPerson>>>;
