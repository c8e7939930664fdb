import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { loadAlert } from "../data";
import { NOT_FOUND, refuseStep } from "../refusals";

/** Ends a draft that is not needed. It stays in the record. */
export async function discardAlert(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const loaded = await loadAlert(transaction, input.id);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row } = loaded;
    const refusal = await refuseStep(row, actor, "discard", 0);
    if (refusal) return refusal;
    await transaction.alert.update({
      where: { id: row.id },
      data: { state: "rejected", updatedAt: now, updatedBy: actor.name },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.discarded",
        subject: { type: "alert", id: row.id },
        incidentId: row.incidentId,
        summary: `Discarded the draft “${row.title}”.`,
        touched: { alert: [row.id] },
      },
      now,
    );
    return success(null);
  });
}
