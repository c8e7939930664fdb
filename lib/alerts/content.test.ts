import fs from "node:fs";
import { BORDER_TEMPLATE } from "../wording/border";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { loadPlaces } from "../directory/data";
import type { PlaceFacts } from "../directory/place-facts";
import { SELECTION_CASES } from "../directory/selection-cases-for-tests";
import { FAILURES, type IncidentFacts, TEXT_TO_911 } from "../incidents/schema";
import { connect, type PrismaClient } from "../platform/db";
import { MESSAGE_RULES } from "../standards/all-rules";
import { valuesOf } from "../standards/cap/model";
import { writeCap } from "../standards/cap/write";
import { applyRules } from "../standards/rule";
import { CANCELLATION_TEMPLATE } from "../wording/cancellation";
import { OUTAGE_TEMPLATE } from "../wording/outage";
import { prepareWording } from "../wording/prepare";
import { inLanguage } from "../platform/language";
import { type Part, PARTS } from "../wording/texts";
import { isNightly } from "../platform/nightly-for-tests";
import { textsAt } from "./bundle";
import { choosePlaces, planMessages } from "./plan";
import { copyDatabase } from "../platform/test-database";
import { SHIPPED_LANGUAGES } from "../wording/shipped-languages";
import { fitTexts, roomOnAir } from "./choose-wording";
import { buildBundle, identifierPart } from "./content";
import { joinNames } from "./message-slots";
import { loadAgencyFacts } from "./data";
import { type AlertFacts, capStatusOf } from "./facts";
import { findProblems, isBlocking, isForReview } from "./findings";
import { renderMessage } from "./renderers/cap-2";
import { type AgencyFacts, type AlertContent, FIRST_ALERT, type InForce, type Purpose, PURPOSES } from "./schema";
import { CORRECTION_TEMPLATE, RESTORATION_TEMPLATE, UPDATE_TEMPLATE } from "../wording/follow-ups";

/** Statewide, all 351 places, every scope and both kinds: what the shipped wording makes of it. */

let client: PrismaClient;
let places: PlaceFacts[];
let agencies: AgencyFacts[];
const NOW = Date.now();
const CODES = SHIPPED_LANGUAGES.map(({ code }) => code);

beforeAll(async () => {
  client = connect((await copyDatabase(inject("databases"))).appUrl);
  const ids = await client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
  places = await loadPlaces(
    client,
    ids.map(({ id }) => id),
  );
  agencies = [];
  for (const row of await client.agency.findMany()) agencies.push(await loadAgencyFacts(client, row));
});
afterAll(() => client.$disconnect());

const WRONG = { e164: "+14135550177", extension: "" };
const TEMPLATES = {
  outage: OUTAGE_TEMPLATE,
  update: UPDATE_TEMPLATE,
  correction: CORRECTION_TEMPLATE,
  restoration: RESTORATION_TEMPLATE,
  cancellation: CANCELLATION_TEMPLATE,
  border: BORDER_TEMPLATE,
};

function situation(
  failure: keyof typeof FAILURES,
  textTo911: keyof typeof TEXT_TO_911,
  purpose: Purpose,
  agency = agencies.find(({ id }) => id === "state-911")!,
  among = places,
): { facts: AlertFacts; content: AlertContent } {
  const incident: IncidentFacts = {
    id: "incident", mode: "live", title: "911 outage", failure, textTo911,
    carrier: failure === "carrier" ? "T-Mobile" : null, beganAt: NOW - 480_000,
  }; // prettier-ignore
  const told = (audience: InForce["audience"], placeId: string, covers: string[]): InForce => ({
    reference: `a@b,${audience}-${placeId},2024-06-18T13:27:26-04:00`,
    audience, placeId, covers, tells: "outage", sent: NOW - 60_000,
    numbers: covers.map((id) => ({ placeId: id, id: `wrong-${id}`, ...WRONG })),
  }); // prettier-ignore
  const counties = new Set(among.flatMap((place) => place.counties.map(({ id }) => id)));
  const inForce = [
    ...among.map(({ id }) => told("phones", id, [id])),
    ...[...counties].map((id) => told("broadcasters", id, [])),
  ];
  const state = purpose === "restoration" ? ("restored" as const) : ("out" as const);
  const outage = purpose === "border" ? [] : among.map(({ id }) => ({ placeId: id, state, since: NOW - 120_000 }));
  const placeIds = among.map(({ id }) => id);
  return {
    facts: {
      alertId: "alert", code: "MA911-20240618-01", purpose, status: "Test", agency, incident, places: among,
      timeZone: "America/New_York", languages: [...SHIPPED_LANGUAGES],
      outage, inForce: purpose === "outage" ? [] : inForce, covering: [], listedIds: [],
      down: purpose === "border" ? among.slice(0, 1) : [], held: {},
    }, // prettier-ignore
    content: {
      ...FIRST_ALERT,
      format: "callbox-content-3",
      grouping: "place",
      placeIds,
      restoredIds: purpose === "restoration" ? placeIds : [],
      wrong: purpose === "correction" ? WRONG : null,
      tellPhones: purpose === "cancellation",
      validMinutes: 120,
      nextUpdateMinutes: 60,
      ...prepareWording(TEMPLATES[purpose], incident, CODES),
      customWording: {},
      numbers: {},
    },
  };
}

