import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { ColumnMap } from "../columns";
import { importFile, openRealSite, type Outlined, type RealSite, roundPlaces } from "../real-site-for-tests";
import { dropImport, beginImport } from "./begin";
import { readImport } from "./read";

/** Files as agencies of several states have them, on a real site: what each row would become, and nothing is written. */

const PLACES: Outlined[] = [
  ["Taos", "3576200", "Taos town", [[-105.57, 36.39, 2]]],
  ["Questa", "3560870", "Questa village", [[-105.59, 36.7, 2]]],
  ["Red River", "3562060", "Red River town", [[-105.4, 36.71, 1]]],
  ["Lincoln", "3128000", "Lincoln city", [[-96.7, 40.81, 8]]],
  ["Douglas", "3113225", "Douglas village", [[-96.39, 40.59, 0.5]]],
  ["Adams", "3100240", "Adams village", [[-96.51, 40.46, 0.5]]],
  ["Albion", "3100625", "Albion village", [[-98, 42.1, 0.5]]],
  ["Albion", "3100300590", "Albion township", [[-98.03, 42.2, 2]]],
  ["Omaha", "3137000", "Omaha city", [[-96, 41.26, 8]]],
  ["Fairfax", "5126496", "Fairfax city", [[-77.3, 38.85, 2]]],
  ["Richmond", "5167000", "Richmond city", [[-77.46, 37.53, 6]]],
  ["Baltimore", "2404000", "Baltimore city", [[-76.61, 39.3, 6]]],
  ["St. Louis", "2965000", "St. Louis city", [[-90.24, 38.64, 5]]],
  ["Ste. Genevieve", "2964180", "Ste. Genevieve city", [[-90.05, 37.98, 1]]],
  ["Mount Vernon", "2950402", "Mount Vernon city", [[-93.82, 37.1, 1]]],
  ["North Kansas City", "2953102", "North Kansas City city", [[-94.57, 39.14, 1]]],
  ["Kansas City", "2938000", "Kansas City city", [[-94.55, 39.12, 1]]],
  ["O'Fallon", "2954074", "O'Fallon city", [[-90.7, 38.78, 3]]],
  ["Fort Collins", "0827425", "Fort Collins city", [[-105.08, 40.56, 5]]],
  ["Cañon City", "0811810", "Cañon City city", [[-105.24, 38.44, 3]]],
];

let site: RealSite;
beforeAll(async () => {
  site = await openRealSite(inject("databases"), "35", "NM State 911");
  expect((await importFile(site, "places", roundPlaces(PLACES))).counts).toEqual({ new: PLACES.length });
});
afterAll(() => site.client.$disconnect());

interface Report {
  problem: string | null;
  unread: string[];
  rows: string[];
}

/** Each row as "result place number: why". */
async function preview(file: string | Buffer, columns?: ColumnMap): Promise<Report> {
  const { client, line } = site;
  const begun = { kind: "numbers" as const, fileName: "f.csv", ...(columns ? { columns } : {}) };
  const id = await beginImport(client, line, begun, new Date());
  await readImport(client, line, id, Buffer.from(file));
  const row = await client.directoryImport.findUniqueOrThrow({ where: { id } });
  const rows = await client.importRow.findMany({ where: { importId: id }, orderBy: { position: "asc" } });
  await dropImport(client, id);
  return {
    problem: row.problem,
    unread: (row.mapping as { unknown?: string[] } | null)?.unknown ?? [],
    rows: rows.map(({ result, why, data }) => {
      const { placeId, service, e164, extension } = data as Record<string, string | undefined>;
      return result === "rejected"
        ? `rejected: ${why}`
        : `${result} ${placeId} ${service} ${e164}${extension ? ` x${extension}` : ""}: ${why}`;
    }),
  };
}

/** Files with the row's expected beginning, or a pattern of it. */
type Case = [name: string, file: string, rows: (string | RegExp)[], columns?: ColumnMap];

