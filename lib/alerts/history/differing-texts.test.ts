import { expect, test } from "vitest";
import { type AlertContent, FIRST_ALERT } from "../schema";
import { differingTexts } from "./differing-texts";

const PARTS = { short: "s", long: "l", headline: "h", description: "d", instruction: "i", social: "o", script: "c" };
const TEXTS = {
  place: PARTS,
  noNumber: PARTS,
  county: PARTS,
  restored: PARTS,
  restoredCounty: PARTS,
  joined: PARTS,
  joinedNoNumber: PARTS,
  joinedCounty: PARTS,
  neighbor: PARTS,
  neighborCounty: PARTS,
};
const CONTENT: AlertContent = {
  ...FIRST_ALERT,
  format: "callbox-content-3",
  placeIds: ["granby"],
  grouping: "place",
  validMinutes: 120,
  nextUpdateMinutes: 60,
  texts: { "en-US": TEXTS, "es-US": TEXTS },
  customWording: {},
  numbers: {},
};
const GRANBY = { granby: { "en-US": { short: "mine" } } };
const NAMES: Readonly<Record<string, string>> = { granby: "Granby", "25015": "Hampshire County" };
const differ = (mine: Partial<AlertContent>, theirs: Partial<AlertContent> = {}) =>
  differingTexts({ ...CONTENT, ...mine }, { ...CONTENT, ...theirs }, (id) => NAMES[id] ?? id).map(
    (one) => `${one.label}, ${one.languageName}: ${one.theirs} → ${one.mine}`,
  );

test.each<[string, Partial<AlertContent>, Partial<AlertContent>, string[]]>([
  ["the same", { customWording: GRANBY }, { customWording: structuredClone(GRANBY) }, []],
  [
    "a text of all places",
    { texts: { ...CONTENT.texts, "es-US": { ...TEXTS, place: { ...PARTS, short: "mío" } } } },
    {},
    ["Phone, short, Spanish: s → mío"],
  ],
  [
    "what places with long names read",
    { shorter: { "en-US": { place: { short: { of: "s", wordings: ["y", "z"] } } } } },
    { shorter: { "en-US": { place: { short: { of: "s", wordings: ["y"] } } } } },
    ["Phone, short, where names are long, English: y → y\n\nz"],
  ],
  [
    "one place's own wording, of both",
    { customWording: GRANBY },
    { customWording: { granby: { "en-US": { short: "theirs" } } } },
    ["Granby only: Phone, short, English: theirs → mine"],
  ],
  [
    "one place's own wording, of one of them",
    { customWording: GRANBY },
    {},
    ["Granby only: Phone, short, English: (the common wording) → mine"],
  ],
  [
    "the stations of a county",
    {},
    { customWording: { "eas-25015": { "es-US": { description: "suyo" } } } },
    ["Hampshire County only: Radio and television: what happens, Spanish: suyo → (the common wording)"],
  ],
])("%s", (_, mine, theirs, expected) => expect(differ(mine, theirs)).toEqual(expected));

test("a language that only theirs has differs too", () => {
  expect(differ({ texts: { "en-US": TEXTS } })).toContain("Phone, short, Spanish: s → ");
});

test("slots are shown by what they say, as where a locked sentence is asked back", () => {
  const said = (text: string) => ({
    texts: { ...CONTENT.texts, "en-US": { ...TEXTS, place: { ...PARTS, headline: text } } },
  });
  expect(differ(said("{senderShort}: some calls fail"), said("{senderShort}: 911 fails"))).toEqual([
    expect.stringMatching(/^Headline.*, English: \(.*[a-z]\): 911 fails → \(.*[a-z]\): some calls fail$/),
  ]);
});
