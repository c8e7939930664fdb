import fs from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, inject, test } from "vitest";
import { casesOf, isNightly } from "../../platform/nightly-for-tests";
import { loadCandidates } from "../../directory/data";
import { verifyRecord } from "../../evidence/verify";
import { boundaryFromAtlas } from "../../places/atlas";
import { checkFile } from "../../standards/check";
import { inLanguage } from "../../platform/language";
import {
  dividedCounties,
  giveNumbers,
  importFile,
  openRealSite,
  type Outlined,
  publishExercise,
  roundPlaces,
} from "../real-site-for-tests";

/** Real sites of other states than the demonstration's: every name, code and outline of what goes out. */

type Published = Awaited<ReturnType<typeof publishExercise>>;

/** Place, SAME codes and the English and Spanish long text of each message. */
function read({ bundle }: Published) {
  return bundle.messages.map((message) => ({
    audience: message.audience,
    place: message.place,
    same: message.areas.flatMap(({ sameCodes }) => sameCodes),
    names: message.areas.map(({ areaDesc }) => inLanguage(areaDesc, "en-US")),
    long: message.texts.map(({ language, parts }) => `${language}: ${parts.long}`),
    description: message.texts.map(({ language, parts }) => `${language}: ${parts.description}`),
    zone: message.timeZone ?? bundle.timeZone,
  }));
}

/** Every message is a message by all rules, no two have one name, and phones have an outline. */
async function expectGood(published: Published) {
  expect(new Set(published.messages.map(({ identifier }) => identifier)).size).toBe(published.messages.length);
  for (const { identifier, xml, audience } of published.messages) {
    const checked = checkFile(xml!, { now: Date.now() } as never);
    const broken = checked.findings.filter(({ level, verdict }) => level === "must" && verdict === "fail");
    expect(broken, identifier).toEqual([]);
    // Falls Church is too small for the county outlines; its SAME code is exactly it.
    if (audience === "phones" && !identifier.endsWith("51610"))
      expect(Buffer.from(xml!).toString("utf8"), identifier).toMatch(/<polygon>/);
  }
}

const RHODE_ISLAND: [string, string, string, number, number][] = [
  ["Barrington", "4400105140", "Barrington town", 41.74, -71.31],
  ["Bristol", "4400109280", "Bristol town", 41.68, -71.27],
  ["Warren", "4400173760", "Warren town", 41.73, -71.27],
  ["Coventry", "4400318640", "Coventry town", 41.69, -71.66],
  ["East Greenwich", "4400322240", "East Greenwich town", 41.64, -71.5],
  ["Warwick", "4400374300", "Warwick city", 41.7, -71.42],
  ["West Greenwich", "4400377720", "West Greenwich town", 41.63, -71.67],
  ["West Warwick", "4400378440", "West Warwick town", 41.7, -71.52],
  ["Jamestown", "4400536820", "Jamestown town", 41.52, -71.37],
  ["Little Compton", "4400542400", "Little Compton town", 41.51, -71.16],
  ["Middletown", "4400545460", "Middletown town", 41.53, -71.28],
  ["Newport", "4400549960", "Newport city", 41.48, -71.32],
  ["Portsmouth", "4400557880", "Portsmouth town", 41.6, -71.25],
  ["Tiverton", "4400570880", "Tiverton town", 41.62, -71.18],
  ["Burrillville", "4400711800", "Burrillville town", 41.97, -71.68],
  ["Central Falls", "4400714140", "Central Falls city", 41.89, -71.39],
  ["Cranston", "4400719180", "Cranston city", 41.77, -71.48],
  ["Cumberland", "4400720080", "Cumberland town", 41.96, -71.42],
  ["East Providence", "4400722960", "East Providence city", 41.8, -71.36],
  ["Foster", "4400727460", "Foster town", 41.79, -71.72],
  ["Glocester", "4400730340", "Glocester town", 41.9, -71.69],
  ["Johnston", "4400737720", "Johnston town", 41.83, -71.52],
  ["Lincoln", "4400741500", "Lincoln town", 41.92, -71.45],
  ["North Providence", "4400751760", "North Providence town", 41.86, -71.46],
  ["North Smithfield", "4400752480", "North Smithfield town", 41.97, -71.55],
  ["Pawtucket", "4400754640", "Pawtucket city", 41.87, -71.37],
  ["Providence", "4400759000", "Providence city", 41.82, -71.42],
  ["Scituate", "4400764220", "Scituate town", 41.79, -71.62],
  ["Smithfield", "4400766200", "Smithfield town", 41.9, -71.53],
  ["Woonsocket", "4400780780", "Woonsocket city", 42.0, -71.5],
  ["Charlestown", "4400914500", "Charlestown town", 41.39, -71.67],
  ["Exeter", "4400925300", "Exeter town", 41.57, -71.61],
  ["Hopkinton", "4400935380", "Hopkinton town", 41.48, -71.75],
  ["Narragansett", "4400948340", "Narragansett town", 41.4, -71.47],
  ["New Shoreham", "4400950500", "New Shoreham town", 41.17, -71.58],
  ["North Kingstown", "4400951580", "North Kingstown town", 41.57, -71.46],
  ["Richmond", "4400961160", "Richmond town", 41.5, -71.66],
  ["South Kingstown", "4400967460", "South Kingstown town", 41.45, -71.54],
  ["Westerly", "4400977000", "Westerly town", 41.35, -71.81],
];

