import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanPaste, pasteRaw, plainLetters } from "./paste";

test.each<[string, string, string[]]>([
  ["“Don’t call 911 – ever…”", `"Don't call 911 - ever..."`, ["3 curly quotes", "1 dash", "1 three-dot character"]],
  ["4\u200b13\u2011555\u20110142", "413-555-0142", ["1 invisible character", "2 dashes"]],
  ["a\u00a0b\tc\r\nd", "a b c\nd", ["1 line break of another system", "2 special spaces"]],
  ["• first\n• second", "- first\n- second", ["2 bullets"]],
  ["of\ufb01ce ９１１", "office 911", ["1 joined letter", "3 full-width characters"]],
  [
    "Emergencia: llame al {number}. ¿Señal? ¡No lo pruebe! á É ü",
    "Emergencia: llame al {number}. ¿Señal? ¡No lo pruebe! á É ü",
    [],
  ],
  ["", "", []],
])("%j is pasted as %j", (pasted, text, changes) => {
  expect(cleanPaste(pasted)).toEqual({ text, changes });
});

test("cleaning twice is cleaning once, and says that it changed something exactly when it did", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (pasted) => {
      const { text, changes } = cleanPaste(pasted);
      const again = cleanPaste(text);
      return again.text === text && again.changes.length === 0 && changes.length > 0 === (text !== pasted);
    }),
  );
});

test("letters are offered in their plain form only where the wording itself has them", () => {
  expect(plainLetters("no está", ["á", "é", "中"])).toEqual(["a for á"]);
});

describe("what was pasted, as it was", () => {
  const pasted = { text: ' "Stay"', raw: " “Stay”", changes: ["2 curly quotes"], at: 12 };

  test("takes the place of what was made of it, and leaves what was typed since", () => {
    expect(pasteRaw('911 is down. "Stay"', pasted)).toBe("911 is down. “Stay”");
    expect(pasteRaw('911 is down. "Stay" More.', pasted)).toBe("911 is down. “Stay” More.");
    expect(pasteRaw('Now: 911 is down. "Stay"', pasted)).toBe("Now: 911 is down. “Stay”");
  });

  test("of the same words twice those where it was pasted are meant", () => {
    expect(pasteRaw('a "Stay" to b "Stay" to c', pasted)).toBe('a "Stay" to b “Stay” to c');
  });

  test("is nowhere where it was changed or taken out", () => {
    expect(pasteRaw("911 is down.", pasted)).toBeNull();
  });

  test("comes where it was pasted if nothing of it was left", () => {
    expect(pasteRaw("ab", { text: "", raw: "\u200b", changes: ["1 invisible character"], at: 1 })).toBe("a\u200bb");
  });
});
