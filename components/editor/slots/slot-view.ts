import { baseKeymap, splitBlock } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import { type Command, EditorState, NodeSelection, Plugin, TextSelection, type Transaction } from "prosemirror-state";
import { EditorView, type NodeView } from "prosemirror-view";
import { readBefore } from "../../../lib/wording/slots";
import { cleanPaste, type Pasted } from "./paste";
import {
  type Atom,
  atomNode,
  atomOf,
  formatSlice,
  formatWording,
  parseWording,
  replaceAtoms,
  sliceOf,
  spell,
  spelledOut,
} from "./slot-doc";

/** How a wording came to be: letter by letter, or by one act that is undone alone. */
export type Step = "typing" | "act";

/** What the editor asks of the page around it. Read anew at each use, so that it may change. */
export interface SlotHooks {
  /** What it reads for the chosen place or example; undefined when there is no value. */
  value: (atom: Atom) => string | undefined;
  /** What it is, with its value, in words, for screen readers. */
  describe: (atom: Atom) => string;
  /** Whether a name between double brackets is a phrase of this text. */
  isPhrase: (name: string) => boolean;
  change: (wording: string, step: Step) => void;
  undo: () => void;
  redo: () => void;
  /** Said to screen readers. */
  say: (words: string) => void;
  /** Something was pasted and came in clean. */
  pasted: (pasted: Pasted) => void;
  /** Someone wants to put in a slot here. */
  insert: () => void;
}

/** The clipboard keeps slots between texts; elsewhere it is read as filled text. */
const CLIPBOARD = "application/x-callbox-wording";

const isAtom = (node: Node | null | undefined): node is Node => atomOf(node) !== null;
const TITLES = { slot: "Slot", phrase: "Phrase" } as const;

/** A value with its numbers, which are never broken over two lines. */
const keepNumbers = (value: string): (string | HTMLElement)[] =>
  value.split(/(\d{3}-\d{3}-\d{4})/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = piece;
    return number;
  });

/** The text behind an atom, or nothing where another atom or the end of the line is. */
const textBehind = ({ state: { doc } }: EditorView, at: number | undefined): string =>
  at === undefined ? "" : (doc.resolve(at + 1).nodeAfter?.text ?? "");

class SlotAtom implements NodeView {
  readonly dom = document.createElement("span");

  constructor(
    readonly node: Node,
    private readonly hooks: () => SlotHooks,
    private readonly atoms: Set<SlotAtom>,
    /** What stands behind it on its line at this moment. */
    private readonly following: () => string,
  ) {
    this.dom.setAttribute("role", "img");
    this.dom.setAttribute("aria-roledescription", node.type.name);
    this.dom.setAttribute(`data-${node.type.name}`, String(node.attrs.name));
    atoms.add(this);
    this.draw();
  }

  draw(): void {
    const atom = atomOf(this.node);
    if (!atom) return;
    const whole = this.hooks().value(atom);
    // As the text will read: a time that ends with a point ends its sentence too.
    const value = whole === undefined ? undefined : readBefore(whole, this.following());
    this.dom.className = `${atom.kind === "slot" ? "slot" : "slot phrase-atom"}${value === undefined ? " missing" : ""}`;
    // A phrase may stand for nothing, and is still to be seen and chosen.
    this.dom.replaceChildren(...keepNumbers(value?.trim() ? value : spell(atom)));
    this.dom.setAttribute("aria-label", this.hooks().describe(atom));
  }

  selectNode(): void {
    this.dom.classList.add("chosen");
    const atom = atomOf(this.node);
    if (atom) this.hooks().say(`${TITLES[atom.kind]} chosen: ${this.hooks().describe(atom)}. Backspace removes it.`);
  }

  deselectNode(): void {
    this.dom.classList.remove("chosen");
  }

  destroy(): void {
    this.atoms.delete(this);
  }
}

/** Backspace or Delete beside a slot chooses it first, so that a number never goes by one key too many. */
const chooseBeside =
  (before: boolean): Command =>
  (state, dispatch) => {
    const { $from, empty } = state.selection;
    if (!empty || state.selection instanceof NodeSelection) return false;
    const beside = before ? $from.nodeBefore : $from.nodeAfter;
    if (!isAtom(beside)) return false;
    const at = before ? $from.pos - 1 : $from.pos;
    dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, at)).scrollIntoView());
    return true;
  };

