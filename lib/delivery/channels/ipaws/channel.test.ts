import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import type { AddressInfo } from "node:net";
import { X509Certificate } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeCapTime } from "../../../standards/cap/time";
import { have, makeKey, run } from "../../../standards/signature/keys-for-tests";
import { signMessage } from "../../../standards/signature/sign";
import { verifySignature } from "../../../standards/signature/verify";
import { Refused } from "../../../platform/outbound/address";
import { ipaws } from "./channel";
import { NAMESPACES } from "./envelope";

/**
 * A stand-in for IPAWS-OPEN: it takes apart what arrives with other libraries
 * than ours, refuses what is not signed as it should be, and answers with the
 * documented codes. It is not FEMA's own service.
 */

const own = makeKey("ipaws-channel", "rsa");
const other = makeKey("ipaws-other", "rsa");
const pem = (file: string) => fs.readFileSync(file, "utf8");
const secrets = { certificate: pem(own.certificateFile), key: pem(own.keyFile) };

let server: http.Server;
let url: string;
let arrived: { cap: string; user: string; cog: string; request: string }[] = [];
/** Where the signature of a request stands; a message has one of its own. */
const SECURITY = "//*[local-name()='Security']/*[local-name()='Signature']";
/** What each channel of the stand-in answers: name, code, error. */
let codes: [string, string, string][] = [];
let handed = 0;
let answer: string | null = null;

const list = () =>
  codes
    .map(
      ([channel, code, error]) =>
        `<ns2:subParaListItem><ns2:subParameterName>CHANNELNAME</ns2:subParameterName><ns2:subParameterValue>${channel}</ns2:subParameterValue>` +
        `<ns2:subParameterName>STATUSITEMID</ns2:subParameterName><ns2:subParameterValue>${code}</ns2:subParameterValue>` +
        `<ns2:subParameterName>ERROR</ns2:subParameterName><ns2:subParameterValue>${error}</ns2:subParameterValue>` +
        `<ns2:subParameterName>STATUS</ns2:subParameterName><ns2:subParameterValue>as ${channel} says</ns2:subParameterValue></ns2:subParaListItem>`,
    )
    .join("");
const envelope = (body: string) =>
  `<?xml version="1.0"?><S:Envelope xmlns:S="${NAMESPACES.soap}"><S:Body>${body}</S:Body></S:Envelope>`;
const fault = (text: string) =>
  envelope(`<S:Fault><faultcode>S:Client</faultcode><faultstring>${text}</faultstring></S:Fault>`);

