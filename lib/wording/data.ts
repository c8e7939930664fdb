import "server-only";
import { z } from "zod";
import { type Actor, can } from "../access/actor";
import { db, type Reader } from "../platform/db";
import { type LanguageWords, languageWordsSchema } from "./languages";
import { MULTILINGUAL_KEY, multilingualBodySchema } from "./multilingual";
import { correctWords, type Corrections, fingerprintOf, type PageLanguage } from "./pages/page-language";
import { PAGE_LANGUAGES } from "./pages/shipped-pages";

/** The languages of the site, the one officials write first. */
export async function listLanguages(client: Reader = db()): Promise<LanguageWords[]> {
  const rows = await client.language.findMany({ orderBy: { position: "asc" } });
  return rows.map(({ words }) => languageWordsSchema.parse(words));
}

/** A language of the public pages as the site has it: its words with the site's corrections, and the review of them. */
export interface PageLanguageRow extends PageLanguage {
  isOn: boolean;
  corrections: Corrections;
  /** Of these words. */
  fingerprint: string;
  /** Null where nobody reviewed the words as they are now. */
  review: { reviewer: string; on: string; what: string; recordedBy: string } | null;
  /** There is a review, of words that have changed since. */
  isReviewVoid: boolean;
}

const correctionsSchema = z.record(z.string(), z.string());

/** Every language a site can turn on for its public pages. */
export async function loadPageLanguages(client: Reader = db()): Promise<PageLanguageRow[]> {
  const rows = await client.pageLanguage.findMany({ include: { recordedBy: { select: { name: true } } } });
  return PAGE_LANGUAGES.map((language) => {
    const row = rows.find(({ code }) => code === language.code);
    const corrections = correctionsSchema.parse(row?.corrections ?? {});
    const words = correctWords(language.words, corrections);
    const fingerprint = fingerprintOf(words);
    const { reviewer, reviewedOn, reviewedWhat, reviewedWords, recordedBy } = row ?? {};
    const review =
      reviewer && reviewedOn && reviewedWhat && reviewedWords === fingerprint
        ? {
            reviewer,
            on: reviewedOn.toISOString().slice(0, 10),
            what: reviewedWhat,
            recordedBy: recordedBy?.name ?? "",
          }
        : null;
    return {
      ...language,
      words,
      isOn: row?.isOn ?? false,
      corrections,
      fingerprint,
      review,
      isReviewVoid: Boolean(reviewer) && !review,
    };
  });
}

/** The same for the page of whoever decides on them. */
export async function listPageLanguages(actor: Actor): Promise<PageLanguageRow[]> {
  return can(actor, "language:manage") ? loadPageLanguages() : [];
}

/** The regulated texts that were loaded last, or null where nobody loaded any. */
export async function getMultilingual(actor: Actor) {
  if (!can(actor, "template:read")) return null;
  const row = await db().template.findFirst({ where: { key: MULTILINGUAL_KEY }, orderBy: { version: "desc" } });
  if (!row) return null;
  const { version, approvedBy, approvedAt } = row;
  return { version, loadedBy: approvedBy, loadedAt: approvedAt.getTime(), ...multilingualBodySchema.parse(row.body) };
}
