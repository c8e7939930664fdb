import { expect, test } from "vitest";
import { buildBundle } from "../../lib/alerts/content";
import { NOW, number, place, situation } from "../../lib/alerts/golden/cases-for-tests";
import type { Grouping } from "../../lib/alerts/schema";
import { groupMessages, missingConfirmations } from "./review-state";

const heath = number({ id: "Heath-1", calls: [] });
const PLACES = [
  place("Gill", { numbers: [number({ id: "Gill-1" })] }),
  place("Rowe", { numbers: [number({ id: "Rowe-1" })], population: 9_000 }),
  place("Dana", { population: 40 }),
  place("Heath", { numbers: [heath] }),
];
const evidence = Object.fromEntries(PLACES.flatMap(({ numbers }) => numbers.map((one) => [one.id, one])));

function review(grouping: Grouping, restored: readonly string[] = []) {
  const { facts, content } = situation({
    places: PLACES,
    grouping,
    restored,
    ...(restored.length > 0 ? { purpose: "restoration" } : {}),
  });
  const override = { choice: "override" as const, numberId: heath.id, reason: "The chief answered" };
  const bundle = buildBundle(facts, { ...content, numbers: { [PLACES[3]!.id]: override } }, NOW);
  const { overrides, alternates, noNumber, first, others, restored: again } = groupMessages(bundle, evidence);
  const named = (list: readonly { place: string; numbers: readonly { id: string }[] }[]) =>
    list.map(({ place: name, numbers }) => `${name} ${numbers.map(({ id }) => id).join(" ")}`);
  return {
    groups: [overrides, alternates, noNumber, first, others, again].map(named),
    missing: missingConfirmations(bundle, {}).map(({ label }) => label),
  };
}

test.each<Grouping>(["county", "all", "dispatch-area"])("grouped by %s, each place is read by itself", (grouping) => {
  expect(review(grouping)).toEqual(review("place"));
  expect(review(grouping)).toEqual({
    groups: [["Heath Heath-1"], [], ["Dana "], ["Gill Gill-1", "Rowe Rowe-1"], [], []],
    missing: ["override for Heath", "towns without a number", "direct numbers", "texts", "points to review"],
  });
});

test("places where 911 works again are read one by one, in one message too", () => {
  const all = PLACES.map(({ id }) => id);
  expect(review("all", all).groups.at(-1)).toEqual(["Gill ", "Rowe ", "Dana ", "Heath "]);
  expect(review("all", all)).toEqual(review("place", all));
});
