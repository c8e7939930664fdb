import { createHmac, verify, X509Certificate } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SignedXml } from "xml-crypto";
import { DOMParser } from "@xmldom/xmldom";
import { writeCap } from "../cap/write";
import { readCap } from "../cap/read";
import { haveSamples, readSamples } from "../samples-for-tests";
import { folder, have, issue, makeKey, run } from "./keys-for-tests";
import { SIGNATURE_RULES } from "./rules";
import { assessCertificate, parseSigningKey, signMessage, writeSigned } from "./sign";
import { ALGORITHMS, parseBase64, type SignatureFacts, verifySignature } from "./verify";

const rsa = makeKey("rsa", "rsa");
const ec = makeKey("ec", "ec", "/CN=Callbox/O=Agency");
const stranger = makeKey("stranger", "rsa", "/CN=Somebody");
/** Behind the first second of every key made here. */
const NOW = Date.now() + 60_000;
const example = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8");
const signed = signMessage(example, rsa, NOW);
const verdictOf = (xml: string, trusted = [rsa.certificate]) => verifySignature(Buffer.from(xml), trusted).verdict;

describe("signing and verifying", () => {
  test.each([
    ["RSA", rsa],
    ["P-256", ec],
  ])("%s: valid, trusted by its own certificate, unknown by another", (_, key) => {
    const xml = signMessage(example, key, NOW);
    expect(verdictOf(xml, [key.certificate])).toBe("valid-trusted");
    expect(verdictOf(xml, [stranger.certificate])).toBe("valid-unknown-signer");
    expect(verdictOf(xml, [])).toBe("valid-unknown-signer");
    expect(xml.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, "")).toBe(example);
    expect(readCap(xml).findings).toEqual([]);
  });

  test("trusted through the authority that issued the certificate", () => {
    const { key } = issue("issued", "rsa");
    expect(verdictOf(signMessage(example, key, NOW), [rsa.certificate])).toBe("valid-trusted");
    expect(verdictOf(signMessage(example, key, NOW), [stranger.certificate])).toBe("valid-unknown-signer");
  });

  test("absent", () => {
    expect(verdictOf(example)).toBe("absent");
    expect(verdictOf("no XML")).toBe("absent");
  });

  test("one changed character anywhere makes it fail", () => {
    const letters = [...signed.matchAll(/[a-z0-9]/gi)].map(({ index }) => index);
    fc.assert(
      fc.property(fc.constantFrom(...letters), fc.constantFrom(..."aZ5x"), (at, letter) => {
        fc.pre(signed[at] !== letter);
        const changed = signed.slice(0, at) + letter + signed.slice(at + 1);
        expect(verdictOf(changed), changed.slice(at - 40, at + 40)).not.toMatch(/^valid-trusted/);
      }),
      { numRuns: 1500 },
    );
  });

  test("white space between elements is signed too", () => {
    expect(verdictOf(signed.replace("<sender>", " <sender>"))).toBe("invalid");
    expect(verdictOf(`${signed}\n<!-- behind the message -->`)).toBe("valid-trusted");
  });
});

const cut = (xml: string, tag: string) =>
  new RegExp(`<ds:${tag}>[\\s\\S]*</ds:${tag}>|<ds:${tag}[\\s\\S]*</ds:${tag}>`).exec(xml)![0];
const signature = cut(signed, "Signature");

