import { expect, test } from "vitest";
import type { FindingGroup } from "../../lib/alerts/findings";
import type { Texts } from "../../lib/wording/texts";
import { LANGUAGE_RULES, type MessageTexts } from "../../lib/wording/wording-rules";
import { applyRules } from "../../lib/standards/rule";
import { compareFacts } from "./compared-facts";

const PARTS = { short: "", long: "", headline: "", description: "", instruction: "", social: "", script: "" };
const textsOf = (long: string): Texts[string] => ({
  place: { ...PARTS, long },
  noNumber: PARTS,
  county: PARTS,
  restored: PARTS,
  restoredCounty: PARTS,
  joined: PARTS,
  joinedNoNumber: PARTS,
  joinedCounty: PARTS,
  neighbor: PARTS,
  neighborCounty: PARTS,
});
const COMMON = { "en-US": textsOf("Call {number}."), "es-US": textsOf("Llame al {number}.") };

/** What the rules say of one message, as the check of a draft groups it. */
function problemsOf(place: string, english: string, other: string, language = "es-US"): FindingGroup[] {
  const texts: MessageTexts["texts"] = [
    { language: "en-US", part: "long", text: english },
    { language, part: "long", text: other },
  ];
  return applyRules(LANGUAGE_RULES, { place, texts }, undefined).map(
    ({ rule, level, verdict, says, path, message }) => ({
      rule,
      level,
      verdict,
      says,
      places: [{ placeId: place, place, audience: "phones" as const, path, message }],
    }),
  );
}
const compare = (problems: FindingGroup[], texts: Texts = COMMON) => compareFacts(problems, texts, Object.keys(texts));

test("what one place says in one language alone differs, though the common texts agree", () => {
  const agreed = problemsOf("Granby", "Call 413-555-0142.", "Llame al 413-555-0142.");
  expect(compare(agreed)).toMatchObject({ verdict: "same", differences: [] });
  const own = problemsOf("Granby", "Call 413-555-0142, or channel 16.", "Llame al 413-555-0142.");
  expect(compare(own).verdict).toBe("differ");
  expect(compare(own).differences).toEqual([expect.stringMatching(/^Granby: .*channel 16/)]);
});

test("another way to get help, which the directory has in one language, is for people to compare", () => {
  const help = problemsOf("Granby", "Go to the fire station.", "Vaya allí.");
  expect(compare(help)).toMatchObject({ verdict: "judge" });
  expect(compare(help).differences[0]).toContain("fire station");
});

test("a slot that one language lost differs", () => {
  const texts = { ...COMMON, "es-US": textsOf("Llame.") };
  expect(compare([], texts)).toMatchObject({ verdict: "differ", differences: ["Phone, long: slots differ."] });
});

test("only what was compared in every language is listed", () => {
  expect(compare([]).compared).toContain("ways to get help");
  const arabic = compare([], { ...COMMON, "ar-US": textsOf("{number}") });
  expect(arabic.compared).not.toContain("ways to get help");
  expect(arabic.compared).toContain("phone numbers");
});
