import type { Permission } from "../../access/permissions";
import type { AuditAction } from "../../record/schema";
import type { AlertState } from "../schema";

/**
 * The life of an alert as one table. `decide` reads it to enable a button and to
 * guard the server, `transition` to write the state and its event, and README's
 * diagram is drawn from it. What the clock decides (expired, overdue) is not in
 * it: that is computed when it is asked, never stored.
 */

/** What must hold besides the state and the permission; asked in this order. */
const GUARDS = ["not-a-contributor", "same-content", "no-broken-rule"] as const;
export type Guard = (typeof GUARDS)[number];

interface StepRow {
  from: readonly AlertState[];
  to: AlertState;
  permission: Permission;
  guards: readonly Guard[];
  /** The entry that the step leaves in the record. */
  event: AuditAction;
  /** As an arrow of the diagram reads. */
  says: string;
}

export const STEPS = {
  edit: {
    from: ["draft", "submitted"],
    to: "draft",
    permission: "alert:draft",
    guards: [],
    event: "alert.saved",
    says: "edit",
  },
  submit: {
    from: ["draft"],
    to: "submitted",
    permission: "alert:draft",
    guards: ["no-broken-rule"],
    event: "alert.submitted",
    says: "send for approval",
  },
  withdraw: {
    from: ["submitted"],
    to: "draft",
    permission: "alert:draft",
    guards: [],
    event: "alert.withdrawn",
    says: "take back",
  },
  return: {
    from: ["submitted"],
    to: "draft",
    permission: "alert:approve",
    guards: ["same-content"],
    event: "alert.returned",
    says: "return with a reason",
  },
  reject: {
    from: ["submitted"],
    to: "rejected",
    permission: "alert:approve",
    guards: ["same-content"],
    event: "alert.rejected",
    says: "reject with a reason",
  },
  discard: {
    from: ["draft"],
    to: "discarded",
    permission: "alert:draft",
    guards: [],
    event: "alert.discarded",
    says: "discard the draft",
  },
  end: {
    from: ["draft", "submitted"],
    to: "discarded",
    // Only where an exercise is closed (lib/exercises); a trigger refuses it of what waits in a real outage.
    permission: "exercise:plan",
    guards: [],
    event: "alert.discarded",
    says: "close its exercise",
  },
  approve: {
    from: ["submitted"],
    to: "approved",
    permission: "alert:approve",
    guards: ["not-a-contributor", "same-content", "no-broken-rule"],
    event: "alert.approved",
    says: "approve",
  },
  release: {
    from: ["submitted"],
    to: "approved",
    permission: "alert:draft",
    guards: ["same-content", "no-broken-rule"],
    event: "alert.approved",
    says: "release alone in an emergency",
  },
  publish: {
    from: ["approved"],
    to: "published",
    // Never asked for by itself: it follows an approval, or a release, by who was allowed that.
    permission: "alert:read",
    guards: [],
    event: "alert.published",
    says: "publish, at once with the approval",
  },
  cancel: {
    from: ["published"],
    to: "canceled",
    permission: "alert:approve",
    guards: [],
    event: "alert.canceled",
    says: "publish its cancellation",
  },
} as const satisfies Record<string, StepRow>;

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

/** Each guard: when it holds, and what a person is refused with when it does not. */
const CHECKS: Readonly<Record<Guard, { holds: (situation: Situation) => boolean; code: RefusalCode }>> = {
  "not-a-contributor": { holds: ({ contributed }) => !contributed, code: "contributed" },
  "same-content": { holds: ({ sameContent }) => sameContent, code: "content-changed" },
  "no-broken-rule": { holds: ({ blocking }) => blocking === 0, code: "blocked-by-findings" },
};

/** Whether a step is allowed now, and if not, the first reason. */
export function decide(step: Step, situation: Situation): Verdict {
  const row: StepRow = STEPS[step];
  if (!situation.permitted) return { allowed: false, code: "not-permitted" };
  if (!row.from.includes(situation.state)) return { allowed: false, code: "wrong-state" };
  const broken = row.guards.find((guard) => !CHECKS[guard].holds(situation));
  return broken ? { allowed: false, code: CHECKS[broken].code } : { allowed: true, to: row.to };
}

/** The table as a Mermaid state diagram. */
export function drawLifecycle(): string {
  const lines = Object.values(STEPS).flatMap(({ from, to, says }) =>
    from.map((state) => `    ${state} --> ${to}: ${says}`),
  );
  return ["stateDiagram-v2", "    [*] --> draft: prepare", ...lines].join("\n");
}
