import "server-only";
import { type Actor, can } from "../../access/actor";
import { isSensitive, type Role, SENSITIVE_ROLES } from "../../access/permissions";
import type { Reader, Transaction } from "../../platform/db";
import { appendAudit } from "../../record/append";
import { endLinks } from "../single-sign-on/commands/end-links";
import { createSetupLink, endSetupLinks } from "./passwords";

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

/**
 * Whether a person decides who has access or what the public is told: an approver, an
 * administrator, or a drafter where one person may release an alert in an emergency.
 */
export async function holdsPower(
  client: Reader,
  memberships: readonly { agencyId: string; role: string }[],
): Promise<boolean> {
  if (memberships.some(({ role }) => isSensitive(role))) return true;
  const drafts = memberships.flatMap(({ role, agencyId }) => (role === "drafter" ? [agencyId] : []));
  return (await client.agency.count({ where: { id: { in: drafts }, emergencyRelease: true } })) > 0;
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

/** Whether another administrator than the one who gives a person's first sensitive role may have set the account up. */
async function isKnownToAnother(transaction: Transaction, personId: string, actor: Actor | null): Promise<boolean> {
  const held = await transaction.membership.count({ where: { personId, role: { in: [...SENSITIVE_ROLES] } } });
  if (held > 0) return false;
  // Never that of the operator of the machine, who owns the tables.
  const used = { personId, madeById: { not: actor?.personId ?? null }, usedAt: { not: null } };
  const hasWayIn = await transaction.person.count({
    where: {
      id: personId,
      OR: [{ passwordHash: { not: null } }, { linked: { some: { endedAt: null } } }, { passkeys: { some: {} } }],
    },
  });
  return hasWayIn > 0 && (await transaction.setupLink.count({ where: used })) > 0;
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
 * agency the new home, and ends the password, passkeys, links to single sign-on
 * and every session: whoever managed the account until now may know or hold them.
 *
 * A sensitive role ends every one-time link, since whoever made it may still know it. The first one of an account to
 * which another administrator made a link ends the password, passkeys, links to single sign-on and sessions as well:
 * that link may have been used by whoever made it. An authenticator app and its recovery codes stay, without which the new link lets nobody in.
 * @param actor who gives it, and is given the new link; null for the operator of the machine
 * @returns the token of a one-time link where the password, or with a sensitive role a link, was ended, and where
 * the person had no way in yet; null where there is none, or where it takes two people that one alone gives it
 */
export async function grantRole(
  transaction: Transaction,
  actor: Actor | null,
  { person, agencyId, role, granters, says = "" }: RoleGrant,
  now: Date,
): Promise<string | null> {
  const agencies = await transaction.agency.findMany({ select: { id: true, parentId: true } });
  const rises = !isAtOrAbove(agencies, person.homeAgencyId, agencyId);
  const known = isSensitive(role) && (await isKnownToAnother(transaction, person.id, actor));
  await transaction.membership.createMany({
    data: [{ personId: person.id, agencyId, role, grantedAt: now }],
    skipDuplicates: true,
  });
  const sensitive = isSensitive(role);
  const held = await transaction.person.findUniqueOrThrow({
    where: { id: person.id },
    include: {
      memberships: true,
      setupLinks: { where: { usedAt: null, expiresAt: { gt: now } } },
      linked: { where: { endedAt: null }, take: 1 },
    },
  });
  const noWayIn = held.passwordHash === null && held.linked.length === 0;
  if (sensitive) await endSetupLinks(transaction, person.id, now);
  else
    // A link that another administrator still holds would come with the new role.
    await transaction.setupLink.updateMany({
      where: {
        personId: person.id,
        usedAt: null,
        OR: [{ madeById: null }, { madeById: { notIn: [...granters] } }],
      },
      data: { usedAt: now },
    });
  if (rises || known) {
    // A passkey signs in by itself.
    await transaction.passkey.deleteMany({ where: { personId: person.id } });
    const home = rises ? { homeAgencyId: agencyId } : {};
    await transaction.person.update({ where: { id: person.id }, data: { ...home, passwordHash: null } });
    await transaction.session.updateMany({ where: { personId: person.id, revokedAt: null }, data: { revokedAt: now } });
    await endLinks(transaction, person.id, now);
  }
  const needsLink = rises || known || (sensitive && (noWayIn || held.setupLinks.length > 0));
  // One administrator alone gives no link to whoever may approve or administer: it is asked for.
  const mayLink = sensitive || actor === null || !(await holdsPower(transaction, held.memberships));
  const token =
    needsLink && mayLink ? await createSetupLink(transaction, person.id, actor?.personId ?? null, now) : null;
  await appendAudit(
    transaction,
    {
      actor,
      agencyId,
      action: "role.granted",
      subject: { type: "person", id: person.id },
      summary:
        `Gave ${person.name} the role ${role}.${says}` +
        `${rises ? " The account is managed here now; its password, passkeys and sessions ended." : ""}` +
        `${known && !rises ? " Another administrator had made a link to this account, so its password, passkeys and sessions ended." : ""}` +
        `${rises && token === null ? " A new one-time link takes two administrators." : ""}`,
      data: { role, ...(actor ? {} : { byOperator: true }) },
      touched: { roles: [person.id], ...(rises || known ? { person: [person.id] } : {}) },
    },
    now,
  );
  return token;
}
