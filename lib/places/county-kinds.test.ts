import { describe, expect, test } from "vitest";
import { listAtlas } from "./atlas";
import { countyKind, countyWord, formatCounty, formatPlace } from "./county-kinds";

test.each([
  ["25015", "Hampshire", "county", "Hampshire County"],
  ["24005", "Baltimore", "county", "Baltimore County"],
  ["24510", "Baltimore", "independent-city", "Baltimore City"],
  ["29189", "St. Louis", "county", "St. Louis County"],
  ["29510", "St. Louis", "independent-city", "St. Louis City"],
  ["32510", "Carson City", "independent-city", "Carson City"],
  ["51036", "Charles City", "county", "Charles City County"],
  ["51059", "Fairfax", "county", "Fairfax County"],
  ["51600", "Fairfax", "independent-city", "Fairfax City"],
  ["51760", "Richmond", "independent-city", "Richmond City"],
  ["51159", "Richmond", "county", "Richmond County"],
  ["22071", "Orleans", "parish", "Orleans Parish"],
  ["02020", "Anchorage", "municipality", "Anchorage Municipality"],
  ["02170", "Matanuska-Susitna", "borough", "Matanuska-Susitna Borough"],
  ["02110", "Juneau", "city-and-borough", "Juneau City and Borough"],
  ["02290", "Yukon-Koyukuk", "census-area", "Yukon-Koyukuk Census Area"],
  ["11001", "District of Columbia", "federal-district", "District of Columbia"],
  ["60010", "Eastern", "district", "Eastern District"],
  ["72113", "Ponce", "municipio", "Ponce Municipio"],
  ["78010", "St. Croix", "island", "St. Croix"],
  ["66010", "Guam", "island", "Guam"],
  ["69110", "Saipan", "municipality", "Saipan Municipality"],
] as const)("%s %s is a %s: %s", (id, name, kind, words) => {
  expect([countyKind(id), formatCounty({ id, name })]).toEqual([kind, words]);
});

test("a town keeps its name", () => {
  expect(formatPlace({ id: "2501526535", kind: "municipality", name: "Granby" })).toBe("Granby");
  expect(formatPlace({ id: "22071", kind: "county", name: "Orleans" })).toBe("Orleans Parish");
});

describe("every county of the atlas", () => {
  const { counties } = listAtlas();
  test("no two of one state are called the same", () => {
    const seen = new Map<string, string>();
    const twice = counties.filter(({ fips, name }) => {
      const key = `${fips.slice(0, 2)} ${formatCounty({ id: fips, name })}`;
      const known = seen.get(key);
      seen.set(key, fips);
      return known !== undefined;
    });
    expect(twice.map(({ fips, name }) => `${fips} ${name}`)).toEqual([]);
    expect(counties.length).toBeGreaterThan(3100);
  });
  test("64 parishes, 41 independent cities, 78 municipios", () => {
    const count = (kind: string) => counties.filter(({ fips }) => countyKind(fips) === kind).length;
    expect([count("parish"), count("independent-city"), count("municipio")]).toEqual([64, 41, 78]);
  });
});

test("counties are called as people of their state call them", () => {
  const word = (...ids: string[]) => countyWord(ids).one;
  expect(word("22071", "22075")).toBe("parish");
  expect(word("02170", "02110", "02290")).toBe("borough");
  expect(word("02290")).toBe("census area");
  expect(word("72113")).toBe("municipio");
  expect(word("24510", "24005")).toBe("county");
  // A site of two states.
  expect(word("22071", "28045")).toBe("county");
  expect(word()).toBe("county");
});
