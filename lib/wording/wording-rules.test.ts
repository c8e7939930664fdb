import { describe, expect, test } from "vitest";
import { applyRules } from "../standards/rule";
import { SHIPPED_LANGUAGES } from "./shipped-languages";
import { asksNotToTest, LANGUAGE_RULES, TEXT_RULES, type WrittenText } from "./wording-rules";

const GOOD: WrittenText = {
  text:
    "Massachusetts State 911 Department: 911 is not working in Granby, Massachusetts, since 1:15 PM. In an emergency " +
    "call 413-555-0142. Do not call 911 to test it. Next update by 2:25 PM EDT.",
  part: "long",
  language: "en-US",
  audience: "phones",
  tells: "outage",
  wrong: null,
  failure: "full",
  status: "Test",
  place: "Granby",
  placeShort: "Granby",
  stateName: "Massachusetts",
  stateCode: "MA",
  senders: ["Massachusetts State 911 Department"],
  numbers: ["413-555-0142"],
  codes: [],
  covers: 1,
  lexicon: SHIPPED_LANGUAGES[0]!.lexicon,
};
const text = (words: string, more: Partial<WrittenText> = {}): WrittenText => ({ ...GOOD, ...more, text: words });
const without = (words: string) => text(GOOD.text.replace(words, ""));

/** What people leave for something that is still to be filled in. */
const LEFT_OVER = [
  "Call [insert number here].",
  "[agency]",
  "See <URL>.",
  "Ask for TBD.",
  "Go to ____.",
  "Call xxx-xxx-xxxx.",
  "Call XXX.",
  "Call 413-555-XX42.",
  "Call 413-XXX-XXXX.",
  "In NAME_OF_TOWN.",
  "Since ???",
];

/** Real messages and likely mistakes that each rule would have caught. */
const BREAKS: Record<string, WrittenText[]> = {
  W1: [without("Massachusetts State 911 Department: ")],
  W2: [text("911 services are currently down statewide. Call 413-555-0142. Do not call 911 to test it.")],
  W3: [without("is not working")],
  W4: [text("911 Outage"), without("call 413-555-0142")],
  W5: [text("911 is not working in Granby, Massachusetts. Call 413-555-0142.")],
  W6: [{ ...GOOD, failure: "partial" }, text(`${GOOD.text} Dial 911 first.`)],
  W7: [without("Do not call 911 to test it.")],
  W8: [text(`${GOOD.text} Please be advised to contact your PSAP.`)],
  W9: [
    text(
      "Constituents experiencing telecommunications interruptions should immediately communicate with municipal emergency authorities utilizing alternative telephonic infrastructure possibilities wherever available throughout the jurisdiction.",
    ),
  ],
  W10: [text("EMERGENCY ALERT THE SYSTEM IS DOWN CALL NOW")],
  W11: [text(`${GOOD.text} Or call 413-555-0143.`)],
  W13: [
    text(`${GOOD.text} PMT 1219`),
    text(`${GOOD.text} {number}`),
    text("[[hazard]]"),
    text(`${GOOD.text} {place name}`),
    text(`${GOOD.text} number}`),
    ...LEFT_OVER.map((left) => text(`${GOOD.text} ${left}`)),
  ],
  W14: [text("You may not be able to reach help. Call 413-555-0142.")],
  W15: [text(`${GOOD.text} Stay home today.`)],
  W16: [text(GOOD.text, { wrong: "413-555-0177" }), text(`${GOOD.text} Not 413-555-0177.`, { wrong: "413-555-0177" })],
  "NUM-001": [text(GOOD.text.replace("0142", "0199")), text(`${GOOD.text} (617) 234-5678`)],
  "NUM-002": [{ ...GOOD, status: "Actual" }],
};

/** Between grade 8 and 9. */
const HARDER =
  "911 is not working in several areas. In an emergency call the number of your community. Information follows at a later hour.";

