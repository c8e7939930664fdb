import { describe, expect, test } from "vitest";
import { guessMapping, listProperties, readPlaceFile } from "./place-file";
import { layerOf, pack } from "./shapefile-for-tests";

const read = (text: string | Buffer) => readPlaceFile(Buffer.from(text));
const triangle = [[[-96.9, 40.6], [-96.5, 40.6], [-96.5, 41], [-96.9, 40.6]]]; // prettier-ignore
const json = (properties: object) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: [{ type: "Feature", properties, geometry: { type: "Polygon", coordinates: triangle } }],
  });

describe("each kind of file is known by what is in it", () => {
  test.each<[string, string | Buffer, string, object]>([
    ["GeoJSON of the Census", json({ GEOID: "3128000", NAME: "Lincoln", NAMELSAD: "Lincoln city", POP20: 291082 }), "outlines",
      { as: "municipality", code: "GEOID", label: "NAMELSAD", name: "NAME", population: "POP20" }],
    ["boundaries of 911 centers (NENA)", json({ ServiceURN: "urn:nena:service:sos.psap", DsplayName: "Lincoln" }), "outlines",
      { as: "psap", code: "", name: "DsplayName" }],
    ["tribal areas of the Census", json({ AIANNHCE: "2430", GEOID: "2430R", NAME: "Navajo Nation" }), "outlines",
      { as: "custom", code: "GEOID", name: "NAME" }],
    ["a zipped shapefile", pack("a", layerOf([{ cells: { NAME: "Warren", GEOID: "4400173760" }, rings: [[[-71, 41], [-71, 42], [-70, 42], [-71, 41]]] }], "")),
      "outlines", { as: "municipality", code: "GEOID", name: "NAME" }],
    ["a gazetteer", "USPS\tGEOID\tNAME\tALAND\tINTPTLAT\tINTPTLONG\nNE\t3137000\tOmaha city\t374000000\t41.26\t-96.04\n", "points",
      { as: "municipality", code: "GEOID", name: "NAME" }],
    ["a table of the 2020 census", "\ufeffGEO_ID,NAME,P1_001N\nGeography,Geographic Area Name, !!Total:\n1600000US3137000,\"Omaha city, Nebraska\",486051\n", "people",
      { as: "municipality", code: "GEO_ID", name: "NAME", population: "P1_001N" }],
    ["the yearly estimates", "SUMLEV,STATE,COUNTY,PLACE,COUSUB,NAME,POPESTIMATE2022,POPESTIMATE2023\n162,31,0,37000,0,Omaha city,1,483335\n157,31,55,37000,0,Omaha city,2,3\n061,44,1,0,5140,Barrington town,4,17000\n", "people",
      { as: "municipality", code: "GEOID", name: "NAME", population: "POPESTIMATE2023" }],
    ["the FCC's list of centers", "PSAP ID,PSAP Name,State,County,City,Type of Change,Comments,Text to 911\n4381,Adams County Emergency Communications,NE,Adams,Hastings,,,Yes\n", "centers",
      { as: "psap", code: "", name: "PSAP Name" }],
  ])("%s", (_, text, holds, mapping) => {
    const file = read(text);
    expect(file.holds).toBe(holds);
    expect(guessMapping(listProperties(file.features))).toEqual(mapping);
  }); // prettier-ignore

  test("of the yearly estimates each place has its code, and parts of places are left out", () => {
    const text =
      "SUMLEV,STATE,COUNTY,PLACE,COUSUB,NAME,POPESTIMATE2023\n162,31,0,37000,0,Omaha city,5\n157,31,55,37000,0,Omaha city,3\n061,44,1,0,5140,Barrington town,7\n050,31,109,0,0,Lancaster County,9\n040,31,0,0,0,Nebraska,9\n";
    expect(read(text).features.map(({ properties }) => properties?.GEOID)).toEqual(["3137000", "4400105140", "31109"]);
  });
});

test.each<[string, string | Buffer, RegExp]>([
  ["nothing", "", /empty/],
  ["a table without codes", "town,number\nTaos,575-555-0201\n", /none of these/],
  ["JSON cut short", '{"type":"FeatureCollection","fea', /not JSON/],
  ["TopoJSON", '{"type":"Topology"}', /TopoJSON/],
  ["another JSON", '[{"a":1}]', /no GeoJSON/],
  ["no features", '{"type":"FeatureCollection","features":[]}', /no features/],
  ["a gzip", Buffer.from([0x1f, 0x8b, 8]), /packed/],
  [
    "more outlines than are taken",
    JSON.stringify({ type: "FeatureCollection", features: Array(5001).fill({}) }),
    /5,000/,
  ],
])("%s is refused in words", (_, text, why) => expect(() => read(text)).toThrow(why));
