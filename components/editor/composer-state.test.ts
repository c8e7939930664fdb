import { expect, test } from "vitest";
import { type AlertContent, FIRST_ALERT } from "../../lib/alerts/schema";
import { type ComposerChange, type ComposerState, reduce } from "./composer-state";

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
  texts: { "en-US": TEXTS, "es-US": TEXTS },
  customWording: {},
  numbers: {},
};
const START: ComposerState = {
  title: "911 is not working",
  content: CONTENT,
  edits: 0,
  selected: "a",
  customScope: false,
  filter: "all",
  find: "",
};
const after = (...changes: ComposerChange[]) => changes.reduce(reduce, START);
const text = (wording: string): ComposerChange => ({
  type: "text",
  owner: "a",
  language: "en-US",
  audience: "noNumber",
  part: "short",
  wording,
});

test("a text is written for everyone it is for, and for nobody else", () => {
  const { content, edits } = after(text("new"));
  expect(content.texts["en-US"]?.noNumber.short).toBe("new");
  expect(content.texts["en-US"]?.place.short).toBe("s");
  expect(content.texts["es-US"]?.noNumber.short).toBe("s");
  expect(edits).toBe(1);
});

test("written for one place only, the others keep theirs; the common wording comes back", () => {
  const state = after({ type: "scope", custom: true }, text("own"));
  expect(state.content.texts).toEqual(CONTENT.texts);
  expect(state.content.customWording).toEqual({ a: { "en-US": { short: "own" } } });
  expect(reduce(state, { type: "drop-custom", owners: ["a", "county"] }).content.customWording).toEqual({});
  expect(reduce(state, { type: "select", placeId: "b" }).customScope).toBe(false);
  expect(reduce(reduce(state, { type: "select", placeId: "b" }), { type: "select", placeId: "a" }).customScope).toBe(
    true,
  );
});

test("a decision is made and taken back", () => {
  const choice = { choice: "no-number" as const, reason: "The line is cut." };
  const decided = after({ type: "number", placeId: "b", choice });
  expect(decided.content.numbers).toEqual({ b: choice });
  expect(reduce(decided, { type: "number", placeId: "b", choice: null }).content.numbers).toEqual({});
});

test("looking around is no edit", () => {
  const state = after(
    { type: "select", placeId: "b" },
    { type: "filter", filter: "blocked" },
    { type: "find", find: "x" },
  );
  expect(state.edits).toBe(0);
  expect(after({ type: "replaced", title: "t", content: CONTENT }).edits).toBe(0);
});

test("another grouping drops wordings that would have no message", () => {
  const { content } = after({ type: "scope", custom: true }, text("own"), { type: "grouping", grouping: "county" });
  expect([content.grouping, content.customWording]).toEqual(["county", {}]);
});