describe("a site of another state, from nothing to an exported alert", () => {
  test("Rhode Island: 39 towns, all of it, and no county beside them", async () => {
    const site = await openRealSite(inject("databases"), "44", "RI State 911");
    // Before there is a town, the five counties can be alerted.
    expect(await site.client.place.count({ where: { alertable: true } })).toBe(5);
    const { counts } = await importFile(site, "places", dividedCounties(RHODE_ISLAND));
    expect(counts).toEqual({ new: 39 });
    expect(await site.client.place.count({ where: { alertable: true, kind: "county" } })).toBe(0);
    await giveNumbers(site, 401);
    const published = await publishExercise(site);
    expect(published.title).toBe("Exercise: 911 outage, all of Rhode Island");
    expect(published.messages).toHaveLength(39 + 5);
    await expectGood(published);
    const newport = read(published).filter(({ place }) => place.startsWith("Newport"));
    expect(newport.map(({ place, same }) => [place, same])).toEqual([
      ["Newport", ["044005"]],
      ["Newport County", ["044005"]],
    ]);
    await site.client.$disconnect();
  });

  test.runIf(isNightly)(
    "Rhode Island with seven towns: the rest of its counties is alerted too, and all of it is all",
    async () => {
      const site = await openRealSite(inject("databases"), "44", "RI State 911");
      const towns = RHODE_ISLAND.filter(([, geoid]) => geoid.startsWith("44009")).slice(0, 4);
      // Four of nine divide the county among them only on paper; round ones leave room.
      const round = towns.map(([name, geoid, label, y, x]): Outlined => [name, geoid, label, [[x, y, 3]]]);
      expect((await importFile(site, "places", roundPlaces(round))).counts).toEqual({ new: 4 });
      await giveNumbers(site, 401);
      const published = await publishExercise(site);
      await expectGood(published);
      const phones = read(published).filter(({ audience }) => audience === "phones");
      expect(phones.map(({ place }) => place)).toContain("Washington County");
      const washington = phones.find(({ place }) => place === "Washington County")!;
      expect(washington.long[0]).toContain("Washington County");
      expect(washington.long[1]).toContain("en el condado de Washington");
      await site.client.$disconnect();
    },
  );

  const STATES: [
    title: string,
    jurisdiction: string,
    short: string,
    places: Outlined[],
    expected: [place: string, same: string[], says: RegExp][],
  ][] = [
    [
      "Wyoming: two Mountain Views, a town over a county line",
      "56",
      "WY State 911",
      [
        ["Mountain View", "5654185", "Mountain View town", [[-110.33, 41.27, 1.5]]],
        ["Mountain View", "5654260", "Mountain View CDP", [[-106.4, 42.86, 1]]],
        ["Frannie", "5628215", "Frannie town", [[-108.6215, 44.97, 1.5]]],
      ],
      [
        ["Mountain View, Uinta County", ["056041"], /Mountain View (in Uinta County|en el condado de Uinta)/],
        ["Mountain View, Natrona County", ["056025"], /Mountain View (in Natrona County|en el condado de Natrona)/],
        ["Frannie", ["056029", "056003"], /Frannie/],
        ["Hot Springs County", ["056017"], /Hot Springs County|condado de Hot Springs/],
      ],
    ],
    [
      "Maryland: Baltimore is a city and a county",
      "24",
      "MD Emergency",
      [
        ["Baltimore", "2404000", "Baltimore city", [[-76.61, 39.3, 8]]],
        ["Towson", "2478425", "Towson CDP", [[-76.61, 39.41, 3]]],
      ],
      [
        ["Baltimore", ["024510"], /Baltimore/],
        ["Baltimore County", ["024005"], /Baltimore County|condado de Baltimore/],
        ["Baltimore City", ["024510"], /Baltimore City|la ciudad de Baltimore/],
      ],
    ],
    [
      "Virginia: independent cities beside counties of their name",
      "51",
      "VA Emergency",
      [
        ["Fairfax", "5126496", "Fairfax city", [[-77.3, 38.85, 2]]],
        ["Richmond", "5167000", "Richmond city", [[-77.47, 37.53, 7]]],
        ["Norfolk", "5157000", "Norfolk city", [[-76.24, 36.9, 6]]],
        ["Poquoson", "5163768", "Poquoson city", [[-76.33, 37.13, 4]]],
      ],
      [
        ["Fairfax", ["051600"], /Fairfax/],
        ["Fairfax County", ["051059"], /Fairfax County|condado de Fairfax/],
        ["Richmond", ["051760"], /Richmond/],
        ["Richmond County", ["051159"], /Richmond County|condado de Richmond/],
        ["Poquoson", ["051735"], /Poquoson/],
      ],
    ],
    [
      "Louisiana: parishes",
      "22",
      "LA Emergency",
      [
        ["New Orleans", "2255000", "New Orleans city", [[-89.95, 30.05, 4]]],
        ["Melville", "2249730", "Melville town", [[-91.745, 30.69, 1.5]]],
      ],
      [
        ["New Orleans", ["022071"], /New Orleans/],
        ["St. Landry Parish", ["022097"], /St\. Landry Parish|parroquia de St\. Landry/],
        ["Orleans Parish", ["022071"], /Orleans Parish|la parroquia de Orleans/],
      ],
    ],
    [
      "New York: one city in five counties",
      "36",
      "NY Emergency",
      [
        [
          "New York",
          "3651000",
          "New York city",
          [
            [-73.82, 40.71, 7],
            [-73.95, 40.64, 5],
            [-74.15, 40.58, 5],
            [-73.87, 40.85, 4],
            [-73.965, 40.785, 3.3],
          ],
        ],
      ],
      [
        ["New York", ["036081", "036047", "036085", "036005", "036061"], /New York/],
        ["Kings County", ["036047"], /New York/],
        ["Richmond County", ["036085"], /New York/],
      ],
    ],
    [
      "Alaska: a municipality, a city and borough, census areas",
      "02",
      "AK Emergency",
      [
        ["Anchorage", "0203000", "Anchorage municipality", [[-149.5, 61.15, 30]]],
        ["Sitka", "0270540", "Sitka city and borough", [[-135.33, 57.1, 20]]],
      ],
      [
        ["Anchorage", ["002020"], /Anchorage/],
        ["Sitka", ["002220"], /Sitka/],
        ["Matanuska-Susitna Borough", ["002170"], /Matanuska-Susitna Borough|borough de Matanuska-Susitna/],
        ["Nome Census Area", ["002180"], /Nome Census Area|área censal de Nome/],
      ],
    ],
  ];

  test.each(casesOf(STATES, 0))("%s", async (_, jurisdiction, short, places, expected) => {
    const site = await openRealSite(inject("databases"), jurisdiction, short);
    const { rows } = await importFile(site, "places", roundPlaces(places));
    expect(rows.filter(({ result }) => result !== "new")).toEqual([]);
    await giveNumbers(site, 307);
    const published = await publishExercise(site);
    await expectGood(published);
    const messages = read(published);
    for (const [place, same, says] of expected) {
      const found = messages.filter((message) => message.place === place);
      expect(found.length, place).toBeGreaterThan(0);
      for (const message of found) {
        expect([place, message.same.sort()]).toEqual([place, [...same].sort()]);
        const texts = message.audience === "phones" ? message.long : message.description;
        for (const text of texts) expect(text, place).toMatch(says);
      }
    }
    expect(published.title).toMatch(/^Exercise: 911 outage, all of /);
    await site.client.$disconnect();
  });
});

