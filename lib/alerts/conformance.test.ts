import fs from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { FACTS } from "../standards/facts";
import { MESSAGE_RULES } from "../standards/all-rules";
import { SET_RULES } from "../standards/cap/set-rules";
import { CELL_BROADCAST_RULES } from "../standards/cellbroadcast/pages";
import { checkFile } from "../standards/check";
import { HEADER_RULES } from "../standards/eas/header";
import { FEED_RULES } from "../standards/feeds/rules";
import type { Rule } from "../standards/rule";
import { makeKey } from "../standards/signature/keys-for-tests";
import { signMessage } from "../standards/signature/sign";
import { SIGNATURE_RULES } from "../standards/signature/rules";
import { LANGUAGE_RULES, TEXT_RULES } from "../wording/wording-rules";
import type { Bundle } from "./bundle";
import { ALL_RULES, writeConformance } from "./conformance";
import { type AlertFacts, FOLLOWS_NOTHING } from "./facts";
import { findProblems } from "./findings";
import { ALERT_RULES, PLACE_RULES } from "./rules";
import { type AlertContent, FIRST_ALERT } from "./schema";

const STANDARDS = "../shared/STANDARDS.md";
const all = [...ALL_RULES, ...FACTS];

describe("the table", () => {
  test("ids are unique, and each row says something", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, says, source } of all) {
      expect(id).toMatch(/^([A-Z]+-\d{3}|W\d+)$/);
      expect(says, id).toMatch(/\.$/);
      expect(source, id).not.toBe("");
    }
  });

  test("CONFORMANCE.md is what the tables print, with every rule in it", () => {
    const page = fs.readFileSync("lib/CONFORMANCE.md", "utf8");
    expect(page).toBe(writeConformance());
    for (const { id } of ALL_RULES) expect(page, id).toContain(`| ${id} |`);
  });

  test.runIf(fs.existsSync(STANDARDS))("no row of the standards is missing", () => {
    const ids = [...fs.readFileSync(STANDARDS, "utf8").matchAll(/^\| ([A-Z]+-\d{3}) \|/gm)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(100);
    expect(ids.filter((id) => !all.some((row) => row.id === id))).toEqual([]);
  });
});

/** Law 11: the product runs every rule. Each is watched while the real entry points are called. */
const ran = new Set<string>();
const restore: (() => void)[] = [];
function watch<Subject, Context>(rules: readonly Rule<Subject, Context>[]): void {
  for (const rule of rules) {
    const original = rule.check;
    rule.check = (subject, context) => {
      ran.add(rule.id);
      return original(subject, context);
    };
    restore.push(() => (rule.check = original));
  }
}
afterAll(() => restore.forEach((undo) => undo()));

