import { expect, test } from "vitest";
import { nameAlone, nameApart } from "./namesakes";

const town = (id: string, name: string, parentId: string, label = "town") => ({
  ...{ id, name, parentId, label },
  kind: "municipality",
});
const COUNTIES = new Map([
  ["42011", "Berks County"],
  ["42049", "Erie County"],
]);
const PLACES = [
  town("1", "Albion", "42049"),
  town("2", "Washington", "42011"),
  town("3", "Washington", "42049"),
  town("4", "Franklin", "42049", "township"),
  town("5", "Franklin", "42049", "borough"),
  { ...town("42049", "Erie", "42", "county"), kind: "county" },
];

test("only places whose name comes twice say their county, and their kind where that is one", () => {
  expect([...nameApart(PLACES, COUNTIES).values()]).toEqual([
    "Albion",
    "Washington, Berks County",
    "Washington, Erie County",
    "Franklin (township), Erie County",
    "Franklin (borough), Erie County",
    "Erie County",
  ]);
});

test("what tells a name apart is no part of what people write", () => {
  const names = nameApart(PLACES, COUNTIES);
  expect(PLACES.slice(0, 5).map((place) => nameAlone({ ...place, name: names.get(place.id)! }))).toEqual([
    ...["Albion", "Washington", "Washington", "Franklin", "Franklin"],
  ]);
});
