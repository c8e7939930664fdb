/** What a key does in the composer, wherever the focus is. Pure. */

export type ComposerAct = "next-part" | "earlier-part" | "send" | "undo" | "redo" | "find-place";

export interface PressedKey {
  key: string;
  /** Ctrl, or Command on a Mac. */
  command: boolean;
  shift: boolean;
  /** Something on the page answered it already. */
  isTaken: boolean;
}

export interface Focused {
  /** A field that undoes by itself what is typed in it. */
  undoesItself: boolean;
  inPlaces: boolean;
}

/** @returns null where the key is for the browser, or for what has the focus */
export function actOf(
  { key, command, shift, isTaken }: PressedKey,
  { undoesItself, inPlaces }: Focused,
): ComposerAct | null {
  // The editor of a text takes every Enter for itself, though it does nothing with this one.
  if (command && key === "Enter") return "send";
  if (isTaken) return null;
  if (key === "F6") return shift ? "earlier-part" : "next-part";
  if (undoesItself) return null;
  const letter = key.toLowerCase();
  if (command && (letter === "y" || (letter === "z" && shift))) return "redo";
  if (command && letter === "z") return "undo";
  return key === "/" && inPlaces ? "find-place" : null;
}
