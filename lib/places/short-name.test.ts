import { expect, test } from "vitest";
import { readMunicipalities } from "../../prisma/seed/massachusetts";
import { mendShortName, SHORT_NAME_LIMIT, shortenName } from "./short-name";

test("every short name fits and none is shared", () => {
  const names = readMunicipalities().map(([name]) => shortenName(name));
  expect(names.filter((name) => name.length > SHORT_NAME_LIMIT)).toEqual([]);
  expect(new Set(names).size).toBe(351);
});
test.each([
  ["Granby", "Granby"],
  ["North Attleborough", "N. Attleborough"],
  ["Great Barrington", "Gt. Barrington"],
  ["Manchester-by-the-Sea", "Manchester"],
  ["North Kansas City", "N. Kansas City"],
  // Cut, it would name nothing.
  ["Llanfairpwllgwyngyll", "Llanfairpwllgwyngyll"],
  ["West Llanfairpwllgwyngyll", "West Llanfairpwllgwyngyll"],
  ["Rancho Santa Margarita", "Rancho Santa Margarita"],
])("%s is %s", (name, short) => expect(shortenName(name)).toBe(short));
test.each([
  ["Llanfairpwllgwyngyll", "Llanfairpwllgw.", "Llanfairpwllgwyngyll"],
  ["North Attleborough", "N. Attleborough", "N. Attleborough"],
  ["Granby", "Granby", "Granby"],
])("%s, kept as %s, is %s", (name, kept, expected) => expect(mendShortName(name, kept)).toBe(expected));
