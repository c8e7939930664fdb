import "server-only";
import { type Actor, can } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import { inTransaction, type PrismaClient, type Transaction } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { canonicalJson } from "../../../record/canonical-json";
import { appendAudit } from "../../../record/append";
import { assessReady, loadReadyRow, type ReadyRow } from "../data";
import { type ReadyProblem, readyProblemsSchema } from "../schema";

/** Notes what the rules and the directory say of a ready draft now. An entry is written where that changed. */
async function recheck(
  transaction: Transaction,
  actor: { personId: string; name: string } | null,
  row: ReadyRow,
  now: Date,
): Promise<ReadyProblem[]> {
  const { problems } = await assessReady(transaction, row, now);
  await transaction.readyDraft.update({ where: { id: row.id }, data: { checkedAt: now, problems } });
  if (canonicalJson(problems) !== canonicalJson(readyProblemsSchema.parse(row.problems))) {
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "ready.checked",
        subject: { type: "ready", id: row.id },
        summary:
          problems.length === 0
            ? `The ready draft “${row.title}” is ready again.`
            : `The ready draft “${row.title}” needs attention: ${problems.map(({ says }) => says).join(" ")}`.slice(
                0,
                900,
              ),
        data: { problems: problems.map(({ kind }) => kind) },
      },
      now,
    );
  }
  return problems;
}

/** Checks one at the press of a button. */
export async function recheckReady(
  client: PrismaClient,
  by: Actor,
  { id }: { id: string },
  now: Date,
): Promise<Result<{ problems: number }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const row = await loadReadyRow(transaction, id);
    if (!row || row.retiredAt || !can(actor, "alert:draft", row.agencyId)) {
      return refuse("not-found", "There is no such ready draft for you. Nothing was changed.");
    }
    return success({ problems: (await recheck(transaction, actor, row, now)).length });
  });
}

/** A check of the night before is due again; one of an hour ago, by a worker that was restarted, is not. */
const DUE_MS = 20 * 3_600_000;

/** What the worker does every night: each in a transaction of its own. @returns how many were checked */
export async function recheckAllReady(client: PrismaClient, now: Date): Promise<number> {
  const due = await client.readyDraft.findMany({
    where: { retiredAt: null, checkedAt: { lte: new Date(now.getTime() - DUE_MS) } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  let checked = 0;
  for (const { id } of due) {
    await inTransaction(client, async (transaction) => {
      const row = await loadReadyRow(transaction, id);
      if (!row || row.retiredAt) return;
      await recheck(transaction, null, row, now);
      checked += 1;
    });
  }
  return checked;
}
