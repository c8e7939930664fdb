import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanInput, cleanText, findForbidden } from "./clean-text";

describe("refused on entry", () => {
  test.each([
    ["NUL", "a\u0000b", "U+0000"],
    ["a bell", "a\u0007b", "U+0007"],
    ["escape", "\u001b[31mred", "U+001B"],
    ["C1", "a\u0085b", "U+0085"],
    ["U+FFFE", "a\ufffeb", "U+FFFE"],
    ["a lone surrogate", "a\ud800b", "U+D800"],
    ["a turned direction", "call \u202e2410-555", "U+202E"],
    ["an isolate", "a\u2066b", "U+2066"],
  ])("%s", (_, text, code) => expect(findForbidden(text)).toContain(code));

  test.each(["tab\there", "two\nlines\r\n", "José, niño, ¿qué?", "你好", "emoji 😀", "العربية"])("not %s", (text) =>
    expect(findForbidden(text)).toBeNull(),
  );
});

describe("cleaned on entry", () => {
  test.each([
    ["zero-width spaces", "413\u200b-555\u2060-0142\ufeff", "413-555-0142"],
    ["soft hyphens", "emer\u00adgency", "emergency"],
    ["full width", "Ｃａｌｌ ４１３", "Call 413"],
    ["a ligature", "ﬁre", "fire"],
    ["a no-break space", "Call\u00a0911", "Call 911"],
    ["an accent of its own", "Jose\u0301", "José"],
    ["an ordinal stays", "2.º piso, 1.ª puerta", "2.º piso, 1.ª puerta"],
    ["a joiner in Persian stays", "می\u200cخواهم", "می\u200cخواهم"],
    ["a joiner between digits goes", "4\u200d1\u200c3", "413"],
  ])("%s", (_, text, cleaned) => expect(cleanText(text)).toBe(cleaned));

  test("once is enough", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 60 }),
        (text) => cleanText(cleanText(text)) === cleanText(text),
      ),
    );
  });
});

test("every text of an input, however deep; passwords and bytes as they were typed", () => {
  const bytes = new Uint8Array([0, 1]);
  expect(cleanInput({ title: "ﬁre", list: [{ a: "x\u200by" }], password: "ﬁre\u200b", bytes })).toEqual({
    ok: true,
    value: { title: "fire", list: [{ a: "xy" }], password: "ﬁre\u200b", bytes },
  });
  const refused = cleanInput({ content: { texts: ["ok", "a\u0000"] }, password: "\u0000" });
  expect(refused).toMatchObject({ ok: false });
  expect(Object.keys(refused.ok ? {} : refused.fields)).toEqual(["content.texts.1", "password"]);
  expect(cleanInput({ content: { apart: { "\u0000x": {} } } })).toMatchObject({ ok: false });
});
