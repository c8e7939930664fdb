import { expect, test } from "vitest";
import { Pace } from "./pace";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds));

test("so many a minute for each name, and as many again in the next minute", () => {
  const pace = new Pace(3);
  const take = (name: string, seconds: number) => pace.take(name, at(seconds));
  expect([1, 2, 3, 4, 59].map((seconds) => take("dana", seconds))).toEqual([true, true, true, false, false]);
  expect(take("luis", 59)).toBe(true);
  expect([60, 61, 62, 63].map((seconds) => take("dana", seconds))).toEqual([true, true, true, false]);
});
