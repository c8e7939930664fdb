import "server-only";
import { canonicalJson } from "../record/canonical-json";
import { fingerprint } from "../record/chain";
import { inSlices } from "../platform/slices";
import { type Bundle, bundleFormat, readBundle } from "./bundle";
import type { AlertFacts } from "./facts";
import { type FindingGroup, problemSteps } from "./findings";
import type { AlertContent } from "./schema";
import { listDifferences, type SinceSent } from "./since-sent";

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

/**
 * Whether an alert that waits would still go out as it was sent: approval asks it, and the pages of the alert do.
 * @param sent the alert as it was sent for approval: its stored bundle and that one's fingerprint
 * @param now what would go out as the directory and the outage are now
 * @param hash fingerprint of that, where whoever asks has it
 * @returns null where what would go out is what was sent
 */
export function compareWithSent(
  sent: { bundle: string | null; contentHash: string | null },
  now: Bundle,
  hash = fingerprint(canonicalJson(now)),
): SinceSent | null {
  // What an earlier version froze cannot be made again, so nobody can compare it with today's directory.
  if (sent.bundle && bundleFormat(sent.bundle) !== now.format) return { code: "earlier-version", changes: [] };
  if (hash === sent.contentHash) return null;
  return { code: "content-changed", changes: sent.bundle ? listDifferences(readBundle(sent.bundle), now) : [] };
}
