import fs from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FAILURES } from "../../incidents/schema";
import type { CountyFacts } from "../../directory/place-facts";
import { countyKind, formatCounty, shortenCounty } from "../../places/county-kinds";
import { isNightly } from "../../platform/nightly-for-tests";
import { buildCrawl } from "../../standards/eas/text";
import { readingGrade } from "../../wording/reading-grade";
import { fillParts, PARTS } from "../../wording/texts";
import { textsAt } from "../bundle";
import { buildBundle } from "../content";
import { findProblems, isBlocking } from "../findings";
import { renderMessage } from "../renderers/cap-2";
import { AGENCY, goldenCases, LONG_AGENCY, NOW, number, place, situation, writeCase } from "./cases-for-tests";
import { patternsOf } from "./patterns-for-tests";

/**
 * The texts of every kind of outage, as files that people read. To write them
 * anew after a change of the wording: npx vitest run lib/alerts/golden -u
 */

const CASES = goldenCases();
const FILES = [...new Set(CASES.map(({ file }) => file))];

test("there are enough of them", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(60);
  expect(new Set(CASES.map(({ file, title }) => `${file} ${title}`)).size).toBe(CASES.length);
});

test.each(FILES)("the texts of %s are those of the file", async (file) => {
  const written = CASES.filter((one) => one.file === file).map(writeCase);
  await expect(`${written.join("\n\n")}\n`).toMatchFileSnapshot(`./${file}-for-tests.txt`);
});

test("every line of them has been read", async () => {
  const read = new Set(
    (await fs.readFile(new URL("./read-for-tests.txt", import.meta.url), "utf8"))
      .split("\n")
      .filter((line) => !line.startsWith("#"))
      .map((line) => line.split(" ")[0]),
  );
  const unread = new Map(
    CASES.flatMap((one) => patternsOf(writeCase(one)))
      .filter(({ mark }) => !read.has(mark))
      .map(({ mark, channel, text }) => [mark, `${mark} ${channel}: ${text}`]),
  );
  const says = [
    `Nobody has read these ${unread.size} lines. Read each as its channel shows or says it (README.md beside this file),`,
    "mend what is wrong, then paste what you have read below the others in lib/alerts/golden/read-for-tests.txt:",
    ...unread.values(),
  ].join("\n");
  expect(unread.size, says).toBe(0);
});

