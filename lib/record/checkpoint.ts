import { createPublicKey, sign, verify } from "node:crypto";
import { siteKey, sitePublicPem } from "./site-key";

/**
 * A signed checkpoint: how far the record reached at a moment, in five lines
 * that a person can read, with an Ed25519 signature of exactly these bytes. Kept
 * outside by anybody, it finds a record that was cut, made anew or put back.
 */

const FORMAT = "callbox-checkpoint-1";

export interface CheckpointFacts {
  site: string;
  /** Number and fingerprint of the last entry. */
  seq: number;
  hash: string;
  at: Date;
}

/** The bytes that are signed, lines ended by a line feed. */
export function writeCheckpoint({ site, seq, hash, at }: CheckpointFacts): string {
  return `${FORMAT}\nsite: ${site.replace(/\s+/g, " ")}\nentry: ${seq}\nfingerprint: ${hash}\ntime: ${at.toISOString()}\n`;
}

/** @returns null when the text is no checkpoint */
export function readCheckpoint(text: string): { seq: number; hash: string } | null {
  const found =
    /^callbox-checkpoint-1\nsite: [^\n]*\nentry: (\d{1,12})\nfingerprint: ([0-9a-f]{64})\ntime: [^\n]+\n$/.exec(text);
  return found ? { seq: Number(found[1]), hash: found[2] ?? "" } : null;
}

/** @param secret of the site */
export function signCheckpoint(text: string, secret: string): Buffer {
  return sign(null, Buffer.from(text, "utf8"), siteKey(secret, "checkpoints"));
}

/** The public key that checks it, as PEM. */
export const checkpointKey = (secret: string): string => sitePublicPem(secret, "checkpoints");

/** @param key public key as PEM. @returns whether exactly these bytes were signed with it */
export function verifyCheckpoint(text: string, signature: Uint8Array, key: string): boolean {
  try {
    return verify(null, Buffer.from(text, "utf8"), createPublicKey(key), signature);
  } catch {
    return false;
  }
}
