import { describe, expect, test } from "vitest";
import { actOf, type Focused, type PressedKey } from "./composer-keys";

const press = (key: string, more: Partial<PressedKey & Focused> = {}) => {
  const all = { command: false, shift: false, isTaken: false, undoesItself: false, inPlaces: false, ...more };
  return actOf({ key, ...all }, all);
};
/** A text that is written in: its editor answers every Enter, and undoes by itself. */
const IN_TEXT = { undoesItself: true };

describe("keys of the composer", () => {
  test("Ctrl+Enter sends from everywhere, out of a text as well, whose editor takes every Enter", () => {
    expect(press("Enter", { command: true })).toBe("send");
    expect(press("Enter", { command: true, ...IN_TEXT, isTaken: true })).toBe("send");
    expect(press("Enter", IN_TEXT)).toBeNull();
  });

  test("F6 goes from part to part and back", () => {
    expect(press("F6", IN_TEXT)).toBe("next-part");
    expect(press("F6", { shift: true })).toBe("earlier-part");
  });

  test("undo and redo work where nothing undoes by itself", () => {
    expect(press("z", { command: true })).toBe("undo");
    expect(press("Z", { command: true, shift: true })).toBe("redo");
    expect(press("y", { command: true })).toBe("redo");
    expect(press("z", { command: true, ...IN_TEXT })).toBeNull();
    expect(press("z", { command: true, isTaken: true })).toBeNull();
    expect(press("z")).toBeNull();
  });

  test("a slash goes to the search of places out of their list alone", () => {
    expect(press("/", { inPlaces: true })).toBe("find-place");
    expect(press("/", { inPlaces: true, ...IN_TEXT })).toBeNull();
    expect(press("/")).toBeNull();
  });
});
