import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { type Result, success } from "../../platform/result";
import { loadAlert } from "../data";
import { lockAlert, transition } from "../lifecycle/transition";
import { NOT_FOUND } from "../refusals";

/** Ends a draft that is not needed. It stays in the record. */
export async function discardAlert(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const loaded = await loadAlert(transaction, input.id, now);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row } = loaded;
    const refusal = await transition(
      transaction,
      actor,
      row,
      "discard",
      { summary: `Discarded the draft “${row.title}”.` },
      now,
    );
    if (refusal) return refusal;
    return success(null);
  });
}
