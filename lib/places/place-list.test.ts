import { expect, test } from "vitest";
import { readMunicipalities } from "../../prisma/seed/massachusetts";
import ALIASES from "../../prisma/seed/aliases.json";
import { formatCounty } from "./county-kinds";
import { type PlacesToRead, readNames, readPlaceList as read, type Reading } from "./place-list";
import { COUNTIES, fullNamesOf, looseNamesOf, STATES_WITH_COUNTIES } from "./names-for-tests";

const readPlaceList = (text: string, places: PlacesToRead) => read(text, readNames(places));

const towns = readMunicipalities().map(([name, , countyId, id]) => ({ id, name, label: "town", countyId }));
const counties = [
  { id: "25001", name: "Barnstable" },
  { id: "25023", name: "Plymouth" },
  { id: "25015", name: "Hampshire" },
];
const aliases = (ALIASES as [string, string][]).flatMap(([name, town]) => {
  const found = towns.find((one) => one.name === town);
  return found ? [{ name, placeId: found.id }] : [];
});
const places = { towns, counties, aliases, areas: [], countiesElsewhere: [] };
const say = (reading: Reading) => {
  switch (reading.kind) {
    case "unknown":
      return "?";
    case "choice":
      return `which of ${reading.options.map(({ name }) => name).join("; ")}`;
    case "suggestion":
      return `suggestion ${reading.meaning.name}: ${reading.reason}`;
    case "exact":
      return `${reading.meaning.kind === "town" ? "exact" : reading.meaning.kind} ${reading.meaning.name}`;
  }
};

test.each([
  ["Cambridge", "exact Cambridge"],
  ["  cambridge ", "exact Cambridge"],
  ["Town of Granby", "exact Granby"],
  ["Granby, MA", "exact Granby"],
  ["N. Attleboro", "exact North Attleborough"],
  ["W Springfield", "exact West Springfield"],
  ["Brocton", "suggestion Brockton: spelling"],
  ["Grandby", "suggestion Granby: spelling"],
  ["Dorchester", "suggestion Boston: part of Boston"],
  ["Hyannis", "suggestion Barnstable: part of Barnstable"],
  ["Manchester", "suggestion Manchester-by-the-Sea: shorter name"],
  ["Plymouth", "which of Plymouth; Plymouth County"],
  ["Hampshire County", "county Hampshire County"],
  ["Plymouth County", "county Plymouth County"],
  ["Hampshire", "suggestion Hampshire County: the county"],
  ["City of Plymouth", "exact Plymouth"],
  ["Plymouth Co.", "county Plymouth County"],
  ["Springfeild", "suggestion Springfield: spelling"],
  ["Providence", "?"],
  ["Granby, CT", "?"],
  ["Granby, Connecticut", "?"],
  ["", undefined],
])("%j reads as %s", (line, expected) => {
  expect(readPlaceList(line, places).map(say)).toEqual(expected === undefined ? [] : [expected]);
});

test("another state reads its own names, and takes ours for another one's", () => {
  const lincoln = [{ id: "3128000", name: "Lincoln", label: "city", countyId: "31109" }];
  const nebraska = {
    towns: lincoln,
    counties: [],
    aliases: [{ name: "Havelock", placeId: "3128000" }],
    areas: [],
    countiesElsewhere: [],
  };
  expect(readPlaceList("Lincoln, NE\nLincoln, Nebraska\nHavelock\nLincoln, MA\nDorchester", nebraska).map(say)).toEqual(
    ["exact Lincoln", "exact Lincoln", "suggestion Lincoln: part of Lincoln", "?", "?"],
  );
});

test("forty-five towns pasted with commas, semicolons and lines are all read", () => {
  const names = towns
    .slice(0, 45)
    .map(({ name }) => name)
    .filter((name) => name !== "Barnstable");
  const text = names.map((name, index) => name + [", ", "; ", "\n", "\r\n"][index % 4]!).join("");
  expect(readPlaceList(text, places).map((reading) => reading.kind)).toEqual(names.map(() => "exact"));
});

