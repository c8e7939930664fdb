import fs from "node:fs";
import fc from "fast-check";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { afterAll, describe, expect, test } from "vitest";
import { checkFile } from "../check";
import { readXml } from "../xml/read";
import { DOCUMENT_RULES } from "./document";
import { type CapAlert, CERTAINTIES, MESSAGE_TYPES, SCOPES, SEVERITIES, STATUSES, URGENCIES } from "./model";
import { readCap } from "./read";
import { writeCap } from "./write";

const NS = 'xmlns="urn:oasis:names:tc:emergency:cap:1.2"';
const HEAD =
  "<identifier>a</identifier><sender>b@c</sender><sent>2024-06-18T13:27:26-04:00</sent><status>Actual</status>" +
  "<msgType>Alert</msgType><scope>Public</scope>";
const INFO =
  "<info><category>Infra</category><event>e</event><urgency>Immediate</urgency><severity>Severe</severity>" +
  "<certainty>Observed</certainty>";
const SIGNATURE = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>';
const alert = (inside: string, ns = NS) => `<alert ${ns}>${inside}</alert>`;
const idsOf = (text: string) => readCap(text).findings.map(({ rule }) => rule);

const GOOD = alert(`${HEAD}${INFO}</info>`);

const BREAKS: Record<string, string[]> = {
  "CAP-001": [
    alert(HEAD, 'xmlns="urn:oasis:names:tc:emergency:cap:1.1"'),
    alert(HEAD, 'xmlns="http://www.incident.com/cap/1.0"'),
    alert(HEAD, ""),
    "<alarm/>",
    `<alerts>${GOOD}${GOOD}</alerts>`,
  ],
  "CAP-002": [
    alert(HEAD.replace("<sender>b@c</sender>", "") + "<sender>b@c</sender>"),
    alert(`${HEAD}${INFO}<headline>h</headline><expires>2024-06-18T14:27:26-04:00</expires></info>`),
  ],
  "CAP-039": [
    alert(`${HEAD}${SIGNATURE}${INFO}</info>`),
    alert(`${HEAD}${INFO}${SIGNATURE}</info>`),
    alert(`${HEAD}<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"/>`),
  ],
  "CAP-041": [
    alert(HEAD.replace("<status>Actual</status>", "")),
    alert(HEAD.replace("Actual", "actual")),
    alert(`${HEAD}<note>a</note><note>b</note>`),
    alert(`${HEAD}<mood>good</mood>`),
    alert(`${HEAD}<x xmlns="urn:x"/>`),
    alert(`${HEAD}words`),
    alert(
      `${HEAD}${INFO}<resource><resourceDesc>r</resourceDesc><mimeType>a/b</mimeType><size>big</size></resource></info>`,
    ),
    alert(`${HEAD}${INFO}<area><areaDesc>a</areaDesc><altitude>high</altitude></area></info>`),
    alert(`${HEAD}${INFO}<parameter><valueName>a</valueName></parameter></info>`),
    alert(HEAD, `${NS} version="1.2"`),
    alert(`${HEAD}${INFO}<urgency/></info>`),
    alert(`${HEAD}${INFO}<description>Dial 911 <b>will NOT work</b> as usual.</description></info>`),
    alert(`${HEAD}${INFO}<headline><b>all of it</b></headline></info>`),
    alert(
      `${HEAD}${INFO}<parameter><valueName>CMAMtext</valueName><value>911 is <i>not</i> down.</value></parameter></info>`,
    ),
    alert(`${HEAD}${INFO}<parameter><valueName>a<b/></valueName><value>b</value></parameter></info>`),
    alert(`${HEAD}${INFO}<parameter id="1"><valueName>a</valueName><value>b</value></parameter></info>`),
    alert(`${HEAD}${INFO}<parameter><valueName>a</valueName><value lang="es">b</value></parameter></info>`),
    alert(`${HEAD}${INFO.replace("<info>", '<info lang="es">')}</info>`),
    alert(HEAD.replace("<status>", '<status x="1">')),
    alert(HEAD.replace("<status>", '<status xml:lang="en">')),
    alert(HEAD, `${NS} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"`),
    alert(HEAD, `${NS} xmlns:__proto__="urn:p" __proto__:a="1"`),
  ],
};

describe("rules of the document", () => {
  test("a good one breaks none", () => {
    expect(readCap(GOOD).findings).toEqual([]);
    for (const rule of DOCUMENT_RULES) expect(rule.check({ root: readXml(GOOD).root! }, undefined)).toEqual([]);
  });
  test("each rule has examples that break it", () => {
    expect(Object.keys(BREAKS).sort()).toEqual(DOCUMENT_RULES.map(({ id }) => id).sort());
  });
  test.each(Object.entries(BREAKS))("%s", (id, texts) => {
    const rule = DOCUMENT_RULES.find((entry) => entry.id === id)!;
    for (const text of texts) {
      expect(idsOf(text), text).toContain(id);
      expect(rule.check({ root: readXml(text).root! }, undefined).length).toBeGreaterThan(0);
    }
  });
});

