import { expect, test } from "vitest";
import { readingGrade, splitSentences } from "./reading-grade";

test("plain words read low, officials' words high", () => {
  expect(readingGrade("Call this number. Do not call 911 to test it.")).toBeLessThan(3);
  expect(readingGrade("Utilize alternative telecommunications infrastructure immediately.")).toBeGreaterThan(15);
  expect(readingGrade("")).toBe(0);
});
test("sentences", () => expect(splitSentences("One. Two? Three!\nFour")).toHaveLength(4));
