import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isNightly } from "../platform/nightly-for-tests";
import { readHeader } from "./columns";
import { CSV_LIMITS, decodeFile, FileRefused, readCsv } from "./csv-file";
import { neutralize, writeCsvRow } from "../platform/csv-row";
import { planRow, type Existing, keyOf, type PlanContext, readRow, splitNumbers, type Retired } from "./number-plan";
import { type IndexedPlace, PlaceIndex } from "../places/place-index";

const place = (id: string, name: string, change: Partial<IndexedPlace> = {}): IndexedPlace => ({
  id,
  kind: "municipality",
  name,
  label: "town",
  stateName: "Massachusetts",
  stateCode: "MA",
  parentId: "25015",
  parentName: "Hampshire",
  sameCode: "025015",
  ...change,
});
const PLACES = [
  place("25", "Massachusetts", { kind: "state", parentId: null, parentName: null }),
  place("25015", "Hampshire", { kind: "county", parentId: "25", parentName: "Massachusetts" }),
  place("2501526535", "Granby"),
  place("2501576030", "Westhampton"),
  place("2501501325", "Amherst"),
  place("2501562745", "Southampton"),
  place("2502109875", "Franklin", { parentId: "25021", parentName: "Norfolk" }),
  place("25011", "Franklin", { kind: "county", parentId: "25", parentName: "Massachusetts" }),
  place("0900374190", "Granby", { stateName: "Connecticut", stateCode: "CT", parentName: "Hartford" }),
  place("2501500001", "Peñasco"),
  place("2502300001", "Foreign Town", { parentName: "Plymouth" }),
];
const CONTEXT: PlanContext = {
  index: new PlaceIndex(PLACES),
  home: [],
  demonstration: false,
  agencies: new Map([
    ["magra", "granby"],
    ["granby police", "granby"],
  ]),
  mayEdit: (id) => id !== "2502300001",
};
const THERE: Existing & Retired = {
  id: "there",
  e164: "+14132592000",
  extension: "",
  version: 1,
  desk: "Amherst dispatch",
  hours: "day and night",
  lines: 2,
  languages: ["en"],
  takesTexts: false,
  sharedWith911: false,
  preference: 1,
  status: "in-service",
  ownerId: "state",
};
const EXISTING = new Map([
  [keyOf({ placeId: "2501501325", service: "dispatch", e164: "+14132592000", extension: "" }), THERE],
]);

/** The report of a file: "line result subject: why", or the reason it was refused whole. */
async function report(file: string | Uint8Array): Promise<string[]> {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const lines: string[] = [];
  const seen = new Map<string, number>();
  let header: ReturnType<typeof readHeader>;
  try {
    for await (const row of readCsv(bytes)) {
      if (!header) {
        header = readHeader(row.cells);
        continue;
      }
      for (const entry of readRow(row, header, CONTEXT)) {
        const key = !("why" in entry) && keyOf({ ...entry, placeId: entry.place.id });
        const { result, why } = planRow(
          entry,
          { same: key ? EXISTING.get(key) : undefined, replaced: undefined, unlisted: [] },
          seen,
        );
        lines.push(`${entry.line} ${result} ${entry.subject}${why && result !== "new" ? `: ${why}` : ""}`);
      }
    }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    lines.push(`refused whole: ${error.message}`);
  }
  return header || lines.length > 0 ? lines : ["no header"];
}

const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le"));
const latin = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const HEAD = "town,number\n";

