import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { type AlertContent, FIRST_ALERT } from "../../lib/alerts/schema";
import { CollisionNotice } from "./collision";

const CONTENT: AlertContent = {
  ...FIRST_ALERT,
  format: "callbox-content-3",
  placeIds: ["granby"],
  grouping: "place",
  validMinutes: 120,
  nextUpdateMinutes: 60,
  texts: {},
  customWording: {},
  numbers: {},
};

test("two who saved at once see what each decided, where no text differs", () => {
  const numbers = { granby: { choice: "no-number" as const, reason: "Nobody answered" } };
  const shown = renderToStaticMarkup(
    createElement(CollisionNotice, {
      theirs: {
        version: 3,
        by: "Ruth Adeyemi",
        ownName: false,
        title: "911 outage",
        content: { ...CONTENT, numbers },
        submitted: false,
      },
      mine: { title: "911 outage", content: { ...CONTENT, grouping: "county" } },
      names: { place: () => "Granby", number: () => "413-555-0142" },
      onKeepTheirs: () => undefined,
      onKeepMine: () => undefined,
    }),
  );
  for (const words of [
    '<th scope="col">Ruth Adeyemi</th>',
    "<del>One message per place</del>",
    "<ins>One message per county</ins>",
    "Number for Granby",
    "<del>no number: Nobody answered</del>",
    "<ins>no decision</ins>",
    "The texts are the same.",
  ])
    expect(shown).toContain(words);
});
