import { expect, test } from "vitest";
import { countCharacters, countOver } from "./text-length";

test.each([
  ["plain letters and room for a link", "social", "a".repeat(100), 124],
  ["a link counts 23 however long it is", "social", `go to https://example.gov/${"a".repeat(80)}`, 6 + 23],
  ["accents count once, composed or not", "social", "así" + "asi\u0301", 6 + 24],
  ["an emoji counts twice", "social", "☎️🚒", 2 + 2 + 2 + 24],
  ["curly quotes count once", "social", "“a”", 3 + 24],
  ["Chinese counts twice", "social", "警报", 4 + 24],
  ["nothing is nothing", "social", "", 0],
  ["other parts count characters", "short", "así", 3],
] as const)("%s", (_, part, text, count) => expect(countCharacters(part, text)).toBe(count));

test.each([
  ["short", 90, 0],
  ["short", 91, 1],
  ["long", 361, 1],
  ["social", 256, 0],
  ["social", 257, 1],
  ["script", 4000, 0],
] as const)("%s of %i characters is %i over", (part, length, over) =>
  expect(countOver(part, "a".repeat(length))).toBe(over),
);
