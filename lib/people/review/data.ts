import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { isSensitive } from "../../access/permissions";
import { db } from "../../platform/db";

/** The access review: who has what, since when, and whether it is still right. Every quarter. */

export const REVIEW_DAYS = 90;
const DAY_MS = 86_400_000;

/** Everyone with access in agencies an administrator manages, those with the most power first. */
export async function listAccess(actor: Actor, now: Date) {
  const scope = agenciesFor(actor, "people:manage");
  const people = await db().person.findMany({
    where: { OR: [{ memberships: { some: { agencyId: { in: scope } } } }, { homeAgencyId: { in: scope } }] },
    include: {
      homeAgency: { select: { name: true } },
      memberships: {
        where: { agencyId: { in: scope } },
        include: { agency: { select: { name: true } } },
        orderBy: [{ agencyId: "asc" }, { role: "asc" }],
      },
      signIns: { where: { outcome: "accepted" }, orderBy: { at: "desc" }, take: 1 },
      sessions: { orderBy: { createdAt: "desc" }, take: 1 },
      authenticator: { select: { confirmedAt: true } },
      linked: {
        where: { endedAt: null },
        select: { provider: true, issuer: true, lastUsedAt: true },
        orderBy: [{ provider: "asc" }, { issuer: "asc" }, { subject: "asc" }],
      },
      setupLinks: { where: { usedAt: null, expiresAt: { gt: now } }, orderBy: { expiresAt: "desc" }, take: 1 },
      _count: { select: { passkeys: true } },
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const rows = people.map((person) => ({
    id: person.id,
    name: person.name,
    email: person.email,
    agency: person.homeAgency.name,
    disabled: person.disabledAt !== null,
    roles: person.memberships.map(({ role, agency, grantedAt }) => ({
      role,
      agency: agency.name,
      since: grantedAt?.getTime() ?? null,
    })),
    lastSignIn: (person.signIns[0]?.at ?? person.sessions[0]?.createdAt)?.getTime() ?? null,
    app: Boolean(person.authenticator?.confirmedAt),
    passkeys: person._count.passkeys,
    /** Whoever signs in at these signs in as this person. */
    linked: person.linked.map(({ provider, issuer, lastUsedAt }) => ({
      provider,
      issuer,
      lastUsed: lastUsedAt?.getTime() ?? null,
    })),
    /** Until when a one-time link is open, with which whoever holds it sets the password. */
    openLink: person.setupLinks[0]?.expiresAt.getTime() ?? null,
  }));
  const rank = ({ roles, disabled }: (typeof rows)[number]) =>
    disabled ? 2 : roles.some(({ role }) => isSensitive(role)) ? 0 : 1;
  return rows.sort((left, right) => rank(left) - rank(right));
}
export type AccessRow = Awaited<ReturnType<typeof listAccess>>[number];

/**
 * When access was last reviewed in the agencies this person administers, and by whom; and whether that is too long
 * ago. Of several agencies, the one that was reviewed the longest ago counts.
 */
export async function getReviewState(actor: Actor, now: Date) {
  const own = [
    ...new Set(actor.memberships.filter(({ role }) => role === "administrator").map(({ agencyId }) => agencyId)),
  ];
  const [newest, site] = await Promise.all([
    Promise.all(
      own.map((agencyId) =>
        db().auditEvent.findFirst({
          where: { action: "access.reviewed", agencyId },
          orderBy: { seq: "desc" },
          select: { at: true, actor: true, seq: true },
        }),
      ),
    ),
    db().site.findUniqueOrThrow({ where: { id: 1 }, select: { createdAt: true } }),
  ]);
  const reviewed = newest.flatMap((one) => one ?? []).sort((left, right) => (left.seq < right.seq ? -1 : 1));
  // One that nobody reviewed yet waits since the site was made.
  const last = reviewed.length === own.length ? (reviewed[0] ?? null) : null;
  const since = last?.at ?? site.createdAt;
  return {
    last: last ? { at: last.at.getTime(), by: last.actor } : null,
    due: now.getTime() - since.getTime() > REVIEW_DAYS * DAY_MS,
  };
}
