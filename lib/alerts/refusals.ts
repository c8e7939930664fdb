import "server-only";
import type { Actor } from "../access/actor";
import { type Refusal, refuse } from "../platform/result";
import { type AlertRow, judge } from "./data";
import type { FindingGroup } from "./findings";
import type { RefusalCode, Step } from "./lifecycle/steps";

/** Refusals as sentences: what happened, what to do, and that nothing was lost. */
export const REFUSALS: Record<RefusalCode, (row: AlertRow) => string> = {
  "not-permitted": (row) => `Your role does not allow this for ${row.agency.name}. Nothing was changed.`,
  "wrong-state": (row) => `This alert is ${formatState(row)} now. Nothing was changed. Reload the page.`,
  contributed: () =>
    "You can’t approve this alert because you worked on it. Another approver can. Nothing was published.",
  "blocked-by-findings": () => "Something must be fixed first. Nothing was published. The draft is saved.",
  "content-changed": () => "The alert changed after you opened it. Nothing was published. Reload and review it again.",
};

function formatState(row: AlertRow): string {
  const words: Record<string, string> = {
    draft: "a draft",
    submitted: "with the approver",
    approved: "approved",
    published: "published",
    rejected: "rejected",
    discarded: "discarded",
    canceled: "canceled",
  };
  return words[row.state] ?? row.state;
}

export const NOT_FOUND = refuse("not-found", "You can’t open this alert. Nothing was changed.");

export function describeBlocking(problems: readonly FindingGroup[]): string {
  return problems
    .slice(0, 3)
    .map(
      ({ says, places }) => `${says} (${places.length === 1 ? places[0]!.place : `${places.length} places or texts`})`,
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
  return verdict.allowed ? null : refuse(verdict.code, REFUSALS[verdict.code](row));
}
