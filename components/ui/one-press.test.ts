import { expect, test } from "vitest";
import { createOnePress } from "./one-press";

test("of two presses at once one goes through, and the next one after it has ended", () => {
  const press = createOnePress();
  expect([press.begin(), press.begin()]).toEqual([true, false]);
  press.end();
  expect(press.begin()).toBe(true);
});