describe("every text that is kept", () => {
  test.each(CASES.map((one) => [`${one.file}: ${one.title}`, one] as const))("%s: keeps every rule", (_, one) => {
    const problems = findProblems(one.bundle, { facts: one.facts, content: one.content, now: NOW });
    const found = problems
      // Letters with accents cost pages, which is said and meant; the place without a number is in the table on purpose; a closed
      // desk is part of the longest names.
      .filter(
        ({ rule }) =>
          ![
            "DIR-003",
            "DIR-006",
            "DIR-008",
            "TXT-003",
            "AREA-001",
            "AREA-002",
            "CB-003",
            "EAS-013",
            "WEA-017",
          ].includes(rule),
      )
      .flatMap(({ rule, level, verdict, places }) =>
        places.map(({ place, path, message }) => `${rule} ${level} ${verdict} ${place} ${path}: ${message}`),
      );
    expect(found).toEqual([]);
    expect(problems.filter(isBlocking)).toEqual([]);
  });

  test("reads at grade 8 or lower in English, names set aside", () => {
    const hard: string[] = [];
    for (const { file, title, bundle } of CASES) {
      for (const message of bundle.messages) {
        const { parts } = textsAt(bundle, message, NOW)[0]!;
        for (const part of PARTS) {
          const plain = [AGENCY, LONG_AGENCY]
            .flatMap(({ name, shortName }) => [name["en-US"]!, shortName["en-US"]!])
            .concat(
              bundle.messages.map(({ place }) => place),
              "Massachusetts",
              "Belchertown",
              "Manchester-by-the-Sea",
              "https://example.gov/911",
            )
            .reduce((text, name) => text.replaceAll(name, "Name"), parts[part]);
          const grade = readingGrade(plain);
          if (grade > 8) hard.push(`${grade.toFixed(1)} ${file} ${title} ${part}: ${plain}`);
        }
      }
    }
    expect(hard).toEqual([]);
  });

  test("presumes no direct number where none was given: not an all-clear, which is for all places, nor a place without one", () => {
    const presumed = CASES.flatMap(({ file, title, bundle }) =>
      bundle.messages
        .filter(
          ({ tells, msgType, outcome }) => tells === "all-clear" || msgType === "Cancel" || outcome === "no-number",
        )
        .flatMap((message) =>
          textsAt(bundle, message, NOW).flatMap(({ language, parts }) =>
            PARTS.filter((part) =>
              /(?<!no )direct number|(?<!hay )número directo|números directos/.test(parts[part]),
            ).map((part) => `${file} ${title} ${message.place} ${language} ${part}: ${parts[part]}`),
          ),
        ),
    );
    expect(presumed).toEqual([]);
  });

  test("says to call, in 90 characters too, where a message is for places with numbers of their own", () => {
    const silent = CASES.flatMap(({ file, title, bundle }) =>
      bundle.messages
        .filter(({ audience, tells, numbers }) => audience === "phones" && tells === "outage" && numbers.length > 0)
        .flatMap((message) =>
          textsAt(bundle, message, NOW).flatMap(({ language, parts }) => {
            const [says, added] = language === "en-US" ? [/\bcall\b/i, " call or"] : [/\bllame\b/i, " llame o"];
            const hasRoom = parts.short.length + added.length <= 90;
            return says.test(parts.short) || !hasRoom ? [] : [`${file} ${title} ${language}: ${parts.short}`];
          }),
        ),
    );
    expect(silent).toEqual([]);
  });

  test("has nothing left over", () => {
    const left = CASES.flatMap(({ file, title, bundle }) =>
      bundle.messages.flatMap((message) =>
        textsAt(bundle, message, NOW).flatMap(({ language, parts }) =>
          PARTS.filter((part) =>
            /[{}]|\[\[|\]\]| {2}|undefined|\.\.| \.| ,|\n{3}/.test(fillParts(parts, {})[part]),
          ).map((part) => `${file} ${title} ${language} ${part}: ${parts[part]}`),
        ),
      ),
    );
    expect(left).toEqual([]);
  });
});

const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'&.-áéíóúñüÑ ".split(""));
/** A name as the form of an agency takes it: one line, of at most so many characters. */
const nameOf = (most: number) =>
  fc
    .array(letter, { minLength: 3, maxLength: most })
    .map((letters) => letters.join("").replace(/\s+/g, " ").trim().replace(/[.]+$/, ""))
    .filter((name) => name.length >= 3 && !/no test|since|fail/i.test(name));
const SHORT_PLACES = ["Manchester", "N. Attleborough", "St. Johnsbury", "O'Fallon", "Doña Ana", "A", "Winston-Salem"];
const PURPOSES_OF_NAMES = ["outage", "update", "correction", "restoration", "cancellation", "border"] as const;

