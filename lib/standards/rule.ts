/**
 * A rule of a standard, as data. Findings, the words on screen, the generated
 * conformance page and the tests all come from these objects.
 */

/** `must` stops an alert, `should` warns, `advice` informs. `must` only where the source says so. */
export type Level = "must" | "should" | "advice";

/** How the rule is known: confirmed in the source, at second hand, or from memory. */
export type Confidence = "C" | "S" | "M";

export interface Outcome {
  /** `review` is for what only a person can judge. */
  verdict: "fail" | "review";
  /** Where: a path such as `info[0].parameter[CMAMtext]`. */
  path: string;
  /** What was found, in plain English. */
  message: string;
  /** Set where one row of a standard both forbids and recommends, and only the recommendation is not kept. */
  level?: Level;
  /** Line in the text that was read, from 1, where the subject is text. */
  line?: number;
  /** Column, from 1. */
  column?: number;
  /** Last line of the element, when it holds text alone. */
  endLine?: number;
}

/** What a rule says, without what checks it. */
export interface RuleRow {
  id: string;
  level: Level;
  /** Document and clause. */
  source: string;
  confidence: Confidence;
  /** The rule in one sentence. */
  says: string;
}

export interface Rule<Subject, Context = undefined> extends RuleRow {
  /** An empty list means that the rule is kept. No clock: what it needs is an argument. */
  check: (subject: Subject, context: Context) => Outcome[];
}

export interface Finding extends Outcome {
  rule: string;
  level: Level;
  says: string;
}

/** A failed outcome. */
export function fail(path: string, message: string): Outcome {
  return { verdict: "fail", path, message };
}

/** A failed recommendation of a rule that otherwise forbids. */
export function warn(path: string, message: string): Outcome {
  return { verdict: "fail", path, message, level: "should" };
}

/** Something for the approver to judge. */
export function review(path: string, message: string): Outcome {
  return { verdict: "review", path, message };
}

const KEPT: Outcome[] = [];

/** Nothing when it is kept, else the failure. */
export function ensure(kept: boolean, path: string, message: string): Outcome[] {
  return kept ? KEPT : [fail(path, message)];
}

/** Nothing when it is kept, else the recommendation. */
export function suggest(kept: boolean, path: string, message: string): Outcome[] {
  return kept ? KEPT : [warn(path, message)];
}

/** So many outcomes of one rule are listed; the rest are counted. */
const MOST_OUTCOMES = 20;

/** The first outcomes, and how many more there are, which stop a message if one of them does. */
function listFirst(outcomes: readonly Outcome[], level: Level): readonly Outcome[] {
  if (outcomes.length <= MOST_OUTCOMES + 1) return outcomes;
  const rest = outcomes.slice(MOST_OUTCOMES);
  const worst = rest.find((outcome) => isStopping({ ...outcome, level: outcome.level ?? level })) ?? rest[0]!;
  return [
    ...outcomes.slice(0, MOST_OUTCOMES),
    { ...worst, message: `And ${rest.length.toLocaleString("en-US")} more. ${worst.message}` },
  ];
}

/**
 * Gathers the outcomes of a long list one by one. Beyond those that are listed
 * they are only counted, so that a text of a megabyte makes no megabytes of findings.
 */
export class Outcomes {
  private readonly first: Outcome[] = [];
  private more = 0;
  private next: Outcome | undefined;

  add(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      if (this.first.length < MOST_OUTCOMES) this.first.push(outcome);
      else {
        this.next ??= outcome;
        this.more += 1;
      }
    }
  }

  /** All of one level: what is counted is as grave as what is listed. */
  list(): Outcome[] {
    if (!this.next) return this.first;
    const message = `And ${this.more.toLocaleString("en-US")} more. ${this.next.message}`;
    return [...this.first, { ...this.next, message }];
  }
}

/** Runs every rule over one subject, in the order of the table. */
export function applyRules<Subject, Context>(
  rules: readonly Rule<Subject, Context>[],
  subject: Subject,
  context: Context,
): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const outcomes = rule.check(subject, context);
    if (outcomes.length === 0) continue;
    for (const outcome of listFirst(outcomes, rule.level)) {
      findings.push({ ...outcome, rule: rule.id, level: outcome.level ?? rule.level, says: rule.says });
    }
  }
  return findings;
}

/** A finding stops a message: a `must` that is broken, not one left to a person. */
export function isStopping({ level, verdict }: Pick<Finding, "level" | "verdict">): boolean {
  return level === "must" && verdict === "fail";
}