const WYOMING = {
  towns: [
    { id: "5654185", name: "Mountain View, Uinta County", label: "town", countyId: "56041" },
    { id: "5654260", name: "Mountain View, Natrona County", label: "town", countyId: "56025" },
    { id: "5656025", name: "Casper", label: "town", countyId: "56025" },
    { id: "56017", name: "Hot Springs County", label: "county", countyId: "56017" },
    { id: "56025", name: "Natrona County, outside its cities and towns", label: "county", countyId: "56025" },
  ],
  counties: [
    { id: "56041", name: "Uinta" },
    { id: "56025", name: "Natrona" },
    { id: "56017", name: "Hot Springs" },
  ],
  aliases: [],
  areas: [],
  countiesElsewhere: [],
};
test.each([
  ["Mountain View", ["which of Mountain View, Natrona County; Mountain View, Uinta County"]],
  ["Mountain View, Uinta County", ["exact Mountain View, Uinta County"]],
  ["Mountain View, WY", ["which of Mountain View, Natrona County; Mountain View, Uinta County"]],
  ["Casper, Natrona County", ["exact Casper"]],
  // Another county is another line, and is asked for as such.
  ["Casper, Uinta County", ["exact Casper", "county Uinta County"]],
  ["Hot Springs County", ["county Hot Springs County"]],
  ["Natrona County", ["county Natrona County"]],
])("two places of one name are asked about: %s", (line, expected) => {
  expect(readPlaceList(line, WYOMING).map(say)).toEqual(expected);
});

test("two of one name in one county are asked about by their kinds", () => {
  const town = (id: string, label: string) => ({
    id,
    name: `Franklin (${label}), Erie County`,
    label,
    countyId: "42049",
  });
  const erie = {
    towns: [town("4204927456", "township"), town("4204927999", "borough")],
    counties: [{ id: "42049", name: "Erie" }],
    areas: [],
    aliases: [],
    countiesElsewhere: [],
  };
  expect(readPlaceList("Franklin\nFranklin borough\nFranklyn", erie).map(say)).toEqual([
    "which of Franklin (borough), Erie County; Franklin (township), Erie County",
    "exact Franklin (borough), Erie County",
    "which of Franklin (borough), Erie County; Franklin (township), Erie County",
  ]);
});

/** A real site at first: counties, and no towns imported. */
const siteOf = (state: string): PlacesToRead => {
  const inside = COUNTIES.filter(({ id }) => id.startsWith(state));
  return {
    towns: inside.map(({ id, name }) => ({ id, name: formatCounty({ id, name }), label: "county", countyId: id })),
    counties: inside,
    aliases: [],
    areas: [],
    countiesElsewhere: COUNTIES.filter(({ id }) => !id.startsWith(state)).map(({ name }) => name),
  };
};
const idsOf = (reading: Reading): string[] =>
  reading.kind === "unknown"
    ? []
    : reading.kind === "choice"
      ? reading.options.map(({ id }) => id)
      : [reading.meaning.id];

test.each(STATES_WITH_COUNTIES)("every county equivalent of %s is read as itself or asked about", (state) => {
  const names = readNames(siteOf(state));
  const wrong = COUNTIES.filter(({ id }) => id.startsWith(state)).flatMap((county) => [
    ...fullNamesOf(county).flatMap((name) => {
      const readings = read(name, names);
      return readings.map(({ kind }) => kind).join() === "exact" && idsOf(readings[0]!).join() === county.id
        ? []
        : [`${county.id} ${name}: ${readings.map(say).join(", ")}`];
    }),
    ...looseNamesOf(county).flatMap((name) => {
      const readings = read(name, names);
      return readings.length === 1 && idsOf(readings[0]!).includes(county.id)
        ? []
        : [`${county.id} ${name}: ${readings.map(say).join(", ")}`];
    }),
  ]);
  expect(wrong).toEqual([]);
});

