import { createHash, timingSafeEqual, verify, X509Certificate } from "node:crypto";
import { XmlC14NMode, type XmlDocument, XmlElement, XmlText } from "libxml2-wasm";
import { CAP_NAMESPACES, SIGNATURE_NAMESPACE } from "../cap/model";
import { parseCapTime } from "../cap/time";
import { childrenOf, openDocument, readXml, type XmlReading } from "../xml/read";
import { scanXml } from "../xml/scan";
import { childText, findElements, isSameTree, type XmlNode } from "../xml/tree";

/**
 * Verifies the enveloped XML signature of a CAP message, W3C XML-DSig, in one
 * strict form: one Signature, the last element of the alert; one Reference to
 * the whole document; SHA-256; RSA or P-256; the certificate inside. Whatever
 * has another form is not interpreted: it is refused by name.
 */

export type SignatureVerdict = "valid-trusted" | "valid-unknown-signer" | "invalid" | "absent" | "unsupported";

export interface SignatureReport {
  verdict: SignatureVerdict;
  /** One plain sentence. */
  why: string;
  signer?: { subject: string; issuer: string; validFrom: string; validTo: string };
  /** What the rules about signatures look at; missing when there is none or it is not of the form read here. */
  facts?: SignatureFacts;
}

export interface SignatureFacts {
  canonicalization: string;
  method: string;
  transforms: string[];
  digestMethod: string;
  /** Whether a processing instruction stands outside the alert. */
  instructions: boolean;
  signer: string;
  signatureBytes: number;
  /** When the message says it was sent, and when the certificate holds: milliseconds since 1970. */
  sent: number | undefined;
  validFrom: number;
  validTo: number;
}

export const ALGORITHMS = {
  c14n: "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  c14n11: "http://www.w3.org/2006/12/xml-c14n11",
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
  enveloped: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  sha256: "http://www.w3.org/2001/04/xmlenc#sha256",
  rsa: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  ecdsa: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
} as const;

const MODES: ReadonlyMap<string, (typeof XmlC14NMode)[keyof typeof XmlC14NMode]> = new Map([
  [ALGORITHMS.c14n, XmlC14NMode.XML_C14N_1_0],
  [ALGORITHMS.c14n11, XmlC14NMode.XML_C14N_1_1],
  [ALGORITHMS.exclusive, XmlC14NMode.XML_C14N_EXCLUSIVE_1_0],
]);

/** Ends the verification with a verdict; caught in one place. */
class Refusal extends Error {
  constructor(
    readonly verdict: "invalid" | "unsupported",
    why: string,
  ) {
    super(why);
  }
}

const invalid = (why: string) => new Refusal("invalid", why);
const unsupported = (why: string) => new Refusal("unsupported", why);

/** The children of an element, which must be exactly these, in this order. */
function expectChildren(node: XmlNode, names: readonly string[]): XmlNode[] {
  const found = node.children;
  const fits =
    found.length === names.length &&
    found.every((child, index) => child.name === names[index] && child.namespace === SIGNATURE_NAMESPACE);
  if (!fits || node.text.trim() !== "") throw unsupported(`${node.name} has another form than the one read here.`);
  return found;
}

function algorithmOf(node: XmlNode): string {
  const names = Object.keys(node.attributes);
  if (names.length !== 1 || names[0] !== "Algorithm" || node.children.length > 0) {
    throw unsupported(`${node.name} has parameters.`);
  }
  return node.attributes.Algorithm!;
}

/** Strict base64: nothing but its letters and white space, and the bits that are left over are zero. */
export function parseBase64(text: string): Buffer | undefined {
  const letters = text.replace(/[ \t\r\n]/g, "");
  const bytes = Buffer.from(letters, "base64");
  return bytes.length > 0 && bytes.toString("base64") === letters ? bytes : undefined;
}

function bytesOf(node: XmlNode): Buffer {
  const bytes = parseBase64(node.text);
  if (node.children.length > 0 || !bytes) throw invalid(`${node.name} is not base64.`);
  return bytes;
}

interface Parsed {
  canonicalization: string;
  method: string;
  transforms: string[];
  digest: Buffer;
  value: Buffer;
  certificate: X509Certificate;
}

function parseReference(reference: XmlNode): Pick<Parsed, "transforms" | "digest"> & { digestMethod: string } {
  if (reference.attributes.URI !== "") throw unsupported("The signature does not cover the whole message.");
  if (Object.keys(reference.attributes).length !== 1) throw unsupported("The Reference has attributes beyond its URI.");
  const [transforms, digestMethod, digestValue] = expectChildren(reference, [
    "Transforms",
    "DigestMethod",
    "DigestValue",
  ]);
  const steps = transforms!.children.map((transform) => {
    if (transform.name !== "Transform" || transform.namespace !== SIGNATURE_NAMESPACE)
      throw unsupported("A transform is unknown.");
    return algorithmOf(transform);
  });
  const [first, second, ...more] = steps;
  if (first !== ALGORITHMS.enveloped || more.length > 0 || (second !== undefined && !MODES.has(second))) {
    throw unsupported("The transforms are not those of an enveloped signature.");
  }
  const method = algorithmOf(digestMethod!);
  if (method !== ALGORITHMS.sha256)
    throw unsupported(`The digest is ${formatAlgorithm(method)}; only SHA-256 is accepted.`);
  return { transforms: steps, digest: bytesOf(digestValue!), digestMethod: method };
}

