import { z } from "zod";

export const LANGUAGES = ["en-US", "es-US"] as const;
export type Language = (typeof LANGUAGES)[number];
export const LANGUAGE_NAMES: Record<Language, string> = { "en-US": "English", "es-US": "Español" };

/** The texts of an alert. The first five are for one place, the others for one county. */
export const TEXT_KEYS = [
  "short",
  "long",
  "headline",
  "description",
  "instruction",
  "countyShort",
  "countyLong",
  "countyHeadline",
  "countyDescription",
  "countyInstruction",
] as const;
export type TextKey = (typeof TEXT_KEYS)[number];

export const TEXT_LABELS: Record<TextKey, { label: string; limit?: number; hint: string }> = {
  short: { label: "Phone, short", limit: 90, hint: "Old phones and networks show only this." },
  long: { label: "Phone, long", limit: 360, hint: "Most phones." },
  headline: { label: "Headline", limit: 160, hint: "Web pages, aggregators, sign boards." },
  description: { label: "Web page and CAP: what happens", hint: "Also read by aggregators." },
  instruction: { label: "Web page and CAP: what to do", hint: "Also read by aggregators." },
  countyShort: { label: "County, short", limit: 90, hint: "For receivers that know only counties." },
  countyLong: { label: "County, long", limit: 360, hint: "For receivers that know only counties." },
  countyHeadline: { label: "County headline", limit: 160, hint: "For aggregators." },
  countyDescription: {
    label: "Radio and television: what happens",
    hint: "One text per county. Crawled and read aloud.",
  },
  countyInstruction: { label: "Radio and television: what to do", hint: "Follows at once." },
};

export function isCountyText(key: TextKey): boolean {
  return key.startsWith("county");
}

/** A wording in two forms: with a number, and with places to go where there is none. */
const variantsSchema = z.strictObject({ number: z.string().max(4000), places: z.string().max(4000) });
const languageTextsSchema = z.strictObject(
  Object.fromEntries(TEXT_KEYS.map((key) => [key, variantsSchema])) as Record<TextKey, typeof variantsSchema>,
);
export const textsSchema = z.strictObject({ "en-US": languageTextsSchema, "es-US": languageTextsSchema });
export type Texts = z.infer<typeof textsSchema>;
export type Variant = "number" | "places";

/** Phrases a template chooses by what fails. */
const phraseSchema = z.record(z.string(), z.string());
export const templateBodySchema = z.strictObject({
  /** By language, by failure: phrases that replace [[name]] in the frames. */
  phrases: z.record(z.string(), z.record(z.string(), phraseSchema)),
  /** By language, by failure kind ("full" or "other"), by text-to-911 state. */
  texting: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))),
  frames: textsSchema,
});
export type TemplateBody = z.infer<typeof templateBodySchema>;
