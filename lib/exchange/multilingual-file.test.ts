import { describe, expect, test } from "vitest";
import { describeTexts, directionOf, fieldsOf } from "../wording/multilingual";
import { readMultilingualFile, TextsRefused } from "./multilingual-file";

/** Texts that this test made up: none of the FCC's is in this repository. */
const file = { name: "texts.json", sha256: "f".repeat(64) };
const read = (content: string | Uint8Array, source?: string) =>
  readMultilingualFile(typeof content === "string" ? new TextEncoder().encode(content) : content, file, source);
const json = (templates: unknown, source = "An invented document, page 1") => JSON.stringify({ source, templates });
const ENGLISH = { language: "en-US", name: "English", text: "Invented: [agency] says 9-1-1 is out in [location]." };
const ARABIC = { language: "ar", text: "\u2067نص مخترع [agency] [location]\u2069", note: "ASL video 3" };

describe("a file of texts is kept as it is", () => {
  test("JSON with its source", () => {
    const body = read(json([ENGLISH, ARABIC]));
    expect(body.source).toBe("An invented document, page 1");
    expect(body.texts).toEqual([
      { ...ENGLISH, note: "" },
      { name: "", ...ARABIC },
    ]);
  });
  test("a list alone, with the source from the command", () => {
    expect(read(JSON.stringify([ENGLISH]), "Another document").source).toBe("Another document");
  });
  test("CSV, with commas, quotes and line ends in a text", () => {
    const csv =
      '\ufeffLanguage,Name,Text,Note,Source\r\nen-US,English,"One, ""two""\nthree",,Invented\r\nzh-Hans,中文,虚构 [agency],,Invented\r\n';
    const body = read(csv);
    expect(body.source).toBe("Invented");
    expect(body.texts.map(({ language, text }) => [language, text])).toEqual([
      ["en-US", 'One, "two"\nthree'],
      ["zh-Hans", "虚构 [agency]"],
    ]);
  });
});

describe("a file with anything wrong is refused as a whole", () => {
  const refused = (content: string | Uint8Array) => {
    try {
      read(content);
    } catch (error) {
      if (error instanceof TextsRefused) return error.problems.join(" ");
      throw error;
    }
    return "taken";
  };
  test.each<[string, string | Uint8Array, RegExp]>([
    ["no source", json([ENGLISH], ""), /Say which document/],
    ["no texts", json([]), /has no texts/],
    ["an empty text", json([ENGLISH, { language: "es", text: " " }]), /Text 2: The text is empty/],
    ["a language that is none", json([{ ...ENGLISH, language: "Spanish!" }]), /Text 1: .*BCP 47/],
    ["a language twice", json([ENGLISH, ENGLISH]), /en-US is in the file twice/],
    ["what cannot be read", json([{ ...ENGLISH, text: "9-1-1 \ufffd" }]), /cannot be read/],
    ["too long", json([{ ...ENGLISH, text: "a".repeat(2001) }]), /more than 2000/],
    ["damaged JSON", "{", /neither CSV/],
    ["other JSON", '{"a":1}', /no list “templates”/],
    ["another code page", new Uint8Array([0x61, 0xe1, 0x0a]), /not UTF-8/],
    ["two sources", "language,text,source\nen,a,One\nes,b,Two\n", /more than one source/],
    ["a damaged CSV", 'language,text\nen,"a\n', /cannot be read/],
  ])("%s", (_, content, why) => expect(refused(content)).toMatch(why));
});

test("fields, directions, and what is worth knowing", () => {
  expect(fieldsOf("[agency] {location} <URL> [agency]")).toEqual(["<URL>", "[agency]", "{location}"]);
  expect(["ar", "ur-PK", "es", "arn"].map(directionOf)).toEqual(["rtl", "rtl", "ltr", "ltr"]);
  expect(describeTexts(read(json([ENGLISH, ARABIC])).texts)).toEqual([]);
  expect(describeTexts(read(json([ENGLISH, { language: "tl", text: "[agency]" }])).texts)).toEqual([
    "tl has 1 open fields, English 2.",
  ]);
  expect(describeTexts(read(json([ARABIC])).texts)).toEqual([expect.stringMatching(/no English/)]);
});