test.each([
  [`${NS} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:a b.xsd"`],
  [`${NS} xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:noNamespaceSchemaLocation="b.xsd"`],
  [`${NS} xmlns:constructor="urn:c" xmlns:__proto__="urn:p" xmlns:x="http://x.example/[a]"`],
])("an alert may say %s", (declared) => {
  expect(readCap(alert(`${HEAD}${INFO}</info>`, declared)).findings).toEqual([]);
});

test("tokens, languages and addresses are read as their types collapse them", () => {
  const text = alert(
    `${HEAD.replace("Actual", "\n  Actual\t")}${INFO.replace("<info>", "<info><language>\n en-US </language>").replace("Infra", " Infra ")}` +
      "<web> https://a.example/ </web></info>",
  );
  const { alert: read, findings } = readCap(text);
  expect(findings).toEqual([]);
  expect(read).toMatchObject({
    status: "Actual",
    info: [{ language: "en-US", category: ["Infra"], web: "https://a.example/" }],
  });
});

test("what stands in an element inside a text is read with it, in its place", () => {
  const { alert: read } = readCap(
    alert(`${HEAD}${INFO}<description>Dial 911 <b>will <i>NOT</i></b><b/> work<u>.</u></description></info>`),
  );
  expect(read?.info[0]?.description).toBe("Dial 911 will NOT work.");
});

/** A message with every element there is, as a tree that can be changed anywhere. */
const WHOLE = fs
  .readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8")
  .replace(
    /<area>/,
    "<resource><resourceDesc>Map</resourceDesc><mimeType>image/png</mimeType><size>10</size><uri>https://a.example/m.png</uri></resource><area>",
  );

