import fs from "node:fs";
import path from "node:path";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Flowing } from "./flowing";
import { WordDiff } from "./word-diff";

const whole = (number: string) => `<span class="number">${number}</span>`;

test("a number of a text is never broken, where it is read or compared", () => {
  const text = "Call 978-555-0132, or 413-555-0142.";
  expect(renderToStaticMarkup(createElement(Flowing, { text }))).toBe(
    `Call ${whole("978-555-0132")}, or ${whole("413-555-0142")}.`,
  );
  const compared = createElement(WordDiff, { before: "Call 978-555-0132.", after: "Now call 978-555-0132." });
  expect(renderToStaticMarkup(compared)).toContain(whole("978-555-0132"));
});

/** Texts as people receive them stand in elements of this class, wherever the console shows them. */
const RECEIVED = /<(p|div) className="received"[^>]*>([\s\S]*?)<\/\1>/g;

test("every preview of a text keeps its numbers whole", () => {
  const root = path.join(import.meta.dirname, "..");
  const files = fs.readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"));
  const shown = files.flatMap((name) =>
    [...fs.readFileSync(path.join(root, name), "utf8").matchAll(RECEIVED)].map(([, , inner = ""]) => ({ name, inner })),
  );
  expect(shown.length).toBeGreaterThan(8);
  expect(shown.filter(({ inner }) => !/<(?:Flowing|WordDiff)\b/.test(inner))).toEqual([]);
});