const isBlocked = ({ selection }: ReturnType<typeof choosePlaces>[number]) => selection.outcome === "blocked";

const scopes = (Object.keys(FAILURES) as (keyof typeof FAILURES)[]).flatMap((failure) =>
  (Object.keys(TEXT_TO_911) as (keyof typeof TEXT_TO_911)[]).map((texting) => [failure, texting] as const),
);

describe("the shipped wording, statewide", () => {
  test.each(scopes)("%s, text-to-911 %s: no rule is broken but the numbers nobody answered", (failure, texting) => {
    // What follows says of text-to-911 what the first alert says, so one state of it stands for all.
    for (const purpose of texting === "fails" ? PURPOSES : (["outage", "update"] as const)) {
      // By day every twenty-fourth place and those with long names; the first alert of a full outage is for all of them.
      const among =
        isNightly || (failure === "full" && purpose === "outage")
          ? places
          : places.filter(({ name }, index) => index % 24 === 0 || name.length > 15);
      const { facts, content } = situation(failure, texting, purpose, undefined, among);
      const bundle = buildBundle(facts, content, NOW);
      const problems = findProblems(bundle, { facts, content, now: NOW });
      const blocking = problems.filter(isBlocking);
      const blocked = among === places ? 3 : choosePlaces(facts, content, NOW).filter(isBlocked).length;
      const said = blocking.flatMap(({ rule, places: found }) =>
        rule === "DIR-001"
          ? []
          : found.slice(0, 3).map(({ place, path, message }) => `${purpose} ${rule} ${place} ${path}: ${message}`),
      );
      expect(said).toEqual([]);
      expect(blocking.map(({ rule, places: found }) => [rule, found.length])).toEqual(
        ["cancellation", "restoration", "border"].includes(purpose) || failure === "location" || blocked === 0
          ? []
          : [["DIR-001", blocked]],
      );
      const left = bundle.messages.flatMap((message) =>
        textsAt(bundle, message, NOW).flatMap(({ language, parts }) =>
          PARTS.filter((part) => /[{}]|\[\[|\]\]| {2}|undefined|\.\./.test(parts[part])).map(
            (part) => `${purpose} ${message.place} ${language} ${part}: ${parts[part]}`,
          ),
        ),
      );
      expect(left).toEqual([]);
      const soft = problems.filter(({ verdict, level }) => verdict === "fail" && level === "should");
      expect(
        soft.map(
          ({ rule, places: found }) => `${purpose} ${rule} ${found[0]?.place} ${found[0]?.path}: ${found[0]?.message}`,
        ),
      ).toEqual([]);
    }
  });

  test("what most places read is the usual wording, and the few with long names read a shorter one", () => {
    const { facts, content } = situation("full", "fails", "outage");
    const count = (given: AlertContent) => {
      const { messages } = buildBundle(facts, given, NOW);
      const shortened = messages.filter(
        ({ audience, texts }) => audience === "phones" && texts.some(({ shorter }) => shorter?.includes("short")),
      );
      return shortened.length;
    };
    // No town has room for the first wording of the template behind the name of the state's agency.
    expect(count(content)).toBe(351);
    const fitted = { ...content, ...fitTexts(facts, content, NOW) };
    expect(count(fitted)).toBeLessThan(100);
    expect(count(fitted)).toBeGreaterThan(0);
    // Every message fits as it did, and says no less.
    expect(
      findProblems(buildBundle(facts, fitted, NOW), { facts, content: fitted, now: NOW }).filter(isBlocking),
    ).toEqual(findProblems(buildBundle(facts, content, NOW), { facts, content, now: NOW }).filter(isBlocking));
    // A second time changes nothing, and what someone wrote stays theirs.
    expect(fitTexts(facts, fitted, NOW).texts).toEqual(fitted.texts);
    const own = structuredClone(content);
    own.texts["en-US"]!.place.short =
      "{senderShort}: 911 is down in {place}, {state}. In an emergency please call {number} at once.";
    expect(fitTexts(facts, own, NOW).texts["en-US"]!.place.short).toBe(own.texts["en-US"]!.place.short);
  });

  test("what stations would cut is what the counter of the text has no room for, and an approver is shown it", () => {
    const hampshire = places.filter((place) => place.counties[0]?.id === "25015");
    const { facts, content } = situation("full", "fails", "outage", undefined, hampshire);
    const chosen = choosePlaces(facts, content, NOW);
    const plan = planMessages(facts, content, chosen, NOW).find(({ audience }) => audience === "broadcasters")!;
    const words = facts.languages.find(({ code }) => code === "en-US")!;
    const cut = (length: number) => {
      const own = { "en-US": { description: "x".repeat(length), instruction: "Stay where you are." } };
      const given = { ...content, customWording: { "eas-25015": own } };
      const problems = findProblems(buildBundle(facts, given, NOW), { facts, content: given, now: NOW });
      return problems.find(({ rule }) => rule === "EAS-011");
    };
    const room = roomOnAir(facts, plan, words, "Stay where you are.");
    // The sentence of the header takes the longest event, so there may be a little more room than is counted.
    expect(cut(room)).toBeUndefined();
    const group = cut(room + 40)!;
    expect(isForReview(group)).toBe(true);
    expect(isForReview({ ...group, level: "advice" })).toBe(false);
    expect(isForReview({ ...group, level: "must" })).toBe(false);
    expect(isForReview({ ...group, level: "advice", verdict: "review" })).toBe(true);
  });

  test("every agency's name fits, for its own places", () => {
    for (const agency of agencies) {
      const { facts, content } = situation("full", "fails", "outage", agency);
      const own = places.filter(({ name }) => inLanguage(agency.name, "en-US").startsWith(name));
      const limited = { ...content, placeIds: own.map(({ id }) => id) };
      if (own.length === 0) continue;
      const problems = findProblems(buildBundle(facts, limited, NOW), { facts, content: limited, now: NOW });
      expect(problems.filter(isBlocking)).toEqual([]);
    }
  });
});

