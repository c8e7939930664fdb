import { describe, expect, test } from "vitest";
import { SHIPPED_SITE_WORDS } from "../site-words";
import {
  correctWords,
  findLostMark,
  fingerprintOf,
  NOTICE_IN_ENGLISH,
  pageWordsSchema,
  sentencesOf,
} from "./page-language";
import { PAGE_LANGUAGES } from "./shipped-pages";

const ENGLISH = new Map(
  sentencesOf({ site: SHIPPED_SITE_WORDS["en-US"], notice: NOTICE_IN_ENGLISH, official: "Official text" }),
);

describe.each(PAGE_LANGUAGES)("$english", ({ words }) => {
  test("has every sentence, with the gaps and the numbers to dial of the English one", () => {
    expect(pageWordsSchema.safeParse(words).success).toBe(true);
    const sentences = sentencesOf(words);
    expect(sentences.map(([name]) => name).sort()).toEqual([...ENGLISH.keys()].sort());
    for (const [name, sentence] of sentences) {
      const english = ENGLISH.get(name)!;
      expect(findLostMark(english, sentence), `${name}: ${sentence}`).toBeNull();
      expect(sentence, name).not.toBe(english);
    }
  });

  test("says it plainly: no exclamation, no capitals, no number that a line could break", () => {
    for (const [name, sentence] of sentencesOf(words)) {
      expect(sentence, name).not.toMatch(/!|！|  |\b(?!(?:CAP|ZIP)\b)\p{Lu}{3,}\b/u);
      expect(sentence, name).not.toMatch(/\b9[-. ]1[-. ]1\b/);
      expect(sentence.normalize("NFC"), name).toBe(sentence);
    }
  });
});

test("a correction changes its sentence alone, and with it the fingerprint a review is bound to", () => {
  const { words } = PAGE_LANGUAGES[0]!;
  const corrected = correctWords(words, { "failure.full": "O 911 parou", notice: "Sem revisão", gone: "x" });
  const changed = sentencesOf(corrected).filter(([name, text]) => new Map(sentencesOf(words)).get(name) !== text);
  expect(changed).toEqual([
    ["failure.full", "O 911 parou"],
    ["notice", "Sem revisão"],
  ]);
  expect(fingerprintOf(correctWords(words, {}))).toBe(fingerprintOf(words));
  expect(fingerprintOf(corrected)).not.toBe(fingerprintOf(words));
});

test.each([
  ["Since {time}.", "Desde: {time}.", null],
  ["Since {time}.", "Desde.", "Keep {time} in the sentence."],
  ["Dial 711, not 911", "Ligue 711", "Keep 911 in the sentence."],
  ["Since {time}.", "{time} {place}", "Leave out {place}: nothing fills it here."],
])("%s → %s", (before, after, problem) => expect(findLostMark(before, after)).toBe(problem));
