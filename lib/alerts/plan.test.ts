import { beforeAll, describe, expect, inject, test } from "vitest";
import { loadPlaces } from "../directory/data";
import type { CountyFacts, PlaceFacts } from "../directory/place-facts";
import { HOURS_NOT_KNOWN } from "../directory/schema";
import { connect } from "../platform/db";
import { copyDatabase } from "../platform/test-database";
import { valuesOf } from "../standards/cap/model";
import { findOverlaps } from "../standards/geometry/overlap";
import { countyKind, formatCounty } from "../places/county-kinds";
import { shortenName } from "../places/short-name";
import { OUTAGE_TEMPLATE } from "../wording/outage";
import { prepareWording } from "../wording/prepare";
import { SHIPPED_LANGUAGES } from "../wording/shipped-languages";
import { textsAt } from "./bundle";
import { buildBundle } from "./content";
import { reachOfPlan, warnOfReach } from "./county-reach";
import { loadAgencyFacts } from "./data";
import { type AlertFacts, FOLLOWS_NOTHING } from "./facts";
import { findProblems, isBlocking } from "./findings";
import { choosePlaces, planBroadcasts, planMessages } from "./plan";
import { summarizePlan } from "./plan-summary";
import { renderMessage } from "./renderers/cap-2";
import { type AlertContent, FIRST_ALERT, type Grouping } from "./schema";

const NOW = Date.now();
const good = {
  at: NOW - 86_400_000,
  by: "Tess",
  answeredBy: "desk",
  result: "right-desk" as const,
  validDays: 90,
  recordedAt: null,
};
let facts: AlertFacts;

beforeAll(async () => {
  const client = connect((await copyDatabase(inject("databases"))).appUrl);
  const rows = await client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
  facts = {
    alertId: "alert",
    code: "MA911-20240618-01-7K2QF",
    purpose: "outage",
    status: "Test",
    agency: await loadAgencyFacts(client, await client.agency.findUniqueOrThrow({ where: { id: "state-911" } })),
    incident: {
      id: "incident",
      mode: "live",
      title: "911 outage",
      failure: "full",
      textTo911: "fails",
      carrier: null,
      beganAt: NOW - 480_000,
    },
    places: await loadPlaces(
      client,
      rows.map(({ id }) => id),
    ),
    timeZone: "America/New_York",
    languages: [...SHIPPED_LANGUAGES],
    ...FOLLOWS_NOTHING,
  };
  await client.$disconnect();
});

const contentOf = (grouping: Grouping, places: PlaceFacts[]): AlertContent => ({
  ...FIRST_ALERT,
  format: "callbox-content-3",
  placeIds: places.map(({ id }) => id),
  grouping,
  validMinutes: 120,
  nextUpdateMinutes: 60,
  ...prepareWording(
    OUTAGE_TEMPLATE,
    facts.incident,
    SHIPPED_LANGUAGES.map(({ code }) => code),
  ),
  customWording: {},
  numbers: {},
});

function bundleOf(grouping: Grouping, places: PlaceFacts[]) {
  const content = contentOf(grouping, places);
  const situation = { ...facts, places };
  const bundle = buildBundle(situation, content, NOW);
  const problems = findProblems(bundle, { facts: situation, content, now: NOW });
  return { bundle, phones: bundle.messages.filter(({ audience }) => audience === "phones"), problems };
}

const named = (...names: string[]) => facts.places.filter(({ name }) => names.includes(name));

test("no phone of 351 places side by side gets the message of the next one", () => {
  const content = contentOf("place", facts.places);
  const overlapping = findOverlaps(facts.places);
  const chosen = choosePlaces(facts, content, NOW);
  const { overlaps } = summarizePlan(planMessages(facts, content, chosen, NOW), chosen, [], overlapping);
  expect(overlaps.filter(({ says }) => says.includes("phones"))).toEqual([]);
});

