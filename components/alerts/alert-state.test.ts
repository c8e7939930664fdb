import { expect, test } from "vitest";
import { describeState } from "./alert-state";

const NOW = Date.UTC(2024, 5, 18, 19);

test.each([
  ["all of it", null, 1, "Published, still valid"],
  [
    "places that were given the all-clear",
    { isWhole: false, left: 2, of: 13 },
    1,
    "Published, still valid for 2 of 13 places",
  ],
  ["no phone any more", { isWhole: false, left: 0, of: 13 }, 1, "Published, still valid for radio and television only"],
  ["all phones, and other words for stations", { isWhole: false, left: 13, of: 13 }, 1, "Published, still valid"],
  ["nothing", { isWhole: true, left: 0, of: 13 }, 1, "Replaced"],
  ["some, until it ended", { isWhole: false, left: 2, of: 13 }, -1, "Ended"],
])("a published alert that is valid for %s", (_, replaced, ends, word) => {
  expect(describeState({ state: "published", expiresAt: NOW + ends, replaced }, NOW).word).toBe(word);
});
