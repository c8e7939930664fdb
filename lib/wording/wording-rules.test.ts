import { describe, expect, test } from "vitest";
import { applyRules } from "../standards/rule";
import { SHIPPED_LANGUAGES } from "./shipped-languages";
import { LANGUAGE_RULES, TEXT_RULES, type WrittenText } from "./wording-rules";

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
      "Constituents experiencing telecommunications interruptions should immediately communicate with municipal emergency authorities utilizing alternative telephonic infrastructure possibilities.",
    ),
  ],
  W10: [text("EMERGENCY ALERT THE SYSTEM IS DOWN CALL NOW")],
  W11: [text(`${GOOD.text} Or call 413-555-0143.`)],
  W13: [text(`${GOOD.text} PMT 1219`), text(`${GOOD.text} {number}`), text("[[hazard]]")],
  W14: [text("You may not be able to reach help. Call 413-555-0142.")],
  W15: [text(`${GOOD.text} Stay home today.`)],
  W16: [text(GOOD.text, { wrong: "413-555-0177" }), text(`${GOOD.text} Not 413-555-0177.`, { wrong: "413-555-0177" })],
  "NUM-001": [text(GOOD.text.replace("0142", "0199")), text(`${GOOD.text} (617) 234-5678`)],
  "NUM-002": [{ ...GOOD, status: "Actual" }],
};

describe("the wording rules", () => {
  test("the good text keeps every one", () => expect(applyRules(TEXT_RULES, GOOD, undefined)).toEqual([]));
  test("every rule has an example that breaks it", () =>
    expect(Object.keys(BREAKS).sort()).toEqual(TEXT_RULES.map(({ id }) => id).sort()));
  test.each(TEXT_RULES.map((rule) => [rule.id, rule.says] as const))("%s: %s", (id) => {
    for (const broken of BREAKS[id]!) {
      expect(applyRules(TEXT_RULES, broken, undefined).map(({ rule }) => rule)).toContain(id);
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
