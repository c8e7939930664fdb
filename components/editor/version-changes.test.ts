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
const NAMES = { place: () => "Granby", number: () => "413-555-0142" };
const render = (before: AlertContent | null, now: AlertContent) =>
  renderToStaticMarkup(
    createElement(VersionChanges, {
      before: before && { title: "911 outage", content: before },
      now: { title: "911 outage", content: now },
      names: NAMES,
    }),
  );

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

test("the first version says what it decides as well", () => {
  const shown = render(null, CONTENT);
  for (const words of ["911 outage", "One message per place", "2 hours", "1 place: Granby"])
    expect(shown).toContain(words);
});

test("a version that changed decisions and no text says which, and that the texts stayed", () => {
  const shown = render(CONTENT, {
    ...CONTENT,
    grouping: "all",
    validMinutes: 180,
    numbers: { granby: { choice: "override", numberId: "n", reason: "Called by radio" } },
  });
  for (const words of [
    "<del>One message per place</del>",
    "<ins>One message for all</ins>",
    "<ins>3 hours</ins>",
    "Number for Granby",
    "override, 413-555-0142: Called by radio",
    "The texts stayed as they were.",
  ])
    expect(shown).toContain(words);
  expect(render(CONTENT, CONTENT)).toContain("Nothing that people write or decide changed.");
});
