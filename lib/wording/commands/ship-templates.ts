import "server-only";
import { inTransaction, type PrismaClient } from "../../platform/db";
import { appendAudit } from "../../record/append";
import { FOLLOW_UP_TEMPLATES } from "../follow-ups";

/**
 * Adds the templates that Callbox ships with and that a site from before them
 * does not have yet, each with its entry in the record. What a site has is left
 * as it is.
 * @returns how many were added
 */
export async function shipTemplates(client: PrismaClient, now: Date): Promise<number> {
  const find = async (reader: Pick<PrismaClient, "template">) => {
    const keys = await reader.template.findMany({ select: { key: true }, distinct: ["key"] });
    return FOLLOW_UP_TEMPLATES.filter(({ key }) => !keys.some((known) => known.key === key));
  };
  if ((await client.site.count()) === 0 || (await find(client)).length === 0) return 0;
  return inTransaction(client, async (transaction) => {
    // Two processes that start at once take turns.
    await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(911, 1)) as lock`;
    const missing = await find(transaction);
    if (missing.length === 0) return 0;
    await transaction.template.createMany({
      data: missing.map((template) => ({
        ...template,
        version: 1,
        approvedBy: "shipped with Callbox",
        approvedAt: now,
      })),
    });
    await appendAudit(
      transaction,
      {
        actor: null,
        action: "template.shipped",
        subject: { type: "template", id: missing.map(({ id }) => id).join(" ") },
        summary: `Added the templates that Callbox ships with: ${missing.map(({ name }) => name).join("; ")}.`,
        touched: { template: missing.map(({ id }) => id) },
      },
      now,
    );
    return missing.length;
  });
}
