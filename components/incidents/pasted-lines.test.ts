import { expect, test } from "vitest";
import type { Meaning, Reading } from "../../lib/places/place-list";
import { answerOf, describeLines, type LineAnswers, listAcceptable, takeLines } from "./pasted-lines";

const town = (id: string, name: string): Meaning => ({ kind: "town", id, name, label: "town" });
const county: Meaning = { kind: "county", id: "25023", name: "Plymouth County", label: "county" };
const places = {
  areas: [{ id: "area", name: "South Shore", placeIds: ["b", "c", "d"] }],
  towns: [
    { id: "a", name: "Granby", label: "town", countyId: "25015", population: 6110 },
    { id: "b", name: "Brockton", label: "city", countyId: "25023", population: 105643 },
    { id: "c", name: "Plymouth", label: "town", countyId: "25023", population: 61217 },
    { id: "d", name: "Providence", label: "city", countyId: "44007", population: 190934 },
  ],
};
const allowed = new Set(["a", "b", "c"]);
const readings: Reading[] = [
  { line: "Granby", kind: "exact", meaning: town("a", "Granby") },
  { line: "Brocton", kind: "suggestion", meaning: town("b", "Brockton"), reason: "spelling", guessed: true },
  { line: "Plymouth", kind: "choice", options: [town("c", "Plymouth"), county] },
  { line: "Providence", kind: "exact", meaning: town("d", "Providence") },
  { line: "Atlantis", kind: "unknown" },
];
const taken = (answers: LineAnswers) => {
  const { ids, open, waiting } = takeLines(readings, answers, places, allowed);
  return { ids: [...ids].sort(), open, waiting: [...waiting].sort() };
};

test("what is certain is taken; what lines may stand for waits, a county around a town of its name does not", () => {
  expect(taken({})).toEqual({ ids: ["a"], open: 3, waiting: ["b", "c"] });
  const answers = { Brocton: answerOf(town("b", "Brockton")), Atlantis: "drop" } as const;
  expect(taken(answers)).toEqual({ ids: ["a", "b"], open: 1, waiting: ["c"] });
  expect(taken({ ...answers, Plymouth: answerOf(county) })).toEqual({ ids: ["a", "b", "c"], open: 0, waiting: [] });
});

test("an area stands for those of its places that are the agency's", () => {
  const area: Meaning = { kind: "area", id: "area", name: "South Shore", label: "area" };
  const lines: Reading[] = [{ line: "South Shore", kind: "exact", meaning: area }];
  expect([...takeLines(lines, {}, places, allowed).ids]).toEqual(["b", "c"]);
});

test("a line says how many were read, and how they stand", () => {
  const describe = (answers: LineAnswers) => describeLines(readings, answers, places, allowed);
  expect(describe({})).toBe("5 lines read: 1 clear, 1 with a suggestion, 1 to decide, 1 not known, 1 not yours");
  expect(describe({ Brocton: answerOf(town("b", "Brockton")), Atlantis: "drop", Granby: "drop" })).toBe(
    "5 lines read: 1 clear, 1 to decide, 1 not yours, 2 left out",
  );
  expect(describeLines(readings.slice(0, 1), {}, places, allowed)).toBe("1 line read: 1 clear");
});

test("a guess of spelling is accepted by itself, never with all others", () => {
  const certain: Reading = {
    line: "Dorchester",
    kind: "suggestion",
    meaning: town("d", "Boston"),
    reason: "part of Boston",
    guessed: false,
  };
  expect(listAcceptable([...readings, certain], {})).toEqual([["Dorchester", "id:d"]]);
  expect(listAcceptable([...readings, certain], { Dorchester: "drop" })).toEqual([]);
});
