import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { numbersCountSchema, verificationDaysSchema } from "../schema";

/**
 * Decides whether, in an agency, someone whose own call is the only evidence for
 * a number, or who changed which one goes out, may approve an alert that gives it.
 */
export async function setNumbersCount(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof numbersCountSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    const agency = await transaction.agency.update({
      where: { id: input.agencyId },
      data: { numbersCountAsWork: input.counts },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: agency.id,
        action: "agency.numbers-count",
        subject: { type: "agency", id: agency.id },
        summary: input.counts
          ? `In ${agency.name}, people whose work decided a number do not approve alerts that give it out.`
          : `In ${agency.name}, people whose work decided a number may approve alerts that give it out, and it is shown.`,
        data: { counts: input.counts },
        touched: { agency: [agency.id] },
      },
      now,
    );
    return success(null);
  });
}

/** Sets for how many days a good test call keeps verified the numbers of an agency, from now on. */
export async function setVerificationDays(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof verificationDaysSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    const before = await transaction.agency.findUniqueOrThrow({ where: { id: input.agencyId } });
    await transaction.agency.update({ where: { id: input.agencyId }, data: { verificationDays: input.days } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: "agency.verification-days",
        subject: { type: "agency", id: input.agencyId },
        summary: `A test call of ${before.name} counts for ${input.days} days instead of ${before.verificationDays}.`,
        data: { before: before.verificationDays, after: input.days },
        touched: { agency: [input.agencyId] },
      },
      now,
    );
    return success(null);
  });
}
