import "server-only";
import { db } from "../platform/db";
import { type Actor, agenciesFor } from "./actor";

/** People and agencies an administrator may manage. */
export async function listPeople(actor: Actor) {
  const scope = agenciesFor(actor, "people:manage");
  const [people, agencies] = await Promise.all([
    db().person.findMany({
      where: { memberships: { some: { agencyId: { in: scope } } } },
      include: {
        memberships: { include: { agency: { select: { id: true, name: true } } } },
        sessions: { where: { revokedAt: null }, orderBy: { lastSeenAt: "desc" }, take: 1 },
      },
      orderBy: { name: "asc" },
    }),
    db().agency.findMany({
      where: { id: { in: scope } },
      select: { id: true, name: true, verificationDays: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return {
    agencies,
    people: people.map((person) => ({
      id: person.id,
      name: person.name,
      email: person.email,
      disabled: person.disabledAt !== null,
      hasPassword: person.passwordHash !== null,
      lastSeenAt: person.sessions[0]?.lastSeenAt.getTime() ?? null,
      roles: person.memberships.map(({ agency, role }) => ({ agencyId: agency.id, agency: agency.name, role })),
    })),
  };
}
