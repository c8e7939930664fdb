import { describe, expect, test } from "vitest";
import { type CapRow, findEarlier } from "./cap-rows";

const ROWS: CapRow[] = [
  ["headline", "911 is down"],
  ["geocode SAME", "025015"],
  ["geocode SAME", "025013"],
  ["web", "https://example.gov"],
];

describe("what a row of a CAP message was before", () => {
  test("is found by its label, and by its place among those of one label", () => {
    const before: CapRow[] = [
      ["geocode SAME", "025011"],
      ["headline", "911 may fail"],
      ["geocode SAME", "025013"],
    ];
    expect(findEarlier(ROWS, before)).toEqual(["911 may fail", "025011", "025013", null]);
  });
  test("a row without a value before is new", () =>
    expect(findEarlier([["web", "https://example.gov"]], [["web", undefined]])).toEqual([null]));
  test("all of a new branch is new, and without a comparison nothing is", () => {
    expect(findEarlier(ROWS, null)).toEqual([null, null, null, null]);
    expect(findEarlier(ROWS, undefined)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
