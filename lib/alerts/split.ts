import type { AlertContent } from "./schema";

/** Cutting one draft into two, each with what belongs to its places. Pure. */

/** Whether a draft can be cut so: some places go, some stay, and no message is for places of both. */
export function isSplittable(
  content: Pick<AlertContent, "placeIds" | "grouping">,
  taken: ReadonlySet<string>,
): boolean {
  const own = new Set(content.placeIds);
  return (
    content.grouping === "place" && taken.size > 0 && taken.size < own.size && [...taken].every((id) => own.has(id))
  );
}

/** A draft's content with no other places than these. The texts of counties go with both. */
export function restOf(content: AlertContent, keep: (placeId: string) => boolean): AlertContent {
  const own = new Set(content.placeIds);
  return {
    ...content,
    placeIds: content.placeIds.filter(keep),
    restoredIds: content.restoredIds.filter(keep),
    numbers: Object.fromEntries(Object.entries(content.numbers).filter(([id]) => keep(id))),
    customWording: Object.fromEntries(
      Object.entries(content.customWording).filter(([owner]) => !own.has(owner) || keep(owner)),
    ),
  };
}