test.each([
  ["51", "Fairfax County", "county Fairfax County"],
  ["51", "Fairfax Co.", "county Fairfax County"],
  ["51", "Fairfax Co", "county Fairfax County"],
  ["51", "Fairfax", "which of Fairfax City; Fairfax County"],
  ["51", "Richmond", "which of Richmond City; Richmond County"],
  ["51", "Franklin, VA", "which of Franklin City; Franklin County"],
  ["51", "Roanoke, Va.", "which of Roanoke City; Roanoke County"],
  ["51", "City of Richmond", "county Richmond City"],
  ["51", "Alexandria", "county Alexandria City"],
  ["51", "Alexandria City", "county Alexandria City"],
  ["51", "Alexandria County", "suggestion Alexandria City: another kind of place"],
  ["51", "King & Queen", "suggestion King and Queen County: the county"],
  ["51", "Prince Geroge", "suggestion Prince George County: spelling"],
  ["51", "Charles City", "suggestion Charles City County: the county"],
  ["29", "City of St. Louis", "county St. Louis City"],
  ["29", "St Louis", "which of St. Louis City; St. Louis County"],
  ["29", "St. Louis City", "county St. Louis City"],
  ["29", "Saint Louis County", "county St. Louis County"],
  ["29", "De Kalb", "suggestion DeKalb County: the county"],
  ["02", "City of Juneau", "county Juneau City and Borough"],
  ["02", "Nome area", "county Nome Census Area"],
  ["22", "Orleans County", "county Orleans Parish"],
  ["46", "Shannon County", "suggestion Oglala Lakota County: Shannon County until 2015"],
  ["46", "Shannon, SD", "suggestion Oglala Lakota County: Shannon County until 2015"],
  ["02", "Wade Hampton", "suggestion Kusilvak Census Area: Wade Hampton Census Area until 2015"],
  ["02", "Valdez-Cordova Census Area", "which of Chugach Census Area; Copper River Census Area"],
  ["12", "Dade", "suggestion Miami-Dade County: Dade County until 1997"],
  ["13", "Dade County", "county Dade County"],
  // Right elsewhere, and so no misspelling of what two letters tell from it; one letter may be a slip.
  ["37", "Marion County", "?"],
  ["13", "Clark County", "suggestion Clarke County: spelling"],
  // Two slips, one of them at the first letter, or in a short word, make it another name.
  ["46", "Zhansen County", "?"],
  ["48", "Gtoy County", "?"],
])("of %s without towns, %s is %s", (state, line, expected) => {
  expect(readPlaceList(line, siteOf(state)).map(say)).toEqual([expected]);
});

test("counties that are called like states are lines of their own", () => {
  expect(readPlaceList("Washington, Adair, Texas", siteOf("29")).map(say)).toEqual(
    ["Washington", "Adair", "Texas"].map((name) => `suggestion ${name} County: the county`),
  );
});

test("a city that is its own county, and a town of its county's name, with towns imported", () => {
  const virginia = siteOf("51");
  const imported = {
    ...virginia,
    towns: [
      ...virginia.towns.filter(({ id }) => id !== "51760"),
      { id: "5167000", name: "Richmond", label: "city", countyId: "51760" },
    ],
  };
  expect(readPlaceList("Richmond City\nCity of Richmond\nRichmond\nRichmond County", imported).map(say)).toEqual([
    "exact Richmond",
    "exact Richmond",
    "which of Richmond; Richmond County",
    "county Richmond County",
  ]);
  const taos = {
    ...siteOf("35"),
    towns: [...siteOf("35").towns, { id: "3576200", name: "Taos", label: "town", countyId: "35055" }],
  };
  expect(readPlaceList("Taos\nTown of Taos\nTaos County\nTaos Co., NM", taos).map(say)).toEqual([
    "which of Taos; Taos County",
    "exact Taos",
    "county Taos County",
    "county Taos County",
  ]);
});

test("an area is found by its name, where no city, town or county has it", () => {
  const dakota = {
    ...siteOf("46"),
    areas: ["Pine Ridge Reservation", "Rosebud, outside Todd County", "Custer", "Todd County"].map((name, index) => ({
      id: `area-${index}`,
      name,
    })),
  };
  const lines = "Pine Ridge Reservation\npine ridge reservation, SD\nRosebud, outside Todd County\nCuster\nTodd County";
  expect(readPlaceList(lines, dakota).map(say)).toEqual([
    "area Pine Ridge Reservation",
    "area Pine Ridge Reservation",
    "area Rosebud, outside Todd County",
    "which of Custer; Custer County",
    "county Todd County",
  ]);
  expect(readPlaceList("Pine Ridge Reservation, MN", dakota).map(say)).toEqual(["?"]);
});