/** An outage alert asks for dispatch, and knows until when it is valid. */
const OF_ALERTS = SELECTION_CASES.filter(
  ({ situation: { service, ...asked } }) => service === undefined && !("until" in asked && asked.until === undefined),
);

describe("what each choice of a number says, in every language", () => {
  test.each(OF_ALERTS.map((entry) => [entry.name, entry] as const))(
    "%s",
    (_, { place, situation: asked, id, helpOption }) => {
      const granby = places.find(({ name }) => name === "Granby")!;
      const failure = asked.failure ?? "carrier";
      const texting = asked.textTo911 ?? "unknown";
      const made = situation(failure, texting, "outage");
      // Every number stands for itself, so that a text shows which one it took.
      const all = [...place.numbers, ...place.fallbacks.flatMap(({ numbers }) => numbers)];
      const e164 = new Map(all.map((number, index) => [number, `+1413555${String(101 + index).padStart(4, "0")}`]));
      const own = (number: (typeof all)[number]) => ({ ...number, e164: e164.get(number)! });
      const facts: AlertFacts = {
        ...made.facts,
        ...(asked.until === undefined ? { anyHour: true } : {}),
        places: [
          {
            ...granby,
            ...(place.timeZone ? { timeZone: place.timeZone } : {}),
            numbers: place.numbers.map(own),
            fallbacks: place.fallbacks.map((one) => ({ ...one, numbers: one.numbers.map(own) })),
            helpOptions: place.helpOptions.map((option) => ({
              ...option,
              wording: { "en-US": `go to the ${option.kind}`, "es-US": `vaya a: ${option.kind}` },
            })),
          },
        ],
      };
      const content: AlertContent = {
        ...made.content,
        placeIds: [granby.id],
        validMinutes: asked.until === undefined ? 120 : (asked.until - asked.now) / 60_000,
        numbers: asked.choice ? { [granby.id]: asked.choice } : {},
      };
      const bundle = buildBundle(facts, content, asked.now);
      const phones = bundle.messages.find(({ audience }) => audience === "phones")!;
      const given = all.find((number) => number.id === id);
      const digits = (number: (typeof all)[number]) => e164.get(number)!.replace(/^\+1(\d{3})(\d{3})/, "$1-$2-");
      expect(phones.texts.map(({ language }) => language)).toEqual(["en-US", "es-US"]);
      for (const { language, parts } of phones.texts) {
        for (const part of ["short", "long", "description"] as const) {
          for (const number of all)
            expect(parts[part].includes(digits(number)), `${language} ${part}: ${parts[part]}`).toBe(number === given);
        }
        expect(parts.long).toMatch(
          language === "es-US" ? /No llame al 911 para probarlo\./ : /Do not call 911 to test it\./,
        );
        if (given === undefined && helpOption && helpOption !== "text-to-911")
          expect(parts.long).toContain(language === "es-US" ? `vaya a: ${helpOption}` : `go to the ${helpOption}`);
        // Nothing of one language in the other.
        expect(parts.long).not.toMatch(
          language === "es-US" ? /\b(the|Call|works)\b(?! Granby)/ : /\b(el|Llame|funciona)\b/,
        );
      }
    },
  );
});

