import { expect, test } from "vitest";
import { listCounties, standingOf, toggleGroup } from "./county-rows";

const town = (id: string, countyId: string) => ({ id, name: id, label: "town", countyId, population: 1 });
const places = {
  counties: [
    { id: "25015", name: "Hampshire" },
    { id: "32007", name: "Elko" },
    { id: "32011", name: "Eureka" },
    { id: "32003", name: "Clark" },
  ],
  towns: [
    town("granby", "25015"),
    town("hadley", "25015"),
    town("elko", "32007"),
    town("32007", "32007"),
    town("32011", "32011"),
    town("henderson", "32003"),
  ],
};

test("a county says what is chosen with it beside its cities and towns, as far as the area goes", () => {
  const rows = listCounties(places, new Set(["granby", "hadley", "elko", "32007", "32011"]));
  expect(rows.map(({ name, units, note }) => [name, units.length, note])).toEqual([
    ["Hampshire County", 2, null],
    ["Elko County", 2, "with the rest of the county"],
    ["Eureka County", 1, "the whole county"],
    ["Clark County", 0, "not yours"],
  ]);
});

test("a group is added as a whole, also where a part was chosen, and left out as a whole", () => {
  const group = ["a", "b"];
  expect(standingOf(group, new Set(["c"]))).toBe("none");
  expect(standingOf(group, new Set(["a", "c"]))).toBe("some");
  const all = toggleGroup(group, new Set(["a", "c"]));
  expect([...all].sort()).toEqual(["a", "b", "c"]);
  expect(standingOf(group, all)).toBe("all");
  expect([...toggleGroup(group, all)]).toEqual(["c"]);
});
