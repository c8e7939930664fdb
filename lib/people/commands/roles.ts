import "server-only";
import { type Actor, can } from "../../access/actor";
import type { Role } from "../../access/permissions";
import type { Transaction } from "../../platform/db";
import { appendAudit } from "../../record/append";
import { endLinks } from "../single-sign-on/commands/end-links";
import { createSetupLink } from "./passwords";

/**
 * The person, when the administrator may act on the account: the home agency and
 * every agency with a role must be in reach. There is always at least the home
 * agency, so "all of them" is never true of none.
 */
export async function managedPerson(transaction: Transaction, actor: Actor, personId: string) {
  // Every change of this person that is under way ends first, and none begins until this one is through.
  await transaction.$queryRaw`select id from "Person" where id = ${personId} for update`;
  const person = await transaction.person.findUnique({ where: { id: personId }, include: { memberships: true } });
  if (!person) return null;
  const agencies = [person.homeAgencyId, ...person.memberships.map(({ agencyId }) => agencyId)];
  return agencies.every((agencyId) => can(actor, "people:manage", agencyId)) ? person : null;
}

/** Whether an agency is another one or lies above it. */
function isAtOrAbove(
  agencies: readonly { id: string; parentId: string | null }[],
  upper: string,
  lower: string,
): boolean {
  const parents = new Map(agencies.map(({ id, parentId }) => [id, parentId]));
  for (let id: string | null = lower; id !== null; id = parents.get(id) ?? null) if (id === upper) return true;
  return false;
}

export interface RoleGrant {
  person: { id: string; name: string; homeAgencyId: string };
  agencyId: string;
  role: Role;
  /** Who stands for the grant: whose one-time links stay good. Nobody for the operator of the machine. */
  granters: readonly string[];
  /** Words after the entry's sentence, such as who asked. */
  says?: string;
}

/**
 * Gives a role.
 *
 * A role in an agency that the person's home agency does not reach makes that
 * agency the new home, and ends the password, links to single sign-on and every
 * session: whoever managed the account until now may know or hold them.
 * @param actor who gives it; null for the operator of the machine
 * @returns the token of a one-time link where the password was ended, else null
 */
export async function grantRole(
  transaction: Transaction,
  actor: Actor | null,
  { person, agencyId, role, granters, says = "" }: RoleGrant,
  now: Date,
): Promise<string | null> {
  const agencies = await transaction.agency.findMany({ select: { id: true, parentId: true } });
  const rises = !isAtOrAbove(agencies, person.homeAgencyId, agencyId);
  await transaction.membership.createMany({
    data: [{ personId: person.id, agencyId, role, grantedAt: now }],
    skipDuplicates: true,
  });
  // A link that another administrator still holds would come with the new role.
  await transaction.setupLink.updateMany({
    where: {
      personId: person.id,
      usedAt: null,
      OR: [{ madeById: null }, { madeById: { notIn: [...granters] } }],
    },
    data: { usedAt: now },
  });
  let token: string | null = null;
  if (rises) {
    await transaction.person.update({ where: { id: person.id }, data: { homeAgencyId: agencyId, passwordHash: null } });
    await transaction.session.updateMany({ where: { personId: person.id, revokedAt: null }, data: { revokedAt: now } });
    await endLinks(transaction, person.id, now);
    token = await createSetupLink(transaction, person.id, actor?.personId ?? null, now);
  }
  await appendAudit(
    transaction,
    {
      actor,
      agencyId,
      action: "role.granted",
      subject: { type: "person", id: person.id },
      summary:
        `Gave ${person.name} the role ${role}.${says}` +
        `${rises ? " The account is managed here now; its password and sessions ended." : ""}`,
      data: { role, ...(actor ? {} : { byOperator: true }) },
      touched: { roles: [person.id], ...(rises ? { person: [person.id] } : {}) },
    },
    now,
  );
  return token;
}