const CASES: Case[] = [
  ["03 a code of another place than the name", "geoid,place,state,number\n3576200,Questa,NM,575-455-0203\n3560870,Taos,NM,575-455-0201\n9999999,Questa,NM,575-455-0204",
    [/^rejected: The code 3576200 is Taos, NM, but the row says Questa/, /^rejected: The code 3560870 is Questa, NM, but the row says Taos/, /^rejected: No place here has the code 9999999/]],
  ["04 three digits of a county, of the row's own state", "county,place,fips,state,number\nTaos,Taos County,055,NM,575-455-0205\nTaos,Taos County,55,NM,575-455-0206\nSt. Clair,St. Clair County,029,MO,314-455-0207\nSuffolk,Suffolk County,025,MA,617-455-0142",
    ["new 35055 dispatch +15754550205", "new 35055 dispatch +15754550206", /^rejected: The code 029 is Camden County, MO, but the row says St\. Clair/, "new 25025 dispatch +16174550142"]],
  ["04 three digits without a state are no state", "county,fips,number\nSuffolk,025,617-455-0142", [/^rejected: No place here has the code 025/]],
  ["05 bare names of a county list are asked about", "region,state,number\nAdams,NE,402-473-2301\nDouglas,NE,402-444-5801\nLincoln,NE,308-535-3501",
    [/^rejected: “Adams” may be Adams County, NE or the village of Adams/, /^rejected: “Douglas” may be Douglas County, NE or the village of Douglas/, /^rejected: “Lincoln” may be Lincoln County, NE or the city of Lincoln/]],
  ["05 and answered by what the column is said to hold: counties", "region,state,number\nAdams,NE,402-473-2301\nDouglas,NE,402-444-5801",
    ["new 31001 dispatch", "new 31055 dispatch"], { region: "place:county", state: "state", number: "number" }],
  ["05 or towns", "region,state,number\nAdams,NE,402-473-2301\nDouglas,NE,402-444-5801",
    ["new 3100240 dispatch", "new 3113225 dispatch"], { region: "place:town", state: "state", number: "number" }],
  ["07 cities that are their own county beside counties of the name", "region,state,number\nFairfax City,VA,703-455-0201\nCity of Fairfax,VA,703-455-0202\nFairfax County,VA,703-455-0203\nFairfax,VA,703-455-0204\nRichmond County,VA,804-455-0201\nSt. Louis County,MO,314-455-0204\nCity of St. Louis,MO,314-455-0205\nBaltimore City,MD,410-455-0201\nBaltimore County,MD,410-455-0202\nCharles City County,VA,804-455-0204",
    ["new 5126496", "new 5126496", "new 51059", /^rejected: “Fairfax” may be Fairfax County, VA or the city of Fairfax/, "new 51159", "new 29189", "new 2965000", "new 2404000", "new 24005", "new 51036"]],
  ["07 by code", "geoid,number\n51600,703-455-0201\n51059,703-455-0203\n51760,804-455-0202\n51159,804-455-0201", ["new 51600", "new 51059", "new 51760", "new 51159"]],
  ["08 parishes, boroughs, municipalities", "place,state,number\nOrleans Parish,LA,504-455-0201\nMatanuska-Susitna Borough,AK,907-455-0201\nAnchorage Municipality,AK,907-455-0202", ["new 22071", "new 02170", "new 02020"]],
  ["10 to 12, 16 extensions in every form", 'town,state,number,ext\nTaos,NM,575-455-0201;127,\nTaos,NM,"575-455-0202,,127",\nTaos,NM,575-455-0203,x127\nTaos,NM,575-455-0204/575-455-0205,127\nTaos,NM,575-455-0206;ext=127,\nTaos,NM,tel:+1-575-455-0207,\nTaos,NM,575/455-0208,',
    ["new 3576200 dispatch +15754550201 x127", "new 3576200 dispatch +15754550202 x127", "new 3576200 dispatch +15754550203 x127", /^rejected: .*extension/, "new 3576200 dispatch +15754550206 x127", "new 3576200 dispatch +15754550207:", "new 3576200 dispatch +15754550208:"]],
  ["13 to 15 numbers newer than the metadata, directory assistance, toll-free", "town,state,number,reason\nTaos,NM,565-222-0201,\nTaos,NM,565-222-0201,The carrier confirmed it on June 3\nTaos,NM,575-555-1212,\nTaos,NM,800-555-0150,",
    [/^rejected: .*reason/i, "new 3576200 dispatch +15652220201", /^rejected: .*directory assistance/i, "new 3576200 dispatch +18005550150"]],
  ["18 saints, mounts, forts, points of the compass, apostrophes", "town,state,number\nSaint Louis,MO,314-455-0201\nSt Louis,MO,314-455-0203\nSainte Genevieve,MO,573-455-0202\nMt. Vernon,MO,417-455-0201\nFt. Collins,CO,970-455-0201\nOFallon,MO,636-455-0204\nO Fallon,MO,636-455-0205\nO’Fallon,MO,636-455-0206\nN. Kansas City,MO,816-455-0203",
    ["new 2965000", "new 2965000", "new 2964180", "new 2950402", "new 0827425", "new 2954074", "new 2954074", "new 2954074", "new 2953102"]],
  ["19 the label decides", "place,county,state,number\nVillage of Albion,Antelope,NE,402-455-0206\nAlbion township,Antelope,NE,402-455-0207\nAlbion,Antelope,NE,402-455-0208",
    ["new 3100625", "new 3100300590", /^rejected: Albion is in several places/]],
  ["20 no name of an office is made up", "place,state,police,dispatch\nMineral County,NV,775-455-0201,\nQuesta,NM,,575-455-0202",
    [/^new 32021 police .* Police; police department;/, /^new 3560870 dispatch .* Dispatch; dispatch center;/], { place: "place", state: "state", police: "number:police", dispatch: "number:dispatch" }],
  ["20 headers as agencies have them, said by a person", "Town,Police,Fire,EMS\nQuesta,575-455-0201,575-455-0202,575-455-0203", ["new 3560870 police", "new 3560870 fire", "new 3560870 ambulance"],
    { Town: "place", Police: "number:police", Fire: "number:fire", EMS: "number:ambulance" }],
  ["20 a column Agency that is whoever answers", "town,state,agency,number\nTaos,NM,Taos County E-911,575-455-0201", [/^new 3576200 .*Taos County E-911/]],
  ["22 invisible characters", "town,state,number,desk\nTaos\u200b,NM,\u202d575-455-0201\u202c,Taos\nTa\u200bos,NM,575-455-0202,a\u00adb\nQuesta\u00a0,NM,575-455-0203\u00a0,Questa desk",
    ["new 3576200 dispatch +15754550201", /^new 3576200 .*\bab\b/, /^new 3560870 .*Questa desk/]],
  ["27 Excel's own ways: E+09, .0, ditto, a total", "geoid,place,number\n3.57657E+06,Taos,5.75456E+09\n3576200,Taos,5754550201\n3576200.0,Taos,5754550202\nTotal,,2",
    [/^rejected/, "new 3576200 dispatch +15754550201", /^rejected/, /^rejected/]],
  ["30 hours that are none", "town,state,number,hours\nTaos,NM,575-455-0201,Mon-Fri 8am-5pm only\nQuesta,NM,575-455-0203,closed\nRed River,NM,575-455-0204,DO NOT USE",
    [/^new 3576200 .*Mon-Fri 8am-5pm/, /^rejected: The hours say “closed”/, /^rejected: The hours say “DO NOT USE”/]],
]; // prettier-ignore

