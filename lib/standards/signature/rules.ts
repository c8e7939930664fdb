import { suggest, review, type Rule, ensure } from "../rule";
import { ALGORITHMS, type SignatureFacts } from "./verify";

/** Rules about a signature that can be read; whether it is valid is the verdict of `verifySignature`. */
export const SIGNATURE_RULES: readonly Rule<SignatureFacts>[] = [
  {
    id: "SIG-001",
    level: "must",
    source: "real IPAWS messages",
    confidence: "C",
    says: "IPAWS takes exclusive canonicalisation, RSA with SHA-256 and the enveloped transform.",
    check: ({ canonicalization, method, transforms, digestMethod }) => [
      ...suggest(canonicalization === ALGORITHMS.exclusive, "Signature", "Canonicalisation is not exclusive."),
      ...suggest(method === ALGORITHMS.rsa, "Signature", "The method is not RSA; IPAWS would not take it."),
      ...ensure(transforms[0] === ALGORITHMS.enveloped, "Signature", "The first transform is not the enveloped one."),
      ...ensure(digestMethod === ALGORITHMS.sha256, "Signature", "The digest is not SHA-256."),
    ],
  },
  {
    id: "SIG-002",
    level: "should",
    source: "XML-DSig §4.4.3.2; computed",
    confidence: "C",
    says: "With the enveloped transform alone, the digest is over inclusive canonical XML 1.0.",
    check: ({ transforms }) =>
      ensure(
        transforms.length === 1 || transforms[1] === ALGORITHMS.exclusive,
        "Signature",
        "A second transform asks for another canonical form than those in use.",
      ),
  },
  {
    id: "SIG-005",
    level: "should",
    source: "messages of the WMO's composer",
    confidence: "C",
    says: "Canonical XML 1.1 is read, and not imitated.",
    check: ({ canonicalization, transforms }) =>
      ensure(
        canonicalization !== ALGORITHMS.c14n11 && !transforms.includes(ALGORITHMS.c14n11),
        "Signature",
        "It uses canonical XML 1.1.",
      ),
  },
  {
    id: "SIG-007",
    level: "must",
    source: "XML-DSig; RFC 4050",
    confidence: "C",
    says: "A P-256 signature is r and s side by side, 64 bytes.",
    check: ({ method, signatureBytes }) =>
      ensure(method !== ALGORITHMS.ecdsa || signatureBytes === 64, "Signature", `It has ${signatureBytes} bytes.`),
  },
  {
    id: "SIG-009",
    level: "should",
    source: "computed; libraries differ",
    confidence: "S",
    says: "No processing instruction stands in front of a signed message.",
    check: ({ instructions }) => ensure(!instructions, "", "A processing instruction stands in front of the alert."),
  },
  {
    id: "SIG-010",
    level: "advice",
    source: "certificates of real IPAWS messages",
    confidence: "C",
    says: "An IPAWS certificate names IPAWSOPEN and the number of its COG, and is valid when the message is sent.",
    check: ({ signer, sent, validFrom, validTo }) => [
      ...ensure(/CN=IPAWSOPEN_?\d+/.test(signer), "Signature", `The signer is ${signer.slice(0, 80)}.`),
      ...(sent !== undefined && (sent < validFrom || sent > validTo)
        ? [review("Signature", "The certificate was not valid when the message says it was sent.")]
        : []),
    ],
  },
];
