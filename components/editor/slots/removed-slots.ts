import { isSlotName, type SlotName } from "../../../lib/wording/slots";

/** Slots that a wording had and has no more, and how one comes back. Pure. */

function countSlots(wording: string): Map<SlotName, number> {
  const counts = new Map<SlotName, number>();
  for (const [, name = ""] of wording.matchAll(/\{([A-Za-z0-9]+)\}/g))
    if (isSlotName(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** @returns each slot that stands fewer times in `now` than in `before`, once */
export function removedSlots(before: string, now: string): SlotName[] {
  if (before === now) return [];
  const left = countSlots(now);
  return [...countSlots(before)].filter(([name, count]) => (left.get(name) ?? 0) < count).map(([name]) => name);
}

/** How much of what stood before a slot is looked for, longest first, in characters. */
const LANDMARKS = [24, 12, 6, 3];

/** @returns how much of `now` stands before a piece of `before`, as far as that can be told; null where nothing of it is left */
function findPlace(before: string, now: string, piece: string): number | null {
  const at = before.indexOf(piece);
  for (const length of LANDMARKS) {
    const landmark = before.slice(Math.max(0, at - length), Math.max(0, at));
    const found = landmark.trim() === "" ? -1 : now.indexOf(landmark);
    if (found >= 0) return found + landmark.length;
  }
  return at === 0 ? 0 : null;
}

/** @returns `now` with the slot where it was in `before`, as far as that can be told; else at the end */
export function putBack(before: string, now: string, slot: SlotName): string {
  const atom = `{${slot}}`;
  const at = findPlace(before, now, atom);
  if (at !== null) return now.slice(0, at) + atom + now.slice(at);
  return now === "" || /\s$/.test(now) ? `${now}${atom}` : `${now} ${atom}`;
}

/**
 * @param before what the template has, with the sentence in it
 * @returns `now` with the sentence: in place of what it was changed to, where nothing else was changed; else where it stood
 */
export function putSentenceBack(before: string, now: string, sentence: string): string {
  const start = before.indexOf(sentence);
  const [head, tail] = [before.slice(0, start), before.slice(start + sentence.length)];
  if (now.startsWith(head) && now.endsWith(tail) && now.length > head.length + tail.length) return before;
  const at = findPlace(before, now, sentence) ?? now.length;
  const [left, right] = [now.slice(0, at), now.slice(at)];
  return `${left}${left === "" || /\s$/.test(left) ? "" : " "}${sentence}${right === "" || /^[\s.,;:!?]/.test(right) ? "" : " "}${right}`;
}
