/** How names of places are written short, and how far a misspelt one is from a right one. */

/** Words of names that are written short. */
export const WRITTEN_OUT: ReadonlyMap<string, string> = new Map(
  Object.entries({ st: "saint", ste: "sainte", mt: "mount", ft: "fort", gt: "great" }),
);
export const COMPASS: ReadonlyMap<string, string> = new Map(
  Object.entries({ n: "north", s: "south", e: "east", w: "west" }),
);

/** So many edits a misspelt name may be away: one in a short word, where two would make it any other. */
export const editsAllowed = (wanted: string): number => (wanted.length <= 5 ? 1 : 2);

/** Edits between two words: insert, delete, replace, or swap of neighbors. Stops counting past the limit. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, before[j - 2]! + 1);
      }
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[right.length]!;
}
