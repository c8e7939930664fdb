import { expect, test } from "vitest";
import { fitWords, heightOf, listPieces } from "./picture-sizes";

test("a number is one piece, and Chinese breaks between any two signs", () => {
  expect(listPieces("call 413-555-0142.").map(({ piece }) => piece)).toEqual(["call", "413-555-0142."]);
  expect(listPieces("紧急，请").map(({ piece }) => piece)).toEqual(["紧", "急，", "请"]);
});

test("a text is as high as its lines, and higher in a narrow column", () => {
  expect(heightOf("911", 40, 1000)).toBe(50);
  expect(heightOf("911 is down in Manchester-by-the-Sea", 40, 400)).toBe(100);
  expect(heightOf("", 40, 400)).toBe(0);
});

test("words give way before numbers do, and both only as far as they must", () => {
  const needed = (words: number, numbers: number) => 200 * words + 200 * numbers;
  expect(fitWords(400, needed)).toEqual({ words: 1, numbers: 1 });
  expect(fitWords(380, needed)).toEqual({ words: 0.85, numbers: 1 });
  expect(fitWords(200, needed)).toEqual({ words: 0.5, numbers: 0.5 });
  expect(fitWords(0, needed)).toEqual({ words: 0.4, numbers: 0.4 });
});
