import { z } from "zod";
import { languageSchema } from "../platform/language";
import { type CapInfo, valuesOf } from "../standards/cap/model";
import { fillText, type SlotValues } from "./slots";

/**
 * The registry of texts. A text is for an audience and has a part to play; a
 * language or a further text is a row here or in the database, not a type.
 */

/**
 * Who reads a text: people of a place with a direct number, of one without, of
 * a county through broadcasters; of a place or county where 911 works again; of
 * those that an update is the first alert for; and of those next to an outage.
 */
export const AUDIENCES = [
  "place",
  "noNumber",
  "county",
  "restored",
  "restoredCounty",
  "joined",
  "joinedNoNumber",
  "joinedCounty",
  "neighbor",
  "neighborCounty",
] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Parts of a CAP message, then those that people post and read aloud themselves. */
export const PARTS = ["short", "long", "headline", "description", "instruction", "social", "script"] as const;
export type Part = (typeof PARTS)[number];

/** Where a part stands in a CAP info. */
type CapPath = { parameter: string } | { element: "headline" | "description" | "instruction" };

interface PartSpec {
  /** Missing for a part that no CAP message carries. */
  cap?: CapPath;
  /** In characters as `countCharacters` counts them, with its source. */
  limit?: number;
  source?: string;
}

/** What is the same of a part for every audience. */
export const PART_SPECS: Readonly<Record<Part, PartSpec>> = {
  short: { cap: { parameter: "CMAMtext" }, limit: 90, source: "47 CFR 10.430(a)" },
  long: { cap: { parameter: "CMAMlongtext" }, limit: 360, source: "47 CFR 10.430(b)" },
  headline: { cap: { element: "headline" }, limit: 160, source: "CAP 1.2, 3.2.2 headline" },
  description: { cap: { element: "description" } },
  instruction: { cap: { element: "instruction" } },
  social: { limit: 280, source: "X: 280 characters, a link counts 23; Mastodon takes 500" },
  script: {},
};

/** Whether a part is in the bundle that is approved, and in no CAP message. */
export const isOutsideCap = (part: Part): boolean => PART_SPECS[part].cap === undefined;

const FOR_COUNTIES: ReadonlySet<Audience> = new Set(["county", "restoredCounty", "joinedCounty", "neighborCounty"]);

/** Texts for stations and others that know only counties. */
export const isForCounties = (audience: Audience): boolean => FOR_COUNTIES.has(audience);

export interface TextSpec {
  audience: Audience;
  part: Part;
  label: string;
  hint: string;
}

const COUNTY_ONLY = "For receivers that know only counties.";
const WORKS_AGAIN = "For places where 911 works again.";

const FIRST_ALERT = "For places that joined: their first alert.";
const NEXT_DOOR = "For neighbors of an outage, where 911 works.";

const LABELS: readonly [part: Part, label: string, county: string][] = [
  ["short", "Phone, short", "County, short"],
  ["long", "Phone, long", "County, long"],
  ["headline", "Headline", "County headline"],
  ["description", "Web page and CAP: what happens", "Radio and television: what happens"],
  ["instruction", "Web page and CAP: what to do", "Radio and television: what to do"],
];

const SOCIAL = "For posts on X, Mastodon and others. There is room for the link to the public page.";
const SCRIPT = "The first paragraph can be recorded as it is. The rest is for call-takers.";

/** The two texts of an audience that are in no CAP message. */
const outsideCap = (audience: Audience, kind = ""): TextSpec[] => {
  const [scope, more] = [isForCounties(audience) ? "County, " : "", kind === "" ? "" : `, ${kind}`];
  const name = (words: string) => `${scope ? scope + words.toLowerCase() : words}${more}`;
  return [
    { audience, part: "social", label: name("Social media"), hint: SOCIAL },
    { audience, part: "script", label: name("Script to read aloud"), hint: SCRIPT },
  ];
};

/** The texts of an audience, each labeled with what tells it from those of others. */
const textsOf = (audience: Audience, kind: string, hint: string): TextSpec[] => [
  ...LABELS.map(([part, label, county]) => ({
    audience,
    part,
    label: `${isForCounties(audience) ? county : label}, ${kind}`,
    hint,
  })),
  ...outsideCap(audience, kind),
];

