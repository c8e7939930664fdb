import { Fragment, type Node, Schema, Slice } from "prosemirror-model";
import { SLOTS, type SlotName } from "../../../lib/wording/slots";

/**
 * A wording as a document that is edited, and back. What is stored is the
 * string with its {slots}; in the editor a known slot is one atom. Pure.
 */

export const slotSchema = new Schema({
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
  },
});

export const isSlotName = (name: string): name is SlotName => Object.hasOwn(SLOTS, name);

const SLOT = /\{([A-Za-z0-9]+)\}/g;

/** One line of a wording: plain text, and an atom for each slot that exists. Other braces stay text. */
function parseLine(line: string): Node[] {
  const pieces: Node[] = [];
  let from = 0;
  for (const { 0: whole, 1: name = "", index } of line.matchAll(SLOT)) {
    if (!isSlotName(name)) continue;
    if (index > from) pieces.push(slotSchema.text(line.slice(from, index)));
    pieces.push(slotNode(name));
    from = index + whole.length;
  }
  if (from < line.length) pieces.push(slotSchema.text(line.slice(from)));
  return pieces;
}

const parseLines = (wording: string): Node[] =>
  wording.split("\n").map((line) => slotSchema.node("line", null, parseLine(line)));

export const slotNode = (name: SlotName): Node => slotSchema.node("slot", { name });

/** @returns the document of a wording; `formatWording` gives back the same string, whatever it was */
export const parseWording = (wording: string): Node => slotSchema.node("doc", null, parseLines(wording));

export function formatWording(doc: Node): string {
  const lines: string[] = [];
  doc.forEach((line) => lines.push(line.textContent));
  return lines.join("\n");
}

/** What a piece of a document is as a wording, for the clipboard. */
export const formatSlice = ({ content }: Slice): string => content.textBetween(0, content.size, "\n");

/** A wording to put into another one: its first and last line join the lines around it. */
export const sliceOf = (wording: string): Slice => new Slice(Fragment.from(parseLines(wording)), 1, 1);

/** Where plain text spells out a slot that exists, as typed or pasted; positions in the document, the last first. */
export function spelledOut(doc: Node): { from: number; to: number; name: SlotName }[] {
  const found: { from: number; to: number; name: SlotName }[] = [];
  doc.descendants((node, at) => {
    for (const { 0: whole, 1: name = "", index } of (node.text ?? "").matchAll(SLOT))
      if (isSlotName(name)) found.push({ from: at + index, to: at + index + whole.length, name });
  });
  return found.reverse();
}
