import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { AuditAction } from "../../record/schema";
import type { agencyRuleSchema, clockLimitsSchema, verificationDaysSchema } from "../schema";

type Rule = z.infer<typeof agencyRuleSchema>["rule"];

const RULES: Readonly<Record<Rule, { action: AuditAction; on: string; off: string }>> = {
  /** Whether someone whose own call is the only evidence for a number, or who changed which one goes out, may approve it. */
  numbersCountAsWork: {
    action: "agency.numbers-count",
    on: "people whose work decided a number do not approve alerts that give it out.",
    off: "people whose work decided a number may approve alerts that give it out, and it is shown.",
  },
  /** Whether the first good call to a number must be someone else's than who entered it. */
  othersVerify: {
    action: "agency.others-verify",
    on: "a number is verified by someone else than who entered it.",
    off: "whoever entered a number may verify it, and it is shown.",
  },
  /** Whether one person may release an alert when nobody else can be reached. */
  emergencyRelease: {
    action: "agency.emergency",
    on: "one person may release an alert in an emergency, with two confirmations minutes apart.",
    off: "an alert always takes two people.",
  },
};

/** Makes or lifts a rule of an agency. That one person may release an alert is allowed by two administrators (people/grants). */
export async function setAgencyRule(
  client: PrismaClient,
  changedBy: Actor,
  { agencyId, rule, on }: z.infer<typeof agencyRuleSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", agencyId)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    if (rule === "emergencyRelease" && on) return refuse("two-people");
    const agency = await transaction.agency.update({ where: { id: agencyId }, data: { [rule]: on } });
    const { action, ...words } = RULES[rule];
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action,
        subject: { type: "agency", id: agencyId },
        summary: `In ${agency.name}, ${words[on ? "on" : "off"]}`,
        data: { counts: on },
        touched: { agency: [agencyId] },
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

/** Sets after how many minutes clocks of an agency's outages are late, and its emergency release opens. */
export async function setClockLimits(
  client: PrismaClient,
  changedBy: Actor,
  { agencyId, ...limits }: z.infer<typeof clockLimitsSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", agencyId)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    const agency = await transaction.agency.update({ where: { id: agencyId }, data: limits });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: "agency.clocks",
        subject: { type: "agency", id: agencyId },
        summary:
          `In ${agency.name}, a first alert is late after ${limits.firstAlertMinutes} minutes, an all-clear after ` +
          `${limits.allClearMinutes}, and an outage nobody acts on after ${limits.idleMinutes}; an emergency opens after ${limits.emergencyMinutes}.`,
        data: limits,
        touched: { agency: [agencyId] },
      },
      now,
    );
    return success(null);
  });
}
