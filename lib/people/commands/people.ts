import "server-only";
import { appendAudit } from "../../record/append";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { isSensitive, type Role } from "../../access/permissions";
import { createRequest } from "../grants/commands/ask";
import { endAsks } from "../grants/commands/end-asks";
import { refuseUnconfirmed } from "../sign-in/commands/confirm";
import { createSetupLink, endSetupLinks } from "./passwords";
import { grantRole, holdsPower, managedPerson } from "./roles";

const NOT_YOURS = "You may not manage people of this agency. Nothing was changed.";

/**
 * Invites a person with roles in one agency. Approver and administrator are asked
 * for, and come when another administrator confirms them.
 * @returns the token of the one-time link, shown once, and the roles that wait
 */
export async function invitePerson(
  client: PrismaClient,
  invitedBy: Actor,
  input: { name: string; email: string; agencyId: string; roles: readonly Role[] },
  now: Date,
): Promise<Result<{ personId: string; token: string; waiting: Role[] }>> {
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
    const waiting = input.roles.filter(isSensitive);
    const given = input.roles.filter((role) => !isSensitive(role));
    await transaction.membership.createMany({
      data: given.map((role) => ({ personId: person.id, agencyId: input.agencyId, role, grantedAt: now })),
    });
    for (const role of waiting) {
      const asked = { kind: "role" as const, person, agencyId: input.agencyId, role, reason: "Invited for this role." };
      await createRequest(transaction, actor, asked, now);
    }
    const token = await createSetupLink(transaction, person.id, actor.personId, now);
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: "person.invited",
        subject: { type: "person", id: person.id },
        summary: `Invited ${input.name} as ${given.join(", ") || "nothing yet"}.${waiting.length > 0 ? ` Another administrator is asked to confirm: ${waiting.join(", ")}.` : ""}`,
        data: { email: input.email, roles: [...input.roles] },
        touched: { person: [person.id], roles: [person.id] },
      },
      now,
    );
    return success({ personId: person.id, token, waiting });
  });
}

/**
 * Grants or withdraws a role. What is withdrawn is gone at that person's next
 * request. Approver and administrator are granted by two people (grants/commands).
 * @returns the token of a one-time link where the account's home changed, else null
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
    const { agencyId, role } = input;
    if (input.grant) {
      if (isSensitive(role)) return refuse("two-people");
      const grant = { person, agencyId, role, granters: [actor.personId] };
      return success({ token: await grantRole(transaction, actor, grant, now) });
    }
    await transaction.membership.deleteMany({ where: { personId: person.id, agencyId, role } });
    if (role === "administrator") await endAsks(transaction, person.id);
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: "role.withdrawn",
        subject: { type: "person", id: person.id },
        summary: `Took from ${person.name} the role ${role}.`,
        data: { role },
        touched: { roles: [person.id] },
      },
      now,
    );
    return success({ token: null });
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
    const restores = !input.disabled && person.disabledAt !== null;
    if (restores && person.memberships.some(({ role }) => isSensitive(role))) return refuse("two-people");
    await transaction.person.update({ where: { id: person.id }, data: { disabledAt: input.disabled ? now : null } });
    if (input.disabled) {
      await transaction.session.updateMany({
        where: { personId: person.id, revokedAt: null },
        data: { revokedAt: now },
      });
      await endSetupLinks(transaction, person.id, now);
      await endAsks(transaction, person.id);
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

/**
 * A new one-time link for someone who lost the password, after proof of who makes it. A
 * person without any role gets none; of whoever decides over access or alerts it takes
 * two people (grants/commands).
 */
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
    if (await holdsPower(transaction, person.memberships)) return refuse("two-people");
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
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