/** Each is a way others were fooled. */
const ATTACKS: [name: string, xml: string, verdict: string][] = [
  ["another version in the XML declaration", signed.replace('version="1.0"', 'version="1.5"'), "absent"],
  [
    "the signature moved into an info",
    signed.replace(signature, "").replace("</info>", `${signature}</info>`),
    "invalid",
  ],
  [
    "the signature moved to the front",
    signed.replace(signature, "").replace("<identifier>", `${signature}<identifier>`),
    "invalid",
  ],
  [
    "another alert around the signed one",
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>evil</identifier>${signed.replace(/<\?xml.*\?>/, "")}</alert>`,
    "invalid",
  ],
  ["a signature twice", signed.replace(signature, signature + signature), "unsupported"],
  [
    "a signature inside the signature",
    signed.replace("</ds:KeyInfo>", `<ds:Object>${signature}</ds:Object></ds:KeyInfo>`),
    "unsupported",
  ],
  ["an element behind the signature", signed.replace(signature, `${signature}<note>evil</note>`), "invalid"],
  [
    "a second Reference",
    signed.replace("</ds:Reference>", `</ds:Reference>${cut(signed, "Reference")}`),
    "unsupported",
  ],
  [
    "a second SignedInfo",
    signed.replace("<ds:SignedInfo>", `${cut(signed, "SignedInfo")}<ds:SignedInfo>`),
    "unsupported",
  ],
  ["a Reference to a part", signed.replace('URI=""', 'URI="#info"'), "unsupported"],
  ["no Reference", signed.replace(cut(signed, "Reference"), ""), "unsupported"],
  ["a comment in the digest", signed.replace("<ds:DigestValue>", "<ds:DigestValue><!-- a -->"), "invalid"],
  ["CDATA in the digest", signed.replace(/<ds:DigestValue>(.*?)</, "<ds:DigestValue><![CDATA[$1]]><"), "invalid"],
  ["SHA-1", signed.replace(ALGORITHMS.sha256, "http://www.w3.org/2000/09/xmldsig#sha1"), "unsupported"],
  ["RSA with SHA-1", signed.replace(ALGORITHMS.rsa, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"), "unsupported"],
  [
    "canonicalisation with comments",
    signed.replace(ALGORITHMS.exclusive, `${ALGORITHMS.exclusive}WithComments`),
    "unsupported",
  ],
  ["another canonicalisation", signed.replace(ALGORITHMS.exclusive, ALGORITHMS.c14n), "invalid"],
  [
    "an XPath transform",
    signed.replace(ALGORITHMS.enveloped, "http://www.w3.org/TR/1999/REC-xpath-19991116"),
    "unsupported",
  ],
  ["a transform with parameters", signed.replace("<ds:Transform ", '<ds:Transform Id="a" '), "unsupported"],
  [
    "base64 with spare bits set",
    signed.replace(
      /<ds:DigestValue>(.{42})(.)=</,
      (_, head: string, last: string) => `<ds:DigestValue>${head}${String.fromCharCode(last.charCodeAt(0) + 1)}=<`,
    ),
    "invalid",
  ],
  ["no certificate", signed.replace(cut(signed, "KeyInfo"), ""), "unsupported"],
  ["a certificate that is none", signed.replace(/<ds:X509Certificate>[^<]*/, "<ds:X509Certificate>AAAA"), "invalid"],
  [
    "somebody else's certificate",
    signed.replace(/<ds:X509Certificate>[^<]*/, `<ds:X509Certificate>${stranger.certificate.raw.toString("base64")}`),
    "invalid",
  ],
  ["the RSA key used as P-256", signed.replace(ALGORITHMS.rsa, ALGORITHMS.ecdsa), "invalid"],
  [
    "an empty signature",
    signed.replace(signature, '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'),
    "unsupported",
  ],
  ["a document type", signed.replace("<alert", "<!DOCTYPE alert><alert"), "absent"],
];

describe("attacks", () => {
  test.each(ATTACKS)("%s", (_, xml, verdict) => {
    expect(xml).not.toBe(signed);
    expect(verdictOf(xml)).toBe(verdict);
  });

  test("HMAC with the public key as its secret", () => {
    const hmac = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
    const info = cut(signed, "SignedInfo").replace(ALGORITHMS.rsa, hmac);
    const canonical = info.replace("<ds:SignedInfo>", '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">');
    const value = createHmac("sha256", rsa.certificate.publicKey.export({ type: "spki", format: "pem" }))
      .update(canonical)
      .digest("base64");
    const forged = signed
      .replace(cut(signed, "SignedInfo"), info)
      .replace(/<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${value}`);
    expect(verdictOf(forged)).toBe("unsupported");
  });

  test("a message that the attacker signed is valid, and never trusted", () => {
    expect(verdictOf(signMessage(example.replace("413-555-0142", "413-555-0199"), stranger, NOW))).toBe(
      "valid-unknown-signer",
    );
  });
});

