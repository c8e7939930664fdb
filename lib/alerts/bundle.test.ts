import { describe, expect, test } from "vitest";
import { type Bundle, bundleSchema, outcomesOf } from "./bundle";
import { requiredConfirmations } from "./confirmations";
import { buildBundle } from "./content";
import { describeWhere, findProblems } from "./findings";
import { NOW, number, place, situation } from "./golden/cases-for-tests";
import type { Grouping } from "./schema";
import { fingerprintPart } from "./second-reading";

const OLD = number().calls.map((call) => ({ ...call, at: NOW - 400 * 86_400_000 }));
const own = (name: string, change = {}) => place(name, { numbers: [number({ id: `${name}-1`, ...change })] });
const first = (name: string) => number({ id: `${name}-1`, calls: OLD });

/** One place of each kind, and two of those that are asked about: nobody answered Erving's and Florida's first numbers. */
const GILL = own("Gill");
const PLACES = [
  GILL,
  place("Dana"),
  place("Enfield"),
  place("Erving", { numbers: [first("Erving"), number({ id: "Erving-2", preference: 2 })] }),
  place("Florida", { numbers: [first("Florida"), number({ id: "Florida-2", preference: 2 })] }),
  own("Heath", { calls: OLD }),
  own("Rowe", { calls: OLD }),
];
const OVERRIDES = PLACES.slice(-2).map(({ id, numbers }, index) => [
  id,
  { choice: "override" as const, numberId: numbers[0]!.id, reason: `The chief answered, ${index}` },
]);

function grouped(grouping: Grouping, overridden = true, places = PLACES) {
  const { facts, content } = situation({ places, grouping });
  const decided = { ...content, numbers: overridden ? (Object.fromEntries(OVERRIDES) as typeof content.numbers) : {} };
  const bundle = buildBundle(facts, decided, NOW);
  return { bundle, problems: findProblems(bundle, { facts, content: decided, now: NOW }) };
}

const RULES = ["DIR-001", "DIR-002", "DIR-003", "DIR-004"];
const listed = ({ problems }: ReturnType<typeof grouped>) =>
  problems
    .filter(({ rule }) => RULES.includes(rule))
    .flatMap(({ rule, places }) => places.map(({ place: name }) => `${rule} ${name}`))
    .sort();

describe("a message for several places", () => {
  test.each<Grouping>(["county", "all", "dispatch-area"])("by %s has the findings of each of them", (grouping) => {
    for (const overridden of [true, false])
      expect(listed(grouped(grouping, overridden))).toEqual(listed(grouped("place", overridden)));
    expect(listed(grouped(grouping))).toEqual([
      "DIR-002 Heath",
      "DIR-002 Rowe",
      "DIR-003 Dana",
      "DIR-003 Enfield",
      "DIR-004 Erving",
      "DIR-004 Florida",
    ]);
  });

  test("has findings that lead to the place, say what is so there, and are counted by place", () => {
    const { problems } = grouped("all");
    const alternates = problems.find(({ rule }) => rule === "DIR-004")!;
    expect(alternates.places[0]).toMatchObject({
      placeId: PLACES[3]!.id,
      message: expect.stringMatching(/^This is the alternate number/) as string,
    });
    expect(describeWhere(alternates)).toBe("2 places");
  });

  test("names them all, however many they are", () => {
    const many = Array.from({ length: 60 }, (_, index) => place(`Town ${index}`));
    const { problems } = grouped("all", false, many);
    expect(describeWhere(problems.find(({ rule }) => rule === "DIR-003")!)).toBe("60 places");
  });

  test("is asked about conflicts and doubts of each of them as well", () => {
    const questions = PLACES.slice(0, 2).map((one, index) => ({ ...one, conflicts: [`Conflict ${index}.`] }));
    const { problems } = grouped("all", false, [own("Hadley", { e164: "+14015550142" }), ...questions]);
    const at = (rule: string) => problems.find((group) => group.rule === rule)?.places.map(({ place: name }) => name);
    expect(at("DIR-005")).toEqual(["Gill", "Dana"]);
    expect(at("DIR-008")).toEqual(["Hadley"]);
  });

  test("asks for every confirmation that its places would ask for one by one", () => {
    const asked = requiredConfirmations(grouped("all").bundle);
    expect(asked).toEqual(requiredConfirmations(grouped("place").bundle));
    expect(asked).toEqual([
      ...OVERRIDES.map(([id]) => `override:${id as string}`),
      "alternates",
      "no-number",
      "numbers",
      "texts",
      "judgement",
    ]);
  });

  test("is stored with what each of them gives out, and read again so", () => {
    const { bundle } = grouped("all");
    const [message] = bundleSchema.parse(JSON.parse(JSON.stringify(bundle))).messages;
    expect(outcomesOf(message!).map(({ place: name, outcome, numbers }) => [name, outcome, numbers[0]?.id])).toEqual([
      ["Gill", "ready", "Gill-1"],
      ["Dana", "no-number", undefined],
      ["Enfield", "no-number", undefined],
      ["Erving", "alternate", "Erving-2"],
      ["Florida", "alternate", "Florida-2"],
      ["Heath", "override", "Heath-1"],
      ["Rowe", "override", "Rowe-1"],
    ]);
  });

  test("keeps the confirmation of one place where that of another changed", () => {
    const before = grouped("all").bundle;
    const after = structuredClone(before);
    after.messages[0]!.byPlace!.find(({ place: name }) => name === "Rowe")!.why = "Another reason";
    const [heath, rowe] = OVERRIDES.map(([id]) => `override:${id as string}`);
    const stands = (name: string) => fingerprintPart(before, name) === fingerprintPart(after, name);
    expect([heath!, rowe!, "alternates", "numbers"].map(stands)).toEqual([true, false, true, true]);
  });
});

test("a message for one place says it once, also where it is the county's", () => {
  const [alone] = grouped("place", false, [GILL]).bundle.messages;
  expect(alone).not.toHaveProperty("byPlace");
  expect(outcomesOf(alone!)).toMatchObject([{ placeId: GILL.id, place: "Gill", outcome: "ready", population: 6_110 }]);
  const [county] = grouped("county", false, [GILL]).bundle.messages;
  expect([county!.place, outcomesOf(county!).map(({ place: name }) => name)]).toEqual(["Hampshire County", ["Gill"]]);
});

test("what an earlier version froze of several places comes out as one", () => {
  const { bundle } = grouped("all");
  const [message] = bundle.messages;
  delete message!.byPlace;
  const frozen: Bundle = { ...bundle, messages: [message!] };
  expect(outcomesOf(message!)).toMatchObject([{ place: "Massachusetts", outcome: "override" }]);
  expect(requiredConfirmations(frozen)).toEqual(["override:25", "texts", "judgement"]);
});
