/** How large the words of a picture may be, so that nothing of it lies below its edge. Pure. */

/** Pieces that stand on one line each: words, and where a language writes none apart, each sign with what ends it. */
const PIECES = /\p{Script=Han}[，。！？：；、）”]*|[^\s\p{Script=Han}]+|\s+/gu;

export function listPieces(text: string): { piece: string; isSpaced: boolean }[] {
  const found = [...text.matchAll(PIECES)].map(([piece]) => piece);
  return found.flatMap((piece, index) =>
    piece.trim() === "" ? [] : [{ piece, isSpaced: found[index + 1]?.trim() === "" }],
  );
}

/** A line is so much higher than its letters; a space between pieces is such a part of them. */
export const LINE_HEIGHT = 1.25;
export const SPACE = 0.25;

/** Widths of letters in parts of their size, in the bold font and rather too wide. The first that fits counts. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u, 1],
  [/[mwMWÑŒÆ@%]/u, 0.9],
  [/[\p{Lu}\d]/u, 0.67],
  [/[iìíîïjlftr.,:;'’|()[\]!-]/u, 0.38],
  [/./u, 0.6],
];

const widthOf = (piece: string): number =>
  [...piece].reduce((sum, letter) => sum + (WIDTHS.find(([pattern]) => pattern.test(letter))?.[1] ?? 1), 0);

/** @returns how high a text stands in a column of so many pixels */
export function heightOf(text: string, size: number, width: number): number {
  let lines = 0;
  let left = 0;
  for (const { piece, isSpaced } of listPieces(text)) {
    const needed = widthOf(piece) * size;
    if (lines === 0 || needed > left) {
      lines += 1;
      left = width;
    }
    left -= needed + (isSpaced ? SPACE * size : 0);
  }
  return lines * size * LINE_HEIGHT;
}

/** By how much words and numbers are made smaller, the words first: the number is what is looked for. */
const SHRUNK = [
  [1, 1],
  [0.85, 1],
  [0.7, 1],
  [0.7, 0.85],
  [0.7, 0.7],
  [0.6, 0.6],
  [0.5, 0.5],
  [0.4, 0.4],
] as const;

/**
 * @param room height in pixels that is left for words and numbers
 * @param needed height in pixels that they take when they are made so much smaller
 * @returns the largest that fits, or the smallest there is
 */
export function fitWords(
  room: number,
  needed: (words: number, numbers: number) => number,
): { words: number; numbers: number } {
  const [words, numbers] = SHRUNK.find(([one, other]) => needed(one, other) <= room) ?? SHRUNK[SHRUNK.length - 1]!;
  return { words, numbers };
}