describe("what the schema refuses is not accepted, and what a person reads is not lost", () => {
  const schemaFile = "lib/standards/cap/cap-1.2-for-tests.xsd";
  const refused = (xml: string): boolean | undefined => {
    let document: XmlDocument;
    try {
      document = XmlDocument.fromString(xml);
    } catch {
      return undefined;
    }
    try {
      validator.validate(document);
      return false;
    } catch {
      return true;
    } finally {
      document.dispose();
    }
  };
  const schema = XmlDocument.fromBuffer(fs.readFileSync(schemaFile));
  const validator = XsdValidator.fromDoc(schema);
  afterAll(() => {
    validator.dispose();
    schema.dispose();
  });

  const tags = [...WHOLE.matchAll(/<([a-zA-Z]+)[^>]*>/g)].map((match) => ({
    at: match.index,
    tag: match[0],
    name: match[1]!,
  }));
  /** Each class of change, at one of the tags. */
  const CHANGES: Record<string, (xml: string, place: (typeof tags)[number], word: string) => string> = {
    "an element inside": (xml, { at, tag }, word) =>
      `${xml.slice(0, at + tag.length)}<b>${word}</b>${xml.slice(at + tag.length)}`,
    "an element of another namespace inside": (xml, { at, tag }, word) =>
      `${xml.slice(0, at + tag.length)}<x:b xmlns:x="urn:x">${word}</x:b>${xml.slice(at + tag.length)}`,
    "text inside": (xml, { at, tag }, word) => `${xml.slice(0, at + tag.length)}${word}${xml.slice(at + tag.length)}`,
    "an attribute": (xml, { at, tag }, word) =>
      `${xml.slice(0, at)}${tag.slice(0, -1)} ${word}="1">${xml.slice(at + tag.length)}`,
    "an attribute with a prefix": (xml, { at, tag }) =>
      `${xml.slice(0, at)}${tag.slice(0, -1)} xmlns:x="urn:x" x:a="1">${xml.slice(at + tag.length)}`,
    "another namespace": (xml, { at, tag }) =>
      `${xml.slice(0, at)}${tag.replace(/ xmlns="[^"]*"/, "").slice(0, -1)} xmlns="urn:x">${xml.slice(at + tag.length)}`,
    "another name": (xml, { at, name }, word) =>
      xml.slice(0, at) + xml.slice(at).replace(`<${name}`, `<${word}`).replace(`</${name}>`, `</${word}>`),
    twice: (xml, { at, name }) => {
      const end = xml.indexOf(`</${name}>`, at) + name.length + 3;
      return xml.slice(0, end) + xml.slice(at, end) + xml.slice(end);
    },
    "left out": (xml, { at, name }) => xml.slice(0, at) + xml.slice(xml.indexOf(`</${name}>`, at) + name.length + 3),
    empty: (xml, { at, tag, name }) => xml.slice(0, at + tag.length) + xml.slice(xml.indexOf(`</${name}>`, at)),
  };
  const words = fc.constantFrom(
    "words",
    "constructor",
    "value",
    "info",
    "note",
    "description",
    "polygon",
    "Actual",
    "7",
  );
  const letters = (text: string) => text.replace(/\s+/g, "");

  test.each(Object.entries(CHANGES))("%s", (_, change) => {
    const counts = { refused: 0, accepted: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...tags), words, (place, word) => {
        const xml = change(WHOLE, place, word);
        const no = refused(xml);
        if (no === undefined) return;
        const check = checkFile(Buffer.from(xml));
        counts[no ? "refused" : "accepted"] += 1;
        if (no) expect(check.ok, xml).toBe(false);
        // All that stands between the tags is in what was read, or a must says that something is wrong.
        const read = check.messages[0]?.alert;
        if (!check.ok || !read) return;
        const shown = letters(writeCap(read).replace(/<[^>]*>/g, ""));
        const written = letters(xml.replace(/<\?[^>]*>|<[^>]*>/g, ""));
        expect(shown).toBe(written);
      }),
      { numRuns: Number(process.env.CALLBOX_FUZZ_RUNS ?? 3000) / 10 },
    );
    // A class that is never refused, or never tried, shows nothing.
    expect(counts.refused + counts.accepted).toBeGreaterThan(20);
  });

  test("whatever a model holds, what is written is CAP by the schema", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("", " ", "<b>", "]]>", "&amp;", "\u0000", "\ud800"));
    const named = fc.array(fc.record({ valueName: text, value: text }), { maxLength: 2 });
    const number = fc.oneof(fc.double(), fc.constantFrom(1e21, 1e-7, 5e-324, -0, Number.MAX_VALUE, NaN, Infinity));
    const optional = fc.option(text, { nil: undefined });
    const area = fc.record({
      areaDesc: text, polygon: fc.array(text, { maxLength: 2 }), circle: fc.array(text, { maxLength: 2 }), geocode: named,
      altitude: fc.option(number, { nil: undefined }), ceiling: fc.option(number, { nil: undefined }),
    }); // prettier-ignore
    const resource = fc.record({
      resourceDesc: text, mimeType: text, size: fc.option(fc.integer({ min: 0 }), { nil: undefined }), uri: fc.constant(undefined), derefUri: optional, digest: optional,
    }); // prettier-ignore
    const info = fc.record({
      language: fc.constantFrom(undefined, "en-US", "es"), category: fc.constantFrom(["Infra"], ["Geo", "Met"]), event: text,
      responseType: fc.constantFrom([], ["None"]), urgency: fc.constantFrom(...URGENCIES), severity: fc.constantFrom(...SEVERITIES),
      certainty: fc.constantFrom(...CERTAINTIES), audience: optional, eventCode: named, expires: fc.constantFrom(undefined, "2024-06-18T13:27:26-04:00"),
      headline: optional, description: optional, instruction: optional, contact: optional, parameter: named,
      resource: fc.array(resource, { maxLength: 2 }), area: fc.array(area, { maxLength: 2 }),
    }); // prettier-ignore
    const model = fc.record({
      identifier: fc.constantFrom("A", "A-1"), sender: fc.constant("a@b"), sent: fc.constant("2024-06-18T13:27:26-04:00"),
      status: fc.constantFrom(...STATUSES), msgType: fc.constantFrom(...MESSAGE_TYPES), scope: fc.constantFrom(...SCOPES),
      source: optional, restriction: optional, addresses: optional, code: fc.array(text, { maxLength: 2 }), note: optional,
      references: optional, incidents: optional, info: fc.array(info, { maxLength: 2 }),
    }); // prettier-ignore
    fc.assert(
      fc.property(model, (alertModel) => {
        const xml = writeCap(alertModel as unknown as CapAlert);
        expect(refused(xml), xml).toBe(false);
        expect(readCap(xml).findings).toEqual([]);
        // Written again, it is the same to the byte.
        expect(writeCap(readCap(xml).alert!)).toBe(xml);
      }),
      { numRuns: 1000 },
    );
  });
});

test("CAP 1.0 is read with its own ways", () => {
  const { alert: read, version } = readCap(
    `<alert xmlns="http://www.incident.com/cap/1.0">${HEAD.replace("<scope>Public</scope>", "")}<password>p</password>` +
      `${INFO.replace("Observed", "Very Likely")}<eventCode>SAME=TOE=1</eventCode></info></alert>`.replace(
        "<password>p</password>",
        "",
      ),
  );
  expect(version).toBe("1.0");
  expect(read).toMatchObject({
    scope: "Public",
    info: [{ certainty: "Likely", eventCode: [{ valueName: "SAME", value: "TOE=1" }] }],
  });
});

test("a signature is kept as it stood, with its prefix declared", () => {
  const text = `<alert ${NS} xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${HEAD}<ds:Signature Id="s"><ds:SignedInfo/></ds:Signature></alert>`;
  expect(readCap(text).alert?.signature).toEqual([
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s"><ds:SignedInfo/></ds:Signature>',
  ]);
});

test("a prefix with a dot is itself, and not one with another character in its place", () => {
  const dsig = "http://www.w3.org/2000/09/xmldsig#";
  const text = `<alert ${NS} xmlns:d.s="${dsig}">${HEAD}<d.s:Signature xmlns:dxs="urn:other"><d.s:SignedInfo/></d.s:Signature></alert>`;
  expect(readCap(text).alert?.signature?.[0]).toContain(`<d.s:Signature xmlns:d.s="${dsig}"`);
});
