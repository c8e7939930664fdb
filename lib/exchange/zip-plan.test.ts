import { describe, expect, test } from "vitest";
import { readPlaceFile } from "./place-file";
import { type KnownZips, planZips } from "./zip-plan";

/** Headings of tab20_zcta520_cousub20, without those of no use here. */
const CENSUS =
  "OID_ZCTA5_20|GEOID_ZCTA5_20|AREALAND_ZCTA5_20|OID_COUSUB_20|GEOID_COUSUB_20|NAMELSAD_COUSUB_20|AREALAND_PART|AREAWATER_PART";

const known = new Map<string, KnownZips>([
  ["2501526950", { name: "Granby", zips: [], allowed: true }],
  ["2501337175", { name: "Ludlow", zips: ["01056"], allowed: true }],
  ["2501330840", { name: "Holyoke", zips: ["01040"], allowed: false }],
  ["25015", { name: "Hampshire County", zips: ["99999"], allowed: true }],
]);

const plan = (text: string) => {
  const file = readPlaceFile(new TextEncoder().encode(text));
  expect(file.holds).toBe("zips");
  return file.features.map((feature, index) => {
    const { subject, result, why } = planZips(feature, index + 1, known);
    return `${result}: ${subject}: ${why}`;
  });
};

describe("a table of ZIP Codes", () => {
  test("of the Census, by place: its list as a whole, without edges that only touch", () => {
    const rows = [
      "1|01033|72|2|2501526950|Granby town|71|1",
      "1|01056|70|2|2501526950|Granby town|5|0",
      "1|01075|70|2|2501526950|Granby town|0|9",
      "1|01056|70|2|2501337175|Ludlow town|60|1",
      "||70|2|2501337175|Ludlow town|60|1",
      "1|01040|70|2|2501330840|Holyoke city|60|1",
      "1|90210|70|2|0603744000|Los Angeles city|60|1",
    ];
    expect(plan([CENSUS, ...rows].join("\n"))).toEqual([
      "changed: Granby: 01033, 01056; none were known.",
      "unchanged: Ludlow: ",
      "rejected: 2501330840: Holyoke is not in your agency’s area.",
      "skipped: 0603744000: It is no place of this site. Import its outline first.",
    ]);
  });

  test.each([
    ["a comma table of a state's own", "ZIP,GEOID\n01033,2501526950", "changed: Granby: 01033; none were known."],
    ["a county by its code", "zcta,geoid\n01033,25015", "changed: Hampshire County: 01033; was 99999."],
    [
      "its code as data.census.gov has it",
      "ZIP Code,GEO_ID\n01033,0600000US2501526950",
      "changed: Granby: 01033; none were known.",
    ],
    [
      "four digits, as a spreadsheet leaves them",
      "zip,geoid\n1033,2501526950",
      "rejected: 2501526950: “1033” is no ZIP Code of five digits.",
    ],
    [
      "no code at all",
      "zip,geoid\n01033,Granby",
      "rejected: Granby: “Granby” is no Census GEOID of a city, town or county.",
    ],
  ])("%s", (_, text, expected) => expect(plan(text)).toEqual([expected]));
});
