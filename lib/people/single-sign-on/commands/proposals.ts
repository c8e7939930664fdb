import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import { inTransaction, type PrismaClient } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import type { proposalActSchema, ProviderSettings } from "../schema";

/**
 * Roles that groups at a provider stand for. They are shown to administrators, who
 * ask for them and grant them as ever; nothing here writes a role.
 */

/**
 * Notes which of a person's groups stand for a role the person does not have, and
 * forgets what the provider no longer says.
 * @param given.name the provider's
 * @param given.groups as the token names them
 * @param given.known what they stand for
 */
export async function proposeRoles(
  client: PrismaClient,
  personId: string,
  given: { name: string; groups: readonly string[]; known: ProviderSettings["groups"] },
  now: Date,
): Promise<void> {
  const wanted = given.known.filter(({ group }) => given.groups.includes(group));
  const before = await client.roleProposal.findMany({ where: { personId } });
  const same = (left: { agencyId: string; role: string }, right: { agencyId: string; role: string }) =>
    left.agencyId === right.agencyId && left.role === right.role;
  const gone = before.filter((row) => row.provider === given.name && !wanted.some((one) => same(one, row)));
  const fresh = wanted.filter((one) => !before.some((row) => same(row, one)));
  // Nothing is written at most sign-ins.
  if (gone.length === 0 && fresh.length === 0) return;
  await inTransaction(client, async (transaction) => {
    await transaction.roleProposal.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } });
    const person = await transaction.person.findUniqueOrThrow({
      where: { id: personId },
      include: { memberships: true },
    });
    for (const { group, agencyId, role } of fresh) {
      if (person.memberships.some((held) => same(held, { agencyId, role }))) continue;
      const { count } = await transaction.roleProposal.createMany({
        data: [{ personId, agencyId, role, group, provider: given.name, createdAt: now }],
        skipDuplicates: true,
      });
      if (count === 0) continue;
      await appendAudit(
        transaction,
        {
          actor: null,
          agencyId,
          action: "access.proposed",
          subject: { type: "person", id: personId },
          summary: `“${given.name}” says ${person.name} is in the group “${group}”, which stands for ${role}. Nothing was granted.`,
          data: { group, role },
        },
        now,
      );
    }
    return success(null);
  });
}

/** Puts a proposal aside, for as long as the provider goes on saying the same. */
export async function dismissProposal(
  client: PrismaClient,
  by: Actor,
  { id }: z.output<typeof proposalActSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const row = await transaction.roleProposal.findUnique({ where: { id }, include: { person: true } });
    if (!row || row.dismissedAt || !can(actor, "people:manage", row.agencyId)) return refuse("gone");
    await transaction.roleProposal.update({ where: { id }, data: { dismissedAt: now, dismissedBy: actor.name } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "access.proposal-dismissed",
        subject: { type: "person", id: row.personId },
        summary: `Dismissed the proposal that ${row.person.name} be ${row.role}.`,
        data: { group: row.group, role: row.role },
      },
      now,
    );
    return success(null);
  });
}