/** A key with each of its modifiers, which would otherwise delete a word, and the slot for one. */
const everyDelete = (key: string, command: Command): Record<string, Command> =>
  Object.fromEntries(["", "Shift-", "Alt-", "Ctrl-", "Meta-"].map((modifier) => [`${modifier}${key}`, command]));

/**
 * The same for what a browser is about to delete by itself: under load it tells
 * of a caret that moved only after the key that follows, and a phone's keyboard
 * tells no key at all. What someone marked with slots in it goes as marked.
 */
function chooseDeleted(view: EditorView, event: InputEvent): boolean {
  const [range] = event.getTargetRanges();
  const caret = view.dom.ownerDocument.getSelection();
  if (!range || !caret?.isCollapsed || view.state.selection instanceof NodeSelection) return false;
  const from = view.posAtDOM(range.startContainer, range.startOffset);
  const to = view.posAtDOM(range.endContainer, range.endOffset);
  const slots: number[] = [];
  view.state.doc.nodesBetween(Math.min(from, to), Math.max(from, to), (node, at) => {
    if (isAtom(node)) slots.push(at);
  });
  const nearest = event.inputType.endsWith("Backward") ? slots.at(-1) : slots[0];
  if (nearest === undefined) return false;
  event.preventDefault();
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, nearest)).scrollIntoView());
  return true;
}

/**
 * Takes the caret from the page before a key is answered. Under load Chromium
 * tells of a caret that moved only after the key that follows, so that key would
 * be answered where the caret was: a slot that is chosen no more would go.
 */
function followCaret(view: EditorView): void {
  const caret = view.dom.ownerDocument.getSelection();
  if (view.composing || !caret?.anchorNode || !caret.focusNode) return;
  if (!view.dom.contains(caret.anchorNode) || !view.dom.contains(caret.focusNode)) return;
  const anchor = view.posAtDOM(caret.anchorNode, caret.anchorOffset);
  const head = view.posAtDOM(caret.focusNode, caret.focusOffset);
  const { doc, selection, tr } = view.state;
  if (Math.min(anchor, head) === selection.from && Math.max(anchor, head) === selection.to) return;
  view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))));
}

const caretFollower = new Plugin({
  props: {
    handleKeyDown: (view) => {
      followCaret(view);
      return false;
    },
  },
});

/** Typing with a slot chosen goes behind it: a slot is never typed over. */
function typeBehind(view: EditorView, text: string): boolean {
  const { selection } = view.state;
  if (!(selection instanceof NodeSelection) || !isAtom(selection.node)) return false;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, selection.to)).insertText(text));
  return true;
}

/** What someone spelled out in braces or double brackets becomes an atom. */
const spelling = (hooks: () => SlotHooks) =>
  new Plugin({
    appendTransaction: (transactions, _, { doc, tr }) => {
      if (!transactions.some(({ docChanged }) => docChanged)) return null;
      const found = spelledOut(doc, hooks().isPhrase);
      for (const { from, to, atom } of found) tr.replaceWith(from, to, atomNode(atom));
      return found.length > 0 ? tr : null;
    },
  });

/** One wording, edited in place with its values in it. Knows no React. */
export class SlotView {
  private readonly atoms = new Set<SlotAtom>();
  readonly view: EditorView;
  private readOnly = false;

  constructor(
    mount: HTMLElement,
    wording: string,
    private readonly hooks: () => SlotHooks,
    attributes: () => Record<string, string>,
  ) {
    const asked =
      (what: "undo" | "redo"): Command =>
      () => {
        hooks()[what]();
        return true;
      };
    this.view = new EditorView(mount, {
      state: EditorState.create({
        doc: parseWording(wording, hooks().isPhrase),
        plugins: [
          caretFollower,
          keymap({
            "Mod-z": asked("undo"),
            "Mod-y": asked("redo"),
            "Shift-Mod-z": asked("redo"),
            ...everyDelete("Backspace", chooseBeside(true)),
            ...everyDelete("Delete", chooseBeside(false)),
            Enter: splitBlock,
            "Shift-Enter": splitBlock,
          }),
          keymap(baseKeymap),
          spelling(hooks),
        ],
      }),
      editable: () => !this.readOnly,
      attributes,
      nodeViews: {
        slot: (node, view, getPos) => new SlotAtom(node, hooks, this.atoms, () => textBehind(view, getPos())),
        phrase: (node, view, getPos) => new SlotAtom(node, hooks, this.atoms, () => textBehind(view, getPos())),
      },
      dispatchTransaction: (transaction) => this.apply(transaction),
      handleTextInput: (view, _from, _to, text) => {
        if (text === "{") {
          hooks().insert();
          return true;
        }
        return typeBehind(view, text);
      },
      handleDOMEvents: {
        beforeinput: (view, event) => {
          if (event.inputType.startsWith("delete")) return chooseDeleted(view, event);
          const what = { historyUndo: "undo", historyRedo: "redo" }[event.inputType];
          if (what !== "undo" && what !== "redo") return false;
          event.preventDefault();
          hooks()[what]();
          return true;
        },
        copy: (_, event) => this.copy(event, false),
        cut: (_, event) => this.copy(event, true),
        paste: (_, event) => this.paste(event, event.clipboardData),
        drop: (view, event) => {
          if (view.dragging) return false;
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
          return this.paste(event, event.dataTransfer);
        },
      },
    });
  }

