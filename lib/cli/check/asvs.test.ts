import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { CHECKOUT } from "../steps";
import { ANSWERS, findProblems, readAnswers } from "./asvs";
import STANDARD from "./asvs-ids.json";

const PAGE = "docs/security/asvs.md";
const read = (file: string) => {
  const at = path.join(CHECKOUT, file);
  return fs.existsSync(at) && fs.statSync(at).isFile() ? fs.readFileSync(at, "utf8") : null;
};
const page = read(PAGE) ?? "";
const rows = readAnswers(page);
const ids = [...STANDARD.levels["1"], ...STANDARD.levels["2"]];

test("each requirement of levels 1 and 2 is answered once, and what is met names tests and pages that are there", () => {
  expect([STANDARD.levels["1"].length, STANDARD.levels["2"].length]).toEqual([70, 183]);
  expect(findProblems(rows, ids, read)).toEqual([]);
});

test("the counts the page gives are those of its tables", () => {
  const [met, not, none] = ANSWERS.map((answer) =>
    rows.filter((row) => row.answer === answer).reduce((sum, row) => sum + row.ids.length, 0),
  );
  expect(page.replaceAll(/\s+/g, " ")).toContain(
    `${ids.length} requirements, of which ${met} are met, ${not} are not, and ${none} do not apply`,
  );
});

test.each([
  [
    "| V1.1.1 | met | so | `lib/cli/check/asvs.test.ts` “no such title” |",
    "V1.1.1: lib/cli/check/asvs.test.ts has no “no such title”",
  ],
  ["| V1.1.1 | met | so | `lib/cli/check/asvs.test.ts` |", "V1.1.1: lib/cli/check/asvs.test.ts without a title"],
  ["| V1.1.1 | met | so | `lib/none.test.ts` “x” |", "V1.1.1: there is no lib/none.test.ts"],
  [
    "| V1.1.1 | met | so | `docs/security/asvs.md` “No such heading” |",
    "V1.1.1: docs/security/asvs.md has no “No such heading”",
  ],
  ["| V1.1.1 | met | so |  |", "V1.1.1 names nothing that shows it"],
  ["| V1.1.1 | not met |  |  |", "V1.1.1 does not say why"],
  ["| V1.1.1 | partly | so |  |", "V1.1.1: “partly” is no answer"],
  ["| V1.1.1, V1.1.1 | not met | so |  |", "V1.1.1 is answered twice"],
  ["| V1.1.3 | not met | so |  |", "V1.1.1 has no answer; V1.1.3 is not in the standard, or of another level"],
])("found: %s", (line, problem) => expect(findProblems(readAnswers(line), ["V1.1.1"], read).join("; ")).toBe(problem));
