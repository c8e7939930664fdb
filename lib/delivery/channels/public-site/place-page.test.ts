import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { isNightly } from "../../../platform/nightly-for-tests";
import { alertPage, alertsPage } from "./alert-page";
import type { SiteLanguage } from "./facts";
import { findPage, homePage } from "./home-page";
import { placePage } from "./place-page";
import { factsOf, LANGUAGES, PLACES, SITES, weigh } from "./states-for-tests";

const FACTS = SITES["every state"];
/** TCP sends ten segments of 1,460 bytes before it waits: less than that is one round trip. */
const ONE_ROUND_TRIP = 14 * 1024;
const named = (name: string) => PLACES.find((place) => place.name === name)!;
const pageOf = (name: string, language: SiteLanguage) => placePage(FACTS, named(name), language);
const inLanguage = (code: string) => LANGUAGES.find((language) => language.code === code)!;

describe.each(LANGUAGES.map((language) => [language.code, language] as const))("in %s", (code, language) => {
  test.each(PLACES.map(({ name }) => [name]))("%s", (name) => {
    const page = pageOf(name, language);
    expect(page).toContain(`<html lang="${code}" dir="${language.direction}">`);
    // A gap that nothing filled is what a resident would read.
    const body = page.slice(page.indexOf("</style>")).replace(/<script>[\s\S]*?<\/script>/g, "");
    expect(body).not.toMatch(/\{\w+\}|undefined|NaN/);
    for (const other of LANGUAGES) expect(page).toContain(`hreflang="${other.code}"`);
    const shown = body.replace(/<script type="text\/plain" data-after>[\s\S]*?<\/script>/, "");
    expect(shown.match(/<h1>/g)).toHaveLength(1);
    const notice = language.translation && !language.translation.isReviewed;
    expect(shown.includes("not yet been reviewed by a fluent speaker")).toBe(notice === true);
    if (notice) expect(shown).toContain(language.translation!.notice);
    if (language.translation && named(name).said.length > 0) {
      expect(shown.includes('<div lang="es-US" dir="ltr">')).toBe(!["canceled", "outlived"].includes(name));
    }
  });
});

test.each([
  ["full", "In an emergency call"],
  ...["partial", "intermittent", "carrier"].map((name) => [name, "Dial 911 first. If the call does not go through:"]),
  ["landline", "Call 911 from a cell phone. If you cannot:"],
  ["wireless", "Call 911 from a landline phone. If you cannot:"],
])("what stands before the number while the outage is %s: %s", (name, says) => {
  expect(pageOf(name!, inLanguage("en-US"))).toMatch(new RegExp(`<div class="frame">\\s*<p>\\s*${says}<br />`));
});

test("a language without approved texts says the facts itself and quotes what was approved", () => {
  const page = pageOf("full", inLanguage("ht"));
  expect(page).toContain("<h1>911 pa mache nan Full, Massachusetts</h1>");
  expect(page).toContain("Valab jiska: 3:27 PM EDT, madi 18 jen.");
  expect(page).toMatch(/<div lang="en-US" dir="ltr">\s*<h3>English<\/h3>/);
  expect(page.indexOf("Tèks ofisyèl la")).toBeGreaterThan(page.indexOf("Sa k ap vin apre"));
  const none = pageOf("no-number-partial", inLanguage("ht"));
  expect(none).toContain("Dabò, rele 911. Si apèl la pa pase:");
  expect(none).toContain("ale nan yon estasyon polis oswa yon estasyon ponpye");
});

test("pages weigh what one round trip carries, in every language and with the longest texts", () => {
  const lines: string[] = [];
  const note = (what: string, pages: readonly string[]) => {
    const weights = pages.map(weigh);
    const most = (kind: "raw" | "gzip" | "brotli") => Math.max(...weights.map((one) => one[kind]));
    lines.push(`${what.padEnd(34)} ${most("raw")} bytes, gzip ${most("gzip")}, Brotli ${most("brotli")}`);
    return weights;
  };
  const perLanguage = (make: (language: SiteLanguage) => string) => LANGUAGES.map(make);
  for (const { name } of PLACES) {
    for (const weight of note(
      `place, ${name}`,
      perLanguage((language) => pageOf(name, language)),
    )) {
      expect(weight.gzip, name).toBeLessThan(ONE_ROUND_TRIP);
      expect(weight.brotli, name).toBeLessThan(ONE_ROUND_TRIP);
    }
  }
  for (const [name, facts] of Object.entries(SITES)) {
    note(
      `first page, ${name}`,
      perLanguage((language) => homePage(facts, language)),
    );
  }
  note(
    "alert",
    perLanguage((language) => alertPage(FACTS, FACTS.alerts[0]!, language)),
  );
  note(
    "alerts",
    perLanguage((language) => alertsPage(FACTS, language)),
  );
  note(
    "search",
    perLanguage((language) => findPage(FACTS, language, "x", [])),
  );
  process.stdout.write(`The heaviest of each kind over ${LANGUAGES.length} languages:\n${lines.join("\n")}\n`);
});

/** w3m as a resident on a text terminal has it; undefined where it is not installed. */
function w3m(page: string): string[] | undefined {
  const { status, stdout, error } = spawnSync(
    "w3m",
    ["-dump", "-T", "text/html", "-cols", "80", "-O", "UTF-8", "-I", "UTF-8"],
    {
      input: page,
      encoding: "utf8",
    },
  );
  return error ? undefined : status === 0 ? stdout.split("\n") : [];
}
const hasTerminal = w3m("<p>x") !== undefined;

test("the nightly run has a text browser", () => {
  if (isNightly) expect(hasTerminal, "Install w3m (Debian: apt-get install w3m).").toBe(true);
});

describe.skipIf(!hasTerminal)("in a text browser", () => {
  test.each(LANGUAGES.filter(({ code }) => code !== "ar").map((language) => [language.code, language] as const))(
    "%s reads in order, with the number among the first ten lines",
    (_, language) => {
      const facts = factsOf(PLACES, { demonstration: false });
      const lines = w3m(placePage(facts, named("full"), language))!;
      const at = (text: string) => lines.findIndex((line) => line.includes(text));
      expect(at("413-555-0142"), lines.slice(0, 16).join("\n")).toBeGreaterThan(0);
      expect(at("413-555-0142"), lines.slice(0, 16).join("\n")).toBeLessThan(10);
      const order = [
        language.code === "es-US" ? "Departamento 911" : "Massachusetts State 911",
        "English",
        language.words.failure.full.slice(0, 20),
        language.words.call.slice(0, 20),
        "413-555-0142",
        language.words.validUntil.split(" {")[0]!.split("：")[0]!,
        language.words.notTest.slice(0, 20),
        language.words.nextHeading,
      ].map(at);
      expect(order).not.toContain(-1);
      expect(order).toEqual([...order].sort((left, right) => left - right));
    },
  );
});
