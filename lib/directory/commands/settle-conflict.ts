import "server-only";
import type { z } from "zod";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering, placesFor } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { loadConflicts } from "../data";
import { formatNumber, type settleConflictSchema } from "../schema";
import { findNumber, retire } from "./change";

/** Settles a conflict: both are right, with the reason, or one stays and the others are retired. */
export async function settleConflict(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof settleConflictSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const conflict = (await loadConflicts(transaction)).find(({ key }) => key === input.key);
    if (!conflict) return refuse("gone", "This conflict is already settled, or its numbers changed.");
    const mayEdit = await placesFor(transaction, actor, "directory:edit", conflict.placeIds);
    if (!conflict.placeIds.every((id) => mayEdit.has(id))) {
      return refuse("not-permitted", "One of these places is not in your agency's area. Nothing was changed.");
    }
    let keptNumber = "";
    if (input.decision === "kept-one") {
      if (!input.keepId || !conflict.numberIds.includes(input.keepId)) {
        return refuse("invalid", "Nothing was changed.", { keepId: "Choose the number that is right." });
      }
      const rows = await transaction.directNumber.findMany({
        where: { id: { in: conflict.numberIds }, retiredAt: null },
      });
      const kept = rows.find(({ id }) => id === input.keepId)!;
      // Of two agencies one is right: all that it gives stays. Else one number is.
      const others = rows.filter(({ id, ownerId }) =>
        conflict.kind === "two-agencies" ? ownerId !== kept.ownerId : id !== kept.id,
      );
      keptNumber = formatNumber(kept);
      for (const { id } of others) {
        const row = (await findNumber(transaction, id))!;
        const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), row.placeId);
        const scope = { placeId: row.placeId, agencyId: agencyId!, why: input.reason, name: row.place.name };
        await retire(transaction, actor, row, scope, now);
      }
    }
    const settlement = await transaction.conflictSettlement.create({
      data: {
        key: conflict.key,
        kind: conflict.kind,
        numberIds: conflict.numberIds,
        placeIds: conflict.placeIds,
        decision: input.decision,
        reason: input.reason,
        byId: actor.personId,
        by: actor.name,
        at: now,
      },
    });
    const outcome = input.decision === "both-right" ? "Both are right." : `${keptNumber} was kept.`;
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: actor.homeAgencyId,
        action: "number.conflict-settled",
        subject: { type: "place", id: conflict.placeIds[0]! },
        summary: `Settled: ${conflict.says} ${outcome} ${input.reason}`,
        data: { key: conflict.key, decision: input.decision },
        touched: { settlement: [settlement.id] },
      },
      now,
    );
    return success(null);
  });
}