describe("how many messages an alert becomes", () => {
  test.each([
    ["place", 351],
    ["county", 14],
    ["all", 1],
  ] as const)("statewide by %s: %i for phones, 14 for broadcasters, no two of one name", (grouping, count) => {
    const { bundle, phones } = bundleOf(grouping, facts.places);
    expect(phones).toHaveLength(count);
    expect(bundle.messages).toHaveLength(count + 14);
    expect(new Set(bundle.messages.map(({ identifier }) => identifier)).size).toBe(count + 14);
    expect(new Set(phones.flatMap(({ placeIds }) => placeIds)).size).toBe(351);
    for (const { identifier } of bundle.messages) expect(identifier).toMatch(/^[A-Z0-9-]{10,120}$/);
  });

  test("by dispatch area: its places share a message, others stand alone", () => {
    const { phones } = bundleOf("dispatch-area", facts.places);
    const areas = phones.filter(({ placeIds }) => placeIds.length > 1);
    expect(areas.length).toBeGreaterThan(0);
    expect(phones.length).toBeLessThan(351);
    expect(new Set(phones.flatMap(({ placeIds }) => placeIds)).size).toBe(351);
  });

  test("a group that shares one number gives it; one that does not tells people to listen for theirs", () => {
    const area = bundleOf("dispatch-area", facts.places).phones.find(({ placeIds }) => placeIds.length > 1);
    const served = facts.places.filter(({ id }) => area?.placeIds.includes(id));
    const shared = bundleOf("dispatch-area", served).phones[0]!;
    const numbers = new Set(shared.numbers.map(({ id }) => id));
    expect(shared.texts[0]!.parts.long).toMatch(numbers.size === 1 ? /call \d{3}-\d{3}-\d{4}/ : /your town's number/);

    const county = bundleOf("county", named("Granby", "Amherst"));
    expect(county.phones[0]).toMatchObject({ place: "Hampshire County", placeIds: expect.any(Array) });
    expect(county.phones[0]!.texts[0]!.parts.long).toContain("parts of Hampshire County");
    expect(county.problems.filter(isBlocking)).toEqual([]);
  });

  test("one number that nobody verified blocks the whole group", () => {
    const { phones, problems } = bundleOf("county", named("Ware", "Granby"));
    expect(phones[0]).toMatchObject({ outcome: "blocked" });
    expect(problems.filter(isBlocking).map(({ rule }) => rule)).toContain("DIR-001");
  });
});

describe("a place in several counties", () => {
  const OTHER: CountyFacts = {
    id: "25011",
    name: "Franklin",
    kind: "county",
    size: 26,
    population: 71_000,
    sameCode: "025011",
  };
  test("goes out with every code, and each county's broadcasters get it", () => {
    const [granby] = named("Granby");
    const both = { ...granby!, counties: [...granby!.counties, OTHER] };
    const { bundle, phones } = bundleOf("place", [both]);
    const cap = renderMessage(bundle, phones[0]!, NOW);
    expect(valuesOf(cap.info[0]!.area[0]!.geocode, "SAME")).toEqual(["025015", "025011"]);
    expect(bundle.messages.filter(({ audience }) => audience === "broadcasters").map(({ place }) => place)).toEqual([
      "Hampshire County",
      "Franklin County",
    ]);
  });
});

test("two places of one name have identifiers of their own", () => {
  const [granby] = named("Granby");
  const twin = { ...granby!, id: "2501599999" };
  const { phones } = bundleOf("place", [granby!, twin]);
  expect(phones.map(({ identifier }) => identifier)).toEqual([
    "MA911-20240618-01-7K2QF-GRANBY-2501526535",
    "MA911-20240618-01-7K2QF-GRANBY-2501599999",
  ]);
});

test("the extension is dialed in every text, from the directory to the CAP", () => {
  const [granby] = named("Granby");
  const numbers = granby!.numbers.map((number) => ({ ...number, extension: "12" }));
  const { bundle, phones, problems } = bundleOf("place", [{ ...granby!, numbers }]);
  expect(phones[0]!.numbers).toEqual([
    { id: numbers[0]!.id, e164: "+14135550142", extension: "12", placeId: granby!.id },
  ]);
  const [info] = renderMessage(bundle, phones[0]!, NOW).info;
  expect(valuesOf(info!.parameter, "CMAMtext")[0]).toContain("413-555-0142 ext. 12");
  expect(info!.headline).toContain("413-555-0142 ext. 12");
  expect(bundle.messages[1]!.texts[0]!.parts.description).toContain("413-555-0142 ext. 12");
  expect(problems.filter(isBlocking)).toEqual([]);
});

test.each([
  ["22071", "Orleans", "parts of Orleans Parish", "partes de la parroquia de Orleans"],
  ["24510", "Baltimore", "parts of Baltimore City", "partes de la ciudad de Baltimore"],
  ["24005", "Baltimore", "parts of Baltimore County", "partes del condado de Baltimore"],
  ["02020", "Anchorage", "parts of Anchorage Municipality", "partes de la municipalidad de Anchorage"],
  ["02290", "Yukon-Koyukuk", "parts of Yukon-Koyukuk Census Area", "partes del área censal de Yukon-Koyukuk"],
  ["11001", "District of Columbia", "parts of the District of Columbia", "partes del Distrito de Columbia"],
  ["72113", "Ponce", "parts of Ponce Municipio", "partes del municipio de Ponce"],
])("county %s, %s, by its kind in every text, title and area", (id, name, english, spanish) => {
  const county: CountyFacts = { id, name, kind: countyKind(id), size: 9, population: 9, sameCode: `0${id}` };
  // Fewer towns are named themselves.
  const towns = named("Granby", "Hadley", "Amherst", "Ware").map((town) => ({ ...town, counties: [county] }));
  const { bundle } = bundleOf("place", towns);
  const stations = bundle.messages.find(({ audience }) => audience === "broadcasters")!;
  expect(stations.texts.map(({ parts }) => parts.description)).toEqual([
    expect.stringContaining(english),
    expect.stringContaining(spanish),
  ]);
  expect(stations.place).toBe(formatCounty(county));
  expect(stations.areas[0]!.areaDesc["en-US"]).toBe(`${formatCounty(county)}, MA`);
});

test("a county is called as its language calls it in the short text as well", () => {
  const bath: CountyFacts = { id: "51017", name: "Bath", kind: "county", size: 1, population: 9, sameCode: "051017" };
  const place = { ...named("Granby")[0]!, name: "Bath County", shortName: "Bath County", unit: "county" as const };
  const { phones } = bundleOf("place", [{ ...place, id: bath.id, counties: [bath] }]);
  const [english, spanish] = phones[0]!.texts.map(({ parts }) => parts.short);
  expect(english).toContain("in Bath County");
  expect(spanish).toContain("en el condado de Bath");
});

test("a name with no short form stands whole in every text, and a finding says where it has no room", () => {
  const name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
  const shortName = shortenName(name);
  const { phones, problems } = bundleOf("place", [{ ...named("Granby")[0]!, name, shortName }]);
  for (const { parts } of phones[0]!.texts) expect(parts.short).toContain(name);
  expect(problems.map(({ rule }) => rule)).toContain("TXT-003");
});

describe("what speaks against a number", () => {
  /** Granby with its number changed, in an alert of its own. */
  const withNumber = (change: Partial<PlaceFacts["numbers"][number]>, place: Partial<PlaceFacts> = {}) =>
    named("Granby").map((granby) => ({
      ...granby,
      fallbacks: [],
      conflicts: [],
      numbers: granby.numbers.slice(0, 1).map((number) => ({ ...number, ...change })),
      ...place,
    }));
  const findingsOf = (rule: string, places: PlaceFacts[]) =>
    bundleOf("place", places)
      .problems.filter((group) => group.rule === rule)
      .flatMap((group) => group.places.map(({ message }) => message));

  test.each([
    ["nothing", { calls: [good] }, []],
    [
      "an area code of another state",
      { calls: [good], e164: "+14015550142" },
      [/401-555-0142 has the area code of another state than Massachusetts/],
    ],
    ["a toll-free number belongs to no state", { calls: [good], e164: "+18005550142" }, []],
    [
      "verification that ends while the alert is valid",
      { calls: [{ ...good, at: NOW - 90 * 86_400_000 + 3_600_000 }] },
      [/verification of 413-555-0142 ends .* while the alert is still valid/],
    ],
    [
      "overloaded, with nothing better",
      { calls: [good], status: "overloaded" as const },
      [/413-555-0142: it is overloaded/],
    ],
  ])("%s", (_, change, expected) => {
    const found = findingsOf("DIR-008", withNumber(change));
    expect(found).toHaveLength(expected.length);
    expected.forEach((pattern, index) => expect(found[index]).toMatch(pattern));
  });

  test("many places on few lines are asked about, and not one more line than that", () => {
    const [granby] = withNumber({ calls: [good], lines: 1 });
    const places = (count: number, lines: number) =>
      facts.places.slice(0, count).map((place) => ({
        ...place,
        numbers: granby!.numbers.map((number) => ({ ...number, lines })),
        fallbacks: [],
        conflicts: [],
      }));
    expect(findingsOf("DIR-009", places(10, 1))).toEqual([]);
    expect(findingsOf("DIR-009", places(11, 1))).toHaveLength(11);
    expect(findingsOf("DIR-009", places(11, 2))).toEqual([]);
  });

  test("an alert does not say that texts arrive where the directory says they do not", () => {
    const denies = { helpOptions: [{ kind: "text-to-911", works: false, wording: { "en-US": "text 911" } }] };
    const places = withNumber({ calls: [good] }, denies);
    expect(findingsOf("DIR-010", places)).toEqual([]);
    facts.incident.textTo911 = "works";
    try {
      expect(findingsOf("DIR-010", places)).toEqual(["In Granby texts to 911 do not work, says the directory."]);
      expect(findingsOf("DIR-010", withNumber({ calls: [good] }, { helpOptions: [] }))).toEqual([]);
    } finally {
      facts.incident.textTo911 = "fails";
    }
  });

  test("a place of another time zone has its own times", () => {
    const [granby] = withNumber({ calls: [good] });
    const { bundle } = bundleOf("place", [{ ...granby!, timeZone: "America/Denver" }]);
    expect(renderMessage(bundle, bundle.messages[0]!, Date.UTC(2026, 5, 18, 18)).sent).toBe(
      "2026-06-18T12:00:00-06:00",
    );
    // What pages, posts and previews quote says the same hours as the CAP file.
    for (const message of bundle.messages) {
      const { info: infos } = renderMessage(bundle, message, NOW);
      for (const { language, parts } of textsAt(bundle, message, NOW))
        expect(parts.description).toBe(infos.find((info) => info.language === language)?.description);
      expect(textsAt(bundle, message, NOW)[0]?.parts.instruction).toMatch(/The next update comes by \S+ [AP]M M[SD]T/);
    }
    const { bundle: home } = bundleOf("place", [granby!]);
    expect(renderMessage(home, home.messages[0]!, Date.UTC(2026, 5, 18, 18)).sent).toBe("2026-06-18T14:00:00-04:00");
    expect(home.messages.every((message) => !("timeZone" in message))).toBe(true);
  });
});

describe("who answers", () => {
  const descriptionIn = (wanted: string, change: Partial<PlaceFacts["numbers"][number]>) => {
    const [granby] = named("Granby");
    const [number] = granby!.numbers;
    const { phones } = bundleOf("place", [{ ...granby!, numbers: [{ ...number!, ...change }] }]);
    return phones[0]!.texts.find(({ language }) => language === wanted)!.parts.description!;
  };
  const spanish = (change: Partial<PlaceFacts["numbers"][number]>) => descriptionIn("es-US", change);
  test.each([
    [
      "a usual desk with its place",
      { desk: "Granby dispatch center" },
      /Contesta la central de Granby, las 24 horas\./,
    ],
    ["a usual desk", { desk: "State Police" }, /Contesta la policía estatal, las 24 horas\./],
    [
      "as someone translated it",
      { desk: "Troop B", deskIn: { "en-US": "Troop B", "es-US": "la Tropa B" } },
      /Contesta la Tropa B, las 24 horas\./,
    ],
    [
      "hours by their days",
      { desk: "State Police", hours: "Mon-Sun 0:00-24:00" },
      /Contesta la policía estatal, las 24 horas\./,
    ],
  ])("%s", (_, change, says) => expect(spanish(change)).toMatch(says));

  test.each([
    [
      "for all hours",
      good,
      "The Granby dispatch center answers day and night.",
      "Contesta la central de Granby, las 24 horas.",
    ],
    [
      "at the hour of the call",
      { ...good, result: "right-desk-limited" as const },
      "The Granby dispatch center answers.",
      "Contesta la central de Granby.",
    ],
  ])("a list came without hours, and a test call was answered %s", (_, call, inEnglish, inSpanish) => {
    const change = { desk: "Granby dispatch center", hours: HOURS_NOT_KNOWN, calls: [call] };
    expect(descriptionIn("en-US", change)).toContain(inEnglish);
    expect(spanish(change)).toContain(inSpanish);
    for (const language of ["en-US", "es-US"])
      expect(descriptionIn(language, change)).not.toMatch(/not known|\{(?:desk|hours)\}/);
  });

  test("a desk that nobody translated keeps its name, and hours in words of another language are left out", () => {
    const text = spanish({ desk: "State Police barracks desk", hours: "weekdays but holidays" });
    expect(text).toContain("En una emergencia, llame al 413-555-0142. Contesta State Police barracks desk.");
    expect(text).not.toMatch(/weekdays|\{(?:desk|hours)\}/);
  });
});

describe("whom the stations of a county reach", () => {
  test("the plan and the finding say the same: whose numbers are heard by whom", () => {
    const places = named("Amherst", "Pelham");
    const { bundle, problems } = bundleOf("place", places);
    const county = bundle.messages.find(({ audience }) => audience === "broadcasters")!;
    const found = problems.find(({ rule }) => rule === "AREA-002")?.places.map(({ message }) => message) ?? [];
    const given = new Set(county.numbers.map(({ e164 }) => e164));
    expect(given.size).toBe(2);
    expect(found).toEqual([expect.stringMatching(/^People in each of these places hear .*\(Amherst\).*\(Pelham\)\.$/)]);
    const chosen = choosePlaces({ ...facts, places }, contentOf("place", places), NOW);
    expect(planBroadcasts(chosen).map((plan) => warnOfReach(reachOfPlan(plan)))).toEqual(found);
    // One town alone has one number; others of the county hear it, and AREA-001 says how many.
    const alone = bundleOf("place", named("Amherst")).problems;
    expect(alone.find(({ rule }) => rule === "AREA-002")).toBeUndefined();
    expect(alone.find(({ rule }) => rule === "AREA-001")?.places[0]?.message).toMatch(/more people hear it/);
  });
});
