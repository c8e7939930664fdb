import { isSlotName } from "./slot-doc";
import type { SlotName } from "../../../lib/wording/slots";

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

/** @returns `now` with the slot where it was in `before`, as far as that can be told; else at the end */
export function putBack(before: string, now: string, slot: SlotName): string {
  const atom = `{${slot}}`;
  const at = before.indexOf(atom);
  for (const length of LANDMARKS) {
    const landmark = before.slice(Math.max(0, at - length), Math.max(0, at));
    const found = landmark.trim() === "" ? -1 : now.indexOf(landmark);
    if (found >= 0) return now.slice(0, found + landmark.length) + atom + now.slice(found + landmark.length);
  }
  if (at === 0) return `${atom}${now}`;
  return now === "" || /\s$/.test(now) ? `${now}${atom}` : `${now} ${atom}`;
}
