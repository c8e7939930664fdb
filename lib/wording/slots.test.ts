import { expect, test } from "vitest";
import { fillText, readBefore, segmentText, slotsOf } from "./slots";

test("a missing slot stays visible and is marked, never an empty string", () => {
  expect(fillText("Call {number} in {place}.", { place: "Granby" })).toBe("Call {number} in Granby.");
  expect(segmentText("Call {number} in {place}.", { place: "Granby" })).toEqual([
    { text: "Call " },
    { text: "{number}", slot: "number", missing: true },
    { text: " in " },
    { text: "Granby", slot: "place" },
    { text: "." },
  ]);
});
test("names of objects are no slots", () => {
  expect(fillText("{constructor} {toString} {}", {})).toBe("{constructor} {toString} {}");
});
test("the slots of a text", () => expect(slotsOf("{b} {a} {b}")).toEqual(["a", "b"]));
test("where a text can be typed in, a time that ends with a point gives way to the text's own", () => {
  const wording = "Desde {since}. No entran.";
  const shown = readBefore("11:09 p. m.", ". No entran.");
  expect(`Desde ${shown}. No entran.`).toBe(fillText(wording, { since: "11:09 p. m." }));
  expect(readBefore("11:09 p. m.", " EDT")).toBe("11:09 p. m.");
});