test("a gazetteer has no outlines: its places are drawn round, marked, and can be alerted", async () => {
  const site = await openRealSite(inject("databases"), "44", "RI State 911");
  const text =
    "USPS\tGEOID\tNAME\tALAND\tINTPTLAT\tINTPTLONG\nRI\t4400105140\tBarrington town\t21785117\t41.741291\t-71.310899\nRI\t4474300\tWarwick city\t90648724\t41.7030847\t-71.4203098\n";
  expect((await importFile(site, "places", text, { name: "NAME", code: "GEOID" })).counts).toEqual({ new: 2 });
  await giveNumbers(site, 401);
  const published = await publishExercise(site);
  await expectGood(published);
  const barrington = read(published).find(({ place }) => place === "Barrington")!;
  expect([barrington.same, barrington.names]).toEqual([["044001"], ["Barrington, RI (approximate outline)"]]);
  await site.client.$disconnect();
});

const SHARED = "../shared";
const realFile = (name: string) => {
  const bytes = fs.readFileSync(`${SHARED}/data/${name}.geojson.gz`);
  return gunzipSync(bytes).toString("utf8");
};

describe.runIf(isNightly && fs.existsSync(`${SHARED}/data/places-wyoming.geojson.gz`))("real outlines", () => {
  test("Wyoming: every place of the Census, to an exported alert", async () => {
    const site = await openRealSite(inject("databases"), "56", "WY State 911");
    expect((await importFile(site, "places", realFile("places-wyoming"))).counts).toEqual({ new: 203 });
    await giveNumbers(site, 307);
    const published = await publishExercise(site);
    await expectGood(published);
    expect(published.messages.length).toBeGreaterThan(203 + 23);
    await site.client.$disconnect();
  });
});

