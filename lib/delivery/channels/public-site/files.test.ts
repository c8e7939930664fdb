import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { listFiles } from "./files";
import { POLICY } from "./layout";
import { factsOf, LANGUAGES, PLACES, SITES } from "./states-for-tests";

/** What stands in the files beside the pages: plain text, data and frames, in every state. */

const FACTS = SITES["every state"];
const FILES = new Map([...listFiles(FACTS)].map((file) => [file.path, file.make]));
const read = (path: string) => FILES.get(path)?.() ?? "";
/** As people read it. */
const shown = (page: string) =>
  page
    .replace(/<(script|style|title)\b[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

describe.each([
  ["en-US", "", "go to the Cuttyhunk fire station", /\bthis number|Write the number/],
  ["es-US", "es/", "vaya a los bomberos de Cuttyhunk", /este número|Anote el número/],
] as const)("a place without a number, in %s", (code, folder, action, ofNumber) => {
  test.each(["no-number", "no-number-partial"])("the box on the page says what to do: %s", (name) => {
    const page = read(`${folder}ma/${name}.html`);
    const box = shown(/<div class="frame">([\s\S]*?)<\/div>\s*<p>\s*<strong>/.exec(page)?.[1] ?? "");
    expect(box).toContain(action);
    expect(box).not.toMatch(/911 to test|911 para probar/);
    expect(shown(page)).not.toMatch(ofNumber);
    // Once in the box is enough.
    expect(shown(page).split(action)).toHaveLength(2 + (page.match(/alerts\/MA911-0001/g)?.length ?? 0));
  });

  test("so do its row on the first page and its frame", () => {
    const row = new RegExp(`<li class="go"[^>]*>\\s*<a href="/${folder}ma/no-number">[\\s\\S]*?</li>`).exec(
      read(`${folder}index.html`),
    );
    expect(shown(row?.[0] ?? "")).toContain(action);
    const part = new RegExp(`<p lang="${code}"[\\s\\S]*?</p>`).exec(read("embed/ma/no-number.html"));
    expect(shown(part?.[0] ?? "")).toContain(action);
    const json = JSON.parse(read("embed/ma/no-number.json")) as { instead: Record<string, string>; numbers: unknown[] };
    expect(json.instead[code]).toContain(action);
    expect(json.numbers).toEqual([]);
    expect((JSON.parse(read("embed/ma/full.json")) as { instead: object }).instead).toEqual({});
  });
});

test("in a language without approved texts the box says what always holds, and quotes what was approved", () => {
  for (const language of LANGUAGES.filter(({ translation }) => translation)) {
    const page = read(`${language.code.split("-")[0]}/ma/no-number.html`);
    const box = page.slice(page.indexOf('<div class="frame">'), page.indexOf('class="bar"'));
    expect(shown(box), language.code).toContain(shown(language.words.noneToKeep));
    expect(shown(box), language.code).toContain("go to the Cuttyhunk fire station");
    expect(page, language.code).not.toContain(language.words.notTest);
    expect(page, language.code).not.toContain(language.words.writeDown);
    expect(shown(page), language.code).toContain(shown(language.words.notTestAlone));
  }
});

test("plain text says of every place what to do, and a number once", () => {
  const lines = read("numbers.txt").split("\n");
  const lineOf = (label: string) => lines.find((line) => line.startsWith(`${label}, MA: `)) ?? "";
  expect(lineOf("No-number")).toMatch(/go to the Cuttyhunk fire station.* Valid until /);
  expect(lineOf("Full")).toMatch(/^Full, MA: 911 is not working in Full, Massachusetts\. In an emergency call /);
  for (const line of lines) {
    expect(line).not.toMatch(/: Valid until/);
    expect(line.match(/413-555-0142/g)?.length ?? 0, line).toBeLessThan(2);
  }
});

const restoredSite = factsOf(PLACES.filter(({ name }) => ["restored", "quiet"].includes(name)));
const restoredFiles = new Map([...listFiles(restoredSite)].map((file) => [file.path, file.make]));

test("after the all-clear the first page and the frame say that 911 works again", () => {
  const home = shown(restoredFiles.get("index.html")!());
  expect(home).toContain("911 works again in Restored, Massachusetts");
  expect(home).toContain("It began 12:27 PM EDT, Tuesday, June 18. It ended 1:27 PM EDT, Tuesday, June 18.");
  expect(home).not.toContain("All numbers are on this page");
  expect(shown(restoredFiles.get("embed/ma/restored.html")!())).toContain("911 works again in Restored.");
  expect(shown(restoredFiles.get("embed/ma/quiet.html")!()).match(/In an emergency dial 911/g)).toHaveLength(1);
});

test("a frame says each number once and never breaks it, in its own style", () => {
  const frame = read("embed/ma/full.html");
  expect(shown(frame).match(/In an emergency call/g)).toHaveLength(1);
  for (const { e164 } of PLACES.find(({ name }) => name === "full")!.said[0]!.numbers)
    expect(frame.match(new RegExp(`<a class="number" href="tel:\\${e164}" target="_top"`, "g"))).toHaveLength(2);
  expect(frame).toContain(".number{color:#1b1b1b;font-weight:700;font-size:1.35rem;white-space:nowrap}");
  expect(POLICY).toContain(
    createHash("sha256")
      .update(/<style>([\s\S]*?)<\/style>/.exec(frame)![1]!)
      .digest("base64"),
  );
});

test("a frame whose alert is over says so, though nobody made it anew", () => {
  const { until } = [...listFiles(FACTS)].find(({ path }) => path === "embed/ma/full.html")!;
  expect(until).toEqual({ at: expect.any(Number), instead: "embed/ma/full.ended.html" });
  const over = shown(read(until!.instead));
  expect(over).toContain("The alert for Full has ended.");
  expect(over).toContain("In an emergency dial 911.");
  expect(over).not.toMatch(/\d{3}-\d{4}/);
});

test("the page of an alert keeps numbers on one line, and entries of feeds lead to it", () => {
  expect(read("alerts/MA911-0001.html")).toContain('<div class="band out">');
  expect(read("alerts/MA911-0001.html")).toContain('<span class="n" dir="ltr">413-555-0142</span>');
  expect(read("feed.atom")).toContain(
    '<link rel="alternate" type="text/html" href="https://911.example.gov/alerts/MA911-0001"/>',
  );
});

test("what is hidden stays hidden, whatever else its row is", () =>
  expect(read("index.html")).toContain("[hidden]{display:none!important}"));
