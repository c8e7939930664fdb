import { expect, test } from "vitest";
import type { Bundle } from "./bundle";
import { type AlertContent, FIRST_ALERT } from "./schema";
import { fingerprintPart, listChanges } from "./second-reading";

const PARTS = { short: "s", long: "l", headline: "h", description: "d", instruction: "i", social: "o", script: "c" };
const TEXTS = {
  place: PARTS,
  noNumber: PARTS,
  county: PARTS,
  restored: PARTS,
  restoredCounty: PARTS,
  joined: PARTS,
  joinedNoNumber: PARTS,
  joinedCounty: PARTS,
  neighbor: PARTS,
  neighborCounty: PARTS,
};
const CONTENT: AlertContent = {
  ...FIRST_ALERT,
  format: "callbox-content-3",
  placeIds: ["a", "b"],
  grouping: "place",
  validMinutes: 120,
  nextUpdateMinutes: 60,
  texts: { "en-US": TEXTS },
  customWording: {},
  numbers: {},
};
const changes = (change: Partial<AlertContent>) =>
  listChanges(
    { title: "911 outage", content: CONTENT },
    { title: "911 outage", content: { ...CONTENT, ...change } },
    { place: (id) => id.toUpperCase(), number: (id) => id },
  ).map(({ what, before, after }) => `${what}: ${before} → ${after}`);

test.each<[string, Partial<AlertContent>, string[]]>([
  ["nothing", {}, []],
  ["a place taken out", { placeIds: ["a"] }, ["Places taken out: B → "]],
  [
    "a decision",
    { numbers: { a: { choice: "no-number", reason: "Nobody answered" } } },
    ["Number for A: no decision → no number: Nobody answered"],
  ],
  [
    "a text",
    { texts: { "en-US": { ...TEXTS, place: { ...PARTS, short: "new" } } } },
    ["Phone, short, English: s → new"],
  ],
  [
    "a text of one place",
    { customWording: { a: { "en-US": { long: "own" } } } },
    ["A only: Phone, long, English: (the common wording) → own"],
  ],
  [
    "a slot",
    { texts: { "en-US": { ...TEXTS, place: { ...PARTS, short: "{number}" } } } },
    ["Phone, short, English: s → (the direct number)"],
  ],
  ["the end", { validMinutes: 180 }, ["Valid for: 2 hours → 3 hours"]],
])("%s", (_, change, expected) => expect(changes(change)).toEqual(expected));

const message = (placeId: string, outcome: "ready" | "override", more = {}): Bundle["messages"][number] => ({
  identifier: placeId,
  msgType: "Alert",
  tells: "outage",
  audience: "phones",
  placeId,
  place: placeId,
  placeIds: [placeId],
  population: 1,
  areas: [],
  outcome,
  numbers: [{ id: placeId, e164: "+14135550142", extension: "", placeId }],
  why: "",
  references: null,
  texts: [{ language: "en-US", inCap: true, parts: PARTS }],
  ...more,
});
const bundle = (...messages: Bundle["messages"]): Bundle => ({
  format: "callbox-bundle-4",
  alertId: "a",
  purpose: "outage",
  status: "Test",
  note: null,
  sender: "a@b",
  senderName: {},
  source: "Callbox",
  web: null,
  contact: null,
  incident: "i",
  beganAt: 0,
  validMinutes: 120,
  nextUpdateMinutes: 60,
  timeZone: "UTC",
  wrong: null,
  messages,
});

test("a confirmation stands where its own part did not change, and falls where it did", () => {
  const before = bundle(message("a", "ready"), message("b", "override"));
  const reworded = bundle(
    message("a", "ready", { texts: [{ language: "en-US", inCap: true, parts: { ...PARTS, short: "new" } }] }),
    message("b", "override"),
  );
  const renumbered = bundle(message("a", "ready", { numbers: [] }), message("b", "override"));
  const names = ["numbers", "override:b", "texts", "judgement"];
  const standing = (after: Bundle) =>
    names.filter((name) => fingerprintPart(before, name) === fingerprintPart(after, name));
  expect(standing(before)).toEqual(names);
  expect(standing(reworded)).toEqual(["numbers", "override:b"]);
  expect(standing(renumbered)).toEqual(["override:b", "texts"]);
});
