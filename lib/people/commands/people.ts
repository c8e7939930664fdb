import "server-only";
import { appendAudit } from "../../record/append";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { Role } from "../../access/permissions";
import { createSetupLink } from "./passwords";

const NOT_YOURS = "You may not manage people of this agency. Nothing was changed.";

/** Invites a person with roles in one agency. Returns the token of the one-time link, shown once. */
export async function invitePerson(
  client: PrismaClient,
  invitedBy: Actor,
  input: { name: string; email: string; agencyId: string; roles: readonly Role[] },
  now: Date,
): Promise<Result<{ token: string }>> {
  return changeAs(client, invitedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) return refuse("not-permitted", NOT_YOURS);
    if (await transaction.person.findUnique({ where: { email: input.email } })) {
      return refuse("taken", "A person with this email already has an account.", {
        email: "A person with this email already has an account. Give that person the role instead.",
      });
    }
    const person = await transaction.person.create({
      data: { name: input.name, email: input.email, homeAgencyId: input.agencyId, createdAt: now },
    });
    await transaction.membership.createMany({
      data: input.roles.map((role) => ({ personId: person.id, agencyId: input.agencyId, role })),
    });
    const token = await createSetupLink(transaction, person.id, actor.personId, now);
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: "person.invited",
        subject: { type: "person", id: person.id },
        summary: `Invited ${input.name} as ${input.roles.join(", ")}.`,
        data: { email: input.email, roles: [...input.roles] },
        touched: { person: [person.id], roles: [person.id] },
      },
      now,
    );
    return success({ token });
  });
}

/**
 * The person, when the administrator may act on the account: the home agency and
 * every agency with a role must be in reach. There is always at least the home
 * agency, so "all of them" is never true of none.
 */
async function managedPerson(transaction: Transaction, actor: Actor, personId: string) {
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

/**
 * Grants or withdraws a role. What is withdrawn is gone at that person's next request.
 *
 * A role in an agency that the person's home agency does not reach makes that
 * agency the new home, and ends the password and every session: whoever managed
 * the account until now may know the one and hold the other.
 * @returns the token of a one-time link where the password was ended, else null
 */
export async function changeRole(
  client: PrismaClient,
  changedBy: Actor,
  input: { personId: string; agencyId: string; role: Role; grant: boolean },
  now: Date,
): Promise<Result<{ token: string | null }>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) return refuse("not-permitted", NOT_YOURS);
    const person = await managedPerson(transaction, actor, input.personId);
    if (!person) return refuse("not-permitted", NOT_YOURS);
    if (person.id === actor.personId)
      return refuse("own-roles", "You cannot change your own roles. Ask another administrator.");
    const key = { personId: person.id, agencyId: input.agencyId, role: input.role };
    const agencies = await transaction.agency.findMany({ select: { id: true, parentId: true } });
    const rises = input.grant && !isAtOrAbove(agencies, person.homeAgencyId, input.agencyId);
    if (input.grant) {
      await transaction.membership.createMany({ data: [key], skipDuplicates: true });
      // A link that another administrator still holds would come with the new role.
      await transaction.setupLink.updateMany({
        where: { personId: person.id, usedAt: null, OR: [{ madeById: null }, { madeById: { not: actor.personId } }] },
        data: { usedAt: now },
      });
    } else {
      await transaction.membership.deleteMany({ where: key });
    }
    let token: string | null = null;
    if (rises) {
      await transaction.person.update({
        where: { id: person.id },
        data: { homeAgencyId: input.agencyId, passwordHash: null },
      });
      await transaction.session.updateMany({
        where: { personId: person.id, revokedAt: null },
        data: { revokedAt: now },
      });
      token = await createSetupLink(transaction, person.id, actor.personId, now);
    }
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: input.grant ? "role.granted" : "role.withdrawn",
        subject: { type: "person", id: person.id },
        summary:
          `${input.grant ? "Gave" : "Took from"} ${person.name} the role ${input.role}.` +
          `${rises ? " The account is managed here now; its password and sessions ended." : ""}`,
        data: { role: input.role },
        touched: { roles: [person.id], ...(rises ? { person: [person.id] } : {}) },
      },
      now,
    );
    return success({ token });
  });
}

/** Disables a person, or lets the person in again. A disabled person is out at the next request. */
export async function setPersonDisabled(
  client: PrismaClient,
  changedBy: Actor,
  input: { personId: string; disabled: boolean },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
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
      await transaction.setupLink.updateMany({ where: { personId: person.id, usedAt: null }, data: { usedAt: now } });
    }
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: person.homeAgencyId,
        action: input.disabled ? "person.disabled" : "person.enabled",
        subject: { type: "person", id: person.id },
        summary: input.disabled ? `Disabled ${person.name}; every session ended.` : `Let ${person.name} in again.`,
        touched: { person: [person.id] },
      },
      now,
    );
    return success(null);
  });
}

/** A new one-time link for someone who lost the password. A person without any role gets none. */
export async function renewSetupLink(
  client: PrismaClient,
  changedBy: Actor,
  input: { personId: string },
  now: Date,
): Promise<Result<{ token: string }>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const person = await managedPerson(transaction, actor, input.personId);
    if (!person || person.disabledAt) return refuse("not-permitted", NOT_YOURS);
    if (person.memberships.length === 0) {
      return refuse("no-role", `${person.name} has no role. Grant one first. No link was made.`);
    }
    const token = await createSetupLink(transaction, person.id, actor.personId, now);
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: person.homeAgencyId,
        action: "person.invited",
        subject: { type: "person", id: person.id },
        summary: `Made a new one-time link for ${person.name}.`,
      },
      now,
    );
    return success({ token });
  });
}
