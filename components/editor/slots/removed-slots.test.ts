import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { putBack, putSentenceBack, removedSlots } from "./removed-slots";

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

describe("a locked sentence", () => {
  const KEPT = "If nobody answers, {otherHelp}.";
  const WHOLE = `911 is down in {place}. Call {number}. ${KEPT} Do not call 911 to test it.`;

  test.each([
    ["where it stood", WHOLE.replace(`${KEPT} `, ""), WHOLE],
    ["in place of what it was changed to", WHOLE.replace(KEPT, "If not, {otherHelp}!"), WHOLE],
    ["at the end, where nothing else is left", "Stay calm.", `Stay calm. ${KEPT}`],
    ["into an empty text", "", KEPT],
    [
      "and leaves what was written elsewhere",
      WHOLE.replace(` ${KEPT}`, "").replace("to test it.", "to test it. Stay calm."),
      WHOLE.replace("to test it.", "to test it. Stay calm."),
    ],
  ])("comes back %s", (_, now, after) => expect(putSentenceBack(WHOLE, now, KEPT)).toBe(after));

  test("stands in the text afterwards, whatever was written", () => {
    fc.assert(fc.property(fc.string(), (written) => putSentenceBack(WHOLE, written, KEPT).includes(KEPT)));
  });
});
