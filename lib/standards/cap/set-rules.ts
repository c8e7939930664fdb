import { fail, type Outcome, type Rule } from "../rule";
import { type CapAlert } from "./model";
import { parseCapTime } from "./time";
import { writeCap } from "./write";

/** Rules that hold between messages. Paths are `[0]`, the position in the set. */

const nameOf = ({ sender, identifier }: CapAlert) => `${sender},${identifier}`;
const tripleOf = (alert: CapAlert) => `${nameOf(alert)},${alert.sent}`;
const referencesOf = ({ references }: CapAlert) => (references ?? "").trim().split(/\s+/).filter(Boolean);

/** When a message ends for good: its last info, or never. */
function endOf({ info }: CapAlert): number {
  return Math.max(...info.map(({ expires }) => parseCapTime(expires ?? "") ?? Infinity), -Infinity);
}

export const SET_RULES: readonly Rule<readonly CapAlert[]>[] = [
  {
    id: "CAP-005",
    level: "must",
    source: "CAP 1.2 §3.2.1 references",
    confidence: "S",
    says: "An identifier of a sender is not used again for other content.",
    check: (alerts) => {
      const first = new Map<string, CapAlert>();
      return alerts.flatMap((alert, index): Outcome[] => {
        const known = first.get(nameOf(alert));
        if (known === undefined) first.set(nameOf(alert), alert);
        return known === undefined || writeCap(known) === writeCap(alert)
          ? []
          : [fail(`[${index}]`, `${alert.identifier} stands for two different messages.`)];
      });
    },
  },
  {
    id: "IPAWS-013",
    level: "must",
    source: "IPAWS profile v1.0",
    confidence: "S",
    says: "Update and Cancel name every related message that has not expired.",
    check: (alerts) => {
      const known = new Map(alerts.map((alert) => [tripleOf(alert), alert]));
      return alerts.flatMap((alert, index) => {
        if (alert.msgType !== "Update" && alert.msgType !== "Cancel") return [];
        const named = new Set(referencesOf(alert));
        const sent = parseCapTime(alert.sent) ?? 0;
        const related = [...named].flatMap((triple) => {
          const earlier = known.get(triple);
          return earlier ? referencesOf(earlier) : [];
        });
        return related
          .filter((triple) => !named.has(triple) && known.has(triple) && endOf(known.get(triple)!) > sent)
          .map((triple) => fail(`[${index}]`, `It does not name ${triple}, which is still in force.`));
      });
    },
  },
];
