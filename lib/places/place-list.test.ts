import { expect, test } from "vitest";
import { readMunicipalities } from "../../prisma/seed/massachusetts";
import { readPlaceList, type Reading } from "./place-list";

const towns = readMunicipalities().map(([name, , countyId, id]) => ({ id, name, countyId }));
const counties = [
  { id: "25001", name: "Barnstable" },
  { id: "25023", name: "Plymouth" },
  { id: "25015", name: "Hampshire" },
];
const say = (reading: Reading) =>
  reading.kind === "unknown"
    ? "?"
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
  expect(readPlaceList(line, towns, counties).map(say)).toEqual(expected === undefined ? [] : [expected]);
});

test("forty-five towns pasted with commas, semicolons and lines are all read", () => {
  const names = towns
    .slice(0, 45)
    .map(({ name }) => name)
    .filter((name) => name !== "Barnstable");
  const text = names.map((name, index) => name + [", ", "; ", "\n", "\r\n"][index % 4]!).join("");
  expect(readPlaceList(text, towns, counties).map((reading) => reading.kind)).toEqual(names.map(() => "exact"));
});