describe("signing refuses", () => {
  const refused = (xml: string, key = rsa, now = NOW) => {
    try {
      signMessage(xml, key, now);
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };
  test.each([
    ["what is signed already", () => refused(signed), /already/],
    ["an instruction in front", () => refused(`<?x y?>${example.replace(/<\?xml.*\?>\n/, "")}`), /instruction/],
    ["what is no alert", () => refused("<a>b</a>"), /CAP alert/],
    ["what cannot be read", () => refused("<a>"), /cannot be read/],
    ["with a certificate that ended", () => refused(example, rsa, NOW + 90 * 86_400_000), /ended/],
    ["with a certificate of the future", () => refused(example, rsa, NOW - 86_400_000), /valid from/],
  ])("%s", (_, attempt, says) => expect(attempt()).toMatch(says));

  test("keys that do not fit", () => {
    const pem = (file: string) => fs.readFileSync(file, "utf8");
    expect(() => parseSigningKey(pem(rsa.keyFile), pem(stranger.certificateFile))).toThrow(/another key/);
    expect(() => parseSigningKey("no key", pem(rsa.certificateFile))).toThrow();
  });
});

test("a certificate near its end warns at 30, 7 and 1 days", () => {
  const end = Date.parse(rsa.certificate.validTo);
  const at = (days: number) => assessCertificate(rsa.certificate, end - days * 86_400_000);
  expect(at(31)).toMatchObject({ state: "good" });
  expect(at(29).says).toMatch(/within 30 days/);
  expect(at(6).says).toMatch(/within 7 days/);
  expect(at(0.5).says).toMatch(/within a day/);
  expect(at(-1)).toMatchObject({ state: "expired" });
});

test("base64 is strict", () => {
  expect(parseBase64(" QQ==\n")).toEqual(Buffer.from("A"));
  for (const text of ["QR==", "QQ=", "QQ", "Q Q!==", "", "QQ-_"]) expect(parseBase64(text)).toBeUndefined();
});

describe.runIf(haveSamples)("real messages", () => {
  const real = readSamples().filter(({ file }) => file.includes("/ipaws-"));
  test.each(real.map(({ file, bytes }) => [path.basename(file), bytes] as const))(
    "%s verifies, and not when changed",
    (_, bytes) => {
      const { verdict, signer, facts } = verifySignature(bytes);
      expect(verdict).toBe("valid-unknown-signer");
      expect(signer!.subject).toMatch(/CN=IPAWSOPEN/);
      for (const rule of SIGNATURE_RULES) expect(rule.check(facts!, undefined)).toEqual([]);
      // With its own certificate trusted, no change anywhere leaves it trusted. Inside the certificate a change can only be
      // seen so: what proves the certificate is its issuer, who is not in the message.
      const text = bytes.toString("utf8");
      const trusted = [new X509Certificate(certificateOf(text))];
      expect(verifySignature(bytes, trusted).verdict).toBe("valid-trusted");
      const certificate = /<[^<]*X509Certificate>[^<]*</.exec(text)!;
      const letters = [...text.matchAll(/(?<=>[^<]*)[a-z0-9]/gi)].map(({ index }) => index);
      for (let index = 0; index < letters.length; index += Math.ceil(letters.length / 200)) {
        const at = letters[index]!;
        const changed = text.slice(0, at) + (text[at] === "x" ? "y" : "x") + text.slice(at + 1);
        const found = verifySignature(Buffer.from(changed), trusted).verdict;
        const inside = at > certificate.index && at < certificate.index + certificate[0].length;
        if (inside) expect(found).not.toBe("valid-trusted");
        else expect(found, changed.slice(at - 30, at + 30)).not.toMatch(/^valid/);
      }
    },
  );
});

function certificateOf(xml: string): Buffer {
  return Buffer.from(/X509Certificate>([^<]*)</.exec(xml)![1]!, "base64");
}

/** Any message our writer can make. */
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
const alerts = fc.tuple(text, text, text).map(([note, description, instruction]) => {
  const { alert } = readCap(example);
  return { ...alert!, note, info: [{ ...alert!.info[0]!, description, instruction }] };
});
const messages = alerts.map((alert) => writeCap(alert));

describe("written and signed at once", () => {
  const odd = {
    ...readCap(example).alert!,
    note: "one\r\ntwo & <three> \"four\" 'five' \ud800 \u0000 \u0085 ]]> 911 fuera: ñ 🚨",
  };

  test("it is what is signed after it was written, to the byte", () => {
    fc.assert(
      fc.property(alerts, (alert) => {
        expect(writeSigned(alert, rsa, NOW)).toBe(signMessage(writeCap(alert), rsa, NOW));
      }),
      { numRuns: 300, examples: [[odd]] },
    );
  });

  test("on P-256, whose signatures are never the same twice, it is over the same bytes, and good", () => {
    const digest = (xml: string) => /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(xml)?.[0];
    const signedMessage = writeSigned(odd, ec, NOW);
    expect(digest(signedMessage)).toBe(digest(signMessage(writeCap(odd), ec, NOW)));
    expect(verdictOf(signedMessage, [ec.certificate])).toBe("valid-trusted");
  });

  test("neither twice nor with a certificate that is not good yet", () => {
    const again = readCap(writeSigned(odd, rsa, NOW)).alert!;
    expect(() => writeSigned(again, rsa, NOW)).toThrow("has a signature already");
    expect(() => writeSigned(odd, rsa, NOW - 3 * 86_400_000)).toThrow("cannot sign yet");
  });
});

describe.runIf(have("xmlsec1"))("xmlsec1 agrees", () => {
  test.each([
    ["RSA", rsa, 25],
    ["P-256", ec, 25],
  ])("on what %s signs", (_, key, runs) => {
    let count = 0;
    fc.assert(
      fc.property(messages, (xml) => {
        const file = path.join(folder, `message-${(count += 1)}.xml`);
        const signedMessage = signMessage(xml, key, NOW);
        fs.writeFileSync(file, signedMessage);
        expect(
          run("xmlsec1", ["--verify", "--enabled-key-data", "x509", "--trusted-pem", key.certificateFile, file]),
        ).toMatchObject({ status: 0 });
        expect(verdictOf(signedMessage, [key.certificate])).toBe("valid-trusted");
      }),
      { numRuns: Number(process.env.CALLBOX_ORACLE_RUNS ?? runs) },
    );
  });

  test.each([
    ["exclusive", ALGORITHMS.exclusive, ALGORITHMS.exclusive],
    ["inclusive", ALGORITHMS.c14n, undefined],
    ["1.1", ALGORITHMS.c14n11, ALGORITHMS.c14n11],
  ])("what xmlsec1 signs with %s canonicalisation verifies here", (_, canonicalization, transform) => {
    const template =
      `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>\n <ds:CanonicalizationMethod Algorithm="${canonicalization}"/>` +
      `<ds:SignatureMethod Algorithm="${ALGORITHMS.rsa}"/><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="${ALGORITHMS.enveloped}"/>` +
      (transform ? `<ds:Transform Algorithm="${transform}"/>` : "") +
      `</ds:Transforms><ds:DigestMethod Algorithm="${ALGORITHMS.sha256}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>` +
      `<ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo></ds:Signature>`;
    const file = path.join(folder, "template.xml");
    const out = path.join(folder, "signed.xml");
    fs.writeFileSync(
      file,
      example.replace("<alert ", '<alert xmlns:stray="urn:stray" ').replace("</alert>", `${template}</alert>`),
    );
    expect(
      run("xmlsec1", ["--sign", "--privkey-pem", `${rsa.keyFile},${rsa.certificateFile}`, "--output", out, file]),
    ).toMatchObject({ status: 0 });
    expect(verifySignature(fs.readFileSync(out), [rsa.certificate]).verdict).toBe("valid-trusted");
  });
});

test("xml-crypto agrees on what both keys sign", () => {
  for (const key of [rsa, ec]) {
    fc.assert(
      fc.property(messages, (xml) => {
        // Its parser reads these as line ends, which is a rule of XML 1.1; xmlsec1 above takes them as they are.
        fc.pre(!/[\u0085\u2028]/.test(xml));
        const signedMessage = signMessage(xml, key, NOW);
        const node = new DOMParser()
          .parseFromString(signedMessage, "text/xml")
          .getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature")[0]!;
        const oracle = new SignedXml({ publicCert: key.certificate.toString(), getCertFromKeyInfo: () => null });
        // xml-crypto has no P-256; its own interface lets one be given.
        oracle.SignatureAlgorithms[ALGORITHMS.ecdsa] ??= EcdsaSha256 as never;
        oracle.loadSignature(node as never);
        expect(oracle.checkSignature(signedMessage)).toBe(true);
      }),
      { numRuns: 20 },
    );
  }
});

class EcdsaSha256 {
  getAlgorithmName = () => ALGORITHMS.ecdsa;
  getSignature = () => "";
  verifySignature = (material: string, key: string, value: string) =>
    verify("sha256", Buffer.from(material), { key, dsaEncoding: "ieee-p1363" }, Buffer.from(value, "base64"));
}

describe("rules about signatures", () => {
  const facts: SignatureFacts = {
    canonicalization: ALGORITHMS.exclusive,
    method: ALGORITHMS.rsa,
    transforms: [ALGORITHMS.enveloped],
    digestMethod: ALGORITHMS.sha256,
    instructions: false,
    signer: "CN=IPAWSOPEN_200001",
    sent: 5,
    signatureBytes: 256,
    validFrom: 0,
    validTo: 10,
  };
  const BREAKS: Record<string, Partial<SignatureFacts>[]> = {
    "SIG-001": [
      { canonicalization: ALGORITHMS.c14n },
      { method: ALGORITHMS.ecdsa },
      { transforms: [ALGORITHMS.exclusive] },
      { digestMethod: "sha1" },
    ],
    "SIG-002": [{ transforms: [ALGORITHMS.enveloped, ALGORITHMS.c14n11] }],
    "SIG-005": [{ canonicalization: ALGORITHMS.c14n11 }],
    "SIG-007": [{ method: ALGORITHMS.ecdsa, signatureBytes: 70 }],
    "SIG-009": [{ instructions: true }],
    "SIG-010": [{ signer: "CN=Somebody" }, { sent: 11 }],
  };
  test("each has both examples", () => {
    expect(Object.keys(BREAKS).sort()).toEqual(SIGNATURE_RULES.map(({ id }) => id).sort());
  });
  test.each(SIGNATURE_RULES.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    expect(rule.check(facts, undefined)).toEqual([]);
    for (const change of BREAKS[id]!) expect(rule.check({ ...facts, ...change }, undefined)).not.toEqual([]);
  });
});
