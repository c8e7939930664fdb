import { describe, expect, test } from "vitest";
import type { PressSheet, PressText } from "../../press/schema";
import { type Letter, TOLD_IN_FULL, writeHtml, writeText } from "./letter";

/** What newsrooms read of one place, of many, in an exercise, and where a name could be taken for HTML. */

const textFor = (place: string, more: Partial<PressText> = {}): PressText => ({
  language: "en-US",
  name: "English",
  direction: "ltr",
  post: "",
  script: "",
  headline: `911 is not working in ${place}`,
  body: "Since 4 AM.\n\nCall the number.",
  call: "In an emergency call",
  validUntil: "Valid until 6 AM.",
  mode: null,
  ended: null,
  sender: "State 911",
  url: null,
  page: "",
  notice: null,
  translated: false,
  prints: true,
  ...more,
});
const spanish: Partial<PressText> = { language: "es-US", headline: "El 911 no funciona", call: "Llame al" };
const chinese: Partial<PressText> = { language: "zh", headline: "911 无法使用", translated: true };

function letterFor(places: readonly string[], more: Partial<Letter> = {}): Letter {
  const numberOf = (index: number) => (index === 1 ? [] : [`413-555-${1000 + index}`]);
  const sheet = (place: string, index: number): PressSheet => ({
    of: place,
    kind: "place",
    place,
    numbers: numberOf(index),
    ending: null,
    newerId: null,
    texts: [textFor(place), textFor(place, spanish), textFor(place, chinese)],
    rows: [],
  });
  return {
    agency: "State 911",
    title: "911 is not working",
    exercise: false,
    demonstration: false,
    page: "https://911.example.gov/alerts/A",
    told: {
      whole: {
        ...sheet("", 0),
        kind: "whole",
        texts: [textFor("Massachusetts")],
        rows: places.map((place, index) => ({
          place,
          numbers: numberOf(index),
          ending: null,
          instead: { "en-US": "Where to go" },
        })),
      },
      places: places.map(sheet),
    },
    names: places,
    attached: "The messages are attached.",
    ...more,
  };
}
const WRITTEN = [
  ["text", writeText],
  ["HTML", writeHtml],
] as const;
const many = Array.from({ length: TOLD_IN_FULL + 1 }, (_, index) => `Town ${index}`);

describe.each(WRITTEN)("as %s", (_, write) => {
  test("a place has its number, its validity and the approved words in every language they were approved in", () => {
    const letter = write(letterFor(["Granby"]));
    for (const said of [
      "911 is not working in Granby",
      "El 911 no funciona",
      "In an emergency call 413-555-1000",
      "Llame al 413-555-1000",
      "Valid until 6 AM.",
      "Call the number.",
    ])
      expect(letter).toContain(said);
    expect(letter).not.toMatch(/911 无法使用|EXERCISE|DEMONSTRATION/);
  });

  test("many places are a table, each with its number or what to do without one, and until when", () => {
    const letter = write(letterFor(many)).replace(/<[^>]+>/g, "|");
    expect(letter).toMatch(/Town 0\W+413-555-1000\W+Valid until 6 AM/);
    expect(letter).toMatch(/Town 1\W+Where to go\W+Valid until 6 AM/);
    expect(letter).toContain("Town 10");
    expect(letter).not.toContain("Call the number.");
  });

  test("an exercise and a demonstration say so first", () => {
    const exercise = write(letterFor(["Granby"], { exercise: true, page: null }));
    expect(exercise.indexOf("EXERCISE. This is an exercise.")).toBeGreaterThanOrEqual(0);
    expect(exercise.indexOf("EXERCISE.")).toBeLessThan(exercise.indexOf("Granby"));
    expect(exercise).not.toContain("What people read");
    expect(write(letterFor(many, { demonstration: true }))).toContain("DEMONSTRATION. This is not a real outage.");
  });

  test("what was approved before there were texts has its places", () => {
    expect(write(letterFor(["Granby"], { told: null }))).toContain("Granby");
  });
});

test("nothing in the HTML has to be fetched, and no name becomes part of it", () => {
  for (const places of [["<img src=x>"], [...many, "<img src=x>"]]) {
    const html = writeHtml(letterFor(places, { title: "<script>1</script>", agency: `"&'` }));
    expect(html).not.toMatch(/<(?:img|script|link|style|iframe)\b|src="|url\(|@import/i);
    expect(html).toContain("&lt;img src=x&gt;");
    expect(html).toContain("&lt;script&gt;");
  }
});
