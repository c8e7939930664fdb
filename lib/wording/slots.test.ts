import { expect, test } from "vitest";
import { fillText, segmentText, slotsOf } from "./slots";

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
