import "server-only";
import { fingerprint } from "../record/chain";
import { inSlices } from "../platform/slices";
import type { Bundle } from "./bundle";
import type { AlertFacts } from "./facts";
import { type FindingGroup, problemSteps } from "./findings";
import type { AlertContent } from "./schema";

/** What the rules found, by the fingerprint of all they were given. */
const found = new Map<string, FindingGroup[]>();
const MOST_REMEMBERED = 32;

/**
 * What the rule tables say about a bundle. The same bundle with the same facts
 * is read once by a process: sending it, reviewing it and approving it ask the
 * same question. Times are no part of it, since texts are checked at their
 * longest; the real ones are checked when the bytes are written.
 * @param contentHash the fingerprint of the bundle
 */
export async function checkBundle(
  bundle: Bundle,
  contentHash: string,
  situation: { facts: AlertFacts; content: AlertContent; now: number },
): Promise<FindingGroup[]> {
  const key = fingerprint(JSON.stringify([contentHash, situation.facts, situation.content]));
  const known = found.get(key);
  if (known) return known;
  const groups = await inSlices(problemSteps(bundle, situation));
  if (found.size >= MOST_REMEMBERED) found.delete(found.keys().next().value ?? "");
  found.set(key, groups);
  return groups;
}
