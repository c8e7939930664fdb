import { plainForm } from "../../../lib/standards/cellbroadcast/gsm7";

/** What comes out of word processors and web pages, made plain, with a count of what was changed. Pure. */

export interface Cleaned {
  text: string;
  /** "2 curly quotes", in the order of the table; empty when nothing was changed. */
  changes: string[];
}

/** Where a sign becomes an ordinary one. Letters with accents belong to languages and stay. */
const SIGNS: readonly { one: string; many: string; pattern: RegExp; becomes: (found: string) => string }[] = [
  {
    one: "line break of another system",
    many: "line breaks of another system",
    pattern: /\r\n?|[\u2028\u2029\u000b\u000c\u0085]/g,
    becomes: () => "\n",
  },
  // Soft hyphen, zero width, direction marks and what else nobody sees; joiners of emoji and scripts go too.
  {
    one: "invisible character",
    many: "invisible characters",
    pattern:
      /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g,
    becomes: () => "",
  },
  {
    one: "curly quote",
    many: "curly quotes",
    pattern: /[‘’‚‛′´`“”„‟″«»‹›]/g,
    becomes: (found) => (/[“”„‟″«»]/.test(found) ? '"' : "'"),
  },
  { one: "dash", many: "dashes", pattern: /[‐‑‒–—―−]/g, becomes: () => "-" },
  { one: "three-dot character", many: "three-dot characters", pattern: /…/g, becomes: () => "..." },
  {
    one: "special space",
    many: "special spaces",
    pattern: /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g,
    becomes: () => " ",
  },
  { one: "bullet", many: "bullets", pattern: /[•‣▪●◦·]/g, becomes: () => "-" },
  {
    one: "joined letter",
    many: "joined letters",
    pattern: /[\ufb00-\ufb06]/g,
    becomes: (found) => found.normalize("NFKC"),
  },
  {
    one: "full-width character",
    many: "full-width characters",
    pattern: /[\uff01-\uff5e]/g,
    becomes: (found) => found.normalize("NFKC"),
  },
];

/** @returns the text as it goes in. What is clean already is not touched, and cleaning twice is cleaning once. */
export function cleanPaste(pasted: string): Cleaned {
  let text = pasted;
  const changes: string[] = [];
  for (const { one, many, pattern, becomes } of SIGNS) {
    let count = 0;
    text = text.replace(pattern, (found) => {
      const plain = becomes(found);
      if (plain !== found) count += 1;
      return plain;
    });
    if (count > 0) changes.push(`${count} ${count === 1 ? one : many}`);
  }
  return { text, changes };
}

/** What was pasted and came in clean. */
export interface Pasted extends Cleaned {
  /** As it was on the clipboard. */
  raw: string;
  /** Characters of the wording before it, when it was pasted. */
  at: number;
}

/**
 * Whatever was typed since stays, in this text and in others.
 * @returns the wording with what was pasted as it was, in place of what was made of it; null where that is there no more
 */
export function pasteRaw(wording: string, { text, raw, at }: Pasted): string | null {
  const found: number[] = [];
  for (let from = wording.indexOf(text); from >= 0 && found.at(-1) !== from; from = wording.indexOf(text, from + 1))
    found.push(from);
  // Where the same words stand twice, those where it was pasted are meant.
  const [nearest] = found.sort((left, right) => Math.abs(left - at) - Math.abs(right - at));
  return nearest === undefined ? null : wording.slice(0, nearest) + raw + wording.slice(nearest + text.length);
}

/** Letters that a phone can't show in its plain alphabet, each with what would stand for it. */
export const plainLetters = (text: string, characters: readonly string[]): string[] =>
  characters
    .filter((character) => text.includes(character) && plainForm(character) !== undefined)
    .map((character) => `${plainForm(character)} for ${character}`);
