import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeText, fromSeptets, plainForm, toSeptets, writePlain } from "./gsm7";
import { describeIdentifier, identifierOf, MESSAGE_IDENTIFIERS } from "./message-identifiers";
import {
  type BroadcastSubject,
  CELL_BROADCAST_RULES,
  packSeptets,
  parsePages,
  parseSerial,
  unpackSeptets,
  writePages,
  writeSerial,
} from "./pages";

const serial = { scope: 1, code: 5, update: 0 } as const;
const message = (text: string, language = "en") => ({ serial, messageIdentifier: 4396, text, language });

describe("septets", () => {
  test("the packing of TS 23.038, worked out by hand", () => {
    // h = 1101000, e = 1100101: the low bit of e fills the high bit of the first octet.
    expect([...packSeptets(toSeptets("hellohello")!)].map((octet) => octet.toString(16))).toEqual([
      "e8", "32", "9b", "fd", "46", "97", "d9", "ec", "37",
    ]); // prettier-ignore
  });

  test("the alphabet has 127 characters and 10 of the extension", () => {
    const basic = Array.from({ length: 128 }, (_, code) => fromSeptets([code])).filter(
      (character) => character !== " ",
    );
    expect(new Set(basic).size).toBe(126);
    for (const character of basic) expect(toSeptets(character)).toHaveLength(1);
    for (const character of "\f^{}\\[~]|€") expect(toSeptets(character)).toHaveLength(2);
  });

  test("any septets pack and unpack", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 127 }), { maxLength: 200 }), (septets) => {
        expect(unpackSeptets(packSeptets(septets), septets.length)).toEqual(septets);
      }),
    );
  });

  test.each([
    ["“911” – don’t…", '"911" - don\'t...'],
    ["policía, después", "policia, después"],
    ["ñ é ü ¿", "ñ é ü ¿"],
    ["日本", "日本"],
    ["5º", "5o"],
  ])("%s in plain letters is %s", (text, plain) => expect(writePlain(text)).toBe(plain));

  test("the counter offers a plain letter for each that forced UCS-2, where there is one", () => {
    expect(codeText("policía 日").forcedBy.map((character) => [character, plainForm(character)])).toEqual([
      ["í", "i"],
      ["日", undefined],
    ]);
  });
});

describe("pages", () => {
  test("one page, octet by octet", () => {
    const { pages, dcs } = writePages(message("911"));
    expect(dcs).toBe(1);
    expect(pages).toHaveLength(1);
    // Serial 4050, message 112C, English, page 1 of 1, then 82 octets.
    expect(pages[0]).toMatch(/^4050112C0111B958AC/);
    expect(pages[0]).toHaveLength(176);
  });

  test.each([
    ["a".repeat(93), 1],
    ["a".repeat(94), 2],
    [`${"a".repeat(92)}€`, 2],
    ["í".repeat(41), 1],
    ["í".repeat(42), 2],
    ["", 1],
    ["a".repeat(1395), 15],
    ["í".repeat(615), 15],
  ])("%#: %i pages", (text, count) => {
    const { pages } = writePages(message(text));
    expect(pages).toHaveLength(count);
    expect(parsePages(pages)).toMatchObject({ message: { text } });
  });

  test.each([["a".repeat(1396)], ["í".repeat(616)]])("more than 15 pages are refused", (text) => {
    expect(() => writePages(message(text))).toThrow(/15/);
  });

  test("pages in any order are read; those of two messages are not", () => {
    const { pages } = writePages(message("b".repeat(200)));
    expect(parsePages([...pages].reverse())).toMatchObject({ message: { text: "b".repeat(200), language: "en" } });
    const other = writePages({ ...message("b".repeat(200)), messageIdentifier: 4370 }).pages;
    expect(parsePages([pages[0]!, other[1]!, pages[2]!])).toMatchObject({ problem: /different/ });
    expect(parsePages(pages.slice(1))).toMatchObject({ problem: /3 pages/ });
    expect(parsePages([])).toHaveProperty("problem");
    expect(parsePages(["xyz"])).toMatchObject({ problem: /Page 1/ });
  });

  test("any text comes back, in any language, but for carriage returns", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 300 }),
          fc.string({ unit: fc.constantFrom(..."aZ09 €^{}\f\nñÉΔ@£"), maxLength: 600 }),
        ),
        fc.constantFrom("en", "es-US", "pl", "ja", ""),
        (text, language) => {
          fc.pre(!/\r/.test(text));
          const read = parsePages(writePages(message(text, language)).pages);
          expect(read).toMatchObject({ message: { text, serial, messageIdentifier: 4396 } });
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("a carriage return is a line's end", () => {
    expect(parsePages(writePages(message("a\r\nb\rc")).pages)).toMatchObject({ message: { text: "a\nb\nc" } });
  });

  test("every serial number there is", () => {
    for (let value = 0; value <= 0xffff; value += 1) expect(writeSerial(parseSerial(value))).toBe(value);
    expect(() => writeSerial({ scope: 0, code: 1024, update: 0 })).toThrow(RangeError);
  });
});