test("the shipped wording keeps its musts for any name that the forms take", () => {
  fc.assert(
    fc.property(
      nameOf(80),
      nameOf(17),
      fc.constantFrom(...SHORT_PLACES),
      fc.constantFrom(...(Object.keys(FAILURES) as (keyof typeof FAILURES)[])),
      fc.constantFrom(...PURPOSES_OF_NAMES),
      fc.constantFrom("", "7", "1234"),
      fc.boolean(),
      (full, brief, short, failure, purpose, extension, exercise) => {
        const shortName = `MA ${brief}`.slice(0, 20).trim();
        const agency = {
          ...AGENCY,
          name: { "en-US": full, "es-US": full },
          shortName: { "en-US": shortName, "es-US": shortName },
        };
        // The longest name of a place in the library, beside its short form.
        const own = place(`${short} and the Village of Long Lake`, {
          shortName: short,
          numbers: [number({ extension: purpose === "correction" ? "" : extension })],
        });
        const { facts, content } = situation({
          failure, purpose, agency, places: [own, place("Ware")], mode: exercise ? "exercise" : "live",
          restored: purpose === "restoration" ? [own.id] : [],
        }); // prettier-ignore
        const bundle = buildBundle(facts, content, NOW);
        const blocking = findProblems(bundle, { facts, content, now: NOW }).filter(isBlocking);
        expect(
          blocking.flatMap(({ rule, places }) =>
            places.map(({ place: where, path, message }) => {
              const [language, part] = path.split(".");
              const texts = bundle.messages.find((one) => one.place === where)?.texts;
              const text = texts?.find((one) => one.language === language)?.parts[part as "short"] ?? path;
              return `${rule} ${message} ${text}`;
            }),
          ),
        ).toEqual([]);
      },
    ),
    { numRuns: isNightly ? 2000 : 60 },
  );
});

test("the longest names of counties fit in 90 characters, alone and next to an outage", () => {
  const over: string[] = [];
  for (const [id, name, state, stateName] of [
    ["02198", "Prince of Wales-Hyder", "AK", "Alaska"],
    ["02240", "Southeast Fairbanks", "AK", "Alaska"],
    ["22093", "St. John the Baptist", "LA", "Louisiana"],
    ["11001", "District of Columbia", "DC", "District of Columbia"],
    ["72127", "San Juan", "PR", "Puerto Rico"],
  ] as const) {
    const county: CountyFacts = { id, name, kind: countyKind(id), size: 1, population: 9, sameCode: `0${id}` };
    const agency = { ...AGENCY, shortName: { "en-US": `${state} DHSEM`, "es-US": `${state} DHSEM` } };
    for (const numbers of [[number()], []])
      for (const purpose of PURPOSES_OF_NAMES)
        for (const failure of Object.keys(FAILURES) as (keyof typeof FAILURES)[]) {
          // Two numbers and such a name have no room in Spanish: a rule says so, and a person writes it.
          if (purpose === "correction" && name.length > 15) continue;
          const where = { id, unit: "county" as const, counties: [county], stateCode: state, stateName, numbers };
          const only = place(formatCounty(county), { ...where, shortName: shortenCounty(county) });
          const { facts, content } = situation({ failure, purpose, places: [only], agency });
          for (const { language, parts } of buildBundle(facts, content, NOW).messages[0]!.texts)
            if (parts.short.length > 90) over.push(`${failure} ${purpose} ${language}: ${parts.short}`);
        }
  }
  expect(over).toEqual([]);
});

