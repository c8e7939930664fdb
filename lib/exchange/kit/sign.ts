import { sign, verify } from "node:crypto";
import { publicKeyOf, siteKey, sitePublicHex } from "../../record/site-key";

/**
 * The signature of the offline file: Ed25519 over every byte of it but the
 * signature itself, so that nothing a person reads can change without it. The
 * key comes from the site's secret; its public half is shown in the console
 * and printed on paper, for whoever checks a file elsewhere.
 */

const PLACE = /<span id="signature" class="mono">([0-9a-f]*)<\/span>/;
const withSignature = (hex: string) => `<span id="signature" class="mono">${hex}</span>`;

/** Where the signature goes in a page that has none yet. */
export const UNSIGNED = withSignature("");

/** The public key of a site, 64 hex digits. */
export const kitKey = (secret: string): string => sitePublicHex(secret, "offline kit");

/** A page with its signature in it. @throws when the page has no place for one */
export function signKit(page: string, secret: string): string {
  if (!page.includes(UNSIGNED)) throw new Error("The page has no place for a signature.");
  const signature = sign(null, Buffer.from(page, "utf8"), siteKey(secret, "offline kit")).toString("hex");
  return page.replace(UNSIGNED, withSignature(signature));
}

/** Whether a file is, byte for byte, what the site of a public key signed. @param key 64 hex digits */
export function verifyKit(file: string, key: string): boolean {
  const [, signature] = PLACE.exec(file) ?? [];
  if (!signature || !/^[0-9a-f]{64}$/.test(key)) return false;
  const unsigned = file.replace(PLACE, UNSIGNED);
  return verify(null, Buffer.from(unsigned, "utf8"), publicKeyOf(key), Buffer.from(signature, "hex"));
}
