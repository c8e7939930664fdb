import "server-only";
import { inTransaction, type PrismaClient } from "../../platform/db";
import { appendAudit } from "../../record/append";
import { planShipping } from "../follow-ups";

/**
 * Adds the templates that Callbox ships with and that a site from before them
 * does not have: one of a new kind, and a new version of one whose newest
 * version is what an earlier Callbox shipped. Where someone made a version of
 * their own, that stays the newest. Each has its entry in the record, and an
 * alert keeps the version it was made from.
 * @param client as the owner of the tables: the console's role may add no version that nobody approved
 * @returns how many were added
 */
export async function shipTemplates(client: PrismaClient, now: Date): Promise<number> {
  const find = async (reader: Pick<PrismaClient, "template">) =>
    planShipping(await reader.template.findMany({ select: { id: true, key: true, version: true } }));
  if ((await client.site.count()) === 0 || (await find(client)).length === 0) return 0;
  return inTransaction(client, async (transaction) => {
    // Two processes that start at once take turns.
    await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(911, 1)) as lock`;
    const missing = await find(transaction);
    if (missing.length === 0) return 0;
    await transaction.template.createMany({
      data: missing.map((template) => ({ ...template, approvedBy: "shipped with Callbox", approvedAt: now })),
    });
    await appendAudit(
      transaction,
      {
        actor: null,
        action: "template.shipped",
        subject: { type: "template", id: missing.map(({ id }) => id).join(" ") },
        summary: `Added the templates that Callbox ships with: ${missing.map(({ name, version }) => `${name}, version ${version}`).join("; ")}.`,
        touched: { template: missing.map(({ id }) => id) },
      },
      now,
    );
    return missing.length;
  });
}