test("no fewer situations are said than the review asked for", () => {
  expect(OF_ALERTS.length).toBeGreaterThanOrEqual(115);
});

describe("one message per town, one per county", () => {
  test("351 for phones and 14 for broadcasters, each kept off the other's channel", () => {
    const { facts, content } = situation("full", "fails", "outage");
    const bundle = buildBundle(facts, content, NOW);
    expect(bundle.messages.filter(({ audience }) => audience === "phones")).toHaveLength(351);
    expect(bundle.messages.filter(({ audience }) => audience === "broadcasters")).toHaveLength(14);
    expect(new Set(bundle.messages.map(({ identifier }) => identifier)).size).toBe(365);
    for (const message of bundle.messages) {
      const cap = renderMessage(bundle, message, NOW);
      for (const info of cap.info) {
        expect(valuesOf(info.parameter, "BLOCKCHANNEL").sort()).toEqual(
          message.audience === "phones" ? ["EAS", "NWEM"] : ["CMAS", "NWEM"],
        );
        expect(valuesOf(info.parameter, "WEAHandling")).toEqual(["Public Safety"]);
        expect(valuesOf(info.parameter, "EAS-ORG")).toEqual(["CIV"]);
        expect(valuesOf(info.eventCode, "SAME")).toEqual(["TOE"]);
        expect(valuesOf(info.parameter, "CMAMtext")).toHaveLength(1);
        const long = valuesOf(info.parameter, "CMAMlongtext")[0]!;
        expect(long).toContain(
          info.language === "es-US" ? "No llame al 911 para probarlo." : "Do not call 911 to test it.",
        );
        expect(info.expires).toBeDefined();
      }
      expect(applyRules(MESSAGE_RULES, cap, { meant: bundle.status }).filter(({ level }) => level === "must")).toEqual(
        [],
      );
    }
  });

  test("each town gives its own number; towns without one are told where to go", () => {
    const { facts, content } = situation("full", "fails", "outage");
    const bundle = buildBundle(facts, content, NOW);
    const find = (place: string) => bundle.messages.find((message) => message.place === place)!;
    const textOf = (place: string, part: Part) => find(place).texts[0]!.parts[part];
    expect(textOf("Granby", "short")).toContain("413-555-0142");
    expect(find("Gosnold")).toMatchObject({ outcome: "no-number", numbers: [] });
    expect(textOf("Gosnold", "long")).toContain("go to the Cuttyhunk fire station");
    expect(textOf("Boston", "long")).toContain("pull a fire box");
    expect(textOf("Hampshire County", "description")).toContain("Granby 413-555-0142");
    expect(textOf("Hampshire County", "description")).toContain("Huntington and Ware: go to a police or fire station");
  });

  test("a county that is hit in parts is named so, and by its towns where they are few", () => {
    const { facts, content } = situation("full", "fails", "outage");
    const granby = places.find(({ name }) => name === "Granby")!;
    const bundle = buildBundle(facts, { ...content, placeIds: [granby.id] }, NOW);
    expect(bundle.messages.map(({ place }) => place)).toEqual(["Granby", "Hampshire County"]);
    expect(bundle.messages[1]!.texts[0]!.parts.description).toContain("911 has been down in Granby, Massachusetts");
    const four = places.filter(({ counties: [home] }) => home?.name === "Hampshire").slice(0, 4);
    const many = buildBundle(facts, { ...content, placeIds: four.map(({ id }) => id) }, NOW);
    expect(many.messages.at(-1)!.texts[0]!.parts.description).toContain("parts of Hampshire County");
  });
});