test("a row says all that is wrong with it at once", async () => {
  const { rows } = await preview(
    "town,state,service,number,desk,hours,lines,languages,agency code\nNowhere,NM,launderette,12,call 575-455-0201,closed,0,Klingon,XYZ\n",
  );
  expect(rows).toHaveLength(1);
  for (const fault of [
    "There is no place called “Nowhere” here.",
    "The service “launderette” is not known",
    "desk holds a phone number",
    "The hours say “closed”",
    "The number of lines “0” is not a whole number",
    "The language “Klingon” is not known here.",
    "There is no agency “XYZ” here.",
  ])
    expect(rows[0]).toContain(fault);
});

test("a mark that turns digits around is refused, not taken out", async () => {
  const { rows } = await preview("town,state,number\nTaos,NM,\u202e575-455-0201\u202c\n");
  expect(rows).toEqual([expect.stringMatching(/^rejected: .*U\+202E/)]);
});

describe("every row of a file is read, refused or asked about; none is guessed", () => {
  test.each(CASES)("%s", async (_, file, expected, columns) => {
    const { rows, problem } = await preview(file, columns);
    expect(problem).toBeNull();
    expect(rows).toHaveLength(expected.length);
    rows.forEach((row, index) => {
      const wanted = expected[index]!;
      if (typeof wanted === "string") expect(row.startsWith(wanted), `${row} is not ${wanted}`).toBe(true);
      else expect(row).toMatch(wanted);
    });
  });
});