/** Every text of an alert, in the order people write them. */
export const TEXTS: readonly TextSpec[] = [
  { audience: "place", part: "short", label: "Phone, short", hint: "Older phones and networks show only this." },
  { audience: "place", part: "long", label: "Phone, long", hint: "Most phones." },
  { audience: "place", part: "headline", label: "Headline", hint: "Web pages, aggregators, sign boards." },
  {
    audience: "place",
    part: "description",
    label: "Web page and CAP: what happens",
    hint: "Also read by aggregators.",
  },
  { audience: "place", part: "instruction", label: "Web page and CAP: what to do", hint: "Also read by aggregators." },
  ...outsideCap("place"),
  {
    audience: "noNumber",
    part: "short",
    label: "Phone, short, no number",
    hint: "For places without a direct number.",
  },
  { audience: "noNumber", part: "long", label: "Phone, long, no number", hint: "For places without a direct number." },
  { audience: "noNumber", part: "headline", label: "Headline, no number", hint: "For places without a direct number." },
  {
    audience: "noNumber",
    part: "description",
    label: "Web page and CAP, no number: what happens",
    hint: "For places without a direct number.",
  },
  {
    audience: "noNumber",
    part: "instruction",
    label: "Web page and CAP, no number: what to do",
    hint: "For places without a direct number.",
  },
  ...outsideCap("noNumber", "no number"),
  ...textsOf("joined", "first alert", FIRST_ALERT),
  ...textsOf("joinedNoNumber", "first alert, no number", FIRST_ALERT),
  { audience: "restored", part: "short", label: "Phone, short, all-clear", hint: WORKS_AGAIN },
  { audience: "restored", part: "long", label: "Phone, long, all-clear", hint: WORKS_AGAIN },
  { audience: "restored", part: "headline", label: "Headline, all-clear", hint: WORKS_AGAIN },
  {
    audience: "restored",
    part: "description",
    label: "Web page and CAP, all-clear: what happened",
    hint: WORKS_AGAIN,
  },
  { audience: "restored", part: "instruction", label: "Web page and CAP, all-clear: what to do", hint: WORKS_AGAIN },
  ...outsideCap("restored", "all-clear"),
  { audience: "county", part: "short", label: "County, short", hint: COUNTY_ONLY },
  { audience: "county", part: "long", label: "County, long", hint: COUNTY_ONLY },
  { audience: "county", part: "headline", label: "County headline", hint: "For aggregators." },
  {
    audience: "county",
    part: "description",
    label: "Radio and television: what happens",
    hint: "One text per county. Crawled and read aloud.",
  },
  { audience: "county", part: "instruction", label: "Radio and television: what to do", hint: "Follows at once." },
  ...outsideCap("county"),
  { audience: "restoredCounty", part: "short", label: "County, short, all-clear", hint: COUNTY_ONLY },
  { audience: "restoredCounty", part: "long", label: "County, long, all-clear", hint: COUNTY_ONLY },
  { audience: "restoredCounty", part: "headline", label: "County headline, all-clear", hint: "For aggregators." },
  {
    audience: "restoredCounty",
    part: "description",
    label: "Radio and television, all-clear: what happened",
    hint: "One text per county. Crawled and read aloud.",
  },
  {
    audience: "restoredCounty",
    part: "instruction",
    label: "Radio and television, all-clear: what to do",
    hint: "Follows at once.",
  },
  ...outsideCap("restoredCounty", "all-clear"),
  ...textsOf("joinedCounty", "first alert", COUNTY_ONLY),
  ...textsOf("neighbor", "border notice", NEXT_DOOR),
  ...textsOf("neighborCounty", "border notice", COUNTY_ONLY),
];

const textSchema = z.string().max(4000);
/** Texts from before there were posts and scripts have none of them. */
const laterTextSchema = textSchema.default("");

/** The parts of one audience in one language. */
const partsSchema = z.strictObject({
  short: textSchema,
  long: textSchema,
  headline: textSchema,
  description: textSchema,
  instruction: textSchema,
  social: laterTextSchema,
  script: laterTextSchema,
} satisfies Record<Part, z.ZodType<string>>);
export type Parts = z.infer<typeof partsSchema>;

/** What a wording without an all-clear has in its place: nothing that could be sent. */
const NONE: Parts = { short: "", long: "", headline: "", description: "", instruction: "", social: "", script: "" };

/** texts[language][audience][part]: wordings with their slots open. Most have no all-clear. */
export const textsSchema = z.record(
  languageSchema,
  z.strictObject({
    place: partsSchema,
    noNumber: partsSchema,
    county: partsSchema,
    restored: partsSchema.default(NONE),
    restoredCounty: partsSchema.default(NONE),
    joined: partsSchema.default(NONE),
    joinedNoNumber: partsSchema.default(NONE),
    joinedCounty: partsSchema.default(NONE),
    neighbor: partsSchema.default(NONE),
    neighborCounty: partsSchema.default(NONE),
  }),
);
export type Texts = z.infer<typeof textsSchema>;

/** Some parts in some languages: the wording of one place that differs from all others. */
export const customTextsSchema = z.partialRecord(languageSchema, z.partialRecord(z.enum(PARTS), z.string().max(4000)));
export type CustomTexts = z.infer<typeof customTextsSchema>;

/**
 * Shorter wordings of texts, longest first: where names make the usual one too
 * long, the first that fits stands in its place. They count only while the
 * usual wording is the one they were written for.
 */
export const shorterSchema = z.partialRecord(
  languageSchema,
  z.partialRecord(
    z.enum(AUDIENCES),
    z.partialRecord(z.enum(PARTS), z.strictObject({ of: textSchema, wordings: z.array(textSchema).max(8) })),
  ),
);
export type ShorterTexts = z.infer<typeof shorterSchema>;

/** @returns the wordings of a language for an audience; nothing is there for a language the texts do not have */
export function partsOf(texts: Texts, language: string, audience: Audience): Parts | undefined {
  return texts[language]?.[audience];
}

/** The same parts with their slots filled; what has no value stays as it is. */
export function fillParts(parts: Parts, values: SlotValues): Parts {
  return Object.fromEntries(PARTS.map((part) => [part, fillText(parts[part], values)])) as Parts;
}

/** What the parts become in a CAP info: the only place that knows which part goes where. */
export function toCapTexts(parts: Parts): Pick<CapInfo, "headline" | "description" | "instruction" | "parameter"> {
  const texts: Pick<CapInfo, "headline" | "description" | "instruction" | "parameter"> = { parameter: [] };
  for (const part of PARTS) {
    const { cap } = PART_SPECS[part];
    if (cap === undefined) continue;
    if ("parameter" in cap) texts.parameter.push({ valueName: cap.parameter, value: parts[part] });
    else texts[cap.element] = parts[part];
  }
  return texts;
}

/** The parts that a CAP info carries, whoever wrote it. */
export function fromCapInfo(info: CapInfo): Partial<Parts> {
  return Object.fromEntries(
    PARTS.flatMap((part) => {
      const { cap } = PART_SPECS[part];
      if (cap === undefined) return [];
      const text = "parameter" in cap ? valuesOf(info.parameter, cap.parameter)[0] : info[cap.element];
      return text === undefined ? [] : [[part, text]];
    }),
  );
}
