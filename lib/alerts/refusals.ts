import "server-only";
import type { Actor } from "../access/actor";
import { type Refusal, type RefusalCode, refuse } from "../platform/result";
import { type AlertRow, judge, stateOf } from "./data";
import type { FindingGroup } from "./findings";
import type { Step } from "./lifecycle/steps";
import type { AlertState } from "./schema";

const STATES: Record<AlertState, string> = {
  draft: "a draft",
  submitted: "with the approver",
  approved: "approved",
  published: "published",
  rejected: "rejected",
  discarded: "discarded",
  canceled: "canceled",
};

/** Sentences that say more than the table of refusals, from what is known of the alert. */
const EXACT: Partial<Record<RefusalCode, (row: AlertRow) => string>> = {
  "not-permitted": (row) => `Your role does not allow this for ${row.agency.name}. Nothing was changed.`,
  "wrong-state": (row) => `This alert is ${STATES[stateOf(row)]} now. Nothing was changed. Reload the page.`,
};

export function refuseAs(code: RefusalCode, row: AlertRow): Refusal {
  return refuse(code, EXACT[code]?.(row));
}

export const NOT_FOUND = refuse("not-found", "You can’t open this alert. Nothing was changed.");

export function describeBlocking(problems: readonly FindingGroup[]): string {
  return problems
    .slice(0, 3)
    .map(
      ({ says, places: [first, ...others] }) =>
        `${says} (${first && others.length === 0 ? first.place : `${others.length + 1} places or texts`})`,
    )
    .join(" ");
}

/** Why a person may not take a step, or null when it may be taken. */
export function refuseStep(
  row: AlertRow,
  actor: Actor,
  step: Step,
  blocking: number,
  shownHash?: string,
): Refusal | null {
  const verdict = judge(row, actor, step, blocking, shownHash);
  return verdict.allowed ? null : refuseAs(verdict.code, row);
}
