import { describe, expect, test } from "vitest";
import { type CapAlert } from "./model";
import { SET_RULES } from "./set-rules";

const message = (identifier: string, change: Partial<CapAlert> = {}): CapAlert => ({
  identifier,
  sender: "a@b",
  sent: "2024-06-18T13:00:00-04:00",
  status: "Actual",
  msgType: "Alert",
  scope: "Public",
  code: [],
  info: [],
  ...change,
});
const until = (expires: string) =>
  ({ info: [{ category: [], event: "", responseType: [], urgency: "Immediate", severity: "Severe", certainty: "Observed",
    eventCode: [], parameter: [], resource: [], area: [], expires }] }) satisfies Partial<CapAlert>; // prettier-ignore
const name = (identifier: string) => `a@b,${identifier},2024-06-18T13:00:00-04:00`;
const later = "2024-06-18T14:00:00-04:00";
const first = message("A", until("2024-06-18T16:00:00-04:00"));
const second = message("B", { ...until("2024-06-18T16:00:00-04:00"), msgType: "Update", references: name("A") });

const EXAMPLES: Record<string, { keeps: CapAlert[][]; breaks: CapAlert[][] }> = {
  "CAP-005": {
    keeps: [
      [message("A"), message("B")],
      [message("A"), message("A")],
      [message("A"), message("A", { sender: "c@d" })],
    ],
    breaks: [[message("A"), message("A", { note: "other" })]],
  },
  "IPAWS-013": {
    keeps: [
      [first, second, message("C", { sent: later, msgType: "Cancel", references: `${name("A")} ${name("B")}` })],
      [
        message("A", until("2024-06-18T13:30:00-04:00")),
        second,
        message("C", { sent: later, msgType: "Cancel", references: name("B") }),
      ],
      [first],
    ],
    breaks: [[first, second, message("C", { sent: later, msgType: "Cancel", references: name("B") })]],
  },
};

describe("rules between messages", () => {
  test("each has both examples", () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(SET_RULES.map(({ id }) => id).sort());
  });
  test.each(SET_RULES.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    for (const set of EXAMPLES[id]!.keeps) expect(rule.check(set, undefined)).toEqual([]);
    for (const set of EXAMPLES[id]!.breaks) expect(rule.check(set, undefined)).not.toEqual([]);
  });
});
