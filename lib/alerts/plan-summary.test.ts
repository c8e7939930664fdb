import { describe, expect, test } from "vitest";
import { number, NOW, place, situation } from "./golden/cases-for-tests";
import { choosePlaces, planMessages } from "./plan";
import { describeHelp, summarizePlan } from "./plan-summary";

const county = place("A").counties[0]!;
const FRANKLIN = { ...county, id: "25011", name: "Franklin", sameCode: "025011" };
const STATION = {
  kind: "fire-station",
  works: true,
  wording: { "en-US": "go to the fire station on Center Street", "es-US": "vaya a los bomberos en Center Street" },
};
const GRANBY = place("Granby", { numbers: [number()] });
const WARE = place("Ware", { population: 0, helpOptions: [STATION] });
const ORANGE = place("Orange", { population: 7_000, counties: [county, FRANKLIN] });

const planned = (grouping: "place" | "all", places = [GRANBY, WARE, ORANGE]) => {
  const { facts, content } = situation({ places, grouping });
  const chosen = choosePlaces(facts, content, NOW);
  return { facts, chosen, plans: planMessages(facts, content, chosen, NOW) };
};

describe("what a plan comes to", () => {
  test("messages are counted as they go out, and an unknown population is not taken for none", () => {
    const { plans, chosen } = planned("place");
    expect(summarizePlan(plans, chosen, [])).toMatchObject({ phones: 3, stations: 2, populations: [6_110, 0, 7_000] });
    const together = planned("all");
    expect(summarizePlan(together.plans, together.chosen, [])).toMatchObject({ phones: 1, stations: 2 });
  });

  test("a place in two counties hears both, and nobody else overlaps", () => {
    const { plans, chosen } = planned("place");
    expect(summarizePlan(plans, chosen, []).overlaps).toEqual([
      { placeId: ORANGE.id, name: "Orange", says: "hears the stations of Hampshire County and Franklin County" },
    ]);
  });

  test("a place that another alert in force covers is named with it", () => {
    const { plans, chosen } = planned("place", [GRANBY, WARE]);
    const other = { id: "x", agency: "Ware Police", title: "911 outage in Ware", placeIds: [WARE.id, "elsewhere"] };
    expect(summarizePlan(plans, chosen, [other]).overlaps).toEqual([
      { placeId: WARE.id, name: "Ware", says: "already told by an alert in force of Ware Police (911 outage in Ware)" },
    ]);
  });
});

test("a place without a number says what it gets: its own way to get help, or the usual one", () => {
  const { facts, chosen } = planned("place");
  const [english] = facts.languages;
  expect(chosen.map((one) => describeHelp(one, english))).toEqual([
    null,
    "go to the fire station on Center Street",
    english!.help,
  ]);
  expect(describeHelp({ ...chosen[1]!, restoredAt: NOW }, english)).toBeNull();
  expect(describeHelp({ ...chosen[1]!, isNeighbor: true }, english)).toBeNull();
});
