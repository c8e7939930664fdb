import { expect, test } from "vitest";
import { unitedStates } from "../../prisma/seed/united-states";
import { fullNamesOf, looseNamesOf } from "./names-for-tests";
import { type IndexedPlace, PlaceIndex, type PlaceRow } from "./place-index";

/** Tables of what a row may say of its place; most of them were put to the wrong place before. */

const STATES: Record<string, string> = { MA: "25", MO: "29", NE: "31", NM: "35", VA: "51", GA: "13" };
const place = (id: string, name: string, change: Partial<IndexedPlace> = {}): IndexedPlace => {
  const stateCode = Object.keys(STATES).find((code) => STATES[code] === id.slice(0, 2))!;
  const stateName = { MA: "Massachusetts", MO: "Missouri", NE: "Nebraska", NM: "New Mexico", VA: "Virginia" }[
    stateCode
  ];
  return {
    id,
    name,
    kind: id.length === 2 ? "state" : id.length === 5 ? "county" : "municipality",
    label: id.length === 5 ? "county" : "town",
    stateName: stateName ?? "Georgia",
    stateCode,
    parentId: id.length === 2 ? null : id.slice(0, 2),
    parentName: null,
    sameCode: `0${id.slice(0, 5).padEnd(5, "0")}`,
    ...change,
  };
};
const INDEX = new PlaceIndex([
  ...["25:Massachusetts", "29:Missouri", "31:Nebraska", "35:New Mexico", "51:Virginia", "13:Georgia"].map((one) =>
    place(one.slice(0, 2), one.slice(3)),
  ),
  place("25011", "Franklin"),
  place("25025", "Suffolk"),
  place("2502109875", "Franklin", { parentId: "25021", parentName: "Norfolk" }),
  place("2501572880", "Ware", { parentId: "25015", parentName: "Hampshire" }),
  place("13299", "Ware"),
  place("29189", "St. Louis"),
  place("2965126", "St. Peters", { label: "city" }),
  place("2964180", "Ste. Genevieve", { label: "city" }),
  place("2950420", "Mount Vernon", { label: "city" }),
  place("2954074", "O'Fallon", { label: "city" }),
  place("2919252", "De Soto", { label: "city" }),
  place("2953102", "North Kansas City", { label: "city" }),
  place("2938000", "Kansas City", { label: "city" }),
  place("2941348", "Lee's Summit", { label: "city" }),
  place("29510", "St. Louis", { label: "city" }),
  place("31067", "Gage"),
  place("31109", "Lancaster"),
  place("31111", "Lincoln"),
  place("31055", "Douglas"),
  place("3128000", "Lincoln", { label: "city", parentId: "31109", parentName: "Lancaster" }),
  place("35055", "Taos"),
  place("35045", "San Juan"),
  place("3576200", "Taos", { parentId: "35055", parentName: "Taos" }),
  place("3560870", "Questa", { label: "village", parentId: "35055", parentName: "Taos" }),
  place("51059", "Fairfax"),
  place("51600", "Fairfax", { label: "city" }),
  place("51159", "Richmond"),
  place("51760", "Richmond", { label: "city" }),
]);

