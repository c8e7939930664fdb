import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { putBack, removedSlots } from "./removed-slots";

const BEFORE = "{sender}: 911 is down in {place}. Call {number}. Next update by {nextUpdate}.";

describe("slots that a text lost", () => {
  test.each([
    ["nothing", BEFORE, BEFORE, []],
    ["one", BEFORE, BEFORE.replace("{number}", ""), ["number"]],
    ["one of two", "{place} and {place}", "{place} and", ["place"]],
    ["none that is new", "{place}", "{place} {number}", []],
    ["none that does not exist", "{nobody}", "", []],
  ])("%s", (_, before, now, removed) => {
    expect(removedSlots(before, now)).toEqual(removed);
  });

  test.each([
    ["after what stood before it", BEFORE.replace("{number}", ""), "number", BEFORE],
    ["at the beginning", BEFORE.replace("{sender}", ""), "sender", BEFORE],
    ["at the end, where the words around it are gone", "911 is out.", "number", "911 is out. {number}"],
  ] as const)("comes back %s", (_, now, slot, after) => {
    expect(putBack(BEFORE, now, slot)).toBe(after);
  });

  test("what is put back is not missing any more, whatever was written", () => {
    fc.assert(
      fc.property(
        fc.string(),
        (written) => !removedSlots("Call {number}.", putBack("Call {number}.", written, "number")).includes("number"),
      ),
    );
  });
});