const FILES: [name: string, file: string | Uint8Array, expected: string[]][] = [
  ["plain", `${HEAD}Granby,413-467-9222\n`, ["2 rejected Granby, 413-467-9222: Granby is in several places (town, Hampshire MA; town, Hartford CT). Give the county or the GEOID."]],
  ["state in its own column", `town,state,number\nGranby,MA,413-467-9222\n`, ["2 new Granby, 413-467-9222"]],
  ["state behind the name", `${HEAD}"Granby, MA",413-467-9222\n`, ["2 new Granby, 413-467-9222"]],
  ["Excel: byte order mark, CRLF", `\uFEFFTown,Number\r\nAmherst,(413) 259-2000\r\n`, ["2 unchanged Amherst, 413-259-2000"]],
  ["Excel in Europe: semicolons", `Town;Number\r\nAmherst;413-259-2000\r\n`, ["2 unchanged Amherst, 413-259-2000"]],
  ["declared separator", `sep=|\r\nTown|Number\r\nAmherst|413-259-2000\r\n`, ["3 unchanged Amherst, 413-259-2000"]],
  ["tabs, UTF-16, as Excel's Unicode text", utf16("Town\tNumber\r\nAmherst\t413-259-2000\r\n"), ["2 unchanged Amherst, 413-259-2000"]],
  ["old code page", latin(`town,number,county\nPe\u00f1asco,413-467-9222,Hampshire\n`), ["2 new Peñasco, 413-467-9222"]],
  ["mixed line ends", `town,number\r\nAmherst,413-259-2000\nWesthampton,413-259-2001\rSouthampton,413-259-2002`, ["2 unchanged Amherst, 413-259-2000", "3 new Westhampton, 413-259-2001", "4 new Southampton, 413-259-2002"]],
  ["quotes and a comma inside", `town,number,desk\nAmherst,413-259-2000,"Amherst dispatch, main ""A"" desk"\n`, ["2 changed Amherst, 413-259-2000: Changes who answers."]],
  ["a line break inside quotes", `town,desk,number\nAmherst,"Amherst\ndispatch",413-259-2000\n`, ["3 unchanged Amherst, 413-259-2000"]],
  ["leading apostrophe", `${HEAD}Amherst,'4132592000\n`, ["2 unchanged Amherst, 413-259-2000"]],
  ['Excel\'s ="…"', `${HEAD}Amherst,"=""4132592000"""\n`, ["2 unchanged Amherst, 413-259-2000"]],
  ["extension in the cell", `${HEAD}Amherst,(413) 259-2000 x45\n`, ["2 new Amherst, 413-259-2000 ext. 45"]],
  ["extension in its own column", `town,number,ext\nAmherst,413-259-2000,45\n`, ["2 new Amherst, 413-259-2000 ext. 45"]],
  ["extension with its letter in its own column", `town,number,ext\nAmherst,413-259-2000,x45\n`, ["2 new Amherst, 413-259-2000 ext. 45"]],
  ["extension behind a semicolon", `${HEAD}Amherst,413-259-2000;45\n`, ["2 new Amherst, 413-259-2000 ext. 45"]],
  ["extension behind two pauses", `${HEAD}Amherst,"413-259-2000,,45"\n`, ["2 new Amherst, 413-259-2000 ext. 45"]],
  ["extension as RFC 3966 has it", `${HEAD}Amherst,tel:+1-413-259-2000;ext=45\n`, ["2 new Amherst, 413-259-2000 ext. 45"]],
  ["two numbers and one extension", `town,number,ext\nAmherst,413-259-2000/413-259-2003,45\n`, ["2 rejected Amherst, 413-259-2000/413-259-2003: The row has 2 numbers and one extension. Write each number with its own extension."]],
  ["a number and 911", `${HEAD}Amherst,"413-259-2000, 911"\n`, ["2 unchanged Amherst, 413-259-2000", "2 rejected Amherst, 911: 911 is what has failed. Give the ten-digit number behind it."]],
  ["a slash behind the area code", `${HEAD}Amherst,413/259-2000\n`, ["2 unchanged Amherst, 413-259-2000"]],
  ["two numbers in a cell", `${HEAD}Westhampton,413-259-2001 / 413-259-2002\n`, ["2 new Westhampton, 413-259-2001", "2 new Westhampton, 413-259-2002"]],
  ["two numbers, one wrong", `${HEAD}Westhampton,413-259-2001 or 911\n`, ["2 new Westhampton, 413-259-2001", "2 rejected Westhampton, 911: 911 is what has failed. Give the ten-digit number behind it."]],
  ["numbers on two lines of a cell", `${HEAD}Westhampton,"413-259-2001\n413-259-2002"\n`, ["3 new Westhampton, 413-259-2001", "3 new Westhampton, 413-259-2002"]],
  ["place by GEOID", `geoid,phone\n2501501325,413-259-2000\n`, ["2 unchanged Amherst, 413-259-2000"]],
  ["GEOID that lost its leading zero in Excel", `geoid,phone\n900374190,860-844-5335\n`, ["2 new Granby, 860-844-5335"]],
  ["county by SAME code", `code,phone\n025015,413-586-1010\n`, ["2 new Hampshire County, 413-586-1010"]],
  ["town before county of the same name", `${HEAD}Franklin,508-528-1212\n`, ["2 new Franklin, 508-528-1212"]],
  ["county by its full name", `${HEAD}Franklin County,413-774-2110\n`, ["2 new Franklin County, 413-774-2110"]],
  ["misspelt", `${HEAD}Westhamton,413-259-2001\n`, ["2 rejected Westhamton, 413-259-2001: There is no place called “Westhamton” here. Did you mean Westhampton?"]],
  ["unknown place", `${HEAD}Springfield,413-259-2001\n`, ["2 rejected Springfield, 413-259-2001: There is no place called “Springfield” here."]],
  ["outside the agency's area", `${HEAD}Foreign Town,508-259-2001\n`, ["2 rejected Foreign Town, 508-259-2001: Foreign Town is not in your agency's area."]],
  ["the same number twice", `${HEAD}Westhampton,413-259-2001\nWesthampton,(413)2592001\n`, ["2 new Westhampton, 413-259-2001", "3 rejected Westhampton, 413-259-2001: It stands twice: line 2 has it too."]],
  ["the same number for another service", `town,service,number\nWesthampton,Police,413-259-2001\nWesthampton,FD,413-259-2001\n`, ["2 new Westhampton, 413-259-2001", "3 new Westhampton, 413-259-2001"]],
  ["a formula for a number", `${HEAD}Amherst,"=HYPERLINK(""tel:4132592000"")"\n`, ["2 rejected Amherst, =HYPERLINK(\"tel:4132592000\"): It is a formula, not a number."]],
  ["a formula for a text", `town,number,desk\nAmherst,413-259-2000,"=cmd|' /C calc'!A0"\n`, ["2 rejected Amherst, 413-259-2000: desk holds a formula, not a text."]],
  ["invented number in live use", `${HEAD}Amherst,413-555-0142\n`, ["2 rejected Amherst, 413-555-0142: 555-0100 to 555-0199 are invented numbers that ring nowhere."]],
  ["no number", `${HEAD}Amherst,\n`, ["2 rejected Amherst: The row has no number."]],
  ["no place", `${HEAD},413-259-2000\n`, ["2 rejected 413-259-2000: The row names no place."]],
  ["hours that are none", `town,number,hours\nAmherst,413-259-2000,DO NOT USE\nWesthampton,413-259-2001,closed\nSouthampton,413-259-2002,closed Sundays\n`, ["2 rejected Amherst, 413-259-2000: The hours say “DO NOT USE”. Leave the row out, or say when someone answers.", "3 rejected Westhampton, 413-259-2001: The hours say “closed”. Leave the row out, or say when someone answers.", "4 new Southampton, 413-259-2002"]],
  ["unknown service", `town,service,number\nAmherst,Dog catcher,413-259-2000\n`, ["2 rejected Amherst, 413-259-2000: The service “dog catcher” is not known: dispatch, police, fire, ambulance, poison-control, non-emergency."]],
  ["lines that are no number", `town,number,lines\nAmherst,413-259-2000,many\n`, ["2 rejected Amherst, 413-259-2000: The number of lines “many” is not a whole number from 1 to 999."]],
  ["unknown agency", `town,number,agency\nAmherst,413-259-2000,FBI\n`, ["2 rejected Amherst, 413-259-2000: There is no agency “FBI” here."]],
  ["agency by code, yes and no", `town,number,agency,takes texts\nAmherst,413-259-2000,MAGRA,Yes\n`, ["2 changed Amherst, 413-259-2000: Changes takes texts, agency."]],
  ["several fields", `town,number,lines,languages,status\nAmherst,413-259-2000,3,"English, Spanish",down\n`, ["2 changed Amherst, 413-259-2000: Changes lines, languages, status."]],
  ["titles above the header", `Emergency numbers\nas of June,,\n\ntown,number\nAmherst,413-259-2000\n`, ["5 unchanged Amherst, 413-259-2000"]],
  ["empty rows and cells", `town,number,,\n,,,\nAmherst,413-259-2000,,\n\n`, ["3 unchanged Amherst, 413-259-2000"]],
  ["rows of different lengths", `town,number,desk\nAmherst,413-259-2000\nWesthampton,413-259-2001,Desk,more,still more\n`, ["2 unchanged Amherst, 413-259-2000", "3 new Westhampton, 413-259-2001"]],
  ["no header", `Amherst,413-259-2000\n`, ["no header"]],
  ["nothing", "", ["refused whole: The file is empty."]],
  ["a workbook", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), ["refused whole: It is an Excel workbook or another packed file. In Excel choose “Save as”, then CSV."]],
  ["a renamed archive", new Uint8Array([0x1f, 0x8b, 8, 0]), ["refused whole: It is a packed file. Unpack it first."]],
  ["an old workbook", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), ["refused whole: It is an old Excel workbook. In Excel choose “Save as”, then CSV."]],
  ["a PDF", "%PDF-1.7 …", ["refused whole: It is a PDF, not a file of rows."]],
  ["NUL", `${HEAD}Amherst,413\0-259-2000\n`, ["refused whole: It holds the character NUL, so it is no text file."]],
  ["a quotation mark that never closes", `${HEAD}"Amherst,413-259-2000\nWesthampton,413-259-2001\n`, ["refused whole: A quotation mark opens and never closes."]],
]; // prettier-ignore

