import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanPaste, plainLetters } from "./paste";

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