test("a county of 45 towns fits on the air with all its numbers, or says where they are, with nothing left over", () => {
  const towns = Array.from({ length: 45 }, (_, index) =>
    place(`New Town-by-the-River ${String.fromCharCode(65 + (index % 26))}${Math.floor(index / 26) || ""}`, {
      id: `25015${index}`,
      shortName: `Town ${index}`,
      numbers: [number({ id: `n${index}`, e164: `+1413555${String(101 + index).padStart(4, "0")}` })],
    }),
  );
  for (const web of ["https://example.gov/911", null]) {
    const { facts, content } = situation({ places: towns, agency: { ...AGENCY, web } });
    const bundle = buildBundle(facts, content, NOW);
    const blocking = findProblems(bundle, { facts, content, now: NOW }).filter(isBlocking);
    expect(blocking).toEqual([]);
    const county = bundle.messages.find(({ audience }) => audience === "broadcasters")!;
    const cap = renderMessage(bundle, county, NOW);
    for (const [index, info] of cap.info.entries()) {
      const crawl = buildCrawl(cap, info, () => "12:25 PM EDT Wednesday");
      expect(crawl.cut).toBe(0);
      expect(county.texts[index]!.shorter).toContain("description");
      expect(crawl.ours).not.toMatch(/[{}]|\[\[| {2}|undefined/);
    }
  }
});

/** Where a county and a state have long names too. */
const FAR = {
  stateName: "Northern Mariana Islands",
  stateCode: "MP",
  namesake: "county" as const,
  counties: [{ ...place("A").counties[0]!, name: "Prince of Wales-Hyder", kind: "census-area" as const }],
};

/** Among the longest names that the Census Bureau has of places, with their short forms. */
const LONGEST = [
  ["Village of Grosse Pointe Shores, a Michigan City", "Grosse Pointe."],
  ["Winchester-on-the-Severn", "Winchester-on-."],
  ["Lake Waynoka and the Village of Long Lake", "Lake Waynoka a."],
] as const;

/** What says in each language that texts reach 911. */
const TEXTS_WORK: Record<string, RegExp> = {
  "en-US": /Texts to 911 work\.|text 911 or go/,
  "es-US": /Los textos al 911 sí llegan\.|envíe un texto al 911 o vaya/,
};

test("where texts reach 911, every phone says so, however long the names are, and every post that has room", () => {
  const silent: string[] = [];
  for (const failure of Object.keys(FAILURES) as (keyof typeof FAILURES)[])
    for (const purpose of ["outage", "update", "correction"] as const)
      for (const mode of ["live", "exercise"] as const)
        for (const [name, shortName, agency] of [
          ["Ware", "Ware", AGENCY],
          ...LONGEST.map(([full, brief]) => [full, brief, LONG_AGENCY] as const),
        ] as const) {
          const far = name === "Ware" ? {} : { ...FAR, shortName };
          const places = [
            place(name, { ...far, numbers: [number({ extension: purpose === "correction" ? "" : "1234" })] }),
            place(`${name} N`, { ...far, helpOptions: [] }),
          ];
          const { facts, content } = situation({ failure, textTo911: "works", purpose, places, agency, mode });
          const bundle = buildBundle(facts, content, NOW);
          for (const message of bundle.messages)
            for (const { language, parts } of textsAt(bundle, message, NOW)) {
              const says = (part: "long" | "social") => TEXTS_WORK[language]!.test(parts[part]);
              if (message.audience === "phones" && !says("long"))
                silent.push(`${failure} ${purpose} ${mode} ${message.place} ${language}: ${parts.long}`);
              const hasRoom = name === "Ware" && message.audience === "phones" && purpose !== "correction";
              if (hasRoom && !says("social"))
                silent.push(`${failure} ${purpose} ${mode} ${message.place} ${language}: ${parts.social}`);
            }
        }
  expect(silent).toEqual([]);
});

test("every post fits with its link, however long the names are", () => {
  const help =
    "go to the fire station at the corner of Massachusetts Avenue and Martin Luther King Junior Boulevard, by the town hall";
  const option = {
    kind: "fire-station",
    works: true,
    wording: { "en-US": help, "es-US": help.replace("go to", "vaya a") },
  };
  const over: string[] = [];
  for (const [name, shortName] of LONGEST)
    for (const failure of Object.keys(FAILURES) as (keyof typeof FAILURES)[])
      for (const purpose of PURPOSES_OF_NAMES) {
        const far = { ...FAR, shortName };
        const places = [
          place(name, { ...far, numbers: [number({ extension: purpose === "correction" ? "" : "1234" })] }),
          place(`${name} N`, { ...far, helpOptions: [option] }),
        ];
        const { facts, content } = situation({
          failure, purpose, places, agency: LONG_AGENCY, began: NOW - 3 * 86_400_000,
          restored: purpose === "restoration" ? places.map(({ id }) => id) : [],
        }); // prettier-ignore
        const carrier = facts.incident.carrier && "U.S.Cellular";
        const incident = { ...facts.incident, carrier };
        const bundle = buildBundle({ ...facts, incident }, content, NOW);
        for (const { rule, places: found } of findProblems(bundle, {
          facts: { ...facts, incident },
          content,
          now: NOW,
        }))
          if (rule === "TXT-004")
            over.push(...found.map((one) => `${failure} ${purpose} ${one.place} ${one.path}: ${one.message}`));
      }
  expect(over).toEqual([]);
});
