import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from "node:crypto";

/**
 * Ed25519 keys of a site, worked out of the secret that was made at its set-up:
 * one for each purpose, none of which tells the others. Whoever owns the
 * database does not have them.
 */

/** PKCS 8 and SubjectPublicKeyInfo of Ed25519 up to the key (RFC 8410). */
const PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC = Buffer.from("302a300506032b6570032100", "hex");

export type KeyPurpose = "offline kit" | "checkpoints";

/** @param secret what the site's sessions are signed with */
export function siteKey(secret: string, purpose: KeyPurpose): KeyObject {
  const seed = Buffer.from(hkdfSync("sha256", secret, "callbox", purpose, 32));
  return createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: "der", type: "pkcs8" });
}

/** The public key of a site, 64 hex digits. */
export function sitePublicHex(secret: string, purpose: KeyPurpose): string {
  const der = createPublicKey(siteKey(secret, purpose)).export({ format: "der", type: "spki" });
  return der.subarray(PUBLIC.length).toString("hex");
}

/** The same as PEM, which openssl reads. */
export function sitePublicPem(secret: string, purpose: KeyPurpose): string {
  return String(createPublicKey(siteKey(secret, purpose)).export({ format: "pem", type: "spki" }));
}

/** A public key from its 64 hex digits. */
export function publicKeyOf(hex: string): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC, Buffer.from(hex, "hex")]), format: "der", type: "spki" });
}
