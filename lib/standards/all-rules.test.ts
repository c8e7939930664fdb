import { describe, expect, test } from "vitest";
import { isNightly } from "../platform/nightly-for-tests";
import { MESSAGE_RULES } from "./all-rules";
import type { CapAlert, CapInfo, NamedValue } from "./cap/model";
import { CAP_RULES } from "./cap/rules";
import { writeCap } from "./cap/write";
import { checkFile } from "./check";
import { checkDerived } from "./derived";
import { claimsIpaws } from "./ipaws/rules";
import { applyRules, isStopping } from "./rule";

/** One message that keeps every rule, and for each rule at least one change that breaks it. */

const INFO: CapInfo = {
  language: "en-US",
  category: ["Safety", "Infra"],
  event: "911 Telephone Outage Emergency",
  responseType: ["Execute"],
  urgency: "Immediate",
  severity: "Severe",
  certainty: "Observed",
  eventCode: [{ valueName: "SAME", value: "TOE" }],
  expires: "2024-06-18T15:27:26-04:00",
  senderName: "200001,Example COG,An Agency",
  headline: "911 is not working in Granby, Massachusetts.",
  description: "911 is not working.",
  instruction: "Call 413-555-0142.",
  web: "https://agency.example/granby",
  parameter: [
    { valueName: "EAS-ORG", value: "CIV" },
    { valueName: "WEAHandling", value: "Public Safety" },
    { valueName: "CMAMtext", value: "911 is down in Granby MA. Call 413-555-0142." },
    { valueName: "CMAMlongtext", value: "911 is down in Granby MA. In an emergency call 413-555-0142." },
  ],
  resource: [],
  area: [
    {
      areaDesc: "Granby, MA",
      polygon: ["42.2,-72.5 42.3,-72.5 42.3,-72.4 42.2,-72.5"],
      circle: [],
      geocode: [{ valueName: "SAME", value: "025015" }],
    },
  ],
};
const MESSAGE: CapAlert = {
  identifier: "MA911-20240618-01-GRANBY",
  sender: "state911@agency.example",
  sent: "2024-06-18T13:27:26-04:00",
  status: "Actual",
  msgType: "Alert",
  source: "Callbox",
  scope: "Public",
  code: ["IPAWSv1.0"],
  info: [INFO],
};

const top = (change: Partial<CapAlert>): CapAlert => ({ ...MESSAGE, ...change });
const info = (change: Partial<CapInfo>): CapAlert => top({ info: [{ ...INFO, ...change }] });
const parameter = (valueName: string, ...values: string[]): CapAlert =>
  info({
    parameter: [
      ...INFO.parameter.filter((entry) => entry.valueName !== valueName),
      ...values.map((value): NamedValue => ({ valueName, value })),
    ],
  });
const area = (change: Partial<CapInfo["area"][number]>): CapAlert => info({ area: [{ ...INFO.area[0]!, ...change }] });
const resource = (change: Partial<CapInfo["resource"][number]>): CapAlert =>
  info({
    resource: [{ resourceDesc: "Map", mimeType: "image/png", uri: "https://agency.example/map.png", ...change }],
  });
const corners = (count: number) =>
  [...Array.from({ length: count - 1 }, (_, index) => `42.${1000 + index},-72.5`), "42.1000,-72.5"].join(" ");

const ring = (count: number) => {
  const points = Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    return `${(42.2 + Math.sin(angle) / 10).toFixed(4)},${(-72.5 + Math.cos(angle) / 10).toFixed(4)}`;
  });
  return [...points, points[0]].join(" ");
};
const block = (...channels: string[]): NamedValue[] => channels.map((value) => ({ valueName: "BLOCKCHANNEL", value }));

