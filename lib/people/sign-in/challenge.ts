import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Challenges for passkeys. A challenge says by itself what it is for, for whom
 * and until when, under a keyed hash, so that asking for one writes nothing and
 * strangers cannot fill the database. What was answered once is kept (UsedChallenge).
 */

export type ChallengePurpose = "sign-in" | "register" | "confirm";

/** How long a person has to answer. */
export const CHALLENGE_MS = 5 * 60_000;

const NONCE = 16;
const EXPIRES = 6;

function sign(secret: string, purpose: ChallengePurpose, subject: string, head: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`passkey ${purpose} ${subject} `).update(head).digest();
}

/**
 * @param subject whom it is for, such as a session; empty for whoever signs in
 * @param nonce 16 random bytes
 * @param now moment it is made, in milliseconds since 1970
 */
export function makeChallenge(
  secret: string,
  purpose: ChallengePurpose,
  subject: string,
  nonce: Uint8Array,
  now: number,
): Uint8Array<ArrayBuffer> {
  const expires = Buffer.alloc(EXPIRES);
  expires.writeUIntBE(now + CHALLENGE_MS, 0, EXPIRES);
  const head = Buffer.concat([nonce.subarray(0, NONCE), expires]);
  return new Uint8Array(Buffer.concat([head, sign(secret, purpose, subject, head)]));
}

/** Whether a challenge is one of ours, for this, and still in time. @param challenge as base64url */
export function isChallenge(
  secret: string,
  purpose: ChallengePurpose,
  subject: string,
  challenge: string,
  now: number,
): boolean {
  const bytes = Buffer.from(challenge, "base64url");
  if (bytes.length !== NONCE + EXPIRES + 32) return false;
  const head = bytes.subarray(0, NONCE + EXPIRES);
  return (
    timingSafeEqual(bytes.subarray(NONCE + EXPIRES), sign(secret, purpose, subject, head)) &&
    head.readUIntBE(NONCE, EXPIRES) > now
  );
}