describe("the wording rules", () => {
  test("the good text keeps every one", () => expect(applyRules(TEXT_RULES, GOOD, undefined)).toEqual([]));
  test("every rule has an example that breaks it", () =>
    expect(Object.keys(BREAKS).sort()).toEqual(TEXT_RULES.map(({ id }) => id).sort()));
  test.each(TEXT_RULES.map((rule) => [rule.id, rule.says] as const))("%s: %s", (id) => {
    for (const broken of BREAKS[id]!) {
      expect(applyRules(TEXT_RULES, broken, undefined).map(({ rule }) => rule)).toContain(id);
    }
  });
  test("W9: grade 8 is the highest, in every text long enough to be graded", () => {
    const failed = (words: string, more: Partial<WrittenText> = {}) =>
      applyRules(TEXT_RULES, text(words, more), undefined).flatMap(({ rule, message }) =>
        rule === "W9" ? [message] : [],
      );
    for (const part of ["long", "description", "instruction", "social", "script"] as const)
      expect(failed(HARDER, { part })).toEqual(["It reads at grade 8.2."]);
    expect(failed(GOOD.text, { part: "description" })).toEqual([]);
    expect(failed("Granby MA: emergency telecommunications are interrupted.", { part: "short" })).toEqual([]);
  });
  test("W9: what stands in the place of the sender counts as a name", () => {
    const says =
      "EXERCISE MA says: one two three four five six seven eight nine ten one two three four five six eight nine.";
    const found = (...senders: string[]) =>
      applyRules(TEXT_RULES, text(says, { senders }), undefined).flatMap(({ rule, message }) =>
        rule === "W9" ? [message] : [],
      );
    expect(found("EXERCISE MA")).toEqual([]);
    expect(found("MA State 911")).toEqual(["A sentence has 21 words."]);
  });
  test("W13: what a sender is called was not left over", () => {
    const named = text(GOOD.text.replace("Massachusetts State 911 Department", "XXXí Rescue"));
    const found = (senders: string[]) =>
      applyRules(TEXT_RULES, { ...named, senders }, undefined).map(({ rule }) => rule);
    expect(found(["XXXí Rescue"])).toEqual([]);
    expect(found(["Rescue"])).toContain("W13");
  });
  test("W13: an address is no mark, nor is a word in brackets that are round", () => {
    for (const fine of [
      "See https://example.gov/911_DOWN?a=??",
      "See example.gov/A_B",
      "Write to a__b@example.gov",
      "(TTY)",
    ])
      expect(applyRules(TEXT_RULES, text(`${GOOD.text} ${fine}`), undefined), fine).toEqual([]);
  });
  test("W17: a sentence that one language alone has, in a headline as in every longer text", () => {
    const found = (part: "headline" | "description", english: string) =>
      applyRules(
        LANGUAGE_RULES,
        {
          place: "Granby",
          texts: [
            { language: "en-US", part, text: english },
            { language: "es-US", part, text: "El 911 no funciona en Granby." },
          ],
        },
        undefined,
      ).map(({ rule, verdict }) => `${rule} ${verdict}`);
    for (const part of ["headline", "description"] as const) {
      expect(found(part, "911 is down in Granby.")).toEqual([]);
      expect(found(part, "911 is down in Granby. Ruth was here. OFF1")).toEqual(["W17 review"]);
    }
  });
  test("W12: a number or a time that differs between languages", () => {
    const pair = (spanish: string) => ({
      place: "Granby",
      texts: [
        { language: "en-US" as const, part: "long" as const, text: "Call 413-555-0142 by 2:25 PM" },
        { language: "es-US" as const, part: "long" as const, text: spanish },
      ],
    });
    const failed = (spanish: string) => applyRules(LANGUAGE_RULES, pair(spanish), undefined).length;
    expect(failed("Llame al 413-555-0142 antes de las 2:25 PM")).toBe(0);
    expect(failed("Llame al 413-555-0143 antes de las 2:25 PM")).toBe(1);
    expect(failed("Llame al 413-555-0142")).toBe(1);
  });
});

