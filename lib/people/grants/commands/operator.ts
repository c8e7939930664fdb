import "server-only";
import type { SensitiveRole } from "../../../access/permissions";
import { inTransaction, type PrismaClient } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { createSetupLink } from "../../commands/passwords";
import { grantRole } from "../../commands/roles";

/**
 * Grants a role on the word of the operator of the machine: how a site with one
 * administrator gets its second one, and how one without any gets in again.
 * Recorded as such. It takes the owner of the tables, who the console is not.
 * @param client connected as that owner
 * @returns the token of a one-time link where the person has no password now, else null
 */
export async function grantByOperator(
  client: PrismaClient,
  input: { email: string; role: SensitiveRole; agencyId: string },
  now: Date,
): Promise<Result<{ name: string; token: string | null }>> {
  return inTransaction(client, async (transaction) => {
    const person = await transaction.person.findUnique({
      where: { email: input.email },
      include: { memberships: true },
    });
    if (!person) return refuse("not-found", `Nobody here has the email ${input.email}. Invite the person first.`);
    if (person.disabledAt) return refuse("gone", `${person.name} is disabled.`);
    if (person.memberships.some(({ role, agencyId }) => role === input.role && agencyId === input.agencyId)) {
      return refuse("same", `${person.name} has this role already.`);
    }
    const decided = { state: "confirmed", decidedBy: "the operator of the machine", decidedAt: now };
    // One that an administrator asked for is settled by this.
    await transaction.accessRequest.updateMany({
      where: { kind: "role", personId: person.id, agencyId: input.agencyId, role: input.role, state: "waiting" },
      data: { state: "expired", decidedAt: now },
    });
    await transaction.accessRequest.create({
      data: {
        kind: "role",
        personId: person.id,
        agencyId: input.agencyId,
        role: input.role,
        reason: "On the command line.",
        byOperator: true,
        askedBy: "the operator of the machine",
        askedAt: now,
        ...decided,
      },
    });
    const says = " On the command line, by the operator of the machine, without a second administrator.";
    const grant = { person, agencyId: input.agencyId, role: input.role, granters: [], says };
    const moved = await grantRole(transaction, null, grant, now);
    // Links that others made ended with the grant; who has no password yet needs one.
    const needsLink = moved === null && person.passwordHash === null;
    const token = needsLink ? await createSetupLink(transaction, person.id, null, now) : moved;
    return success({ name: person.name, token });
  });
}

/**
 * Makes a one-time link on the word of the operator of the machine: how one of two administrators, for whom a link
 * takes two others, gets in again. A second factor stays as it is and is asked for after the password. Recorded as
 * such; for the owner of the tables alone, as above.
 * @param client connected as that owner
 */
export async function renewLinkByOperator(
  client: PrismaClient,
  input: { email: string },
  now: Date,
): Promise<Result<{ name: string; token: string }>> {
  return inTransaction(client, async (transaction) => {
    const person = await transaction.person.findUnique({
      where: { email: input.email },
      include: { memberships: { take: 1 } },
    });
    if (!person) return refuse("not-found", `Nobody here has the email ${input.email}.`);
    if (person.disabledAt)
      return refuse("gone", `${person.name} is disabled. Two administrators let a person in again.`);
    if (person.memberships.length === 0) return refuse("no-role", `${person.name} has no role. No link was made.`);
    const token = await createSetupLink(transaction, person.id, null, now);
    await appendAudit(
      transaction,
      {
        actor: null,
        agencyId: person.homeAgencyId,
        action: "person.invited",
        subject: { type: "person", id: person.id },
        summary: `Made a new one-time link for ${person.name}; earlier ones ended. On the command line, by the operator of the machine, without a second administrator.`,
        data: { byOperator: true },
      },
      now,
    );
    return success({ name: person.name, token });
  });
}
