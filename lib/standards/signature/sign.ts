import { createHash, createPrivateKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import type { XmlDocument } from "libxml2-wasm";
import { type CapAlert, SIGNATURE_NAMESPACE } from "../cap/model";
import { readCapElement } from "../cap/document";
import { writeCap } from "../cap/write";
import { isStopping } from "../rule";
import { locateRootEnd } from "../xml/locate";
import { readOpen } from "../xml/read";
import { findElements, type XmlNode } from "../xml/tree";
import { ALGORITHMS } from "./verify";

/**
 * Signs a CAP message as IPAWS asks for it: enveloped, SHA-256, RSA or P-256,
 * the certificate inside (SIG-001 to SIG-003, SIG-007). Nothing of the message
 * is touched; the signature goes in front of its last tag.
 */

export interface SigningKey {
  key: KeyObject;
  certificate: X509Certificate;
}

/**
 * A key and its certificate from PEM text.
 * @throws when a file is not what it should be, or the two do not belong together
 */
export function parseSigningKey(keyPem: string, certificatePem: string, passphrase?: string): SigningKey {
  const key = createPrivateKey({ key: keyPem, ...(passphrase === undefined ? {} : { passphrase }) });
  const certificate = new X509Certificate(certificatePem);
  if (!certificate.checkPrivateKey(key)) throw new Error("The certificate belongs to another key.");
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "rsa" && (details?.modulusLength ?? 0) >= 2048) return { key, certificate };
  if (type === "ec" && details?.namedCurve === "prime256v1") return { key, certificate };
  throw new Error("The key must be RSA with 2048 bits or more, or ECDSA on P-256.");
}

const DAY = 86_400_000;

export interface KeyState {
  state: "good" | "ends-soon" | "expired" | "not-yet-valid";
  /** One plain sentence. */
  says: string;
}

/** Whether a certificate may sign at this moment; it warns at 30, 7 and 1 days before its end. */
export function assessCertificate(certificate: X509Certificate, now: number): KeyState {
  const from = Date.parse(certificate.validFrom);
  const to = Date.parse(certificate.validTo);
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  if (now < from)
    return { state: "not-yet-valid", says: `The certificate is valid from ${day(from)}. It cannot sign yet.` };
  if (now >= to) return { state: "expired", says: `The certificate ended on ${day(to)}. It cannot sign any more.` };
  const left = [1, 7, 30].find((days) => to - now <= days * DAY);
  if (left === undefined) return { state: "good", says: `The certificate is valid until ${day(to)}.` };
  return {
    state: "ends-soon",
    says: `The certificate ends within ${left === 1 ? "a day" : `${left} days`}, on ${day(to)}.`,
  };
}