test("20 without a mapping a foreign header is refused, with every column it has", async () => {
  const { problem } = await preview("County,Agency,Emergency line\nAdams,Hastings 911,402-473-2301\n");
  expect(problem).toMatch(
    /say which column is which\. Its columns: County \(Adams\), Agency \(Hastings 911\), Emergency line/,
  );
});

test("21 columns that are not read are named", async () => {
  const { unread } = await preview(
    "Town,State,Phone,Alternate Phone,Fax\nTaos,NM,575-455-0201,575-455-0202,575-455-0203\n",
  );
  expect(unread).toEqual(["Alternate Phone", "Fax"]);
});

test.each([
  ["carriage returns alone", Buffer.from("town,state,number\rTaos,NM,575-455-0201\r")],
  ["UTF-16 with a byte order mark", Buffer.from("\ufefftown\tstate\tnumber\nTaos\tNM\t575-455-0201\n", "utf16le")],
  ["Windows 1252", Buffer.from("town,state,number\nTaos,NM,575\x96455\x960201\n", "latin1")],
  ["letters and marks apart", Buffer.from("town,state,number\nCan\u0303on City,CO,575-455-0201\n")],
  ["quotes and line ends inside", Buffer.from('town,state,number,desk\n"Taos","NM","575-455-0201","front\r\ndesk"\n')],
  ["a separator that is declared", Buffer.from("sep=;\ntown;state;number\nTaos;NM;575-455-0201\n")],
])("27 a file with %s is read", async (_, file) => {
  const { rows, problem } = await preview(file);
  expect(problem).toBeNull();
  expect(rows).toEqual([expect.stringMatching(/^new (?:3576200|0811810) dispatch \+15754550201: /)]);
});

test("17 a number that was corrected in an exported file takes the place of the old one", async () => {
  const { client, line } = site;
  await importFile(site, "numbers", "geoid,number,desk\n3576200,575-455-0300,Taos dispatch\n");
  const { id } = await client.directNumber.findFirstOrThrow({ where: { placeId: "3576200", retiredAt: null } });
  const corrected = await importFile(
    site,
    "numbers",
    `entry,geoid,number,desk\n${id},3576200,575-455-0301,Taos dispatch\n`,
  );
  expect(corrected.rows).toEqual([
    expect.objectContaining({ result: "new", why: expect.stringMatching(/Replaces 575-455-0300/) }),
  ]);
  const now = await client.directNumber.findMany({ where: { placeId: "3576200" }, orderBy: { e164: "asc" } });
  expect(now.map(({ e164, retiredAt }) => [e164, retiredAt !== null])).toEqual([
    ["+15754550300", true],
    ["+15754550301", false],
  ]);
  expect(line.actor).toBeNull();
});