test("people from a table and dispatch areas from boundaries and lists, and the record knows the areas", async () => {
  const site = await openRealSite(inject("databases"), "44", "RI State 911");
  const { client } = site;
  await importFile(site, "places", dividedCounties(RHODE_ISLAND));

  const people = [
    "GEO_ID,NAME,P1_001N",
    "Geography,Geographic Area Name, !!Total:",
    '0600000US4400105140,"Barrington town",17153',
    '0600000US4400109280,"Bristol town",many',
    '0500000US44001,"Bristol County",50793',
  ];
  const counted = await importFile(site, "places", people.join("\n"), {
    name: "NAME",
    code: "GEO_ID",
    population: "P1_001N",
  });
  expect(counted.counts).toEqual({ changed: 1, rejected: 1, skipped: 1 });
  const barrington = await client.place.findUniqueOrThrow({ where: { id: "4400105140" } });
  expect([barrington.population, barrington.boundary !== null]).toEqual([17_153, true]);

  const zips =
    "GEOID_ZCTA5_20|GEOID_COUSUB_20|AREALAND_PART\n02806|4400105140|9\n02809|4400105140|9\n02801|4400105140|0\n";
  const byZip = { name: "GEOID", code: "GEOID" };
  expect((await importFile(site, "places", zips, byZip)).counts).toEqual({ changed: 1 });
  expect((await importFile(site, "places", zips, byZip)).counts).toEqual({ unchanged: 1 });
  expect((await importFile(site, "places", "zip,geoid\n02806,4400105140\n", byZip)).counts).toEqual({ changed: 1 });
  expect(await client.placeZip.findMany({ where: { placeId: "4400105140" } })).toEqual([
    { placeId: "4400105140", zip: "02806" },
  ]);

  const boundary = (county: string) => ({ ...boundaryFromAtlas(county)! });
  const centers = {
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: { DsplayName: "Bristol Emergency" }, geometry: boundary("44001") },
      { type: "Feature", properties: { DsplayName: "Cheyenne" }, geometry: boundary("56021") },
    ],
  };
  const nena = { name: "DsplayName", code: "", as: "psap" as const };
  const made = await importFile(site, "places", JSON.stringify(centers), nena);
  expect(made.rows).toEqual([
    { subject: "Bristol Emergency", result: "new", why: "Made of Bristol County." },
    expect.objectContaining({ result: "new", why: "Made of Laramie County." }),
  ]);
  await importFile(site, "numbers", "place,number\nBristol Emergency,401-455-0201\n");
  // The county is a member: whatever lies in it falls back on the center.
  expect((await loadCandidates(client, ["4400105140"])).get("4400105140")!.fallbacks.map(({ name }) => name)).toEqual([
    "Bristol Emergency",
  ]);
  expect((await importFile(site, "places", JSON.stringify(centers), nena)).counts).toEqual({ unchanged: 2 });

  const list = [
    "PSAP ID,PSAP Name,State,County,City,Type of Change,Comments,Text to 911",
    "6321,Newport Police Department,RI,Newport,Newport,,,Yes",
    "6322,Kent One,RI,Kent,Warwick,,,",
    "6323,Kent Two,RI,Kent,Coventry,,,",
  ];
  const listed = await importFile(site, "places", list.join("\n"), { name: "PSAP Name", code: "", as: "psap" });
  expect(listed.rows.map(({ result, why }) => [result, why.slice(0, 40)])).toEqual([
    ["new", "Made of Newport County."],
    ["rejected", "The list has several centers in Kent Cou"],
    ["rejected", "The list has several centers in Kent Cou"],
  ]);
  // An area over a state line is made of places of both.
  const both = {
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        properties: { AIANNHCE: "1", NAME: "Over the line" },
        geometry: {
          type: "MultiPolygon",
          coordinates: ["44001", "25005"].flatMap((id) => {
            const { type, coordinates } = boundary(id);
            return type === "Polygon" ? [coordinates] : coordinates;
          }),
        },
      },
    ],
  };
  expect(
    (await importFile(site, "places", JSON.stringify(both), { name: "NAME", code: "", as: "custom" })).counts,
  ).toEqual({ new: 1 });
  const area = await client.place.findFirstOrThrow({ where: { kind: "custom" }, include: { members: true } });
  expect(area.members.map(({ placeId }) => placeId).sort()).toEqual(["25005", "44001"]);
  // The people of this site were made by hand, and the record says so; its areas are in it.
  const ofAreas = async () => (await verifyRecord(client, new Date())).problems.filter((text) => /area/.test(text));
  expect(await ofAreas()).toEqual([]);
  await client.$executeRaw`delete from "AreaMember" where "areaId" = ${area.id} and "placeId" = '25005'`;
  expect(await ofAreas()).toEqual([expect.stringContaining(area.id)]);
  await client.$disconnect();
});
