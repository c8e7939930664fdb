import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sources } from "../../help/screen-words-for-tests";
import { CHECKOUT } from "../steps";
import { findUnsourced, readSourcedRows } from "./security-pages";

/** The pages of docs/security are true of the code, as far as a program can tell. */

const read = (file: string) => {
  const at = path.join(CHECKOUT, file);
  return fs.existsSync(at) && fs.statSync(at).isFile() ? fs.readFileSync(at, "utf8") : null;
};
/** Reads of whole rows, which say that there is a secret or open it for what asks the other side. None gives it to a page. */
const READS_SECRETS = [
  "lib/delivery/data.ts",
  "lib/operations/data.ts",
  "lib/people/data.ts",
  "lib/people/grants/data.ts",
  "lib/people/sign-in/data.ts",
  "lib/people/single-sign-on/data.ts",
];
const pageOf = (name: string) => read(`docs/security/${name}.md`) ?? "";
/** Pages, routes, actions and components. */
const screens = sources.filter((file) => /^(?:app|components)\//.test(file));
/** What stands in code type in a column of the tables below a heading. */
const namedIn = (page: string, heading: string) =>
  (page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .flatMap((line) => [...line.matchAll(/`([A-Za-z.]+)`/g)].map(([, name = ""]) => name));

test.each([
  ["limits", 30],
  ["files", 7],
  ["data", 8],
  ["fields", 25],
])("each row of the page %s has its words in the code", (name, least) => {
  const rows = readSourcedRows(pageOf(name));
  expect(rows.length).toBeGreaterThanOrEqual(least);
  expect(findUnsourced(rows, read)).toEqual([]);
});

test("a row without its words is found", () => {
  const rows = readSourcedRows(
    [
      "| what | where |",
      "| ---- | ----- |",
      "| one | `lib/a.ts` “MOST = 1” |",
      "| two | `lib/a.ts` “MOST = 2” |",
      "| three | `lib/b.ts` “x” |",
      "| four | as everybody knows |",
      "",
      "| other | table |",
      "| five | `lib/c.ts` “y” |",
    ].join("\n"),
  );
  expect(findUnsourced(rows, (file) => (file === "lib/a.ts" ? "const MOST =\n  1;" : null))).toEqual([
    "two: lib/a.ts has no “MOST = 2”",
    "three: there is no lib/b.ts",
    "four: nothing says where it comes from",
  ]);
});

test("each place where a file is chosen is on the page of files", () => {
  const choosing = screens.filter((file) => /type="file"/.test(fs.readFileSync(file, "utf8")));
  expect(choosing.length).toBeGreaterThan(2);
  const rows = readSourcedRows(pageOf("files"));
  expect(choosing.filter((file) => !rows.some(({ quotes }) => quotes.some((quote) => quote.file === file)))).toEqual(
    [],
  );
});

test("each table of the database has one level of protection, and each column of a name for secrets is in the first", () => {
  const schema = read("prisma/schema.prisma") ?? "";
  const models = [...schema.matchAll(/^model (\w+) \{([^]*?)^\}/gm)].map(([, name = "", body = ""]) => ({
    name,
    columns: [...body.matchAll(/^ {2}(\w+) +(?:String|Bytes|Json)/gm)].map(([, column = ""]) => `${name}.${column}`),
  }));
  expect(models.length).toBeGreaterThan(60);
  const page = pageOf("data");
  const [secret, tables] = [namedIn(page, "Secret columns"), namedIn(page, "Tables")];
  expect(tables.toSorted()).toEqual(models.map(({ name }) => name).toSorted());
  const columns = models.flatMap((model) => model.columns);
  expect(secret.filter((column) => !columns.includes(column))).toEqual([]);
  const named = columns.filter((column) => /\.(?:password\w*|secrets?|hash|\w*token\w*)$/i.test(column));
  /** Of what is no secret: the chain of the record. */
  expect(named.filter((column) => !secret.includes(column))).toEqual(["AuditEvent.hash"]);
});

test("no page or component is made of a secret column", () => {
  const names = /\b(?:passwordHash|tokenHash|secrets|authenticator\??\.secret)\b/;
  expect(screens.filter((file) => names.test(fs.readFileSync(file, "utf8")))).toEqual([]);
  // What a page is made of is chosen by field where a row of these is read for one.
  const data = sources.filter(
    (file) => file.endsWith("/data.ts") && /passwordHash|secrets/.test(fs.readFileSync(file, "utf8")),
  );
  expect(data.toSorted()).toEqual(READS_SECRETS);
});

test("each package that SECURITY.md renews first is one of ours", () => {
  const { dependencies } = JSON.parse(read("package.json") ?? "{}") as { dependencies: Record<string, string> };
  const [, first = ""] = /goes first: ([^.]+)\./.exec(read("SECURITY.md") ?? "") ?? [];
  const named = [...first.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !(name in dependencies))).toEqual([]);
});
