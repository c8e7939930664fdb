import fs from "node:fs";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { loadPlaces } from "../directory/data";
import type { PlaceFacts } from "../directory/place-facts";
import { FAILURES, type IncidentFacts, TEXT_TO_911 } from "../incidents/schema";
import { connect, type PrismaClient } from "../platform/db";
import { MESSAGE_RULES } from "../standards/all-rules";
import { valuesOf } from "../standards/cap/model";
import { writeCap } from "../standards/cap/write";
import { applyRules } from "../standards/rule";
import { OUTAGE_TEMPLATE, WITHDRAWAL_TEMPLATE } from "../wording/outage";
import { prepareTexts } from "../wording/prepare";
import { copyDatabase } from "../platform/test-database";
import { type AlertFacts, buildBundle, capStatusOf, identifierPart, joinNames } from "./content";
import { findProblems, isBlocking } from "./findings";
import { renderMessage } from "./render";
import type { AgencyFacts, AlertContent } from "./schema";

/** Statewide, all 351 places, every scope and both kinds: what the shipped wording makes of it. */

let client: PrismaClient;
let places: PlaceFacts[];
let agencies: AgencyFacts[];
const NOW = Date.now();

beforeAll(async () => {
  client = connect((await copyDatabase(inject("databases"))).appUrl);
  const ids = await client.region.findMany({ where: { kind: "municipality" }, select: { id: true } });
  places = await loadPlaces(
    client,
    ids.map(({ id }) => id),
  );
  agencies = (await client.agency.findMany()) as AgencyFacts[];
});
afterAll(() => client.$disconnect());

function situation(
  failure: keyof typeof FAILURES,
  textTo911: keyof typeof TEXT_TO_911,
  kind: "outage" | "cancel",
  agency = agencies.find(({ id }) => id === "state-911")!,
): { facts: AlertFacts; content: AlertContent } {
  const incident: IncidentFacts = {
    id: "incident", mode: "live", title: "911 outage", failure, textTo911,
    carrier: failure === "carrier" ? "T-Mobile" : null, beganAt: NOW - 480_000,
  }; // prettier-ignore
  const references = Object.fromEntries(
    places.flatMap(({ id, countyId }) => [
      [`phones:${id}`, `a@b,X-${id},2024-06-18T13:27:26-04:00`],
      [`broadcasters:${countyId}`, `a@b,Y-${countyId},2024-06-18T13:27:26-04:00`],
    ]),
  );
  return {
    facts: {
      alertId: "alert", code: "MA911-20240618-01", kind, status: "Test", agency, incident, places,
      timeZone: "America/New_York",
      ...(kind === "cancel" ? { withdrawal: { originalSent: NOW - 60_000, references } } : {}),
    }, // prettier-ignore
    content: {
      regionIds: places.map(({ id }) => id),
      validMinutes: 120,
      nextUpdateMinutes: 60,
      texts: kind === "cancel" ? WITHDRAWAL_TEMPLATE.frames : prepareTexts(OUTAGE_TEMPLATE, incident),
      apart: {},
      numbers: {},
    },
  };
}

const scopes = (Object.keys(FAILURES) as (keyof typeof FAILURES)[]).flatMap((failure) =>
  (Object.keys(TEXT_TO_911) as (keyof typeof TEXT_TO_911)[]).map((texting) => [failure, texting] as const),
);

describe("the shipped wording, statewide", () => {
  test.each(scopes)("%s, text-to-911 %s: no rule is broken but the numbers nobody answered", (failure, texting) => {
    for (const kind of ["outage", "cancel"] as const) {
      const { facts, content } = situation(failure, texting, kind);
      const bundle = buildBundle(facts, content, NOW);
      const problems = findProblems(bundle, { facts, content, now: NOW });
      expect(problems.filter(isBlocking).map(({ rule, places: found }) => [rule, found.length])).toEqual(
        kind === "outage" ? [["DIR-001", 3]] : [],
      );
      const soft = problems.filter(({ verdict, level }) => verdict === "fail" && level === "should");
      expect(soft.map(({ rule }) => rule)).toEqual([]);
    }
  });

  test("every agency's name fits, for its own places", () => {
    for (const agency of agencies) {
      const { facts, content } = situation("full", "fails", "outage", agency);
      const own = places.filter(({ name }) => agency.name.startsWith(name));
      const limited = { ...content, regionIds: own.map(({ id }) => id) };
      if (own.length === 0) continue;
      const problems = findProblems(buildBundle(facts, limited, NOW), { facts, content: limited, now: NOW });
      expect(problems.filter(isBlocking)).toEqual([]);
    }
  });
});

describe("one message per town, one per county", () => {
  test("351 for telephones and 14 for broadcasters, each kept off the other's channel", () => {
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

  test("each town gives its own number; towns without one are named and get places", () => {
    const { facts, content } = situation("full", "fails", "outage");
    const bundle = buildBundle(facts, content, NOW);
    const find = (place: string) => bundle.messages.find((message) => message.place === place)!;
    expect(find("Granby").texts[0]!.short).toContain("413-555-0142");
    expect(find("Gosnold")).toMatchObject({ outcome: "places", numbers: [] });
    expect(find("Gosnold").texts[0]!.long).toContain("go to the Cuttyhunk fire station");
    expect(find("Boston").texts[0]!.long).toContain("pull a fire box");
    expect(find("Hampshire County").texts[0]!.description).toContain("Granby 413-555-0142");
    expect(find("Hampshire County").texts[0]!.description).toContain(
      "Huntington and Ware: go to a police or fire station",
    );
  });

  test("a county that is hit in parts is named so", () => {
    const { facts, content } = situation("full", "fails", "outage");
    const granby = places.find(({ name }) => name === "Granby")!;
    const bundle = buildBundle(facts, { ...content, regionIds: [granby.id] }, NOW);
    expect(bundle.messages.map(({ place }) => place)).toEqual(["Granby", "Hampshire County"]);
    expect(bundle.messages[1]!.texts[0]!.description).toContain("parts of Hampshire County");
  });
});

const XSD = "../shared/cap-samples/CAP-v1.2.xsd";
test.skipIf(!fs.existsSync(XSD))("every message is valid by the OASIS CAP 1.2 schema", () => {
  const schema = XmlDocument.fromBuffer(fs.readFileSync(XSD));
  const validator = XsdValidator.fromDoc(schema);
  for (const kind of ["outage", "cancel"] as const) {
    const { facts, content } = situation("partial", "works", kind);
    const bundle = buildBundle(facts, content, NOW);
    for (const message of bundle.messages) {
      const document = XmlDocument.fromBuffer(Buffer.from(writeCap(renderMessage(bundle, message, NOW))));
      validator.validate(document);
      document.dispose();
    }
  }
  const broken = XmlDocument.fromString(
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><sender>a</sender></alert>`,
  );
  expect(() => validator.validate(broken)).toThrow();
  broken.dispose();
  validator.dispose();
  schema.dispose();
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
  expect(joinNames(["Gill"], "en-US")).toBe("Gill");
  expect(joinNames(["Gill", "Rowe", "Heath"], "en-US")).toBe("Gill, Rowe and Heath");
  expect(joinNames(["Gill", "Rowe"], "es-US")).toBe("Gill y Rowe");
});
