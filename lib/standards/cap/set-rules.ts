import { fail, type Finding, type Outcome, Outcomes, type Rule, type RuleRow } from "../rule";
import { type CapAlert } from "./model";
import { parseCapTime } from "./time";
import { splitSpace } from "./white-space";
import { writeCap } from "./write";

/** Rules that hold between messages. Paths are `[0]`, the position in the set. */

const nameOf = ({ sender, identifier }: CapAlert) => `${sender},${identifier}`;
const tripleOf = (alert: CapAlert) => `${nameOf(alert)},${alert.sent}`;
const referencesOf = ({ references }: CapAlert) => splitSpace(references ?? "");

/** When a message ends for good: its last info, or never. */
function endOf({ info }: CapAlert): number {
  return Math.max(...info.map(({ expires }) => parseCapTime(expires ?? "") ?? Infinity), -Infinity);
}

const ROWS = {
  again: {
    id: "CAP-005",
    level: "must",
    source: "CAP 1.2 §3.2.1 identifier",
    confidence: "S",
    says: "An identifier of a sender is not used again for other content.",
  },
  related: {
    id: "IPAWS-013",
    level: "must",
    source: "IPAWS profile v1.0",
    confidence: "S",
    says: "Update and Cancel name every related message that has not expired.",
  },
} as const satisfies Record<string, RuleRow>;

/** What is kept of a message for those that come after it. */
interface Kept {
  alert: CapAlert;
  references: readonly string[];
  end: number;
}

/** Messages as they come, each held against those before it. */
export class MessageSet {
  private readonly byName = new Map<string, Kept>();
  private readonly byTriple = new Map<string, Kept>();

  /** @returns what is wrong with this one beside the ones before, by the rows of SET_RULES */
  add(alert: CapAlert): Finding[] {
    const kept: Kept = { alert, references: referencesOf(alert), end: endOf(alert) };
    const known = this.byName.get(nameOf(alert));
    const said: [RuleRow, Outcome[]][] = [
      [
        ROWS.again,
        known === undefined || writeCap(known.alert) === writeCap(alert)
          ? []
          : [fail("", `${alert.identifier.slice(0, 120)} stands for two different messages.`)],
      ],
      [ROWS.related, this.findUnnamed(alert, kept)],
    ];
    if (known === undefined) this.byName.set(nameOf(alert), kept);
    this.byTriple.set(tripleOf(alert), kept);
    return said.flatMap(([{ id, level, says }, outcomes]) =>
      outcomes.map((outcome) => ({ ...outcome, rule: id, level, says })),
    );
  }

  private findUnnamed({ msgType, sent }: CapAlert, { references }: Kept): Outcome[] {
    if (msgType !== "Update" && msgType !== "Cancel") return [];
    const named = new Set(references);
    const from = parseCapTime(sent) ?? 0;
    const outcomes = new Outcomes();
    const looked = new Set<string>();
    for (const triple of named) {
      for (const related of this.byTriple.get(triple)?.references ?? []) {
        if (named.has(related) || looked.has(related)) continue;
        looked.add(related);
        const earlier = this.byTriple.get(related);
        if (earlier && earlier.end > from)
          outcomes.add([fail("", `It does not name ${related.slice(0, 200)}, which is still in force.`)]);
      }
    }
    return outcomes.list();
  }
}

/** Rules that hold between messages, in the order in which they were sent. */
export const SET_RULES: readonly Rule<readonly CapAlert[]>[] = Object.values(ROWS).map((row) => ({
  ...row,
  check: (alerts) => {
    const set = new MessageSet();
    return alerts.flatMap((alert, index) =>
      set
        .add(alert)
        .filter(({ rule }) => rule === row.id)
        .map(({ verdict, message }) => ({ verdict, message, path: `[${index}]` })),
    );
  },
}));
