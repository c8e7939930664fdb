import { expect, test } from "vitest";
import { type AlertContent, FIRST_ALERT } from "../schema";
import { differingDecisions, listNumberDecisions, type SavedState } from "./differing-decisions";

const CONTENT: AlertContent = {
  ...FIRST_ALERT,
  format: "callbox-content-3",
  placeIds: ["granby", "ware"],
  grouping: "place",
  validMinutes: 120,
  nextUpdateMinutes: 60,
  texts: {},
  customWording: {},
  numbers: {},
};
const NAMES = {
  place: (id: string) => id.charAt(0).toUpperCase() + id.slice(1),
  number: (id: string) => ({ n1: "413-555-0142" })[id] ?? id,
};
const REASON = "Nobody answered";
type Decided = Partial<AlertContent & Pick<SavedState, "title">>;
const stateOf = ({ title = "911 outage", ...content }: Decided): SavedState => ({
  title,
  content: { ...CONTENT, ...content },
});
const differ = (before: Decided, after: Decided) =>
  differingDecisions(stateOf(before), stateOf(after), NAMES).map(
    (change) => `${change.what}: ${change.before || "–"} → ${change.after || "–"}`,
  );

test.each<[string, Parameters<typeof differ>, string[]]>([
  ["nothing", [{}, {}], []],
  ["the title", [{}, { title: "911 down" }], ["Title: 911 outage → 911 down"]],
  [
    "the grouping",
    [{}, { grouping: "county" }],
    ["Messages for phones: One message per place → One message per county"],
  ],
  ["the end", [{}, { validMinutes: 90 }], ["Valid for: 2 hours → 90 minutes"]],
  ["the next update", [{}, { nextUpdateMinutes: 120 }], ["Next update within: 1 hour → 2 hours"]],
  [
    "what fails",
    [{ wordedFor: { failure: "full", textTo911: "works" } }, { wordedFor: { failure: "partial", textTo911: "fails" } }],
    ["Worded for: Every call; text-to-911: Works → Some calls; text-to-911: Fails too"],
  ],
  ["places taken out", [{}, { placeIds: ["ware"] }], ["Places taken out: Granby → –"]],
  ["places added", [{}, { placeIds: ["ware", "granby", "rowe", "gill"] }], ["Places added: – → Gill, Rowe"]],
  ["an all-clear", [{}, { restoredIds: ["ware"] }], ["Told that 911 works again: – → Ware"]],
  ["no all-clear", [{ restoredIds: ["ware"] }, {}], ["No longer told that 911 works again: Ware → –"]],
  [
    "a decision",
    [{}, { numbers: { ware: { choice: "override", numberId: "n1", reason: REASON } } }],
    ["Number for Ware: no decision → override, 413-555-0142: Nobody answered"],
  ],
  [
    "another decision",
    [
      { numbers: { ware: { choice: "override", numberId: "n1", reason: REASON } } },
      { numbers: { ware: { choice: "no-number", reason: REASON } } },
    ],
    ["Number for Ware: override, 413-555-0142: Nobody answered → no number: Nobody answered"],
  ],
  [
    "the number that is corrected",
    [{}, { wrong: { e164: "+14135550142", extension: "7" } }],
    ["Number that is corrected: – → 413-555-0142 ext. 7"],
  ],
  ["a text for phones", [{}, { tellPhones: true }], ["Text for phones: – → sent with the cancellation"]],
])("%s", (_, states, expected) => expect(differ(...states)).toEqual(expected));

test("decisions of one state are listed by the names of places", () => {
  const numbers = { ware: { choice: "no-number" as const, reason: REASON } };
  expect(listNumberDecisions({ ...CONTENT, numbers }, NAMES)).toEqual([
    ["Number for Ware", "no number: Nobody answered"],
  ]);
});