const EXAMPLE = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8");
const SIGNED = () => signMessage(EXAMPLE, makeKey("conformance", "rsa"), Date.now());
const embed = (xml: string) => xml.replace(/<\?xml[^>]*\?>/, "");
const FEED =
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>t</title><updated>2024-06-18T13:27:26-04:00</updated>` +
  `<entry><id>b</id><title>t</title><updated>2024-06-18T13:27:26-04:00</updated>` +
  `<content type="text/xml">${embed(EXAMPLE)}</content></entry></feed>`;

/** Rules that reading itself keeps, each with a file that breaks it. */
const READING: Record<string, string | Uint8Array> = {
  "XML-001": "<alert",
  "XML-002": "<a>".repeat(100_001),
  "XML-003": new Uint8Array([0xff, 0xfe, 0x3c, 0x00]),
  "CAP-042": "<!DOCTYPE a><a/>",
  "CAP-001": EXAMPLE.replace("urn:oasis:names:tc:emergency:cap:1.2", "urn:other"),
  "CAP-002": EXAMPLE.replace(/(<status>.*?<\/status>)\s*(<msgType>.*?<\/msgType>)/s, "$2$1"),
  "CAP-039": EXAMPLE.replace(/<identifier>/, `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/><identifier>`),
  "CAP-041": EXAMPLE.replace(/<msgType>.*?<\/msgType>/, ""),
};

const PARTS = { short: "s", long: "l", headline: "h", description: "d", instruction: "i", social: "o", script: "c" };
const TEXTS = {
  place: PARTS,
  noNumber: PARTS,
  county: PARTS,
  restored: PARTS,
  restoredCounty: PARTS,
  joined: PARTS,
  joinedNoNumber: PARTS,
  joinedCounty: PARTS,
  neighbor: PARTS,
  neighborCounty: PARTS,
};
const CONTENT: AlertContent = {
  ...FIRST_ALERT,
  format: "callbox-content-3",
  placeIds: [],
  grouping: "place",
  validMinutes: 120,
  nextUpdateMinutes: 60,
  texts: { "en-US": TEXTS },
  customWording: {},
  numbers: {},
};
const FACTS_OF_ALERT: AlertFacts = {
  alertId: "a",
  code: "A",
  purpose: "outage",
  status: "Test",
  agency: { id: "a", code: "A", name: {}, shortName: {}, sender: "a@b", web: null, contact: null },
  incident: { id: "i", mode: "live", title: "t", failure: "full", textTo911: "fails", carrier: null, beganAt: 0 },
  places: [],
  timeZone: "America/New_York",
  languages: [],
  ...FOLLOWS_NOTHING,
};
const BUNDLE: Bundle = {
  format: "callbox-bundle-4",
  alertId: "a",
  purpose: "outage",
  status: "Test",
  note: null,
  sender: "a@b",
  senderName: { "en-US": "A" },
  source: "Callbox",
  web: null,
  contact: null,
  incident: "i",
  beganAt: 0,
  validMinutes: 120,
  nextUpdateMinutes: 60,
  timeZone: "America/New_York",
  wrong: null,
  messages: (["phones", "broadcasters"] as const).map((audience) => ({
    identifier: audience,
    msgType: "Alert" as const,
    tells: "outage" as const,
    audience,
    placeId: "p",
    place: "P",
    placeIds: [],
    population: 1,
    areas: [{ areaDesc: { "en-US": "P" }, sameCodes: ["025015"], polygons: [] }],
    outcome: "ready" as const,
    numbers: [],
    why: "",
    references: null,
    texts: [{ language: "en-US", inCap: true, parts: PARTS }],
  })),
};

describe("law 11: no rule is listed and never run", () => {
  test("by validating a file", () => {
    watch(MESSAGE_RULES);
    watch(SET_RULES);
    watch(HEADER_RULES);
    watch(CELL_BROADCAST_RULES);
    watch(FEED_RULES);
    watch(SIGNATURE_RULES);
    for (const file of [EXAMPLE, SIGNED(), FEED]) checkFile(Buffer.from(file));
    const watched = [MESSAGE_RULES, SET_RULES, HEADER_RULES, CELL_BROADCAST_RULES, FEED_RULES, SIGNATURE_RULES].flat();
    expect(watched.map(({ id }) => id).filter((id) => !ran.has(id))).toEqual([]);
  });

  test("by reading a file that breaks it", () => {
    for (const [id, file] of Object.entries(READING)) {
      const found = checkFile(Buffer.from(file)).findings.map(({ rule }) => rule);
      expect(found, id).toContain(id);
      ran.add(id);
    }
  });

  test("by checking a draft, which is what submission and approval do", () => {
    const before = new Set(ran);
    ran.clear();
    watch(PLACE_RULES);
    watch(ALERT_RULES);
    watch(TEXT_RULES);
    watch(LANGUAGE_RULES);
    findProblems(BUNDLE, { facts: FACTS_OF_ALERT, content: CONTENT, now: 0 });
    const expected = [
      MESSAGE_RULES,
      SET_RULES,
      HEADER_RULES,
      CELL_BROADCAST_RULES,
      PLACE_RULES,
      ALERT_RULES,
      TEXT_RULES,
      LANGUAGE_RULES,
    ];
    expect(
      expected
        .flat()
        .map(({ id }) => id)
        .filter((id) => !ran.has(id)),
    ).toEqual([]);
    for (const id of before) ran.add(id);
  });

  test("and none is left over", () => expect(ALL_RULES.map(({ id }) => id).filter((id) => !ran.has(id))).toEqual([]));
});
