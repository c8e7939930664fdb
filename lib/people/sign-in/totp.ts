import { Secret, TOTP } from "otpauth";

/** One-time codes of an authenticator app (RFC 6238): six digits, SHA-1, steps of 30 seconds, as every app makes them. */

const STEP_MS = 30_000;
/** Bytes of a secret, as RFC 4226 section 4 advises. */
export const SECRET_BYTES = 20;

const totp = (secret: string, label = "", issuer = "") =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period: STEP_MS / 1000 });

/** A secret as people type it. @param bytes random */
export function toBase32(bytes: Uint8Array): string {
  return new Secret({ buffer: new Uint8Array(bytes).buffer }).base32;
}

/** What an app reads from the QR code. */
export function otpauthUri(secret: string, email: string, issuer: string): string {
  return totp(secret, email, issuer).toString();
}

/** The step a moment is in. */
const counterAt = (now: number): number => Math.floor(now / STEP_MS);

/** The code of a step. */
function codeOf(secret: string, counter: number): string {
  return totp(secret).generate({ timestamp: counter * STEP_MS });
}

/**
 * The step whose code this is: now, or one to either side for clocks that differ.
 * A step that was used, and every one before it, is not looked at (RFC 6238 section 5.2).
 * @param lastCounter step of the last code that was taken
 * @returns null when it is the code of none of them
 */
export function findCounter(secret: string, code: string, lastCounter: number, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totp(secret).validate({ token: code, timestamp: now, window: 1 });
  if (delta === null) return null;
  const counter = counterAt(now) + delta;
  return counter > lastCounter ? counter : null;
}

/** The code an app would show next that still works; what a demonstration offers beside the field. */
export function usableCode(secret: string, lastCounter: number, now: number): string | null {
  const counter = Math.max(counterAt(now), lastCounter + 1);
  return counter <= counterAt(now) + 1 ? codeOf(secret, counter) : null;
}