describe("files people really have, each with its exact report", () => {
  test.each(FILES)("%s", async (_, file, expected) => expect(await report(file)).toEqual(expected));
});

describe("files too large", () => {
  test("a line of 100 MB", async () => {
    const line = new Uint8Array(100 * 1024 * 1024).fill(0x61);
    expect(await report(line)).toEqual(["refused whole: The file is larger than 32 MB. Split it."]);
  });
  test("a row of more than 64 KB", async () => {
    expect((await report(`${HEAD}${"a".repeat(CSV_LIMITS.record + 10)},1\n`))[0]).toMatch(/longer than 64 KB/);
  });
  test.runIf(isNightly)("more rows than are taken", async () => {
    const rows = new TextEncoder().encode(`${HEAD}${"x,1\n".repeat(200_002)}`);
    expect((await report(rows)).at(-1)).toBe("refused whole: It has more than 200,000 rows. Split it.");
  });
});

test.each([
  ["413-259-2000", ["413-259-2000"]],
  ["413-259-2000, x45", ["413-259-2000 x45"]],
  ["413-259-2000; 413-259-2001", ["413-259-2000", "413-259-2001"]],
  ["413-259-2000 and 413-259-2001 or 413-259-2002", ["413-259-2000", "413-259-2001", "413-259-2002"]],
  ["", []],
])("the numbers of %j", (cell, numbers) => expect(splitNumbers(cell)).toEqual(numbers));

