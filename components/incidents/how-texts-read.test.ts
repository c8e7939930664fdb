import { expect, test } from "vitest";
import { FAILURES } from "../../lib/incidents/schema";
import { ENGLISH } from "../../lib/wording/shipped/english";
import { describeTexts, QUOTES } from "./how-texts-read";

const KINDS = Object.keys(FAILURES) as (keyof typeof FAILURES)[];

test.each(KINDS)("what is quoted for “%s” stands in the shipped texts", (failure) => {
  const { callsFail, failures } = ENGLISH;
  const shipped = JSON.stringify([failures[failure], failure === "full" ? callsFail : ""])
    .toLowerCase()
    .replace(/ in \{(?:placeShort|where)\},?/gi, "");
  for (const words of QUOTES[failure]) expect(shipped).toContain(words.replaceAll("’", "'").toLowerCase());
});

test("a choice says how the texts would read otherwise", () => {
  expect(describeTexts("full")).toEqual([
    "The texts will say “911 is down” and “Calls to 911 do not go through”, and give the direct number to call.",
    "For “Some calls” they would say “Some calls to 911 fail” and “Call 911 first; if it fails”.",
  ]);
  for (const failure of KINDS) {
    const [says, otherwise] = describeTexts(failure);
    expect(otherwise).not.toContain(QUOTES[failure][0]);
    expect(says).not.toContain(`“${FAILURES[failure].label}”`);
  }
});
