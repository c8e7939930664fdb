import type { AlertState } from "./schema";

/**
 * The life of an alert as one table. `decide` enables the button, guards the
 * server and draws the diagram in README.
 */

export const STEPS = {
  edit: { from: ["draft", "submitted"], to: "draft", permission: "alert:draft", says: "edit" },
  submit: { from: ["draft"], to: "submitted", permission: "alert:draft", says: "send to the approver" },
  return: { from: ["submitted"], to: "draft", permission: "alert:approve", says: "return with a reason" },
  reject: { from: ["submitted"], to: "rejected", permission: "alert:approve", says: "reject with a reason" },
  discard: { from: ["draft"], to: "rejected", permission: "alert:draft", says: "discard the draft" },
  approve: { from: ["submitted"], to: "approved", permission: "alert:approve", says: "approve" },
  publish: {
    from: ["approved"],
    to: "published",
    permission: "alert:approve",
    says: "publish, at once with the approval",
  },
  cancel: { from: ["published"], to: "cancelled", permission: "alert:approve", says: "publish its cancellation" },
} as const satisfies Record<string, { from: readonly AlertState[]; to: AlertState; permission: string; says: string }>;

export type Step = keyof typeof STEPS;

export interface Situation {
  state: AlertState;
  /** Whether the person holds the step's permission for this alert's agency. */
  permitted: boolean;
  /** Whether the person's work is in the content. */
  contributed: boolean;
  /** Number of findings that block. */
  blocking: number;
  /** Whether the fingerprint shown is the fingerprint now. */
  sameContent: boolean;
}

export type RefusalCode = "not-permitted" | "wrong-state" | "contributed" | "blocked-by-findings" | "content-changed";

export type Verdict = { allowed: true; to: AlertState } | { allowed: false; code: RefusalCode };

/** Whether a step is allowed now, and if not, the first reason. */
export function decide(step: Step, situation: Situation): Verdict {
  const rule = STEPS[step];
  if (!situation.permitted) return { allowed: false, code: "not-permitted" };
  if (!(rule.from as readonly AlertState[]).includes(situation.state)) return { allowed: false, code: "wrong-state" };
  if (step === "approve" && situation.contributed) return { allowed: false, code: "contributed" };
  if ((step === "approve" || step === "return" || step === "reject") && !situation.sameContent) {
    return { allowed: false, code: "content-changed" };
  }
  if ((step === "submit" || step === "approve") && situation.blocking > 0) {
    return { allowed: false, code: "blocked-by-findings" };
  }
  return { allowed: true, to: rule.to };
}

/** The table as a Mermaid state diagram. */
export function drawLifecycle(): string {
  const lines = Object.values(STEPS).flatMap(({ from, to, says }) =>
    from.map((state) => `    ${state} --> ${to}: ${says}`),
  );
  return ["stateDiagram-v2", "    [*] --> draft: prepare", ...lines].join("\n");
}