/** What asks people not to test 911, and what does not, whatever it looks like. */
describe("W7: other words that mean the same", () => {
  const [english, spanish] = [SHIPPED_LANGUAGES[0]!.lexicon, SHIPPED_LANGUAGES[1]!.lexicon];
  test.each([
    ["Do not call 911 to test it.", true],
    ["Please do not call 911 to test it.", true],
    ["Do not dial 911 to test it.", true],
    ["Don't call 911 to test.", true],
    ["Don’t call 911 just to see if it works.", true],
    ["Never call 911 to check whether it works.", true],
    ["Do not call or text 911 to test it.", true],
    ["Do not test 911.", true],
    ["Please do not make test calls to 911.", true],
    ["No test calls.", true],
    ["Avoid test calls.", true],
    ["Please avoid calling 911 to test it.", true],
    ["Call 911 to test it.", false],
    ["Do not call 911.", false],
    ["Do not hesitate to call 911 to test it.", false],
    ["Do not forget to test 911.", false],
    ["Test calls are welcome.", false],
    ["911 was tested.", false],
    ["Do not call the town hall to test it.", false],
    ["", false],
  ])("English: %s %s", (text, accepted) => expect(asksNotToTest({ text, lexicon: english })).toBe(accepted));
  test.each([
    ["No llame al 911 para probarlo.", true],
    ["Por favor, no llame al 911 para probarlo.", true],
    ["No marque el 911 para probarlo.", true],
    ["No llame al 911 solo para probar.", true],
    ["No llame al 911 sólo para ver si funciona.", true],
    ["No llamen al 911 para comprobar si sirve.", true],
    ["No pruebe el 911.", true],
    ["No lo pruebe.", true],
    ["No haga pruebas.", true],
    ["No haga llamadas de prueba al 911.", true],
    ["Evite llamar al 911 para probarlo.", true],
    ["Evite las llamadas de prueba.", true],
    ["Llame al 911 para probarlo.", false],
    ["No llame al 911.", false],
    ["No deje de llamar al 911 para probarlo.", false],
    ["Pruebe el 911.", false],
    ["No olvide probar el 911.", false],
    ["No llame a la policía para probarlo.", false],
  ])("Spanish: %s %s", (text, accepted) => expect(asksNotToTest({ text, lexicon: spanish })).toBe(accepted));

  test("a sentence of the template that someone approved counts, and only that", () => {
    const sentence = "Leave 911 to those who need it.";
    expect(asksNotToTest({ text: `911 is down. ${sentence}`, lexicon: english, noTesting: [sentence] })).toBe(true);
    expect(asksNotToTest({ text: `911 is down. ${sentence}`, lexicon: english })).toBe(false);
    const own = text(`${GOOD.text.replace("Do not call 911 to test it.", sentence)}`, { noTesting: [sentence] });
    expect(applyRules(TEXT_RULES, own, undefined)).toEqual([]);
  });

  test("a row from before there were patterns wants the sentence itself", () => {
    const { noTestingLike: _, ...earlier } = english!;
    expect(asksNotToTest({ text: "Do not call 911 to test it.", lexicon: earlier })).toBe(true);
    expect(asksNotToTest({ text: "Do not dial 911 to test it.", lexicon: earlier })).toBe(false);
  });

  test("not to test 911 is no advice on what to do, in any words", () => {
    const only = "MA State 911: 911 is down in Granby. Never call 911 to see if it works.";
    expect(
      applyRules(TEXT_RULES, text(only, { part: "short", senders: ["MA State 911"] }), undefined).map(
        ({ rule }) => rule,
      ),
    ).toContain("W4");
  });
});

describe("an outage of location: calls get through", () => {
  const location = (words: string) =>
    applyRules(TEXT_RULES, text(words, { failure: "location" }), undefined).map(({ rule }) => rule);
  const START =
    "Massachusetts State 911 Department: 911 in Granby, Massachusetts, may not see where you are. Calls have come in without this since 1:15 PM. Call 911. Say the address first. Do not call 911 to test it.";
  test.each([
    ["no number at all", START, []],
    ["a number for when a call fails", `${START} If a call to 911 fails, call 413-555-0142.`, []],
    ["a number as if nothing got through", `${START.replace("first", "at once")} Call 413-555-0142.`, ["W6"]],
  ])("%s", (_, words, rules) => expect(location(words)).toEqual(rules));
});
