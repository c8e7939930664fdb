import { isOnlyShortened, ownWording, readOwner } from "../../lib/alerts/choose-wording";
import type { NumberChoice } from "../../lib/directory/selection";
import type { AlertContent, Grouping } from "../../lib/alerts/schema";
import type { Audience, Part } from "../../lib/wording/texts";

/** What the composer holds, and every way it changes. Pure: saving follows the count of edits. */

export type Filter = "all" | "blocked" | "no-number" | "alternate" | "override" | "custom";

/** What was before an edit, to go back to. */
interface Earlier {
  title: string;
  content: AlertContent;
  selected: string;
  customScope: boolean;
  /** What was edited: edits of one thing that follow each other are one step. */
  what: string;
  /** When it was edited last, in milliseconds since 1970. */
  at: number;
}

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
  past: readonly Earlier[];
  future: readonly Earlier[];
  /** What undo or redo changed last, so that it can be shown and said; it grows each time. */
  returned: { times: number; what: string } | null;
}

export type ComposerChange =
  | { type: "title"; title: string; at: number }
  | { type: "content"; title: string; content: AlertContent }
  /** Someone else's text takes its place: a step to undo, and the server has it already. */
  | { type: "replaced"; title: string; content: AlertContent }
  | {
      type: "text";
      owner: string;
      language: string;
      audience: Audience;
      part: Part;
      wording: string;
      /** Letters that follow each other are undone together, an act alone. */
      step: "typing" | "act";
      at: number;
    }
  | { type: "drop-custom"; owners: readonly string[] }
  /** One text of a place reads like all others again. */
  | { type: "drop-custom-text"; owners: readonly string[]; language: string; part: Part }
  | { type: "number"; placeId: string; choice: NumberChoice | null }
  | { type: "times"; validMinutes?: number; nextUpdateMinutes?: number }
  | { type: "tell-phones"; tell: boolean }
  | { type: "grouping"; grouping: Grouping }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "select"; placeId: string }
  | { type: "scope"; custom: boolean }
  | { type: "filter"; filter: Filter }
  | { type: "find"; find: string };

/** How many steps can be undone. */
const STEPS = 200;
/** Typing that rests so long begins another step, in milliseconds. */
const REST_MS = 1500;

/** The element the grouping is chosen in. */
const GROUPING = "plan-grouping";

/** The element a text is edited in. */
export const textId = (language: string, audience: Audience, part: Part): string => `${audience}-${part}-${language}`;

const stepOf = (state: ComposerState, what: string, at: number): Earlier => ({
  title: state.title,
  content: state.content,
  selected: state.selected,
  customScope: state.customScope,
  what,
  at,
});

/** @param typed set where letters follow each other, with their time in milliseconds since 1970 */
function edited(state: ComposerState, what: string, change: Partial<ComposerState>, typed?: number): ComposerState {
  const last = state.past.at(-1);
  const goesOn = typed !== undefined && last?.what === what && typed - last.at < REST_MS && state.future.length === 0;
  const past = goesOn
    ? [...state.past.slice(0, -1), { ...last, at: typed }]
    : [...state.past.slice(1 - STEPS), stepOf(state, what, typed ?? 0)];
  return { ...state, ...change, past, future: [], edits: state.edits + 1 };
}

function goBack(state: ComposerState, from: "past" | "future"): ComposerState {
  const to = from === "past" ? "future" : "past";
  const step = state[from].at(-1);
  if (!step) return state;
  const { title, content, selected, customScope, what } = step;
  return {
    ...state,
    title,
    content,
    selected,
    customScope,
    edits: state.edits + 1,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], stepOf(state, what, 0)],
    returned: { times: (state.returned?.times ?? 0) + 1, what },
  };
}

/** The wording that is kept under an owner, or was before stations' had a mark. */
const ownOf = (content: AlertContent, owner: string) => ownWording(content, readOwner(owner));

/** A text that a message has of its own is what is shown of it, so that is what is written, whatever the scope. */
function writeText(
  content: AlertContent,
  custom: boolean,
  { owner, language, audience, part, wording }: Extract<ComposerChange, { type: "text" }>,
): AlertContent {
  const own = ownOf(content, owner) ?? {};
  if (custom || own[language]?.[part] !== undefined) {
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

/** Wording of owners without one text; an owner or a language that has none left is gone. */
function withoutText(
  wordings: AlertContent["customWording"],
  owners: readonly string[],
  language: string,
  part: Part,
): AlertContent["customWording"] {
  return Object.fromEntries(
    Object.entries(wordings).flatMap(([owner, own]) => {
      if (!owners.includes(owner)) return [[owner, own]];
      const parts = without(own[language] ?? {}, [part]);
      const left = Object.keys(parts).length > 0 ? { ...own, [language]: parts } : without(own, [language]);
      return Object.keys(left).length > 0 ? [[owner, left]] : [];
    }),
  );
}

/** How many own wordings that someone wrote went with the grouping that was changed just now; undoing brings them back. */
export function countDropped({ past, content }: Pick<ComposerState, "past" | "content">): number {
  const last = past.at(-1);
  if (last?.what !== GROUPING) return 0;
  return Object.entries(last.content.customWording).filter(
    ([owner, own]) => content.customWording[owner] === undefined && !isOnlyShortened(last.content, own),
  ).length;
}

export function reduce(state: ComposerState, change: ComposerChange): ComposerState {
  const { content } = state;
  switch (change.type) {
    case "title":
      return edited(state, "alert-title", { title: change.title }, change.at);
    case "content":
      return edited(state, "", { title: change.title, content: change.content });
    case "replaced":
      return { ...edited(state, "", { title: change.title, content: change.content }), edits: state.edits };
    case "text":
      return edited(
        state,
        textId(change.language, change.audience, change.part),
        { content: writeText(content, state.customScope, change) },
        change.step === "typing" ? change.at : undefined,
      );
    case "drop-custom": {
      const customWording = without(content.customWording, change.owners);
      // Giving up a county's leaves one writing for the place, where that has its own.
      const customScope = state.customScope && customWording[state.selected] !== undefined;
      return edited(state, "", { customScope, content: { ...content, customWording } });
    }
    case "drop-custom-text":
      return edited(state, "", {
        content: {
          ...content,
          customWording: withoutText(content.customWording, change.owners, change.language, change.part),
        },
      });
    case "number":
      return edited(state, `place-${change.placeId}`, {
        content: {
          ...content,
          numbers: change.choice
            ? { ...content.numbers, [change.placeId]: change.choice }
            : without(content.numbers, [change.placeId]),
        },
      });
    case "times":
      return edited(state, change.validMinutes === undefined ? "update-minutes" : "valid-minutes", {
        content: {
          ...content,
          validMinutes: change.validMinutes ?? content.validMinutes,
          nextUpdateMinutes: change.nextUpdateMinutes ?? content.nextUpdateMinutes,
        },
      });
    case "tell-phones":
      return edited(state, "", { content: { ...content, tellPhones: change.tell } });
    case "grouping":
      // Wordings of single places have no message of their own in another grouping; counties keep their stations.
      return edited(state, GROUPING, {
        customScope: false,
        content: {
          ...content,
          grouping: change.grouping,
          customWording: Object.fromEntries(
            Object.entries(content.customWording).filter(([owner]) => readOwner(owner).audience === "broadcasters"),
          ),
        },
      });
    case "undo":
      return goBack(state, "past");
    case "redo":
      return goBack(state, "future");
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
