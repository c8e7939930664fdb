import type { NumberChoice } from "../../lib/directory/selection";
import type { AlertContent, Grouping } from "../../lib/alerts/schema";
import type { Audience, Part } from "../../lib/wording/texts";

/** What the composer holds, and every way it changes. Pure: saving follows the count of edits. */

export type Filter = "all" | "blocked" | "no-number" | "alternate" | "override" | "custom";

export interface ComposerState {
  title: string;
  content: AlertContent;
  /** Grows with everything that must be saved. */
  edits: number;
  /** The place whose values and preview are shown. */
  selected: string;
  /** Whether texts are written for that place only. */
  customScope: boolean;
  filter: Filter;
  find: string;
}

export type ComposerChange =
  | { type: "title"; title: string }
  | { type: "content"; title: string; content: AlertContent }
  /** The server has this already. */
  | { type: "replaced"; title: string; content: AlertContent }
  | { type: "text"; owner: string; language: string; audience: Audience; part: Part; wording: string }
  | { type: "drop-custom"; owners: readonly string[] }
  | { type: "number"; placeId: string; choice: NumberChoice | null }
  | { type: "times"; validMinutes?: number; nextUpdateMinutes?: number }
  | { type: "tell-phones"; tell: boolean }
  | { type: "grouping"; grouping: Grouping }
  | { type: "select"; placeId: string }
  | { type: "scope"; custom: boolean }
  | { type: "filter"; filter: Filter }
  | { type: "find"; find: string };

const edited = (state: ComposerState, change: Partial<ComposerState>): ComposerState => ({
  ...state,
  ...change,
  edits: state.edits + 1,
});

function writeText(
  content: AlertContent,
  custom: boolean,
  { owner, language, audience, part, wording }: Extract<ComposerChange, { type: "text" }>,
): AlertContent {
  if (custom) {
    const own = content.customWording[owner] ?? {};
    const words = { ...own, [language]: { ...own[language], [part]: wording } };
    return { ...content, customWording: { ...content.customWording, [owner]: words } };
  }
  const texts = content.texts[language];
  if (!texts) return content;
  return {
    ...content,
    texts: {
      ...content.texts,
      [language]: { ...texts, [audience]: { ...texts[audience], [part]: wording } },
    },
  };
}

const without = <Value>(record: Readonly<Record<string, Value>>, keys: readonly string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

export function reduce(state: ComposerState, change: ComposerChange): ComposerState {
  const { content } = state;
  switch (change.type) {
    case "title":
      return edited(state, { title: change.title });
    case "content":
      return edited(state, { title: change.title, content: change.content });
    case "replaced":
      return { ...state, title: change.title, content: change.content };
    case "text":
      return edited(state, { content: writeText(content, state.customScope, change) });
    case "drop-custom":
      return edited(state, {
        customScope: false,
        content: { ...content, customWording: without(content.customWording, change.owners) },
      });
    case "number":
      return edited(state, {
        content: {
          ...content,
          numbers: change.choice
            ? { ...content.numbers, [change.placeId]: change.choice }
            : without(content.numbers, [change.placeId]),
        },
      });
    case "times":
      return edited(state, {
        content: {
          ...content,
          validMinutes: change.validMinutes ?? content.validMinutes,
          nextUpdateMinutes: change.nextUpdateMinutes ?? content.nextUpdateMinutes,
        },
      });
    case "tell-phones":
      return edited(state, { content: { ...content, tellPhones: change.tell } });
    case "grouping":
      // Wordings of single places have no message of their own in another grouping.
      return edited(state, {
        customScope: false,
        content: { ...content, grouping: change.grouping, customWording: {} },
      });
    case "select":
      return { ...state, selected: change.placeId, customScope: content.customWording[change.placeId] !== undefined };
    case "scope":
      return { ...state, customScope: change.custom };
    case "filter":
      return { ...state, filter: change.filter };
    case "find":
      return { ...state, find: change.find };
  }
}