/** Checks the signature of the request's Body with xml-crypto against the token in it. */
function check(text: string): string {
  const document = new DOMParser().parseFromString(text, "text/xml");
  const [signature] = Array.from(document.getElementsByTagNameNS(NAMESPACES.ds, "Signature")).filter(
    (one) => (one.parentNode as Element).localName === "Security",
  );
  const [token] = Array.from(document.getElementsByTagNameNS(NAMESPACES.wsse, "BinarySecurityToken"));
  if (!signature || !token) return fault("No WS-Security");
  const certificate = new X509Certificate(Buffer.from(token.textContent ?? "", "base64"));
  if (certificate.fingerprint256 !== own.certificate.fingerprint256) return fault("Unknown certificate");
  const verifier = new SignedXml({ publicCert: certificate.toString(), idMode: "wssecurity" });
  verifier.loadSignature(signature as never);
  let good = false;
  try {
    good = verifier.checkSignature(text);
  } catch {
    good = false;
  }
  if (!good) return fault("Signature of the Body is not valid");
  const one = (name: string) =>
    Array.from(document.getElementsByTagNameNS(NAMESPACES.service, name))[0]?.textContent ?? "";
  const [, cap = ""] = /<service:postCAPRequestTypeDef>([\s\S]*)<\/service:postCAPRequestTypeDef>/.exec(text) ?? [];
  arrived.push({ cap, user: one("logonUser"), cog: one("logonCogId"), request: text });
  return envelope(`<ns2:postCAPResponse xmlns:ns2="${NAMESPACES.service}">${list()}</ns2:postCAPResponse>`);
}

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk));
    request.on("end", () => response.writeHead(200, { "content-type": "text/xml" }).end(answer ?? check(text)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const NOW = Date.now();
const unsigned = (status = "Actual") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>MA-1</identifier><sender>a@b.gov</sender>` +
  `<sent>${writeCapTime(NOW, "America/New_York")}</sent><status>${status}</status><msgType>Alert</msgType><scope>Public</scope></alert>`;

const post = (
  more: { xml?: string; sent?: number; mode?: "live" | "exercise"; keys?: typeof secrets; refusedBefore?: string } = {},
) => {
  const xml = more.xml ?? signMessage(unsigned(), own, NOW);
  const message = {
    identifier: "MA-1",
    msgType: "Alert",
    sent: writeCapTime(more.sent ?? NOW, "America/New_York"),
    sha256: "",
    xml: Buffer.from(xml),
    places: ["Granby"],
  };
  const outgoing = {
    mode: more.mode ?? "live",
    key: "k",
    alert: { id: "a", code: "A", title: "T", agency: "S" },
    messages: [message],
    refusedBefore: more.refusedBefore ?? null,
  };
  return ipaws.deliver(
    outgoing as never,
    { url, logonUser: "callbox", cogId: "200001", allowed: ["127.0.0.1"] },
    more.keys ?? secrets,
    {
      now: new Date(NOW),
      signal: AbortSignal.timeout(5000),
      mail: null,
      demonstration: false,
      handedOver: () => (handed += 1),
      writeSite: async () => "",
      publicUrl: "",
    },
  );
};

const GOOD: typeof codes = [
  ["CAPEXCH", "200", "N"],
  ["CAPEXCH", "202", "N"],
  ["IPAWS", "300", "N"],
  ["EAS", "501", "N"],
  ["CMAS", "600", "N"],
];

test("the signed message arrives as it was stored, under a Body that others find signed", async () => {
  [arrived, codes, answer, handed] = [[], GOOD, null, 0];
  const xml = signMessage(unsigned(), own, NOW);
  const receipt = await post({ xml });
  expect(receipt.state).toBe("accepted");
  expect(handed).toBe(1);
  expect(receipt.answer).toContain("CMAS: taken for phones (600)");
  expect(receipt.answer).toContain("EAS: not for radio and television (501)");
  expect(arrived).toMatchObject([{ user: "callbox", cog: "200001" }]);
  expect(xml.endsWith(arrived[0]!.cap)).toBe(true);
  // Taken out again, its own signature still stands.
  expect(verifySignature(Buffer.from(arrived[0]!.cap), [own.certificate])).toMatchObject({ verdict: "valid-trusted" });
});

describe("what each channel answers is read and explained", () => {
  test.each([
    [[["CAPEXCH", "208", "Y"]], /the signature is not valid \(208, error\)/],
    [
      [
        ["CAPEXCH", "200", "N"],
        ["CMAS", "615", "Y"],
      ],
      /the signer may not send this kind of event \(615, error\)/,
    ],
    [[["IPAWS", "303", "Y"]], /sent more than five minutes before it arrived/],
    [[["CAPEXCH", "214", "Y"]], /outside what the sender may alert/],
    [[["NEW", "999", "Y"]], /NEW: as NEW says \(999, error\)/],
  ] as [typeof codes, RegExp][])("%j", async (given, says) => {
    [codes, answer] = [given, null];
    await expect(post()).rejects.toThrow(says);
  });

  test("a duplicate is what an earlier try left there: taken without an answer, or refused still", async () => {
    [codes, answer] = [
      [
        ["CAPEXCH", "201", "Y"],
        ["CMAS", "600", "N"],
      ],
      null,
    ];
    expect((await post()).state).toBe("accepted");
    const refusedBefore = "Not taken by every channel: CMAS: the signer may not send this kind of event (615, error)";
    await expect(post({ refusedBefore })).rejects.toThrow(/earlier try, which was refused: .*\(615, error\)/);
    await expect(post({ refusedBefore })).rejects.toBeInstanceOf(Refused);
  });

  test.each([
    ["S:Client", true],
    ["soap:Server", false],
    ["env:Receiver", false],
    ["env:Sender", true],
  ])("a fault of %s is final: %s", async (code, final) => {
    answer = envelope(`<S:Fault><faultcode>${code}</faultcode><faultstring>No</faultstring></S:Fault>`);
    const error = await post().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error instanceof Refused).toBe(final);
    expect(String(error)).toContain("No");
  });

  test.each([
    ["a fault", fault("Certificate revoked"), /IPAWS refused the request: .*Certificate revoked/],
    ["a page of another server", "<html><body>It works!</body></html>", /Answered 200 without a status/],
    ["nothing", "", /Answered 200 without a status/],
    ["entities that explode", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /Answered 200 without a status/],
  ])("%s", async (_, given, says) => {
    answer = given;
    await expect(post()).rejects.toThrow(says);
  });
});

const surroundings = { signal: AbortSignal.timeout(60_000), mail: null, demonstration: false, publicUrl: "" };
const settings = { url: "", logonUser: "callbox", cogId: "200001", allowed: ["127.0.0.1"] };

test("its test asks under a Body that others find signed, without a message", async () => {
  [arrived, codes, answer] = [[], GOOD, null];
  const receipt = await ipaws.test({ ...settings, url }, secrets, surroundings);
  expect(receipt.answer).not.toContain("Fault");
  expect(arrived).toMatchObject([{ user: "callbox", cog: "200001", cap: "" }]);
  expect(arrived[0]!.request).toContain("<service:getRequestTypeDef></service:getRequestTypeDef>");
});

test.runIf(have("xmlsec1"))("xmlsec1 finds the Body signed, and one that was changed not", async () => {
  [arrived, codes, answer] = [[], GOOD, null];
  await post();
  await ipaws.test({ ...settings, url }, secrets, surroundings);
  expect(arrived).toHaveLength(2);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-ipaws-"));
  const file = path.join(folder, "request.xml");
  // The token is named by its Id, which xmlsec1 does not follow: it is given the certificate it holds.
  const node = `${NAMESPACES.soap}:Body`;
  const verify = (request: string) => {
    fs.writeFileSync(file, request);
    const key = ["--pubkey-cert-pem", own.certificateFile];
    return run("xmlsec1", ["--verify", "--id-attr:Id", node, ...key, "--node-xpath", SECURITY, file]).status;
  };
  for (const { request } of arrived) {
    expect(verify(request)).toBe(0);
    expect(verify(request.replace("</soap:Body>", " </soap:Body>"))).not.toBe(0);
  }
  fs.rmSync(folder, { recursive: true });
});

describe("it is not sent at all", () => {
  test.each([
    ["in an exercise", { mode: "exercise" as const }, /exercise is never sent/],
    ["when it is a test", { xml: signMessage(unsigned("Test"), own, NOW) }, /Actual, and nothing else/],
    ["unsigned", { xml: unsigned() }, /not signed/],
    ["six minutes after it was sent", { sent: NOW - 360_000 }, /more than five minutes ago/],
    [
      "with a key of another certificate",
      { keys: { certificate: secrets.certificate, key: pem(other.keyFile) } },
      /another key/,
    ],
    ["with what is no key", { keys: { certificate: "x", key: "y" } }, /./],
  ])("%s", async (_, more, says) => {
    [arrived, codes, answer] = [[], GOOD, null];
    await expect(post(more)).rejects.toThrow(says);
    expect(arrived).toEqual([]);
  });

  test("and the stand-in refuses a certificate it does not know", async () => {
    [arrived, codes, answer] = [[], GOOD, null];
    const keys = { certificate: pem(other.certificateFile), key: pem(other.keyFile) };
    await expect(post({ keys })).rejects.toThrow("Unknown certificate");
    expect(arrived).toEqual([]);
  });
});