const CASES: [said: string, row: PlaceRow, expected: string][] = [
  ["a code and its own name", { code: "3576200", name: "Taos" }, "3576200"],
  ["a code and its name with its kind", { code: "3560870", name: "Village of Questa" }, "3560870"],
  ["a code and its name with its state", { code: "3576200", name: "Taos, NM" }, "3576200"],
  ["a code beside another place's name", { code: "3560870", name: "Taos" }, "is Questa.*says Taos.*Correct"],
  ["a county's code beside a town's kind", { code: "51059", name: "City of Fairfax" }, "Correct the one that is wrong"],
  ["a code nothing has", { code: "9999999", name: "Taos" }, "No place here has the code 9999999"],
  ["three digits of a county", { code: "055", name: "Taos County", state: "NM" }, "35055"],
  ["the same, with its zero lost", { code: "55", name: "Taos County", state: "NM" }, "35055"],
  ["a county's number that is a state's too", { code: "51", name: "Virginia", state: "NE" }, "51"],
  ["the county of another name", { code: "045", name: "Taos County", state: "NM" }, "is San Juan County.*says Taos"],
  ["three digits and no state", { code: "055", name: "Taos County" }, "No place here has the code 055"],
  ["three digits beside a county column", { code: "025", county: "Suffolk", state: "MA" }, "25025"],
  ["a SAME code", { code: "025025", name: "Suffolk County" }, "25025"],
  ["a bare name that only a county has", { name: "Gage", state: "NE" }, "may be Gage County, NE"],
  [
    "a bare name that a town and a county have",
    { name: "Lincoln", state: "NE" },
    "Lincoln County.*or the city of Lincoln",
  ],
  ["the same in a column of towns", { name: "Lincoln", state: "NE", towns: true }, "3128000"],
  ["a column of towns and no such town", { name: "Gage", state: "NE", towns: true }, "may be Gage County, NE"],
  ["the same narrowed by its county", { name: "Franklin", county: "Norfolk", state: "MA" }, "2502109875"],
  ["the county in full", { name: "Lincoln County", state: "NE" }, "31111"],
  ["the county in full, shortened", { name: "Lincoln Co.", state: "NE" }, "31111"],
  ["Colorado is no county", { name: "Lincoln, CO" }, "no place called"],
  ["a town whose name is a county of another state", { name: "Ware" }, "2501572880"],
  ["an independent city by its kind", { name: "City of Fairfax", state: "VA" }, "51600"],
  ["an independent city, the kind behind", { name: "Fairfax City", state: "VA" }, "51600"],
  ["the county around it", { name: "Fairfax County", state: "VA" }, "51059"],
  ["the bare name of both", { name: "Fairfax", state: "VA" }, "Fairfax County, VA"],
  ["a county far from the city of its name", { name: "Richmond County", state: "VA" }, "51159"],
  ["the city far from its county", { name: "City of Richmond", state: "VA" }, "51760"],
  ["the bare name of a city and a far county", { name: "Richmond", state: "VA" }, "Richmond County, VA or the city of"],
  ["the same under a heading that says county", { name: "Richmond", state: "VA", counties: true }, "or the city of"],
  ["the same in a column of cities and towns", { name: "Richmond", state: "VA", towns: true }, "51760"],
  ["a column of towns, beside a county", { name: "Richmond", county: "Richmond", towns: true }, "or the city of"],
  ["a county under a heading that says county", { name: "Gage", state: "NE", counties: true }, "31067"],
  ["codes of both", { code: "51760" }, "51760"],
  ["St. Louis city", { name: "City of St. Louis", state: "MO" }, "29510"],
  ["St. Louis County", { name: "St. Louis County", state: "MO" }, "29189"],
  ...(
    [
      ["2965126", "Saint Peters", "St Peters", "ST. PETERS", "City of St. Peters"],
      ["2964180", "Sainte Genevieve", "Ste Genevieve"],
      ["2950420", "Mt. Vernon", "Mt Vernon", "Mount Vernon city"],
      ["2954074", "O’Fallon", "OFallon", "O Fallon", "O'Fallon, MO"],
      ["2919252", "DeSoto", "De Soto"],
      ["2953102", "N. Kansas City", "N Kansas City"],
      ["2938000", "Kansas City"],
      ["2941348", "Lees Summit", "Lee’s Summit"],
    ] as const
  ).flatMap(([id, ...names]) => names.map((name): (typeof CASES)[number] => [name, { name, state: "MO" }, id])),
  ["no place", {}, "names no place"],
];
test.each(CASES)("%s", (_, row, expected) => {
  const found = INDEX.find(row);
  if ("place" in found) expect(found.place.id).toBe(expected);
  else {
    expect(expected).not.toMatch(/^\d+$/);
    expect(found.why).toMatch(new RegExp(expected));
  }
});

test("every county equivalent of the nation is found by its full names, and never taken for another", () => {
  const places = unitedStates().map((row) => ({ ...row, parentName: null }));
  const index = new PlaceIndex(places);
  const wrong = places
    .filter(({ kind }) => kind === "county")
    .flatMap((county) => {
      const read = (name: string, more: PlaceRow) => {
        const found = index.find({ name, home: [county.stateCode], ...more });
        return "place" in found ? found.place.id : "";
      };
      const headings: PlaceRow[] = [{}, { counties: true }, { state: county.stateCode }, { state: county.stateName }];
      return [
        ...fullNamesOf(county).filter((name) => headings.some((more) => read(name, more) !== county.id)),
        ...looseNamesOf(county).filter((name) => headings.some((more) => !["", county.id].includes(read(name, more)))),
      ].map((name) => `${county.id} ${name}`);
    });
  expect(wrong).toEqual([]);
});
