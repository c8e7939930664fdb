import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ChangedNotice } from "./review-notices";

const textOf = (element: React.ReactElement) =>
  renderToStaticMarkup(element)
    .replaceAll("<", " <")
    .replace(/<[^>]+>/g, "")
    .replace(/\s+/g, " ")
    .trim();

test("what changed under an alert is named with its places, and what holds it up with where", () => {
  const why = "It gives out 775-785-9276 now. It gave out 775-334-2121.";
  const notice = createElement(ChangedNotice, {
    since: { code: "content-changed", changes: [{ places: ["Reno", "Sparks"], what: why }] },
    blocking: [
      {
        rule: "DIR-001",
        level: "must",
        verdict: "fail",
        says: "A number that nobody verified is not given out.",
        places: [{ placeId: "e", place: "Ely", audience: "phones", path: "", message: "" }],
      },
    ] as never,
    children: null,
  });
  expect(textOf(notice)).toBe(
    "This alert can’t be approved as it was sent What it is made of changed since. It has to be sent again with what is so now. " +
      `Reno, Sparks: ${why} A number that nobody verified is not given out. Ely.`,
  );
});

test("of many changes the first are said, and how many more there are", () => {
  const changes = Array.from({ length: 11 }, (_, index) => ({ places: [`Place ${index}`], what: `It is ${index}.` }));
  const notice = createElement(ChangedNotice, {
    since: { code: "content-changed", changes },
    blocking: [],
    children: null,
  });
  expect(textOf(notice)).toMatch(/Place 9: It is 9\. and 1 more change$/);
});
