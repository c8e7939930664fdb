import crypto from "node:crypto";
import { canonicalJson } from "./canonical-json";
import type { AuditEntry } from "./schema";

/** The hash chain of the record: each entry carries the fingerprint of the one before. */

/** What stands before the first entry. */
export const GENESIS = "0".repeat(64);

/** sha256 in lower-case hex. */
export function fingerprint(bytes: string | Uint8Array): string {
  return crypto.hash("sha256", bytes, "hex");
}

/** The bytes of an entry that its fingerprint is of: all it says, and the fingerprint before it, as canonical JSON. */
export function hashedBytes(entry: Omit<AuditEntry, "hash">): string {
  const { seq, at, actorId, actor, agencyId, action, subjectType, subjectId, incidentId, summary, data, prevHash } =
    entry;
  return canonicalJson({
    seq,
    at,
    actorId,
    actor,
    agencyId,
    action,
    subjectType,
    subjectId,
    incidentId,
    summary,
    data,
    prevHash,
  });
}

/** The fingerprint of an entry. */
export function hashEntry(entry: Omit<AuditEntry, "hash">): string {
  return fingerprint(hashedBytes(entry));
}

/** What the chain is checked by: the number of an entry, its fingerprint, the one before, and the bytes it is of. */
export interface Link {
  seq: number;
  prevHash: string;
  hash: string;
  bytes: string;
}

export const linkOf = (entry: AuditEntry): AuditEntry & Link => ({ ...entry, bytes: hashedBytes(entry) });

export interface Break {
  seq: number;
  problem: string;
}

/**
 * Checks entries in order, from a known fingerprint on.
 * @returns the first entry that does not fit, or undefined
 */
export function findBreak(
  entries: readonly Link[],
  from: { seq: number; hash: string } = { seq: 0, hash: GENESIS },
): Break | undefined {
  let last = from;
  for (const entry of entries) {
    if (entry.seq !== last.seq + 1) {
      return {
        seq: last.seq + 1,
        problem: `Entry ${last.seq + 1} is missing; entry ${entry.seq} follows entry ${last.seq}.`,
      };
    }
    if (entry.prevHash !== last.hash) {
      return { seq: entry.seq, problem: `Entry ${entry.seq} does not carry the fingerprint of entry ${last.seq}.` };
    }
    if (fingerprint(entry.bytes) !== entry.hash) {
      return { seq: entry.seq, problem: `Entry ${entry.seq} was altered: what it says does not have its fingerprint.` };
    }
    last = entry;
  }
  return undefined;
}

/** One fingerprint for a whole publication: of the sorted lines "identifier sha256". */
export function manifestHash(messages: readonly { identifier: string; sha256: string }[]): string {
  return fingerprint(
    messages
      .map(({ identifier, sha256 }) => `${identifier} ${sha256}\n`)
      .sort()
      .join(""),
  );
}
