import { z } from "zod";
import { languageSchema } from "../platform/language";

/**
 * Regulated texts in many languages, such as the FCC's template for 911
 * outages (DA 25-12). None is shipped: an administrator loads them from a file,
 * and they are kept as the file has them, each character of it. Pure.
 */

/** Texts of one file. A row of the Template table with a key of its own; a newer file is a new version. */
export const MULTILINGUAL_KEY = "multilingual";

/** More is no text for phones in any of the languages (47 CFR 10.430), nor one that anybody could read. */
const MOST_CHARACTERS = 2000;
const MOST_TEXTS = 60;

/** Control characters but line ends; marks that say in which direction a text runs are part of it. */
const CONTROL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/;

const textSchema = z
  .string()
  .min(1, "The text is empty.")
  .max(MOST_CHARACTERS, `The text has more than ${MOST_CHARACTERS} characters.`)
  .refine((text) => text.trim() !== "", "The text is empty.")
  .refine((text) => !CONTROL.test(text), "The text holds a character that cannot be read.");

export const multilingualTextSchema = z.strictObject({
  language: languageSchema,
  /** Of the language, in its own words. */
  name: z.string().max(80).default(""),
  text: textSchema,
  /** What goes with it, such as where the video in American Sign Language is. */
  note: z.string().max(2000).default(""),
});
export type MultilingualText = z.infer<typeof multilingualTextSchema>;

export const multilingualBodySchema = z.strictObject({
  format: z.literal("callbox-multilingual-1"),
  /** The document the texts are from, as whoever loaded them named it. */
  source: z
    .string()
    .trim()
    .min(3, "Say which document the texts are from, with --source.")
    .max(300, "Name the source in at most 300 characters."),
  file: z.strictObject({ name: z.string(), sha256: z.string() }),
  texts: z
    .array(multilingualTextSchema)
    .min(1, "The file has no texts.")
    .max(MOST_TEXTS, `The file has more than ${MOST_TEXTS} texts.`),
});
export type MultilingualBody = z.infer<typeof multilingualBodySchema>;

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = /^(ar|fa|he|ps|ur|yi)(-|$)/;
export const directionOf = (language: string): "ltr" | "rtl" => (RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr");

/** What a text leaves open, as it is written: [agency], {location}, <URL>. */
export function fieldsOf(text: string): string[] {
  return [...new Set(text.match(/\[[^\]\n]{1,60}\]|\{[^}\n]{1,60}\}|<[^>\n]{1,60}>/g) ?? [])].sort();
}

/** What is worth knowing of a set of texts before they are used; none of it is a reason to refuse them. */
export function describeTexts(texts: readonly MultilingualText[]): string[] {
  const english = texts.find(({ language }) => language.startsWith("en"));
  const wanted = english && fieldsOf(english.text).length;
  return [
    ...(english ? [] : ["There is no English text, which is shown after each of the others (FR 2026-00960)."]),
    ...texts.flatMap(({ language, text }) => {
      const count = fieldsOf(text).length;
      return wanted === undefined || count === wanted
        ? []
        : [`${language} has ${count} open fields, English ${wanted}.`];
    }),
  ];
}
