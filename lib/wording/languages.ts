import { z } from "zod";
import { COUNTY_KINDS } from "../places/county-kinds";
import { languageSchema } from "../platform/language";
import { siteWordsSchema } from "./site-words";

/**
 * What Callbox must know of a language to write alerts in it. A row of the
 * Language table; another language is another row. Wordings of texts stand in
 * templates, names in the Translation table.
 */

const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text, "iu") instanceof RegExp;
  } catch {
    return false;
  }
}, "This is not a regular expression.");

/** How the wording rules recognize in this language what they ask for. Regular expressions, without regard to case. */
const lexiconSchema = z.strictObject({
  /** W3: that 911 fails. */
  hazard: pattern,
  /** W4: a way to get help that is no number. */
  help: pattern,
  /** W5: a time. */
  time: pattern,
  /** W6: that the number is for when 911 fails. */
  condition: pattern,
  /** W6: that 911 is to be tried first whatever happens. */
  unconditional: pattern,
  /** DIR-006: that people are told to call 911. */
  call911: pattern,
  /** W7: the sentence as Callbox writes it, and how sentences that mean the same are recognized. */
  noTesting: z.string().min(1),
  noTestingLike: pattern.optional(),
});

/**
 * How a county is named: alone, in a sentence, and the last two in parts of it
 * and in a text of 90 characters. {county} is its bare name, {area} the one
 * Americans use, such as Orleans Parish.
 */
const countyWordsSchema = z.strictObject({
  name: z.string(),
  in: z.string(),
  inParts: z.string(),
  short: z.string(),
  shortParts: z.string(),
});
export type CountyWords = z.infer<typeof countyWordsSchema>;

export const languageWordsSchema = z.strictObject({
  code: languageSchema,
  /** In the language itself. */
  name: z.string().min(1),
  direction: z.enum(["ltr", "rtl"]),
  /** Whether phones are sent it: WEA takes English and Spanish only (WEA-009). */
  phones: z.boolean(),
  /** Between the last two of several names. */
  and: z.string(),
  /** A county by its kind, since Baltimore County is not Baltimore City. */
  counties: z.record(z.enum(COUNTY_KINDS), countyWordsSchema),
  /** A place told from another of its name: {place}, and {county} as in a sentence. */
  inCounty: z.string().default("{place}, {county}"),
  /** What every text of an exercise says that it is. */
  exercise: z.string().min(1).default("EXERCISE"),
  /** Where to go when the directory knows no other way to get help. */
  help: z.string(),
  /** The same where texts reach 911, with {help} for where to go. */
  textFirst: z.string().default("text 911 or {help}"),
  /** How officials finish the sentence with another way to get help. */
  helpLead: z.string(),
  /** How people usually finish it, by kind of help option. */
  usualHelp: z.record(z.string(), z.string()),
  /** Behind the name of a place whose outline is a stand-in. */
  approximate: z.string(),
  /** What a phone writes above an alert, by class. */
  phoneLabels: z.strictObject({
    safety: z.string(),
    emergency: z.string(),
    amber: z.string(),
    test: z.string(),
    now: z.string(),
  }),
  /** Usual entries of the directory and how they read. */
  phrases: z.record(z.string(), z.string()),
  /** Without it, the public site has no pages in the language. */
  site: siteWordsSchema.optional(),
  /** Without it, the rules that need it leave the text to a person who reads the language. */
  lexicon: lexiconSchema.optional(),
});
export type LanguageWords = z.infer<typeof languageWordsSchema>;
export type Lexicon = z.infer<typeof lexiconSchema>;

/** A phrase of the directory in a language, or as the directory has it. */
export function translatePhrase(phrase: string, words: LanguageWords): string {
  return Object.hasOwn(words.phrases, phrase) ? (words.phrases[phrase] ?? phrase) : phrase;
}
