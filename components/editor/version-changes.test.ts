import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { type AlertContent, FIRST_ALERT } from "../../lib/alerts/schema";
import { AUDIENCES, PARTS, type Texts, TEXTS } from "../../lib/wording/texts";
import { VersionChanges } from "./version-changes";

/** Every text says of what it is; those of an all-clear are empty, as most templates have none. */
const textsIn = (language: string) =>
  Object.fromEntries(
    AUDIENCES.map((audience) => [
      audience,
      Object.fromEntries(
        PARTS.map((part) => [
          part,
          audience.startsWith("restored") ? "" : `{senderShort}: ${language} ${audience} ${part} {number}`,
        ]),
      ),
    ]),
  ) as Texts[string];
const CONTENT: AlertContent = {
  ...FIRST_ALERT,
  format: "callbox-content-3",
  placeIds: ["granby"],
  grouping: "place",
  validMinutes: 120,
  nextUpdateMinutes: 60,
  texts: { "en-US": textsIn("en-US"), "es-US": textsIn("es-US") },
  customWording: {},
  numbers: {},
};
const NAMES = new Map([["granby", "Granby"]]);
const render = (before: AlertContent | null, now: AlertContent) =>
  renderToStaticMarkup(createElement(VersionChanges, { before, now, names: NAMES }));

test("the first version says every text it has, in every language, its slots by what they say", () => {
  const shown = render(null, { ...CONTENT, customWording: { granby: { "en-US": { short: "Granby: {number}" } } } });
  for (const { audience, part, label } of TEXTS) {
    const isThere = !audience.startsWith("restored");
    expect(shown.includes(label), label).toBe(isThere);
    for (const language of ["en-US", "es-US"])
      expect(
        shown.includes(`(the agency&#x27;s short name): ${language} ${audience} ${part} (the direct number)`),
      ).toBe(isThere);
  }
  expect(shown).toContain("Granby only: Phone, short");
  expect(shown).not.toMatch(/\{\w+\}/);
});