const BREAKS: Record<string, CapAlert[]> = {
  "CAP-003": [
    top({ identifier: "" }),
    top({ identifier: "A B" }),
    top({ identifier: "A,B" }),
    top({ identifier: "A&B" }),
  ],
  "CAP-004": [top({ sender: "" }), top({ sender: "a b" }), top({ sender: "a<b" })],
  "CAP-006": [
    top({ sent: "2024-06-18T13:27:26Z" }),
    top({ sent: "2024-06-18T13:27:26.5-04:00" }),
    top({ sent: "2024-06-18T13:27:26" }),
    top({ sent: "2024-02-30T13:27:26-04:00" }),
    top({ sent: "2024-06-18T24:00:01-04:00" }),
    top({ sent: "2024-06-18T13:27:26-14:30" }),
    top({ sent: "0000-06-18T13:27:26-04:00" }),
    info({ onset: "tomorrow" }),
  ],
  "CAP-007": [top({ sent: "2024-06-18T17:27:26+00:00" }), info({ onset: "2024-06-18T17:27:26+00:00" })],
  "CAP-008": [top({ sent: " 2024-06-18T13:27:26-04:00" }), info({ expires: "2024-06-18T24:00:00-04:00" })],
  "CAP-010": [top({ status: "Exercise" }), top({ status: "Test" })],
  "CAP-011": [top({ msgType: "Cancel" }), top({ msgType: "Update" })],
  "CAP-012": [top({ msgType: "Error" }), top({ msgType: "Error", note: " " })],
  "CAP-013": [top({ scope: "Restricted" }), top({ restriction: "police only" })],
  "CAP-014": [top({ scope: "Private" }), top({ addresses: '"one two' })],
  "CAP-015": [
    top({ references: "a,b" }),
    top({ references: "a,b,2024-06-18T12:00:00-04:00\u00a0c,d,2024-06-18T12:00:00-04:00" }),
    top({ references: `${MESSAGE.sender},${MESSAGE.identifier},2024-06-18T12:00:00-04:00` }),
    top({ references: "a,b,2024-06-18T14:00:00-04:00" }),
  ],
  "CAP-016": [top({ incidents: 'a "b c' })],
  "CAP-017": [info({ language: "en_US" })],
  "CAP-018": [info({ category: [] })],
  "CAP-019": [info({ event: " " })],
  "CAP-020": [info({ responseType: ["Assess"] })],
  "CAP-024": [
    info({ eventCode: [{ valueName: "Same", value: "TOE" }] }),
    area({ geocode: [...INFO.area[0]!.geocode, { valueName: "F.I.P.S.", value: "25015" }] }),
  ],
  "CAP-026": [
    info({ expires: MESSAGE.sent }),
    info({ onset: "2024-06-18T16:00:00-04:00" }),
    info({ onset: "2024-06-18T13:00:00-04:00" }),
    info({ effective: "2024-06-18T13:00:00-04:00" }),
    info({ expires: "2024-06-18T13:00:00-04:00" }),
  ],
  "CAP-027": [info({ headline: "a".repeat(161) })],
  "CAP-028": [info({ web: "agency.example" }), resource({ uri: "map.png" })],
  "CAP-029": [
    resource({ mimeType: "picture" }),
    resource({ mimeType: "" }),
    resource({ size: -1 }),
    resource({ digest: "abc" }),
  ],
  "CAP-030": [resource({ derefUri: "AAAA" }), resource({ derefUri: "not base64!" })],
  "CAP-031": [
    area({ polygon: ["42.2,-72.5 42.3,-72.5 42.2,-72.5"] }),
    area({ polygon: ["42.2,-72.5 42.3,-72.5 42.3,-72.4 42.2,-72.4"] }),
    area({ polygon: ["here and there"] }),
    area({ polygon: ["42.2,-72.5\u00a042.3,-72.5 42.3,-72.4 42.2,-72.5"] }),
    area({ polygon: ["42.2,-72.5 42.3,-72.4 42.3,-72.5 42.2,-72.4 42.2,-72.5"] }),
    area({ polygon: ["1e1,-72.5 42.3,-72.5 42.3,-72.4 1e1,-72.5"] }),
    area({ polygon: [corners(6000)] }),
    area({ polygon: ["142.2,-72.5 42.3,-72.5 42.3,-72.4 142.2,-72.5"] }),
  ],
  "CAP-032": [
    area({ circle: ["42.2,-72.5"] }),
    area({ circle: ["42.2,-72.5  10"] }),
    area({ circle: ["42.2,-72.5 -1"] }),
    area({ circle: ["95,-72.5 1"] }),
    area({ circle: ["42.2,-72.5 50000"] }),
  ],
  "CAP-034": [area({ polygon: [] })],
  "CAP-035": [area({ ceiling: 100 }), area({ altitude: 100, ceiling: 100 })],
  "CAP-036": [top({ info: [INFO, { ...INFO, urgency: "Expected" }] })],
  "CAP-037": [
    top({ note: "" }),
    info({ contact: " " }),
    top({ references: "" }),
    area({ geocode: [...INFO.area[0]!.geocode, { valueName: "", value: "" }] }),
    info({ eventCode: [...INFO.eventCode, { valueName: "X", value: " " }] }),
    parameter("EASText", ""),
  ],
  "CAP-038": [
    info({ description: "<b>911</b> is down" }),
    info({ instruction: "Call &nbsp; now" }),
    parameter("CMAMtext", "911 <b>down</b>"),
  ],
  "CAP-043": [info({ eventCode: [...INFO.eventCode, { valueName: "OET", value: "OET-074" }] })],
  "TPL-006": [info({ language: "ar", description: "9-1-1" })],
  "IPAWS-001": [top({ code: [] }), top({ code: ["IPAWSv2.0"] })],
  "IPAWS-002": [top({ scope: "Restricted", restriction: "a" }), top({ status: "Test", note: "x" })],
  "IPAWS-003": [top({ sent: "2024-06-18T13:23:25-04:00" }), top({ sent: "2024-06-18T13:33:27-04:00" })],
  "IPAWS-004": [top({ identifier: "A/B" }), top({ identifier: "A(B)" })],
  "IPAWS-005": [top({ sender: "a|b" })],
  "IPAWS-006": [top({ source: undefined }), top({ source: "a".repeat(31) })],
  "IPAWS-007": [top({ info: [] })],
  "IPAWS-008": [
    top({ info: [INFO, { ...INFO, language: "es-US", category: ["Infra"] }] }),
    top({ info: [INFO, { ...INFO, language: "es-US", eventCode: [{ valueName: "SAME", value: "CEM" }] }] }),
  ],
  "IPAWS-009": [
    info({ eventCode: [] }),
    info({ eventCode: [{ valueName: "SAME", value: "XXX" }] }),
    info({ eventCode: [...INFO.eventCode, { valueName: "SAME", value: "CEM" }] }),
  ],
  "IPAWS-010": [
    info({ expires: undefined }),
    info({ expires: "2024-06-18T13:00:00-04:00" }),
    info({ expires: "2024-06-18T13:30:00-04:00" }),
  ],
  "IPAWS-011": [info({ onset: "2024-06-18T14:00:00-04:00" }), info({ effective: "2024-06-18T14:00:00-04:00" })],
  "IPAWS-012": [area({ geocode: [] }), area({ geocode: [{ valueName: "SAME", value: "25015" }] })],
  "IPAWS-014": [parameter("EAS-ORG"), parameter("EAS-ORG", "XXX"), parameter("EAS-ORG", "CIV", "CIV")],
  "IPAWS-015": [parameter("EAS-STN-ID", "A-B"), parameter("EAS-STN-ID", "NINECHARS")],
  "IPAWS-016": [parameter("EAS-Must-Carry", "yes")],
  "IPAWS-017": [info({ description: " " }), info({ description: "a".repeat(1800) })],
  "IPAWS-018": [info({ expires: "2024-06-22T17:27:26-04:00" })],
  "IPAWS-019": [
    area({
      geocode: Array.from({ length: 32 }, (_, index) => ({
        valueName: "SAME",
        value: String(25001 + index).padStart(6, "0"),
      })),
    }),
  ],
  "IPAWS-020": [
    area({ circle: ["42.2,-72.5 1"] }),
    area({ polygon: [corners(22)] }),
    info({ senderName: "An Agency" }),
  ],
  "IPAWS-021": [parameter("BLOCKCHANNEL", "PUBLIC"), parameter("BLOCKCHANNEL", "Phones")],
  "IPAWS-022": [resource({ resourceDesc: "EAS Broadcast Content", mimeType: "audio/mpeg" })],
  "IPAWS-023": [
    resource({ uri: "https://agency.example/a.mp3?b" }),
    info({ web: "https://agency.example/?town=granby" }),
    info({ web: "ftp://agency.example" }),
  ],
  "IPAWS-024": [
    area({ polygon: [corners(202)] }),
    area({ polygon: ["42.2,-72.5 42.3,-72.5 42.3,-72.5 42.3,-72.4 42.2,-72.5"] }),
    area({ polygon: [" 42.2,-72.5 42.3,-72.5 42.3,-72.4 42.2,-72.5"] }),
    area({ polygon: ["42.2,-72.5 42.3,-72.5 42.4,-72.5 42.2,-72.5"] }),
    area({ polygon: ["42.2,-72.5 42.3,-72.4 42.3,-72.5 42.2,-72.4 42.2,-72.5"] }),
  ],
  "IPAWS-025": [parameter("DBGFBYPASS", "true")],
  "IPAWS-026": [parameter("TimeZone", "EST")],
  "IPAWS-027": [info({ description: "Don’t call" }), parameter("CMAMtext", "“911” is down")],
  "WEA-001": [
    parameter("CMAMtext"),
    parameter("CMAMtext", ""),
    parameter("CMAMtext", " \n "),
    parameter("CMAMtext", "a".repeat(91)),
    parameter("CMAMtext", "a", "b"),
  ],
  "WEA-002": [parameter("CMAMlongtext"), parameter("CMAMlongtext", "a".repeat(361))],
  "WEA-003": [..."{}|\\^~[]€"].map((character) => parameter("CMAMtext", `911 ${character}`)),
  "WEA-004": [
    parameter("WEAHandling"),
    parameter("WEAHandling", "Public safety"),
    parameter("WEAHandling", "Amber", "Amber"),
  ],
  "WEA-005": [parameter("WEAHandling", "Imminent Threat"), parameter("WEAHandling", "WEA Test")],
  "WEA-006": [info({ eventCode: [{ valueName: "SAME", value: "ADR" }] })],
  "WEA-007": [info({ urgency: "Future" }), info({ severity: "Minor" }), info({ certainty: "Possible" })],
  "WEA-008": [info({ responseType: ["AllClear"] }), info({ responseType: ["None"] })],
  "WEA-009": [info({ language: "fr-CA" }), top({ info: [INFO, INFO] })],
  "WEA-010": [info({ expires: "2024-06-19T13:27:27-04:00" })],
  "WEA-011": [
    area({ polygon: Array.from({ length: 11 }, () => INFO.area[0]!.polygon[0]!) }),
    area({ polygon: [corners(101)] }),
    area({ polygon: ["42.20001,-72.5 42.3,-72.5 42.3,-72.4 42.20001,-72.5"] }),
  ],
  "WEA-013": [
    info({ senderName: undefined }),
    info({ instruction: undefined, responseType: [] }),
    area({ areaDesc: " " }),
  ],
  "WEA-021": [
    parameter("CMAMtext", "911 is d\u043ewn"),
    parameter("CMAMtext", "911 is down\u202e"),
    parameter("CMAMlongtext", "911 is\u200b down"),
    parameter("CMAMlongtext", "911 is\u0085 down"),
  ],
  "WEA-017": [top({ msgType: "Cancel", references: "a,b,2024-06-18T12:00:00-04:00" })],
  "EAS-003": [parameter("EAS-ORG", "WXR")],
  "EAS-005": [area({ geocode: [{ valueName: "SAME", value: "25015" }] })],
  "EAS-016": [area({ geocode: [{ valueName: "SAME", value: "025099" }] })],
  "EAS-017": [area({ polygon: ["-72.5,42.2 -72.5,42.3 -72.4,42.3 -72.5,42.2"] })],
  "EAS-011": [info({ description: "a".repeat(1700) })],
  "EAS-012": [info({ senderName: undefined }), area({ areaDesc: "" })],
  "EAS-013": [top({ msgType: "Cancel", references: "a,b,2024-06-18T12:00:00-04:00" })],
};