test.each([
  ['=HYPERLINK("http://evil")', '\'=HYPERLINK("http://evil")'],
  ["+1", "'+1"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", "'\tx"],
  ["413-555-0142", "413-555-0142"],
])("a spreadsheet takes %j for no formula", (cell, safe) => expect(neutralize(cell)).toBe(safe));

test("whatever the cells are, a row that was written is read back the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { minLength: 2, maxLength: 6 }),
      async (cells) => {
        const wanted = cells.map((cell) => neutralize(cell.replaceAll("\0", "")));
        fc.pre(wanted.some((cell) => cell.trim() !== "") && !wanted.some((cell) => cell.startsWith("\uFEFF")));
        const file = `a,b,c\r\n${writeCsvRow(wanted.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, "")))}`;
        const rows: string[][] = [];
        for await (const row of readCsv(new TextEncoder().encode(file))) rows.push(row.cells);
        expect(rows[1]).toEqual(wanted);
      },
    ),
    { numRuns: 500 },
  );
});

test("the old code page of Windows is read to the last character", () => {
  const bytes = Uint8Array.from([0x80, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x99, 0xe9]);
  expect(decodeFile(bytes)).toBe("\u20ac\u2018\u2019\u201c\u201d\u2013\u2014\u2122\u00e9");
});

test.each([
  ["dispatch", "Dispatch", "PSAP", "Primary PSAP", "911 Center", "E-911 Center", "ECC", "Regional Dispatch"],
  ["police", "Police Department", "PD", "Police Dept.", "Sheriff's Office", "Sheriff’s Dept", "Sheriff Dept", "SO"],
  ["police", "State Police", "Tribal Police", "Campus Police", "Marshal", "Constable"],
  ["fire", "Fire Dept", "FD", "Fire/EMS", "Fire & EMS", "Fire/Rescue"],
  ["ambulance", "EMS", "Ambulance"],
  ["poison-control", "Poison", "poison-control"],
  ["non-emergency", "Non-Emergency", "Admin", "Administrative"],
  ["refused", "Hospital", "Coast Guard", "Game Warden", "Public Safety", "Rescue", "Police/Fire"],
])("services as agencies name them: %s", (service, ...names) => {
  const header = readHeader(["town", "service", "number"])!;
  const read = names.map((name) => {
    const [entry] = readRow({ line: 2, cells: ["Westhampton", name, "413-259-2001"] }, header, CONTEXT);
    return [name, entry && "why" in entry ? "refused" : entry?.service];
  });
  expect(read).toEqual(names.map((name) => [name, service]));
});
