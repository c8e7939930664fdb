import "server-only";
import type { Actor } from "../../access/actor";
import type { Prisma, Transaction } from "../../platform/db";
import { type Refusal } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { Touched } from "../../record/seals";
import type { AlertRow } from "../data";
import { refuseAs, refuseStep } from "../refusals";
import { type Step, STEPS } from "./steps";

/** Locks an alert's row to the end of the transaction: two changes of one alert take turns, and of two alerts do not. */
export async function lockAlert(transaction: Transaction, id: string): Promise<void> {
  await transaction.$queryRaw`select id from "Alert" where id = ${id} for update`;
}

/** What goes with a step besides the state. */
export interface StepChange {
  /** Number of findings that block, where the step asks. */
  blocking?: number;
  /** The fingerprint the person was shown, where the step asks. */
  shownHash?: string;
  /** Other columns the step writes. */
  data?: Omit<Prisma.AlertUncheckedUpdateManyInput, "state" | "updatedAt" | "updatedBy">;
  /** One line for people, and the fields of the event. */
  summary: string;
  event?: Prisma.InputJsonObject;
  /** Rows the step wrote besides the alert, its decisions and contributions. */
  touched?: Touched;
}

/**
 * Takes one step in the life of an alert: asks the table, the guards and the
 * permission, writes the state, and appends the event, all in the caller's
 * transaction. Nothing else writes the state of an alert; a law test looks.
 * @returns why it may not be taken, or null when it was
 */
export async function transition(
  transaction: Transaction,
  actor: Actor,
  row: AlertRow,
  step: Step,
  change: StepChange,
  now: Date,
): Promise<Refusal | null> {
  const refusal = refuseStep(row, actor, step, change.blocking ?? 0, change.shownHash);
  if (refusal) return refusal;
  const { count } = await transaction.alert.updateMany({
    // Compare and set: whoever was faster is told by the state that is there now.
    where: { id: row.id, state: row.state, version: row.version, contentHash: row.contentHash },
    data: { ...change.data, state: STEPS[step].to, updatedAt: now, updatedBy: actor.name },
  });
  if (count === 0) return refuseAs("wrong-state", row);
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: row.agencyId,
      incidentId: row.incidentId,
      action: STEPS[step].event,
      subject: { type: "alert", id: row.id },
      summary: change.summary,
      ...(change.event ? { data: change.event } : {}),
      touched: { alert: [row.id], decisions: [row.id], ...change.touched },
    },
    now,
  );
  return null;
}
