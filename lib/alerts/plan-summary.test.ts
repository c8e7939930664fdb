import { describe, expect, test } from "vitest";
import { number, NOW, place, situation } from "./golden/cases-for-tests";
import { reachOfPlan, warnOfReach } from "./county-reach";
import { choosePlaces, planBroadcasts, planMessages } from "./plan";
import { findOverlaps } from "../standards/geometry/overlap";
import { answeredAt, describeHelp, summarizePlan } from "./plan-summary";

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
    expect(summarizePlan(plans, chosen, [], [])).toMatchObject({
      phones: 3,
      stations: 2,
      populations: [6_110, 0, 7_000],
    });
    const together = planned("all");
    expect(summarizePlan(together.plans, together.chosen, [], [])).toMatchObject({ phones: 1, stations: 2 });
  });

  test("a place in two counties hears both, and nobody else overlaps", () => {
    const { plans, chosen } = planned("place");
    expect(summarizePlan(plans, chosen, [], []).overlaps).toEqual([
      { placeId: ORANGE.id, name: "Orange", says: "hears the stations of Hampshire County and Franklin County" },
    ]);
  });

  test("a place that another alert in force covers is named with it", () => {
    const { plans, chosen } = planned("place", [GRANBY, WARE]);
    const other = { id: "x", agency: "Ware Police", title: "911 outage in Ware", placeIds: [WARE.id, "elsewhere"] };
    expect(summarizePlan(plans, chosen, [other], []).overlaps).toEqual([
      { placeId: WARE.id, name: "Ware", says: "already told by an alert in force of Ware Police (911 outage in Ware)" },
    ]);
  });
});

describe("places that two messages for phones reach, since their outlines cover the same ground", () => {
  /** Granby and Ware side by side, Orange over a fifth of Ware; the county of all of them, and an island. */
  const square = (west: number, east: number) => `42.2,${west} 42.3,${west} 42.3,${east} 42.2,${east} 42.2,${west}`;
  const [granby, ware, orange] = [
    place("Granby", { polygons: [square(-72.6, -72.5)], numbers: [number()] }),
    place("Ware", { polygons: [square(-72.5, -72.4)] }),
    place("Orange", { polygons: [square(-72.42, -72)] }),
  ];
  const hampshire = place("Hampshire", { unit: "county", polygons: [square(-73, -72.45)] });
  const island = place("Gosnold", { polygons: [square(-70.1, -70), square(-69.9, -69.8)] });
  const drawnAnew = place("Granby East", { polygons: [square(-72.502, -72.42)] });
  const nowhere = place("Nowhere", { polygons: [] });

  test.each<[string, Parameters<typeof planned>, Record<string, string>]>([
    ["side by side: nobody", ["place", [granby, ware]], {}],
    ["two drawings of one border: nobody", ["place", [granby, drawnAnew]], {}],
    ["an island, and no outline: nobody", ["place", [granby, island, nowhere]], {}],
    [
      "a fifth of a place lies in the next one",
      ["place", [granby, ware, orange]],
      { Ware: "phones in about 20% of it also get the message for Orange, whose outline covers the same ground" },
    ],
    [
      "towns in a county that has a message of its own",
      ["place", [granby, ware, hampshire]],
      {
        Granby: "phones in all of it also get the message for Hampshire County, whose outline covers the same ground",
        Ware: "phones in about 50% of it also get the message for Hampshire County, whose outline covers the same ground",
      },
    ],
    ["one message for all: nobody gets two", ["all", [granby, ware, orange, hampshire]], {}],
  ])("%s", (_, [grouping, places], says) => {
    const { plans, chosen } = planned(grouping, places);
    const { overlaps } = summarizePlan(plans, chosen, [], findOverlaps(places!));
    expect(Object.fromEntries(overlaps.map(({ name, says: words }) => [name, words]))).toEqual(says);
  });

  test("places that left the alert are told nothing, and say nothing", () => {
    const { plans, chosen } = planned("place", [ware]);
    expect(summarizePlan(plans, chosen, [], findOverlaps([ware, orange, hampshire])).overlaps).toEqual([]);
  });
});

test("the number a place gives out says when it was answered last: the right desk, not the newest call", () => {
  const { chosen } = planned("place");
  expect(chosen.map(answeredAt)).toEqual([GRANBY.numbers[0]!.calls[0]!.at, null, null]);
  const [good] = GRANBY.numbers[0]!.calls;
  const failed = { ...good!, at: good!.at + 86_400_000, result: "no-answer" as const };
  const [one] = planned("place", [place("Granby", { numbers: [number({ calls: [failed, good!] })] })]).chosen;
  expect(answeredAt(one!)).toBe(good!.at);
});

test("a place without a number says what it gets: its own way to get help, or the usual one", () => {
  const { facts, chosen } = planned("place");
  const [english] = facts.languages;
  expect(chosen.map((one) => describeHelp(one, facts.incident, english))).toEqual([
    null,
    "go to the fire station on Center Street",
    english!.help,
  ]);
  // Where texts reach 911, that comes first, unless the directory says that they don't arrive in this place.
  const works = { textTo911: "works" as const };
  expect(describeHelp(chosen[1]!, works, english)).toBe("text 911 or go to the fire station on Center Street");
  const silent = {
    ...chosen[1]!,
    place: {
      ...chosen[1]!.place,
      helpOptions: [{ ...chosen[1]!.place.helpOptions[0]!, kind: "text-to-911" as const, works: false }],
    },
  };
  expect(describeHelp(silent, works, english)).toBe("go to the fire station on Center Street");
  expect(describeHelp({ ...chosen[1]!, restoredAt: NOW }, facts.incident, english)).toBeNull();
  expect(describeHelp({ ...chosen[1]!, isNeighbor: true }, facts.incident, english)).toBeNull();
});

test("places of one name are told apart wherever a plan names them", () => {
  const outlined = { polygons: ["42.2,-72.6 42.3,-72.6 42.3,-72.5 42.2,-72.5 42.2,-72.6"] };
  const franklin = (id: string, label: string) =>
    place("Franklin", {
      id,
      label,
      namesake: "label",
      numbers: [number({ id, e164: `+1413555010${id}` })],
      ...outlined,
    });
  const twins = [franklin("1", "township"), franklin("2", "borough")];
  const { plans, chosen } = planned("place", twins);
  expect(summarizePlan(plans, chosen, [], findOverlaps(twins)).overlaps[0]).toMatchObject({
    name: "Franklin (township)",
    says: "phones in all of it also get the message for Franklin (borough), whose outline covers the same ground",
  });
  const [stations] = planBroadcasts(chosen);
  expect(warnOfReach(reachOfPlan(stations!))).toContain(
    "413-555-0101 (Franklin (township)) and 413-555-0102 (Franklin (borough))",
  );
});
