import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";

/**
 * The signature of the offline file: Ed25519 over every byte of it but the
 * signature itself, so that nothing a person reads can change without it. The
 * key comes from the site's secret; its public half is shown in the console
 * and printed on paper, for whoever checks a file elsewhere.
 */

/** PKCS 8 and SubjectPublicKeyInfo of Ed25519 up to the key (RFC 8410). */
const PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC = Buffer.from("302a300506032b6570032100", "hex");
const PLACE = /<span id="signature" class="mono">([0-9a-f]*)<\/span>/;
const withSignature = (hex: string) => `<span id="signature" class="mono">${hex}</span>`;

/** Where the signature goes in a page that has none yet. */
export const UNSIGNED = withSignature("");

/** The key of a site. @param secret what the site's sessions are signed with */
function keyOf(secret: string): KeyObject {
  const seed = Buffer.from(hkdfSync("sha256", secret, "callbox", "offline kit", 32));
  return createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: "der", type: "pkcs8" });
}

/** The public key of a site, 64 hex digits. */
export function kitKey(secret: string): string {
  const der = createPublicKey(keyOf(secret)).export({ format: "der", type: "spki" });
  return der.subarray(PUBLIC.length).toString("hex");
}

/** A page with its signature in it. @throws when the page has no place for one */
export function signKit(page: string, secret: string): string {
  if (!page.includes(UNSIGNED)) throw new Error("The page has no place for a signature.");
  const signature = sign(null, Buffer.from(page, "utf8"), keyOf(secret)).toString("hex");
  return page.replace(UNSIGNED, withSignature(signature));
}

/** Whether a file is, byte for byte, what the site of a public key signed. @param key 64 hex digits */
export function verifyKit(file: string, key: string): boolean {
  const [, signature] = PLACE.exec(file) ?? [];
  if (!signature || !/^[0-9a-f]{64}$/.test(key)) return false;
  const publicKey = createPublicKey({
    key: Buffer.concat([PUBLIC, Buffer.from(key, "hex")]),
    format: "der",
    type: "spki",
  });
  const unsigned = file.replace(PLACE, UNSIGNED);
  return verify(null, Buffer.from(unsigned, "utf8"), publicKey, Buffer.from(signature, "hex"));
}
