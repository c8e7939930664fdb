import { describe, expect, test } from "vitest";
import { listTemplateChanges, LOCKED, lockField, readField, type TemplateField } from "../../../lib/wording/fields";
import { saveTemplateSchema } from "../../../lib/alerts/templates/schema";
import { OUTAGE_TEMPLATE } from "../../../lib/wording/outage";
import { templateBodySchema } from "../../../lib/wording/schema";
import { describeSending, type EditState, reduceTemplate } from "./template-state";

const BODY = templateBodySchema.parse(OUTAGE_TEMPLATE);
const START: EditState = { words: { name: "911 outage", body: BODY }, past: [], future: [] };
const LONG: TemplateField = { kind: "text", language: "en-US", audience: "place", part: "long", index: 0 };
const HAZARD: TemplateField = { kind: "phrase", language: "en-US", failure: "full", name: "hazard" };

const type = (state: EditState, field: TemplateField, ...texts: string[]) =>
  texts.reduce((next, text) => reduceTemplate(next, { type: "field", field, text, step: "typing" }), state);
const undo = (state: EditState) => reduceTemplate(state, { type: "undo" });

describe("what is written can be taken back", () => {
  test("letters of one field in a row are one step", () => {
    const typed = type(type(START, LONG, "a", "ab", "abc"), HAZARD, "x");
    expect(typed.past).toHaveLength(2);
    const back = undo(typed);
    expect(readField(back.words.body, LONG)).toBe("abc");
    expect(undo(back).words).toBe(START.words);
    expect(reduceTemplate(undo(back), { type: "redo" }).words).toEqual(back.words);
    expect(undo(START)).toBe(START);
  });

  test("a name, a shorter wording and what someone else saved are steps too", () => {
    const renamed = reduceTemplate(START, { type: "name", name: "Outage" });
    const more = reduceTemplate(renamed, { type: "add-shorter", audience: "place", part: "long" });
    expect(listTemplateChanges(BODY, more.words.body)).toHaveLength(2);
    const less = reduceTemplate(more, { type: "drop-shorter", audience: "place", part: "long" });
    expect(listTemplateChanges(BODY, less.words.body)).toEqual([]);
    const theirs = { name: "Theirs", body: BODY };
    expect(undo(reduceTemplate(less, { type: "replace", words: theirs })).words).toBe(less.words);
  });
});

test("a lock is kept by what is saved, differs from the version in use, and can be taken back", () => {
  const lock = lockField("unanswered");
  const locked = reduceTemplate(START, { type: "field", field: lock, text: LOCKED, step: "act" });
  const { name, body } = locked.words;
  expect(saveTemplateSchema.parse({ id: "draft", version: 1, name, body }).body.locked).toEqual(["unanswered"]);
  expect(listTemplateChanges(BODY, body).map(({ field }) => field)).toEqual([lock]);
  expect(undo(locked).words).toBe(START.words);
});

const CHANGED = [{ field: LONG, before: "a", after: "b" }];
test.each([
  [{ changes: CHANGED, check: { broken: 0 } }, true, /^All 42 combinations pass/],
  [{ changes: CHANGED, check: { broken: 1 } }, false, /^1 of 42 combinations breaks a rule/],
  [{ changes: CHANGED, check: null }, false, /^Checking: 7 of 42/],
  [{ changes: [], check: { broken: 0 } }, false, /^Nothing differs/],
  [{ changes: CHANGED, check: { broken: 0 }, online: false }, false, /needs a connection/],
])("%o", (given, may, says) => {
  const verdict = describeSending({ done: 7, of: 42, online: true, ...given });
  expect(verdict.may).toBe(may);
  expect(verdict.says).toMatch(says);
});
