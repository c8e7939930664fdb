import { Fragment, type Node, Schema, Slice } from "prosemirror-model";
import { isSlotName, type SlotName } from "../../../lib/wording/slots";

/**
 * A wording as a document that is edited, and back. What is stored is the
 * string with its {slots}, in a template with its [[phrases]] as well; in the
 * editor each that is known is one atom. Pure.
 */

/** What stands in a wording for words from elsewhere. */
export type Atom = { kind: "slot"; name: SlotName } | { kind: "phrase"; name: string };

/** Which phrases a text can have; none but in a template. */
export type IsPhrase = (name: string) => boolean;
const noPhrase: IsPhrase = () => false;

export const spell = ({ kind, name }: Atom): string => (kind === "slot" ? `{${name}}` : `[[${name}]]`);

const slotSchema = new Schema({
  nodes: {
    doc: { content: "line+" },
    // A block of its own for each line: an empty one can hold the caret.
    line: { content: "inline*", whitespace: "pre", toDOM: () => ["div", 0], parseDOM: [{ tag: "div" }] },
    text: { group: "inline" },
    slot: {
      group: "inline",
      inline: true,
      atom: true,
      selectable: true,
      attrs: { name: { validate: "string" } },
      leafText: ({ attrs }) => `{${String(attrs.name)}}`,
      toDOM: ({ attrs }) => ["span", { "data-slot": String(attrs.name) }],
    },
    phrase: {
      group: "inline",
      inline: true,
      atom: true,
      selectable: true,
      attrs: { name: { validate: "string" } },
      leafText: ({ attrs }) => `[[${String(attrs.name)}]]`,
      toDOM: ({ attrs }) => ["span", { "data-phrase": String(attrs.name) }],
    },
  },
});

const SPELLED = /\{([A-Za-z0-9]+)\}|\[\[(\w+)\]\]/g;

interface Spelled {
  from: number;
  to: number;
  atom: Atom;
}

/** Every slot and phrase that plain text spells out and that exists. */
function findSpelled(text: string, isPhrase: IsPhrase): Spelled[] {
  const found: Spelled[] = [];
  for (const { 0: whole, 1: slot, 2: phrase, index } of text.matchAll(SPELLED)) {
    const at = { from: index, to: index + whole.length };
    if (slot !== undefined && isSlotName(slot)) found.push({ ...at, atom: { kind: "slot", name: slot } });
    if (phrase !== undefined && isPhrase(phrase)) found.push({ ...at, atom: { kind: "phrase", name: phrase } });
  }
  return found;
}

/** One line of a wording: plain text, and an atom for each slot and phrase that exists. Other braces stay text. */
function parseLine(line: string, isPhrase: IsPhrase): Node[] {
  const pieces: Node[] = [];
  let done = 0;
  for (const { from, to, atom } of findSpelled(line, isPhrase)) {
    if (from > done) pieces.push(slotSchema.text(line.slice(done, from)));
    pieces.push(atomNode(atom));
    done = to;
  }
  if (done < line.length) pieces.push(slotSchema.text(line.slice(done)));
  return pieces;
}

const parseLines = (wording: string, isPhrase: IsPhrase): Node[] =>
  wording.split("\n").map((line) => slotSchema.node("line", null, parseLine(line, isPhrase)));

export const atomNode = ({ kind, name }: Atom): Node => slotSchema.node(kind, { name });

/** What an atom of a document stands for; null for text. */
export function atomOf(node: Node | null | undefined): Atom | null {
  const name = String(node?.attrs.name);
  if (node?.type === slotSchema.nodes.phrase) return { kind: "phrase", name };
  return node?.type === slotSchema.nodes.slot && isSlotName(name) ? { kind: "slot", name } : null;
}

/** @returns the document of a wording; `formatWording` gives back the same string, whatever it was */
export const parseWording = (wording: string, isPhrase = noPhrase): Node =>
  slotSchema.node("doc", null, parseLines(wording, isPhrase));

export function formatWording(doc: Node): string {
  const lines: string[] = [];
  doc.forEach((line) => lines.push(line.textContent));
  return lines.join("\n");
}

/** What a piece of a document is as a wording, for the clipboard. */
export const formatSlice = ({ content }: Slice): string => content.textBetween(0, content.size, "\n");

/** A wording to put into another one: its first and last line join the lines around it. */
export const sliceOf = (wording: string, isPhrase = noPhrase): Slice =>
  new Slice(Fragment.from(parseLines(wording, isPhrase)), 1, 1);

/** A wording with something else in the place of each of its slots and phrases. */
export function replaceAtoms(
  wording: string,
  isPhrase: IsPhrase,
  read: (atom: Atom, following: string) => string,
): string {
  return findSpelled(wording, isPhrase)
    .reverse()
    .reduce((text, { from, to, atom }) => text.slice(0, from) + read(atom, text.slice(to)) + text.slice(to), wording);
}

/** Where plain text spells out an atom that exists, as typed or pasted; positions in the document, the last first. */
export function spelledOut(doc: Node, isPhrase = noPhrase): Spelled[] {
  const found: Spelled[] = [];
  doc.descendants((node, at) => {
    for (const { from, to, atom } of findSpelled(node.text ?? "", isPhrase))
      found.push({ from: at + from, to: at + to, atom });
  });
  return found.reverse();
}
