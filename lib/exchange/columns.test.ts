import { describe, expect, test } from "vitest";
import { type ColumnMap, describeColumns, readHeader, settleAgency } from "./columns";

const rows = (...lines: string[]) => lines.map((line) => line.split(","));
const roles = (lines: string[], saved?: ColumnMap, agencies?: ReadonlySet<string>) =>
  describeColumns(rows(...lines), saved, agencies).map(({ name, role }) => `${name}: ${role}`);

describe("what the columns of a file most likely are", () => {
  test.each<[string, string[], string[]]>([
    [
      "as an export has them",
      ["place,geoid,service,number,desk", "Taos,3576200,dispatch,575-555-0201,Taos dispatch"],
      ["place: place", "geoid: code", "service: service", "number: number", "desk: desk"],
    ],
    [
      "a number for each service",
      ["Town,Police,Fire,EMS", "Taos,575-555-0201,575-555-0202,575-555-0203"],
      ["Town: place:town", "Police: number:police", "Fire: number:fire", "EMS: number:ambulance"],
    ],
    [
      "an alternate and a fax are not read",
      ["Town,State,Phone,Alternate Phone,Fax", "Taos,NM,575-555-0201,575-555-0202,575-555-0203"],
      ["Town: place:town", "State: state", "Phone: number", "Alternate Phone: ", "Fax: "],
    ],
    [
      "headings of anybody",
      ["Municipality Name,State,24-Hour Phone", "Taos,NM,575-555-0201"],
      ["Municipality Name: place:town", "State: state", "24-Hour Phone: number"],
    ],
    [
      "a county is the place where nothing else is",
      ["County,Agency,Emergency 10-digit line,Non-emergency line", "Adams,Hastings 911,402-473-2301,402-473-2380"],
      [
        "County: place:county",
        "Agency: desk",
        "Emergency 10-digit line: number",
        "Non-emergency line: number:non-emergency",
      ],
    ],
    [
      "titles above the heading",
      ["Emergency numbers", "Town,Phone", "Taos,575-555-0201"],
      ["Town: place:town", "Phone: number"],
    ],
  ])("%s", (_, lines, expected) => expect(roles(lines)).toEqual(expected));

  test("each column is shown with its first values", () => {
    const [, phone] = describeColumns(rows("Town,Ring", "Taos,575-555-0201", "Questa,", "Red River,575-555-0203"));
    expect(phone).toEqual({ name: "Ring", samples: ["575-555-0201", "575-555-0203"], role: "" });
  });

  test("what was said before goes before any guess", () => {
    expect(roles(["Town,Phone", "Taos,575-555-0201"], { phone: "number:fire", TOWN: "" })).toEqual([
      "Town: ",
      "Phone: number:fire",
    ]);
  });

  test("an agency of this site keeps the number, any other answers it", () => {
    const lines = ["place,agency,number", "Taos,NM911,575-555-0201"];
    expect(roles(lines, {}, new Set(["nm911"]))).toContain("agency: owner");
    expect(roles(lines, {}, new Set(["other"]))).toContain("agency: desk");
  });
});

describe("a heading that a person explained", () => {
  test("is read as they said, and nothing else is read", () => {
    const header = readHeader(["Where", "Ring", "Phone"], { Where: "place", Ring: "number:police", Phone: "" });
    expect(header).toMatchObject({ numbers: [{ index: 1, service: "police" }], unknown: ["Phone"] });
    expect(readHeader(["Where", "Ring"], { Where: "place" })).toBeUndefined();
  });

  test.each([
    ["Town", "place", { towns: false, counties: false }],
    ["County", "place", { towns: false, counties: false }],
    ["Locality", "place", { towns: false, counties: false }],
    ["Locality", "place:town", { towns: true, counties: false }],
    ["Town", "place:county", { towns: false, counties: true }],
  ] as const)("%s, said to be %s", (heading, role, expected) => {
    expect(readHeader([heading, "Phone"], { [heading]: role, Phone: "number" })).toMatchObject(expected);
  });

  test("a word that every object has is no role", () => {
    expect(readHeader(["constructor", "__proto__", "number"])).toBeUndefined();
    expect(readHeader(["place", "toString", "number"])?.unknown).toEqual(["toString"]);
  });

  test("a column “agency” with names of nobody here is who answers", () => {
    const header = readHeader(["place", "agency", "number"])!;
    const agencies = new Map([["nm911", "agency"]]);
    expect(settleAgency(header, "agency", "NM911", agencies)).toBe(header);
    expect([...settleAgency(header, "agency", "Taos County E-911", agencies).places]).toContainEqual(["desk", 1]);
    const both = readHeader(["place", "agency", "desk", "number"])!;
    expect(settleAgency(both, "agency", "Taos County E-911", agencies).unknown).toEqual(["agency"]);
  });
});