/** Our own schema, from the standard's tables; the OASIS one besides, where it is at hand. */
const SCHEMAS = ["lib/standards/cap/cap-1.2-for-tests.xsd", "../shared/cap-samples/CAP-v1.2.xsd"];
const EXAMPLE = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8");

describe.each(SCHEMAS.filter((file) => fs.existsSync(file)))("by %s", (file) => {
  function validate(xml: string): void {
    const schema = XmlDocument.fromBuffer(fs.readFileSync(file));
    const validator = XsdValidator.fromDoc(schema);
    const document = XmlDocument.fromString(xml);
    try {
      validator.validate(document);
    } finally {
      document.dispose();
      validator.dispose();
      schema.dispose();
    }
  }

  test.each(PURPOSES)("every message of a statewide %s is valid", (purpose) => {
    const { facts, content } = situation("partial", "works", purpose);
    const bundle = buildBundle(facts, content, NOW);
    for (const message of bundle.messages) validate(writeCap(renderMessage(bundle, message, NOW)));
  });

  test.each([
    ["nothing but a sender", `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><sender>a</sender></alert>`],
    ["an unknown certainty", EXAMPLE.replace("<certainty>Observed", "<certainty>Surely")],
    ["a time without an offset", EXAMPLE.replace(/<sent>([^<]*)-04:00/, "<sent>$1Z")],
    ["an element of its own", EXAMPLE.replace("<scope>", "<extra>a</extra><scope>")],
    ["elements in another order", EXAMPLE.replace(/(<status>.*?<\/status>)\s*(<msgType>.*?<\/msgType>)/s, "$2$1")],
    ["an element inside a text", EXAMPLE.replace(/<headline>/, "<headline><b>no</b>")],
    ["an attribute", EXAMPLE.replace("<event>", `<event class="a">`)],
  ])("refuses %s", (_, xml) => {
    expect(xml).not.toBe(EXAMPLE);
    expect(() => validate(xml)).toThrow();
  });
});

test.each([
  ["real", "live", "Actual"],
  ["real", "exercise", "Exercise"],
  ["demonstration", "live", "Test"],
  ["demonstration", "exercise", "Exercise"],
] as const)("a %s site, %s incident: CAP status %s", (site, mode, status) => {
  expect(capStatusOf(site, { mode })).toBe(status);
});

test("names", () => {
  expect(identifierPart("Manchester-by-the-Sea")).toBe("MANCHESTER-BY-THE-SEA");
  expect(identifierPart("Doña Ana & Sons")).toBe("DONA-ANA-SONS");
  expect(joinNames(["Gill"], { and: " and " })).toBe("Gill");
  expect(joinNames(["Gill", "Rowe", "Heath"], { and: " and " })).toBe("Gill, Rowe and Heath");
  expect(joinNames(["Gill", "Rowe"], { and: " y " })).toBe("Gill y Rowe");
});
