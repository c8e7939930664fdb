import { describe, expect, test } from "vitest";
import { readXml } from "../xml/read";
import { DOCUMENT_RULES } from "./document";
import { readCap } from "./read";

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
