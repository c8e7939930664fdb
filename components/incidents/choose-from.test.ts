import { expect, test } from "vitest";
import { chooseFrom } from "./choose-from";

const set = (...ids: string[]) => new Set(ids);

test.each([
  ["adds to what was chosen by hand", set("a"), set(), ["b", "c"], ["a", "b", "c"], ["b", "c"]],
  ["takes back what it names no longer", set("a", "b", "c"), set("b", "c"), ["c"], ["a", "c"], ["c"]],
  ["leaves what was chosen by hand and is in it too", set("a"), set(), ["a"], ["a"], []],
  ["and goes on leaving it once it names it no longer", set("a"), set(), [], ["a"], []],
  ["brings back nothing that was taken off by hand elsewhere", set("a"), set("b"), [], ["a"], []],
])("%s", (_, chosen, added, named, ids, brought) => {
  const next = chooseFrom(chosen, added, named);
  expect([[...next.ids].sort(), [...next.added]]).toEqual([ids, brought]);
});