const formatAlgorithm = (uri: string) => uri.replace(/^.*[#/]/, "").slice(0, 40) || "unnamed";

function parseCertificate(keyInfo: XmlNode | undefined): X509Certificate {
  if (!keyInfo) throw unsupported("There is no certificate in the signature.");
  const [first] = findElements(keyInfo, SIGNATURE_NAMESPACE, "X509Certificate");
  if (!first) throw unsupported("There is no certificate in the signature.");
  const certificate = readCertificate(bytesOf(first));
  // Nothing signs KeyInfo: a name beside the certificate must be the one inside it, or somebody could write another.
  for (const name of findElements(keyInfo, SIGNATURE_NAMESPACE, "X509SubjectName")) {
    if (partsOf(name.text, /,\s*(?=[A-Za-z0-9.]+=)/) !== partsOf(certificate.subject, /\n/)) {
      throw invalid("The signer named beside the certificate is not the one in it.");
    }
  }
  return certificate;
}

/** Messages come from few signers, and reading a certificate costs as much as all else. */
const certificates = new Map<string, X509Certificate>();
const MOST_CERTIFICATES = 64;

function readCertificate(der: Buffer): X509Certificate {
  const text = der.toString("base64");
  let certificate = certificates.get(text);
  if (certificate) return certificate;
  try {
    certificate = new X509Certificate(der);
  } catch {
    throw invalid("The certificate cannot be read.");
  }
  if (certificates.size >= MOST_CERTIFICATES) certificates.clear();
  certificates.set(text, certificate);
  return certificate;
}

const partsOf = (name: string, between: RegExp) => name.trim().split(between).sort().join("\n");

function parseSignature(signature: XmlNode): Parsed {
  const names = signature.children.map(({ name }) => name);
  const [info, value, keyInfo] = expectChildren(
    signature,
    names.length === 3 ? ["SignedInfo", "SignatureValue", "KeyInfo"] : ["SignedInfo", "SignatureValue"],
  );
  const [canonicalizationNode, methodNode, reference] = expectChildren(info!, [
    "CanonicalizationMethod",
    "SignatureMethod",
    "Reference",
  ]);
  const canonicalization = algorithmOf(canonicalizationNode!);
  if (!MODES.has(canonicalization))
    throw unsupported(`Canonicalization ${formatAlgorithm(canonicalization)} is not read here.`);
  const method = algorithmOf(methodNode!);
  if (method !== ALGORITHMS.rsa && method !== ALGORITHMS.ecdsa) {
    throw unsupported(`The method ${formatAlgorithm(method)} is not accepted; RSA or P-256 with SHA-256 are.`);
  }
  return {
    canonicalization,
    method,
    ...parseReference(reference!),
    value: bytesOf(value!),
    certificate: parseCertificate(keyInfo),
  };
}

/** Elements whose text is compared must hold text alone: a comment inside could hide a part of it. */
function refuseHiddenText(signature: XmlElement): void {
  for (const child of childrenOf(signature)) {
    if (child instanceof XmlElement) refuseHiddenText(child);
    else if (!(child instanceof XmlText)) throw invalid("Something other than text stands inside the signature.");
  }
}

function signatureElement(document: XmlDocument): XmlElement {
  const last = childrenOf(document.root).findLast((child) => child instanceof XmlElement);
  if (!last) throw invalid("The message has no elements.");
  return last as XmlElement;
}

/** SignedInfo in canonical form. All else is taken away first, so that little is walked through. */
function canonicalSignedInfo(bytes: Uint8Array, algorithm: string): string {
  const document = openWhole(bytes);
  try {
    const signature = signatureElement(document);
    refuseHiddenText(signature);
    for (const child of childrenOf(document.root)) if (!child.isSameNode(signature)) child.remove();
    for (const child of childrenOf(signature)) {
      if (!(child instanceof XmlElement && child.name === "SignedInfo")) child.remove();
    }
    const info = signature.firstChild!;
    return info.canonicalizeToString({ mode: MODES.get(algorithm)! });
  } finally {
    document.dispose();
  }
}

/** The parser's own document. What it reads only with another name for a namespace is not canonicalized. */
function openWhole(bytes: Uint8Array): XmlDocument {
  try {
    return openDocument(bytes);
  } catch {
    throw unsupported("It declares a namespace that is no address, of which no canonical form is made here.");
  }
}

/**
 * The digest of the message without its signature.
 *
 * What is digested is what libxml2 made of the text; what people see is what
 * our one pass made of it. So the digested text is read by that pass too: where
 * the two differ, no signature counts.
 */
function contentDigest(bytes: Uint8Array, root: XmlNode, transforms: readonly string[]): Buffer {
  const document = openWhole(bytes);
  try {
    signatureElement(document).remove();
    const canonical = document.canonicalizeToString({ mode: MODES.get(transforms[1] ?? ALGORITHMS.c14n)! });
    if (!isSameTree(scanXml(canonical), { ...root, children: root.children.slice(0, -1) })) {
      throw invalid("The text can be read in more than one way.");
    }
    return createHash("sha256").update(canonical).digest();
  } finally {
    document.dispose();
  }
}

function checkKey(method: string, certificate: X509Certificate): void {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  if (method === ALGORITHMS.rsa && type !== "rsa") throw invalid("The key in the certificate is not an RSA key.");
  if (method === ALGORITHMS.rsa && (details?.modulusLength ?? 0) < 2048)
    throw unsupported("The RSA key is below 2048 bits.");
  if (method === ALGORITHMS.ecdsa && (type !== "ec" || details?.namedCurve !== "prime256v1")) {
    throw invalid("The key in the certificate is not a P-256 key.");
  }
}

function isTrusted(certificate: X509Certificate, trusted: readonly X509Certificate[]): boolean {
  return trusted.some(
    (other) =>
      other.raw.equals(certificate.raw) ||
      (other.ca && certificate.checkIssued(other) && certificate.verify(other.publicKey)),
  );
}

/** Verifies the bytes; called when there is one signature in the right place. */
function verifyBytes(bytes: Uint8Array, root: XmlNode): Parsed {
  const parsed = parseSignature(root.children.at(-1)!);
  const signedInfo = canonicalSignedInfo(bytes, parsed.canonicalization);
  const digest = contentDigest(bytes, root, parsed.transforms);
  if (digest.length !== parsed.digest.length || !timingSafeEqual(digest, parsed.digest)) {
    throw invalid("The message was changed after it was signed.");
  }
  checkKey(parsed.method, parsed.certificate);
  const key =
    parsed.method === ALGORITHMS.ecdsa
      ? { key: parsed.certificate.publicKey, dsaEncoding: "ieee-p1363" as const }
      : parsed.certificate.publicKey;
  if (!verify("sha256", Buffer.from(signedInfo, "utf8"), key, parsed.value)) {
    throw invalid("The signature does not fit its certificate.");
  }
  return parsed;
}

/**
 * Verifies the signature of a CAP message.
 * @param bytes the file as it came
 * @param trusted certificates of signers, or of authorities that issued theirs directly
 */
export function verifySignature(bytes: Uint8Array, trusted: readonly X509Certificate[] = []): SignatureReport {
  return verifyRead(bytes, readXml(bytes), trusted);
}

/** The same, of a message that has been read. */
export function verifyRead(
  bytes: Uint8Array,
  { root, text }: XmlReading,
  trusted: readonly X509Certificate[],
): SignatureReport {
  if (!root) return { verdict: "absent", why: "The text could not be read." };
  const signatures = findElements(root, SIGNATURE_NAMESPACE, "Signature");
  if (signatures.length === 0) return { verdict: "absent", why: "The message has no signature." };
  try {
    if (root.name !== "alert" || root.namespace !== CAP_NAMESPACES["1.2"])
      throw unsupported("Only signatures of CAP 1.2 are read.");
    if (signatures.length > 1) throw unsupported(`The message has ${signatures.length} signatures; one is read.`);
    if (root.children.at(-1) !== signatures[0]) throw invalid("The signature is not the last element of the alert.");
    const parsed = verifyBytes(bytes, root);
    const { certificate } = parsed;
    const trust = isTrusted(certificate, trusted);
    return {
      verdict: trust ? "valid-trusted" : "valid-unknown-signer",
      why: trust
        ? "Unchanged since it was signed, by a signer you trust."
        : "Unchanged since it was signed. Who the signer is was not checked.",
      signer: {
        subject: oneLine(certificate.subject),
        issuer: oneLine(certificate.issuer),
        validFrom: certificate.validFrom,
        validTo: certificate.validTo,
      },
      facts: {
        canonicalization: parsed.canonicalization,
        method: parsed.method,
        transforms: parsed.transforms,
        digestMethod: ALGORITHMS.sha256,
        instructions: /<\?(?!xml\s)/.test(text.slice(0, text.search(/<[A-Za-z_]/))),
        signer: oneLine(certificate.subject),
        sent: parseCapTime(childText(root, "sent") ?? ""),
        signatureBytes: parsed.value.length,
        validFrom: Date.parse(certificate.validFrom),
        validTo: Date.parse(certificate.validTo),
      },
    };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: error.verdict, why: error.message };
    return { verdict: "invalid", why: "The signature could not be read." };
  }
}

const oneLine = (name: string) => name.split("\n").reverse().join(", ");
