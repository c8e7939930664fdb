import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { factorRuleSchema } from "../agency-schema";
import { refuseUnconfirmed } from "../sign-in/commands/confirm";

/**
 * Sets whether everyone with a role in an agency, or in one below it, needs a second
 * factor, after proof of who sets it. Whoever has none sets one up before anything
 * else, from the next request on; in a demonstration nobody is asked to.
 */
export async function setFactorRule(
  client: PrismaClient,
  changedBy: Actor,
  { agencyId, on }: Pick<z.output<typeof factorRuleSchema>, "agencyId" | "on">,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", agencyId)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    const agency = await transaction.agency.update({ where: { id: agencyId }, data: { everyoneNeedsFactor: on } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: "agency.factor",
        subject: { type: "agency", id: agencyId },
        summary: `In ${agency.name} and below it, ${on ? "everyone needs a second factor." : "approvers and administrators need a second factor, others do not."}`,
        data: { on },
        touched: { agency: [agencyId] },
      },
      now,
    );
    return success(null);
  });
}