const good: BroadcastSubject = { ...message("911 is down. Call 413-555-0142."), event: "TOE" };
const BREAKS: Record<string, BroadcastSubject[]> = {
  "CB-002": [{ ...good, text: "a".repeat(1396) }],
  "CB-003": [{ ...good, text: "policía" }],
  "CB-007": [
    { ...good, serial: { scope: 1, code: 1024, update: 0 } },
    { ...good, serial: { scope: 1, code: 0, update: 16 } },
  ],
  "CB-008": [{ ...good, language: "xx" }],
  "CB-009": [{ ...good, messageIdentifier: 1 }],
  "CB-010": [{ ...good, messageIdentifier: 4370 }],
};

describe("rules of cell broadcast", () => {
  test("each has both examples", () => {
    expect(Object.keys(BREAKS).sort()).toEqual(CELL_BROADCAST_RULES.map(({ id }) => id).sort());
  });
  test.each(CELL_BROADCAST_RULES.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    expect(rule.check(good, undefined)).toEqual([]);
    for (const subject of BREAKS[id]!) expect(rule.check(subject, undefined)).not.toEqual([]);
  });
});

describe("message identifiers", () => {
  const alert = (status: string) => ({ status }) as Parameters<typeof identifierOf>[0];
  const info = (handling: string, rest: object = {}) =>
    ({
      parameter: [{ valueName: "WEAHandling", value: handling }],
      severity: "Severe",
      urgency: "Immediate",
      certainty: "Observed",
      ...rest,
    }) as Parameters<typeof identifierOf>[1];

  test.each([
    ["Actual", "Public Safety", {}, 4396],
    ["Actual", "Public Safety", { language: "es-US" }, 4397],
    ["Actual", "Public Safety", { severity: "Extreme" }, 4396],
    ["Actual", "Imminent Threat", {}, 4375],
    ["Actual", "Imminent Threat", { severity: "Extreme", certainty: "Likely", language: "es-US" }, 4385],
    ["Actual", "Imminent Threat", { severity: "Minor" }, undefined],
    ["Actual", "Amber", {}, 4379],
    ["Actual", "WEA Test", {}, 4398],
    ["Exercise", "Public Safety", {}, 4381],
    ["Actual", "Nothing", {}, undefined],
  ])("%s %s %o goes out on %s", (status, handling, rest, id) => {
    expect(identifierOf(alert(status), info(handling, rest))).toBe(id);
  });

  test("no number means two things", () => {
    const all = MESSAGE_IDENTIFIERS.flatMap(({ id, additionalLanguage }) => [
      id,
      ...(additionalLanguage ? [additionalLanguage] : []),
    ]);
    expect(new Set(all).size).toBe(all.length);
    for (const id of all) expect(describeIdentifier(id)).toBeDefined();
    expect(describeIdentifier(4397)).toBe("Public safety, additional language");
  });
});
