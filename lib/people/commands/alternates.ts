import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { alternatesSchema } from "../agency-schema";
import { loadPeopleWho } from "../data";

/** Names whom an agency calls on when nobody approves, and after how many minutes. Only who may approve can be named. */
export async function setAlternates(
  client: PrismaClient,
  changedBy: Actor,
  { agencyId, minutes, personIds }: z.infer<typeof alternatesSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", agencyId)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    const approvers = await loadPeopleWho(transaction, "alert:approve", agencyId);
    const ids = [...new Set(personIds)];
    const named = ids.flatMap((id) => approvers.find((person) => person.id === id) ?? []);
    if (named.length < ids.length) {
      return refuse(
        "invalid",
        "Someone you named can no longer approve alerts of this agency. Open the page again. Nothing was changed.",
      );
    }
    // Two administrators at once: the second one's list replaces the first one's, never a mixture of both.
    await transaction.$queryRaw`select id from "Agency" where id = ${agencyId} for update`;
    const agency = await transaction.agency.update({
      where: { id: agencyId },
      data: { escalationMinutes: minutes },
    });
    await transaction.agencyAlternate.deleteMany({ where: { agencyId } });
    await transaction.agencyAlternate.createMany({
      data: ids.map((personId, position) => ({ agencyId, personId, position })),
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: "agency.alternates",
        subject: { type: "agency", id: agencyId },
        summary:
          named.length === 0
            ? `In ${agency.name}, nobody is called on when an alert waits for approval.`
            : `In ${agency.name}, ${named.map(({ name }) => name).join(", ")} ${named.length === 1 ? "is" : "are"} called on when an alert has waited ${minutes} minutes for approval.`,
        data: { minutes, personIds: ids },
        touched: { agency: [agencyId] },
      },
      now,
    );
    return success(null);
  });
}
