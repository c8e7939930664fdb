import { expect, test } from "vitest";
import { codeText } from "./gsm7";

test.each([
  ["a".repeat(93), "GSM-7", 1],
  ["a".repeat(94), "GSM-7", 2],
  ["a".repeat(360), "GSM-7", 4],
  ["€".repeat(47), "GSM-7", 2],
  ["ñéàè¿¡", "GSM-7", 1],
  ["policía", "UCS-2", 1],
  ["í".repeat(42), "UCS-2", 2],
  ["", "GSM-7", 1],
])("%j is %s, %i pages", (text, alphabet, pages) => expect(codeText(text)).toMatchObject({ alphabet, pages }));

test("the counter tells which characters forced UCS-2", () => {
  expect(codeText("No funciona en Boston: vaya a la policía, después")).toMatchObject({ forcedBy: ["í"] });
});
