import { describe, expect, test } from "vitest";
import type { BundleMessage } from "./bundle";
import { reachWithoutOutline } from "./outline-lost";

const county = (name: string, sameCode: string, population: number, size: number) => ({
  // A GEOID, by whose state a county is called what it is.
  id: sameCode.slice(1),
  name,
  kind: "county" as const,
  sameCode,
  population,
  size,
});
const SUFFOLK = county("Suffolk", "025025", 797_936, 4);
const NORFOLK = county("Norfolk", "025021", 725_981, 28);

const area = (...sameCodes: string[]) => ({ areaDesc: { "en-US": "a" }, sameCodes, polygons: ["1,1 1,2 2,2 1,1"] });
const stations = (name: string, code: string, population: number) =>
  ({ audience: "broadcasters", place: name, population, areas: [area(code)] }) as unknown as BundleMessage;
const BUNDLE = {
  messages: [
    stations("Suffolk County", "025025", 797_936),
    stations("Norfolk County", "025021", 725_981),
    stations("Dukes County", "025007", 20_600),
  ],
};

describe("whom a message reaches without its outline", () => {
  test("one town: all of its county, with the other towns of it", () => {
    const message = { areas: [area("025025")], placeIds: ["boston"], population: 675_647 };
    expect(reachWithoutOutline(BUNDLE, message, { counties: [SUFFOLK] })).toEqual({
      names: ["Suffolk County"],
      count: 1,
      people: 797_936,
      outside: { places: 3 },
    });
  });

  test("all towns of a county: nobody outside of the message", () => {
    const message = { areas: Array(4).fill(area("025025")), placeIds: ["a", "b", "c", "d"], population: 797_936 };
    expect(reachWithoutOutline(BUNDLE, message, { counties: [SUFFOLK] })).toMatchObject({ outside: null });
    expect(
      reachWithoutOutline(BUNDLE, { ...message, placeIds: ["a", "b", "c"] }, { counties: [SUFFOLK] }),
    ).toMatchObject({ outside: { places: 1 } });
  });

  test("towns of several counties: all of these, and how many people are not meant", () => {
    const message = { areas: [area("025025"), area("025021")], placeIds: ["a", "b"], population: 700_000 };
    expect(reachWithoutOutline(BUNDLE, message, { counties: [SUFFOLK] })).toEqual({
      names: ["Suffolk County", "Norfolk County"],
      count: 2,
      people: 1_523_917,
      outside: { people: 823_917 },
    });
  });

  test("a town in two counties is known in both, whoever else is told", () => {
    const message = { areas: [area("025025", "025021")], placeIds: ["a"], population: 5 };
    expect(reachWithoutOutline({ messages: [] }, message, { counties: [SUFFOLK, NORFOLK] })).toMatchObject({
      names: ["Suffolk County", "Norfolk County"],
      people: 1_523_917,
    });
  });

  test("a county whose stations are told nothing is counted, and nothing is said of its people", () => {
    const message = { areas: [area("025025"), area("025021")], placeIds: ["a", "b"], population: 5 };
    expect(reachWithoutOutline({ messages: [] }, message, { counties: [SUFFOLK] })).toEqual({
      names: null,
      count: 2,
      people: null,
      outside: null,
    });
  });
});
