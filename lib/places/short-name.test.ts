import { expect, test } from "vitest";
import { readMunicipalities } from "../../prisma/seed/massachusetts";
import { SHORT_NAME_LIMIT, shortenName } from "./short-name";

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
])("%s is %s", (name, short) => expect(shortenName(name)).toBe(short));