  private apply(transaction: Transaction): void {
    const before = this.view.state.doc;
    const state = this.view.state.apply(transaction);
    this.view.updateState(state);
    if (!state.doc.eq(before)) this.drawValues();
    if (state.doc.eq(before) || transaction.getMeta("outside") === true) return;
    this.hooks().change(formatWording(state.doc), transaction.getMeta("act") === true ? "act" : this.stepOf(before));
  }

  /** A slot or phrase that came or went is an act of its own. */
  private stepOf(before: Node): Step {
    const count = (doc: Node) => {
      let slots = 0;
      doc.descendants((node) => {
        if (isAtom(node)) slots += 1;
      });
      return slots;
    };
    return count(before) === count(this.view.state.doc) ? "typing" : "act";
  }

  private copy(event: ClipboardEvent, cut: boolean): boolean {
    const { selection, tr } = this.view.state;
    if (selection.empty || !event.clipboardData) return false;
    const wording = formatSlice(selection.content());
    event.preventDefault();
    event.clipboardData.setData(CLIPBOARD, wording);
    event.clipboardData.setData(
      "text/plain",
      replaceAtoms(wording, this.hooks().isPhrase, (atom, following) =>
        readBefore(this.hooks().value(atom) ?? spell(atom), following),
      ),
    );
    if (cut && !this.readOnly) this.view.dispatch(tr.deleteSelection().setMeta("act", true).scrollIntoView());
    return true;
  }

  private paste(event: Event, data: DataTransfer | null): boolean {
    event.preventDefault();
    if (this.readOnly || !data) return true;
    const own = data.getData(CLIPBOARD);
    const raw = own || data.getData("text/plain");
    if (raw === "") return true;
    const cleaned = own ? { text: own, changes: [] } : cleanPaste(raw);
    const { tr, selection, doc } = this.view.state;
    const isChosen = selection instanceof NodeSelection;
    const at = doc.textBetween(0, isChosen ? selection.to : selection.from, "\n").length;
    if (isChosen) tr.setSelection(TextSelection.create(tr.doc, selection.to));
    this.view.dispatch(
      tr.replaceSelection(sliceOf(cleaned.text, this.hooks().isPhrase)).setMeta("act", true).scrollIntoView(),
    );
    if (cleaned.changes.length > 0) this.hooks().pasted({ ...cleaned, raw, at });
    return true;
  }

  /** Takes a wording from outside; the caret stays where it was. */
  setWording(wording: string): void {
    const { doc, tr } = this.view.state;
    if (formatWording(doc) === wording) return;
    const next = parseWording(wording, this.hooks().isPhrase);
    const start = doc.content.findDiffStart(next.content);
    const end = doc.content.findDiffEnd(next.content);
    if (start === null || end === null) return;
    // Where something is repeated, the two ends would cross.
    const overlap = Math.max(0, start - Math.min(end.a, end.b));
    tr.replace(start, end.a + overlap, next.slice(start, end.b + overlap));
    this.view.dispatch(tr.setMeta("outside", true));
    // A spelling that became an atom would be reported as a change: nothing is spelled out in what was parsed.
  }

  /** The values changed, the wording did not. */
  drawValues(): void {
    for (const atom of this.atoms) atom.draw();
  }

  setReadOnly(readOnly: boolean): void {
    this.readOnly = readOnly;
    this.view.setProps({});
  }

  insertAtom(atom: Atom): void {
    const { tr, selection } = this.view.state;
    if (selection instanceof NodeSelection) tr.setSelection(TextSelection.create(tr.doc, selection.to));
    this.view.dispatch(tr.replaceSelectionWith(atomNode(atom), false).setMeta("act", true).scrollIntoView());
    this.view.focus();
  }

  destroy(): void {
    this.view.destroy();
  }
}
