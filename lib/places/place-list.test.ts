import { expect, test } from "vitest";
import { readMunicipalities } from "../../prisma/seed/massachusetts";
import ALIASES from "../../prisma/seed/aliases.json";
import { readPlaceList, type Reading } from "./place-list";

const towns = readMunicipalities().map(([name, , countyId, id]) => ({ id, name, countyId }));
const counties = [
  { id: "25001", name: "Barnstable" },
  { id: "25023", name: "Plymouth" },
  { id: "25015", name: "Hampshire" },
];
const aliases = (ALIASES as [string, string][]).flatMap(([name, town]) => {
  const found = towns.find((one) => one.name === town);
  return found ? [{ name, placeId: found.id }] : [];
});
const places = { towns, counties, aliases, state: { name: "Massachusetts", code: "MA" } };
const say = (reading: Reading) =>
  reading.kind === "unknown"
    ? "?"
    : reading.kind === "several"
      ? `several ${reading.options.map(({ name }) => name).join("; ")}`
      : reading.kind === "county"
        ? `county ${reading.countyName}`
        : `${reading.kind} ${reading.name}${reading.kind === "suggestion" ? `: ${reading.reason}` : ""}`;

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
  ["Plymouth", "choice Plymouth"],
  ["Hampshire County", "county Hampshire"],
  ["Plymouth County", "county Plymouth"],
  ["Springfeild", "suggestion Springfield: spelling"],
  ["Providence", "?"],
  ["Granby, CT", "?"],
  ["Granby, Connecticut", "?"],
  ["", undefined],
])("%j reads as %s", (line, expected) => {
  expect(readPlaceList(line, places).map(say)).toEqual(expected === undefined ? [] : [expected]);
});

test("another state reads its own names, and takes ours for another one's", () => {
  const lincoln = [{ id: "3128000", name: "Lincoln", countyId: "31109" }];
  const nebraska = {
    towns: lincoln,
    counties: [],
    aliases: [{ name: "Havelock", placeId: "3128000" }],
    state: { name: "Nebraska", code: "NE" },
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
    { id: "5654185", name: "Mountain View, Uinta County", countyId: "56041" },
    { id: "5654260", name: "Mountain View, Natrona County", countyId: "56025" },
    { id: "5656025", name: "Casper", countyId: "56025" },
    { id: "56017", name: "Hot Springs County", countyId: "56017" },
    { id: "56025", name: "Natrona County, outside its cities and towns", countyId: "56025" },
  ],
  counties: [
    { id: "56041", name: "Uinta" },
    { id: "56025", name: "Natrona" },
    { id: "56017", name: "Hot Springs" },
  ],
  aliases: [],
  state: { name: "Wyoming", code: "WY" },
};
test.each([
  ["Mountain View", ["several Mountain View, Uinta County; Mountain View, Natrona County"]],
  ["Mountain View, Uinta County", ["exact Mountain View, Uinta County"]],
  ["Mountain View, WY", ["several Mountain View, Uinta County; Mountain View, Natrona County"]],
  ["Casper, Natrona County", ["exact Casper"]],
  // Another county is another line, and is asked for as such.
  ["Casper, Uinta County", ["exact Casper", "county Uinta"]],
  ["Hot Springs County", ["county Hot Springs"]],
  ["Natrona County", ["county Natrona"]],
])("two places of one name are asked about: %s", (line, expected) => {
  expect(readPlaceList(line, WYOMING).map(say)).toEqual(expected);
});
