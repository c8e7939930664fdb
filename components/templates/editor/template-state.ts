import {
  addShorter,
  dropShorter,
  fieldKey,
  type TemplateChange,
  type TemplateField,
  writeField,
} from "../../../lib/wording/fields";
import type { TemplateBody } from "../../../lib/wording/schema";
import type { Audience, Part } from "../../../lib/wording/texts";

/** What is being written in a template, and the way back. Pure. */

export interface Words {
  name: string;
  body: TemplateBody;
}

export interface EditState {
  words: Words;
  /** What was before, the latest last; `key` where one field is being typed in. */
  past: readonly { words: Words; key: string | null }[];
  future: readonly Words[];
}

export type Edit =
  | { type: "field"; field: TemplateField; text: string; step: "typing" | "act" }
  | { type: "name"; name: string }
  | { type: "add-shorter" | "drop-shorter"; audience: Audience; part: Part }
  /** What someone else saved, taken over. */
  | { type: "replace"; words: Words }
  | { type: "undo" | "redo" };

/** Most steps back. */
const MOST_STEPS = 200;

function step(state: EditState, words: Words, key: string | null): EditState {
  // Letters typed into one field in a row are one step.
  if (key !== null && state.past.at(-1)?.key === key) return { ...state, words, future: [] };
  return { words, past: [...state.past, { words: state.words, key }].slice(-MOST_STEPS), future: [] };
}

export function reduceTemplate(state: EditState, edit: Edit): EditState {
  const { words, past, future } = state;
  switch (edit.type) {
    case "field":
      return step(
        state,
        { ...words, body: writeField(words.body, edit.field, edit.text) },
        edit.step === "typing" ? fieldKey(edit.field) : null,
      );
    case "name":
      return step(state, { ...words, name: edit.name }, "name");
    case "add-shorter":
      return step(state, { ...words, body: addShorter(words.body, edit.audience, edit.part) }, null);
    case "drop-shorter":
      return step(state, { ...words, body: dropShorter(words.body, edit.audience, edit.part) }, null);
    case "replace":
      return step(state, edit.words, null);
    case "undo": {
      const last = past.at(-1);
      return last ? { words: last.words, past: past.slice(0, -1), future: [words, ...future] } : state;
    }
    case "redo": {
      const [next, ...rest] = future;
      return next ? { words: next, past: [...past, { words, key: null }], future: rest } : state;
    }
  }
}

/** Whether the template may be sent, and what is said beside the button. */
export function describeSending({
  changes,
  check,
  done,
  of,
  online,
}: {
  changes: readonly TemplateChange[];
  /** How many combinations break a rule; null while they are being checked. */
  check: { broken: number } | null;
  done: number;
  of: number;
  online: boolean;
}): { may: boolean; says: string } {
  if (!online) return { may: false, says: "Sending needs a connection." };
  if (changes.length === 0) return { may: false, says: "Nothing differs from the version in use." };
  if (!check) return { may: false, says: `Checking: ${done} of ${of} combinations.` };
  if (check.broken > 0)
    return {
      may: false,
      says: `${check.broken} of ${of} combinations ${check.broken === 1 ? "breaks" : "break"} a rule.`,
    };
  return { may: true, says: `All ${of} combinations pass. A second person reads it next.` };
}
