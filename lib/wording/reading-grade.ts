/** Flesch-Kincaid grade of an English text, with numbers read as one word of one syllable. */
export function readingGrade(text: string): number {
  const sentences = splitSentences(text);
  const words = sentences.flatMap((sentence) => sentence.match(/[\p{L}\p{N}'-]+/gu) ?? []);
  if (words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

/** Sentences of a text, by their end marks. */
export function splitSentences(text: string): string[] {
  return text.split(/(?<=[.?!])\s+|\n+/).filter((sentence) => /\p{L}/u.test(sentence));
}

const syllablesOf = new Map<string, number>();
const MOST_WORDS = 5_000;

/** Texts of one alert are made of the same words. */
function countSyllables(word: string): number {
  const known = syllablesOf.get(word);
  if (known !== undefined) return known;
  if (syllablesOf.size >= MOST_WORDS) syllablesOf.clear();
  const count = readSyllables(word);
  syllablesOf.set(word, count);
  return count;
}

function readSyllables(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  if (!letters) return 1;
  const groups = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, "").match(/[aeiouy]{1,2}/g);
  return Math.max(1, groups?.length ?? 1);
}