/** Handed over a minute after it was sent, and meant for the public. */
const CONTEXT = { now: Date.UTC(2024, 5, 18, 17, 28, 26), meant: "Actual" } as const;

const failedIds = (message: CapAlert) => applyRules(MESSAGE_RULES, message, CONTEXT).map(({ rule }) => rule);

describe("the rule table", () => {
  test("the good message keeps every rule", () => {
    expect(applyRules(MESSAGE_RULES, MESSAGE, CONTEXT)).toEqual([]);
  });

  test("every rule has an example that breaks it, and ids are unique", () => {
    const ids = MESSAGE_RULES.map(({ id }) => id);
    expect(Object.keys(BREAKS).sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(MESSAGE_RULES.map((rule) => [rule.id, rule.says] as const))("%s: %s", (id) => {
    for (const message of BREAKS[id]!) expect(failedIds(message)).toContain(id);
  });

  const KEPT: [string, CapAlert][] = [
    ["a message for phones alone without EAS-ORG", info({ parameter: [...INFO.parameter.slice(1), ...block("EAS", "NWEM")] })],
    ["a message that is kept from every channel", info({ parameter: block("EAS", "NWEM", "CMAS") })],
    ["a private message from COG to COG", top({ scope: "Private", addresses: "a" })],
    ["200 corners, and the pair that closes", info({ parameter: [...INFO.parameter.slice(0, 2), ...block("NWEM", "CMAS")], area: [{ ...INFO.area[0]!, polygon: [ring(200)] }] })],
    ["20 corners for weather radio", area({ polygon: [ring(20)] })],
    ["an empty language, which is English of the US", info({ language: "" })],
    ["a tornado warning of the Weather Service as an imminent threat", info({
      eventCode: [{ valueName: "SAME", value: "TOR" }],
      parameter: [{ valueName: "EAS-ORG", value: "WXR" }, { valueName: "WEAHandling", value: "Imminent Threat" }, ...INFO.parameter.slice(2)],
    })],
    ["an empty references on an Alert", top({ references: "" })],
    ["decimals without a digit in front", area({ polygon: [".2,-.5 .3,-.5 .3,-.4 .2,-.5"], geocode: [{ valueName: "SAME", value: "000000" }] })],
    ["an outline that crosses itself, outside IPAWS", top({ code: [], info: [{ ...INFO, parameter: [], area: [{ ...INFO.area[0]!, polygon: ["42.2,-72.5 42.3,-72.4 42.3,-72.5 42.2,-72.4 42.2,-72.5"] }] }] })],
    ["a circle on lines of its own", info({ parameter: [...INFO.parameter, ...block("NWEM")], area: [{ ...INFO.area[0]!, circle: ["\n  42.10,-72.50 5.0\n  "] }] })],
    ["white space around a time", top({ sent: " 2024-06-18T13:27:26-04:00\n" })],
    ["midnight as 24:00", info({ expires: "2024-06-18T24:00:00-04:00" })],
    ["a digest in base64", resource({ digest: "2jmj7l5rSw0yVb/vlWAYkK/YBwk=" })],
    ["an originator's name that is a member of Object", top({ code: [], info: [{ ...INFO, parameter: [] }] })],
  ]; // prettier-ignore
  test.each(KEPT)("%s: no must is broken", (_, message) => {
    const rules = claimsIpaws(message) ? MESSAGE_RULES : CAP_RULES;
    const broken = applyRules(rules, message, CONTEXT).filter(isStopping);
    expect(broken).toEqual([]);
  });

  test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "%s anywhere is a value like any other",
    (word) => {
      const everywhere: CapAlert = {
      ...MESSAGE,
      info: [{
        ...INFO,
        language: word,
        event: word,
        eventCode: [{ valueName: "SAME", value: word }, { valueName: word, value: word }],
        parameter: ["EAS-ORG", "WEAHandling", "CMAMtext", "CMAMlongtext", "BLOCKCHANNEL", word].map((valueName) => ({ valueName, value: word })),
        area: [{ areaDesc: word, polygon: [word], circle: [word], geocode: [{ valueName: "SAME", value: word }] }],
        resource: [{ resourceDesc: word, mimeType: word, uri: word, derefUri: word, digest: word }],
      }],
    }; // prettier-ignore
      expect(failedIds(everywhere)).toContain("WEA-004");
      expect(checkDerived(everywhere)).toEqual(expect.any(Array));
    },
  );

  test("NWEM alone is asked for what is read out, as stations are", () => {
    const radio = (change: Partial<CapInfo>) =>
      failedIds(info({ parameter: [...INFO.parameter, ...block("EAS", "CMAS")], ...change }));
    expect(radio({ description: "" })).toContain("IPAWS-017");
    expect(radio({ expires: "2024-06-23T17:27:26-04:00" })).toContain("IPAWS-018");
    const many = Array.from({ length: 32 }, (_, index) => ({ valueName: "SAME", value: `0${25_001 + 2 * index}` }));
    expect(radio({ area: [{ ...INFO.area[0]!, geocode: many }] })).toContain("IPAWS-019");
  });

  test("an info's own BLOCKCHANNEL decides for it alone", () => {
    const quiet: CapInfo = {
      ...INFO,
      language: "es-US",
      urgency: "Future",
      parameter: [INFO.parameter[0]!, ...block("CMAS")],
    };
    expect(failedIds(top({ info: [INFO, quiet] })).filter((id) => id.startsWith("WEA"))).toEqual([]);
  });

  test("what comes a thousand times is listed and counted", () => {
    const references = Array.from({ length: 1000 }, (_, index) => `x${index}`).join(" ");
    const found = applyRules(MESSAGE_RULES, top({ references }), CONTEXT).filter(({ rule }) => rule === "CAP-015");
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toMatchObject({ level: "must", message: expect.stringMatching(/^And 980 more\./) });
  });

  test("blocked channels are not asked for what only they need", () => {
    const blocked = info({
      urgency: "Future",
      parameter: [...INFO.parameter.slice(0, 2), { valueName: "BLOCKCHANNEL", value: "CMAS" }],
    });
    expect(failedIds(blocked).filter((id) => id.startsWith("WEA"))).toEqual([]);
  });
});

/** Texts that a pattern which looks back would look at again and again. */
const HOSTILE = [
  "a", "A", "1", " ", "\n", "\u00a0", '"', "'", ",", "=", ".", "<", "<a", "</a", "&a", "&amp", ";", "/", "[", "-", "1,1 ", "x ",
  "a,b,2024-06-18T12:00:00-04:00 ", "9-1-1 ", "1.", "{", "é", "http://", "A=", ", ", "\ud83d\udea8",
]; // prettier-ignore

/** A message with one text in every place that holds free text. */
function filledWith(text: string): CapAlert {
  const named = (valueName: string): NamedValue => ({ valueName, value: text });
  return {
    identifier: text, sender: text, sent: text, status: "Actual", msgType: "Update", source: text, scope: "Public",
    restriction: text, addresses: text, code: [text, "IPAWSv1.0"], note: text, references: text, incidents: text,
    info: [{
      ...INFO, language: text, event: text, audience: text, effective: text, onset: text, expires: text, senderName: text,
      headline: text, description: text, instruction: text, web: text, contact: text,
      eventCode: [named("SAME"), named(text)],
      parameter: ["EAS-ORG", "EAS-STN-ID", "WEAHandling", "CMAMtext", "CMAMlongtext", "EASText", "timezone", text].map(named),
      resource: [{ resourceDesc: text, mimeType: text, uri: text, derefUri: text, digest: text }],
      area: [{ areaDesc: text, polygon: [text], circle: [text], geocode: [named("SAME"), named(text)] }],
    }],
  }; // prettier-ignore
}

/**
 * Twice the text is twice the work: a rule that looked at pairs of characters would
 * need minutes for the longest of these, and the whole would not end in its time.
 * `npm run bench` prints how each grows.
 */
test.each(isNightly ? [10_000, 100_000, 1_000_000] : [10_000, 100_000])(
  "every rule reads %i characters of anything, in every place",
  (length) => {
    for (const piece of HOSTILE) {
      const message = filledWith(piece.repeat(Math.ceil(length / piece.length)));
      for (const rule of MESSAGE_RULES) expect(rule.check(message, CONTEXT).length, rule.id).toBeLessThan(1000);
      expect(checkDerived(message).length).toBeLessThan(1000);
    }
  },
  120_000,
);

test("the readers read a message that is full of anything", () => {
  for (const piece of HOSTILE) {
    const { findings } = checkFile(Buffer.from(writeCap(filledWith(piece.repeat(Math.ceil(60_000 / piece.length))))));
    expect(findings.length, piece).toBeLessThan(2000);
  }
  // Names that are declared many times over, each on what was declared before.
  const declared = Array.from({ length: 5000 }, (_, index) => `xmlns:p${index}="urn:${index}"`).join(" ");
  const inside = Array.from({ length: 5000 }, (_, index) => `<note xmlns:q="urn:q${index}">a</note>`).join("");
  expect(
    checkFile(Buffer.from(`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2" ${declared}>${inside}</alert>`)).ok,
  ).toBe(false);
}, 120_000);
