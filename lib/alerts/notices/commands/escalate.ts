import "server-only";
import { inTransaction, type PrismaClient } from "../../../platform/db";
import { appendAudit } from "../../../record/append";
import { lockAlert } from "../../lifecycle/transition";
import { loadAlternates } from "../data";
import { tell } from "../mutations";
import { minutesSince } from "../words";

/** Calls on the alternates of an agency when what was sent for approval still waits. @returns how many */
export async function escalate(
  client: PrismaClient,
  { alertId, contentHash }: { alertId: string; contentHash: string },
  now: Date,
): Promise<number> {
  return inTransaction(client, async (transaction) => {
    await lockAlert(transaction, alertId);
    const alert = await transaction.alert.findUnique({ where: { id: alertId } });
    if (alert?.state !== "submitted" || alert.contentHash !== contentHash) return 0;
    const waiting = { id: alert.id, agencyId: alert.agencyId, contentHash };
    const alternates = await loadAlternates(transaction, waiting);
    if (alternates.length === 0) return 0;
    await tell(transaction, waiting, "escalation", alternates, now);
    const names = alternates.map(({ name }) => name).join(", ");
    await appendAudit(
      transaction,
      {
        actor: null,
        agencyId: alert.agencyId,
        incidentId: alert.incidentId,
        action: "alert.escalated",
        subject: { type: "alert", id: alert.id },
        summary: `Called on ${names}: “${alert.title}” had not been approved after ${minutesSince(alert.submittedAt, now)} minutes.`,
        data: { contentHash, people: alternates.map(({ id }) => id) },
      },
      now,
    );
    return alternates.length;
  });
}