/** SignedInfo, written as exclusive canonicalisation would write it, so that these very bytes are signed. */
function writeSignedInfo(method: string, digest: string): string {
  return (
    `<ds:SignedInfo xmlns:ds="${SIGNATURE_NAMESPACE}">` +
    `<ds:CanonicalizationMethod Algorithm="${ALGORITHMS.exclusive}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${method}"></ds:SignatureMethod>` +
    `<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="${ALGORITHMS.enveloped}"></ds:Transform></ds:Transforms>` +
    `<ds:DigestMethod Algorithm="${ALGORITHMS.sha256}"></ds:DigestMethod>` +
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`
  );
}

function refuseUnsignable(root: XmlNode, text: string, xml: string | Uint8Array): void {
  if (root.name !== "alert") throw new Error("Only a CAP alert can be signed.");
  // What is written is UTF-8: letters of another code page would not be those that were read.
  const ascii = /^[\u0000-\u007f]*$/.test(text);
  if (!ascii && typeof xml !== "string" && Buffer.compare(Buffer.from(text, "utf8"), withoutMark(xml)) !== 0)
    throw new Error("The message is not UTF-8. Convert it, and its declaration with it, before it is signed.");
  // A signature stands for what a person reads, and of a message of another form nobody knows what that is.
  const broken = readCapElement(root, text).findings.find(isStopping);
  if (broken) throw new Error(`The message has not the form of CAP, so it is not signed: ${broken.message}`);
  if (findElements(root, SIGNATURE_NAMESPACE, "Signature").length > 0)
    throw new Error("The message has a signature already.");
  // SIG-009: libraries do not agree on whether an instruction outside the root is signed.
  if (text.indexOf("<?", text.startsWith("<?xml ") ? 1 : 0) !== -1)
    throw new Error("The message has a processing instruction, which cannot be signed safely.");
}

/** The bytes behind a byte order mark. */
const withoutMark = (bytes: Uint8Array) =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

/** The canonical bytes go straight into the hash. */
function digestOf(document: XmlDocument): string {
  const hash = createHash("sha256");
  document.canonicalize({
    write: (bytes) => {
      hash.update(bytes);
      return bytes.length;
    },
    close: () => true,
  });
  return hash.digest("base64");
}

/** @throws when the certificate is not valid at this moment */
function refuseCertificate(certificate: X509Certificate, now: number): void {
  const { state, says } = assessCertificate(certificate, now);
  if (state === "expired" || state === "not-yet-valid") throw new Error(says);
}

/** The element Signature over a message with this digest. */
function writeSignature(digest: string, { key, certificate }: SigningKey): string {
  const elliptic = key.asymmetricKeyType === "ec";
  const signedInfo = writeSignedInfo(elliptic ? ALGORITHMS.ecdsa : ALGORITHMS.rsa, digest);
  // SIG-007: XML signatures want r and s side by side, not DER.
  const value = sign("sha256", Buffer.from(signedInfo, "utf8"), elliptic ? { key, dsaEncoding: "ieee-p1363" } : key);
  return (
    `<ds:Signature xmlns:ds="${SIGNATURE_NAMESPACE}">${signedInfo.replace(` xmlns:ds="${SIGNATURE_NAMESPACE}"`, "")}` +
    `<ds:SignatureValue>${value.toString("base64")}</ds:SignatureValue>` +
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.raw.toString("base64")}</ds:X509Certificate>` +
    `</ds:X509Data></ds:KeyInfo></ds:Signature>`
  );
}

/**
 * The message with its signature.
 * @param xml a CAP message in UTF-8 that keeps the form of CAP, without a signature and without processing instructions
 * @param now milliseconds since 1970; a certificate that is not valid then does not sign
 * @throws with a plain sentence when the message or the certificate cannot be used
 */
export function signMessage(xml: string | Uint8Array, signingKey: SigningKey, now: number): string {
  refuseCertificate(signingKey.certificate, now);
  const { root, text, findings, document } = readOpen(xml);
  if (!root || !document) throw new Error(`The message cannot be read: ${findings[0]?.message ?? ""}`);
  let digest: string;
  try {
    refuseUnsignable(root, text, xml);
    // SIG-002: with no other transform the digest is over inclusive canonical XML.
    digest = digestOf(document);
  } finally {
    document.dispose();
  }
  const closing = locateRootEnd(text);
  if (closing === undefined) throw new Error("The message is empty.");
  return text.slice(0, closing) + writeSignature(digest, signingKey) + text.slice(closing);
}

const DECLARATION = /^<\?xml [^>]*\?>\n/;
const END = "</alert>\n";

/**
 * A message written and signed, as signMessage signs what writeCap wrote, byte for byte, without reading it again:
 * all that writeCap leaves to canonical XML is to drop the declaration and the last line break, and to write a carriage
 * return in another way (Canonical XML 1.0, sections 2.3 and 4.2). The tests hold the two beside each other.
 * @param alert a message that was checked, without a signature
 * @param now milliseconds since 1970; a certificate that is not valid then does not sign
 * @throws with a plain sentence when the message has a signature, or the certificate cannot be used
 */
export function writeSigned(alert: CapAlert, signingKey: SigningKey, now: number): string {
  refuseCertificate(signingKey.certificate, now);
  if (alert.signature !== undefined) throw new Error("The message has a signature already.");
  const text = writeCap(alert);
  const canonical = text.replace(DECLARATION, "").slice(0, -1).replaceAll("&#13;", "&#xD;");
  const digest = createHash("sha256").update(canonical, "utf8").digest("base64");
  return text.slice(0, -END.length) + writeSignature(digest, signingKey) + END;
}
