import { createHash, type KeyObject, sign, type X509Certificate } from "node:crypto";
import { XmlC14NMode, XmlDocument } from "libxml2-wasm";
import { escapeText } from "../../../standards/cap/write";

/**
 * The request IPAWS-OPEN takes a message in: SOAP 1.1 with `postCAP`, and
 * WS-Security 1.0 with an X.509 token, the Body signed (IPO-001 to IPO-003).
 * The message stands in it byte for byte, but for its XML declaration.
 */

export const NAMESPACES = {
  soap: "http://schemas.xmlsoap.org/soap/envelope/",
  service: "http://gov.fema.ipaws.services/IPAWS_CAPService/",
  wsse: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
  wsu: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
  ds: "http://www.w3.org/2000/09/xmldsig#",
} as const;

const TOKEN = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
const BASE64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

function canonical(text: string, path: string): string {
  const document = XmlDocument.fromString(text);
  try {
    const node = document.get(path, NAMESPACES);
    if (!node) throw new Error(`There is no ${path} in the request.`);
    return node.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
  } finally {
    document.dispose();
  }
}

export interface Sender {
  /** Who sends, kept by IPAWS to trace it by. */
  logonUser: string;
  /** Number of the collaborative operating group. */
  cogId: string;
  key: KeyObject;
  certificate: X509Certificate;
}

/** @param cap the stored bytes of a signed message */
export const writePostCap = (cap: string, sender: Sender): string =>
  writeRequest("postCAPRequestTypeDef", cap.replace(/^\uFEFF?<\?xml[^>]*\?>\s*/, ""), sender);

/** The request that asks whether the service is there, without a message. */
export const writeServerInfo = (sender: Sender): string => writeRequest("getRequestTypeDef", "", sender);

function writeRequest(name: string, content: string, { logonUser, cogId, key, certificate }: Sender): string {
  const write = (security: string) =>
    `<soap:Envelope xmlns:soap="${NAMESPACES.soap}" xmlns:service="${NAMESPACES.service}"><soap:Header>` +
    `<wsse:Security xmlns:wsse="${NAMESPACES.wsse}" xmlns:wsu="${NAMESPACES.wsu}" soap:mustUnderstand="1">${security}</wsse:Security>` +
    `<service:CAPHeaderTypeDef><service:logonUser>${escapeText(logonUser)}</service:logonUser>` +
    `<service:logonCogId>${escapeText(cogId)}</service:logonCogId></service:CAPHeaderTypeDef></soap:Header>` +
    `<soap:Body xmlns:wsu="${NAMESPACES.wsu}" wsu:Id="Body"><service:${name}>${content}</service:${name}></soap:Body>` +
    `</soap:Envelope>`;
  const digest = createHash("sha256")
    .update(canonical(write(""), "/soap:Envelope/soap:Body"))
    .digest("base64");
  // Written as exclusive canonicalization writes it, so that these very bytes are signed.
  const signedInfo =
    `<ds:SignedInfo xmlns:ds="${NAMESPACES.ds}"><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${RSA_SHA256}"></ds:SignatureMethod><ds:Reference URI="#Body"><ds:Transforms>` +
    `<ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod>` +
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const value = sign("sha256", Buffer.from(signedInfo), key).toString("base64");
  return write(
    `<wsse:BinarySecurityToken EncodingType="${BASE64}" ValueType="${TOKEN}" wsu:Id="Token">${certificate.raw.toString("base64")}</wsse:BinarySecurityToken>` +
      `<ds:Signature xmlns:ds="${NAMESPACES.ds}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo>` +
      `<wsse:SecurityTokenReference><wsse:Reference URI="#Token" ValueType="${TOKEN}"></wsse:Reference></wsse:SecurityTokenReference>` +
      `</ds:KeyInfo></ds:Signature>`,
  );
}
