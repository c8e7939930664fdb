import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/**
 * Secrets of channels at rest: AES-256-GCM under a key worked out of the secret
 * that was made at the site's set-up. Whoever owns the database does not have it.
 */

const VERSION = "v1";
const keyOf = (secret: string) => Buffer.from(hkdfSync("sha256", secret, "callbox", "channel secrets", 32));

/** @param about what it belongs to: it opens nowhere else */
export function seal(secret: string, about: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), nonce);
  cipher.setAAD(Buffer.from(about, "utf8"));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [VERSION, nonce, sealed, cipher.getAuthTag()]
    .map((part) => (typeof part === "string" ? part : part.toString("base64url")))
    .join(".");
}

/** @throws when it was sealed with another secret, for something else, or was altered */
export function unseal(secret: string, about: string, sealed: string): string {
  const [version, nonce = "", text = "", tag = ""] = sealed.split(".");
  if (version !== VERSION) throw new Error("This secret was not sealed here.");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), Buffer.from(nonce, "base64url"));
  decipher.setAAD(Buffer.from(about, "utf8"));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return decipher.update(Buffer.from(text, "base64url")).toString("utf8") + decipher.final("utf8");
}
