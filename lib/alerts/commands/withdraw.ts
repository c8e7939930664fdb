import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { type Result, success } from "../../platform/result";
import { loadAlert } from "../data";
import { lockAlert, transition } from "../lifecycle/transition";
import { NOT_FOUND, refuseStep } from "../refusals";
import { contribute } from "./draft";

/** Takes an alert back from the approver before a decision. Nothing of it changes; it must be sent again. */
export async function withdrawAlert(
  client: PrismaClient,
  by: Actor,
  input: { id: string; reason: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const loaded = await loadAlert(transaction, input.id, now);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row } = loaded;
    const refusal = refuseStep(row, actor, "withdraw", 0);
    if (refusal) return refusal;
    await contribute(transaction, row.id, actor, "took it back from the approver", now);
    const lost = await transition(
      transaction,
      actor,
      row,
      "withdraw",
      {
        data: { bundle: null, contentHash: null },
        summary: `Took “${row.title}” back from the approver: ${input.reason}`,
        event: { contentHash: row.contentHash, reason: input.reason },
      },
      now,
    );
    return lost ?? success(null);
  });
}
