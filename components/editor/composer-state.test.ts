import { describe, expect, test } from "vitest";
import { type AlertContent, FIRST_ALERT } from "../../lib/alerts/schema";
import { type ComposerChange, type ComposerState, countDropped, reduce } from "./composer-state";

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
  past: [],
  future: [],
  returned: null,
};
const after = (...changes: ComposerChange[]) => changes.reduce(reduce, START);
const text = (
  wording: string,
  more: { at?: number; step?: "typing" | "act"; language?: string } = {},
): ComposerChange => ({
  type: "text",
  step: "typing",
  at: 0,
  owner: "a",
  language: "en-US",
  audience: "noNumber",
  part: "short",
  wording,
  ...more,
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

test("a county's own station text is shown with all its places, so it is what is written there", () => {
  const stations = (wording: string): ComposerChange => ({
    ...(text(wording) as Extract<ComposerChange, { type: "text" }>),
    owner: "eas-25015",
    audience: "county",
    part: "description",
  });
  const written = after({ type: "scope", custom: true }, stations("own"));
  const hadley = reduce(written, { type: "select", placeId: "b" });
  expect(hadley.customScope).toBe(false);
  const changed = reduce(hadley, stations("own, and more"));
  expect(changed.content.texts).toEqual(CONTENT.texts);
  expect(changed.content.customWording).toEqual({ "eas-25015": { "en-US": { description: "own, and more" } } });
  // What the county has not of its own is still written for all.
  const spanish = reduce(hadley, { ...stations("para todos"), language: "es-US" } as ComposerChange);
  expect(spanish.content.texts["es-US"]?.county.description).toBe("para todos");
});

test("what was a county's before its stations had a mark keeps its other texts when one is written", () => {
  const before = { ...CONTENT, customWording: { "25015": { "en-US": { description: "d2", instruction: "i2" } } } };
  const changed = reduce({ ...START, content: before }, {
    ...text("new"),
    owner: "eas-25015",
    audience: "county",
    part: "description",
  } as ComposerChange);
  expect(changed.content.customWording["eas-25015"]).toEqual({ "en-US": { description: "new", instruction: "i2" } });
});

test("giving up a county's wording leaves one writing for the place that has its own", () => {
  const both = after({ type: "scope", custom: true }, text("own"));
  expect(reduce(both, { type: "drop-custom", owners: ["eas-25015"] }).customScope).toBe(true);
  expect(reduce(both, { type: "drop-custom", owners: ["a"] }).customScope).toBe(false);
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

test("someone else's text in place of mine is a step to undo, and no edit", () => {
  const theirs: ComposerChange = { type: "replaced", title: "Theirs", content: { ...CONTENT, validMinutes: 60 } };
  const state = after(text("mine"), theirs);
  expect([state.title, state.content.validMinutes, state.edits]).toEqual(["Theirs", 60, 1]);
  const back = reduce(state, { type: "undo" });
  expect([back.title, back.content.texts["en-US"]?.noNumber.short]).toEqual([START.title, "mine"]);
});

test("another grouping drops wordings that would have no message", () => {
  const { content } = after({ type: "scope", custom: true }, text("own"), { type: "grouping", grouping: "county" });
  expect([content.grouping, content.customWording]).toEqual(["county", {}]);
});

test("how many own wordings went with a grouping is told until the next change, and undoing brings them back", () => {
  const stations = { ...text("theirs"), owner: "eas-25015" } as ComposerChange;
  const written = after({ type: "scope", custom: true }, text("own"), stations);
  expect(countDropped(written)).toBe(0);
  const grouped = reduce(written, { type: "grouping", grouping: "county" });
  expect(countDropped(grouped)).toBe(1);
  expect(Object.keys(grouped.content.customWording)).toEqual(["eas-25015"]);
  const back = reduce(grouped, { type: "undo" });
  expect([countDropped(back), back.content]).toEqual([0, written.content]);
  expect(countDropped(reduce(grouped, { type: "times", validMinutes: 60 }))).toBe(0);
  expect(countDropped(after({ type: "grouping", grouping: "county" }))).toBe(0);
});

describe("undo across texts", () => {
  const short = ({ content }: ComposerState, language = "en-US") => content.texts[language]?.noNumber.short;
  const undo: ComposerChange = { type: "undo" };
  const redo: ComposerChange = { type: "redo" };

  test("letters that follow each other are one step, what comes after a rest another", () => {
    const state = after(text("a", { at: 1000 }), text("ab", { at: 1200 }), text("abc", { at: 9000 }));
    expect(short(reduce(state, undo))).toBe("ab");
    expect(short([undo, undo].reduce(reduce, state))).toBe("s");
    expect(short([undo, undo, undo, redo, redo].reduce(reduce, state))).toBe("abc");
    expect([undo, undo].reduce(reduce, state).edits).toBe(state.edits + 2);
  });

  test("an act is a step of its own, and so is another text", () => {
    const state = after(text("a"), text("ab", { step: "act" }), text("x", { language: "es-US" }));
    const once = reduce(state, undo);
    expect([short(once), short(once, "es-US"), once.returned?.what]).toEqual(["ab", "s", "noNumber-short-es-US"]);
    const twice = reduce(once, undo);
    expect([short(twice), twice.returned]).toEqual(["a", { times: 2, what: "noNumber-short-en-US" }]);
  });

  test("a decision is undone like a text, and what is written after undoing cannot be redone", () => {
    const choice = { choice: "no-number" as const, reason: "The line is cut." };
    const state = after({ type: "number", placeId: "b", choice }, undo);
    expect(state.content.numbers).toEqual({});
    expect(reduce(reduce(state, text("new")), redo).content.numbers).toEqual({});
    expect(after(undo)).toEqual(START);
  });

  test("the place that was written for is shown again", () => {
    const state = after({ type: "scope", custom: true }, text("own"), { type: "select", placeId: "b" }, undo);
    expect([state.selected, state.customScope, state.content.customWording]).toEqual(["a", true, {}]);
  });
});

test("one text of a place reads like all others again, the rest stays", () => {
  const spanish = text("suyo", { language: "es-US" });
  const drop: ComposerChange = { type: "drop-custom-text", owners: ["a", "eas-a"], language: "en-US", part: "short" };
  const both = after({ type: "scope", custom: true }, text("own"), spanish);
  expect(reduce(both, drop).content.customWording).toEqual({ a: { "es-US": { short: "suyo" } } });
  expect(after({ type: "scope", custom: true }, text("own"), drop).content.customWording).toEqual({});
});
