import { createHmac } from "node:crypto";

/** Recovery codes: 28 letters and digits (136 bits) in groups of four, ten of them, each good once. */

export const RECOVERY_CODES = 10;
/** Random bytes behind one. */
export const RECOVERY_BYTES = 17;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A code as it is shown and written down. @param bytes seventeen random ones */
export function formatRecoveryCode(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let index = 0; index < 28; index += 1, bits >>= 5n) text = ALPHABET[Number(bits & 31n)] + text;
  return text.match(/.{4}/g)!.join("-");
}

/** A code as it is kept: whoever reads the database cannot try codes without the site's secret. */
export function hashRecoveryCode(secret: string, personId: string, code: string): string {
  return createHmac("sha256", secret)
    .update(`recovery ${personId} ${code.replace(/[\s-]/g, "").toUpperCase()}`)
    .digest("hex");
}
