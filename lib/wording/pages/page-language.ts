import { z } from "zod";
import { canonicalJson } from "../../record/canonical-json";
import { fingerprint } from "../../record/chain";
import { siteWordsSchema } from "../site-words";

/**
 * A language that public pages are made in though no alert is written in it. Its
 * pages say the facts of an alert in words that are always the same, and quote the
 * approved texts in the languages they were approved in. Pure.
 */

const sentence = z.string().trim().min(1).max(500);

export const pageWordsSchema = z.strictObject({
  /** That nobody fluent has reviewed the translation yet. */
  notice: sentence,
  /** Above the approved texts, which stand in other languages. */
  official: sentence,
  site: siteWordsSchema,
});
export type PageWords = z.infer<typeof pageWordsSchema>;

/** The notice for whoever reads no such language. */
export const NOTICE_IN_ENGLISH = "This translation has not yet been reviewed by a fluent speaker.";

export interface PageLanguage {
  code: string;
  /** In the language itself. */
  name: string;
  english: string;
  direction: "ltr" | "rtl";
  words: PageWords;
}

/** Sentences that a site words otherwise than Callbox does, by name. */
export type Corrections = Readonly<Record<string, string>>;

/** Every sentence of a language by its name, such as failure.full. */
export function sentencesOf({ site, ...own }: PageWords): [name: string, sentence: string][] {
  const { failure, ...rest } = site;
  return [
    ...Object.entries(failure).map(([name, text]): [string, string] => [`failure.${name}`, text]),
    ...Object.entries(rest),
    ...Object.entries(own),
  ];
}

/** The words of a language with the corrections of a site. Names that are gone are passed over. */
export function correctWords(words: PageWords, corrections: Corrections): PageWords {
  const given = new Map(Object.entries(corrections));
  const put = <Part extends Readonly<Record<string, string>>>(part: Part, lead = ""): Part =>
    Object.fromEntries(Object.entries(part).map(([name, text]) => [name, given.get(lead + name) ?? text])) as Part;
  const { failure, ...rest } = words.site;
  return {
    notice: given.get("notice") ?? words.notice,
    official: given.get("official") ?? words.official,
    site: { ...put(rest), failure: put(failure, "failure.") },
  };
}

/** What a review is bound to: other words, another fingerprint, and the review no longer counts. */
export const fingerprintOf = (words: PageWords): string => fingerprint(canonicalJson(sentencesOf(words)));

const marksOf = (text: string) => [...text.matchAll(/\{\w+\}|\b[79]11\b/g)].map(([mark]) => mark).sort();

/**
 * Why a sentence cannot stand for another one: it must have the same gaps, or a
 * page would lack its number or its time, and the same numbers to dial.
 * @returns null where it can
 */
export function findLostMark(before: string, after: string): string | null {
  const [had, has] = [marksOf(before), marksOf(after)];
  const lost = had.filter((mark) => !has.includes(mark));
  if (lost.length > 0) return `Keep ${lost.join(", ")} in the sentence.`;
  const added = has.filter((mark) => !had.includes(mark));
  return added.length > 0 ? `Leave out ${added.join(", ")}: nothing fills it here.` : null;
}

export const turnLanguageSchema = z.strictObject({ code: z.string().max(20), isOn: z.boolean() });

export const correctSentenceSchema = z.strictObject({
  code: z.string().max(20),
  name: z.string().max(40),
  sentence: z.string().trim().min(1, "Write the sentence.").max(500, "Use at most 500 characters."),
});

export const reviewSchema = z.strictObject({
  code: z.string().max(20),
  /** Fingerprint of the words that were on the page the reviewer read. */
  words: z.string().max(64),
  reviewer: z.string().trim().min(3, "Give the reviewer’s full name.").max(120, "Use at most 120 characters."),
  reviewedOn: z.iso.date("Give the day of the review."),
  what: z.string().trim().min(10, "Say what was reviewed, such as: every sentence on this page.").max(500),
});
