import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { Prisma, PrismaClient, Transaction } from "../../platform/db";
import { addJob, SITE_QUEUE } from "../../platform/jobs";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { AuditAction } from "../../record/schema";
import { loadPageLanguages, type PageLanguageRow } from "../../wording/data";
import {
  type correctSentenceSchema,
  findLostMark,
  type reviewSchema,
  sentencesOf,
  type turnLanguageSchema,
} from "../../wording/pages/page-language";
import { PAGE_LANGUAGES } from "../../wording/pages/shipped-pages";

/** Turns languages of the public pages on and off, corrects their words, and records who reviewed them. */

const NOT_YOURS = refuse(
  "not-permitted",
  "The public site is everybody’s. An administrator of the agency at the top decides on its languages. Nothing was changed.",
);

interface Change {
  data: Prisma.PageLanguageUncheckedUpdateInput & { code?: never };
  action: AuditAction;
  summary: string;
  details: Prisma.InputJsonObject;
}

/** One change of one language, by someone who may, with its entry and the pages written anew. */
async function change(
  client: PrismaClient,
  by: Actor,
  code: string,
  now: Date,
  decide: (language: PageLanguageRow, actor: Actor) => Change | Result<null>,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const top = await findTop(transaction, actor);
    if (top === null) return NOT_YOURS;
    if (!PAGE_LANGUAGES.some((one) => one.code === code))
      return refuse("not-found", "Callbox has no such language. Nothing was changed.");
    await transaction.pageLanguage.createMany({ data: [{ code, changedAt: now }], skipDuplicates: true });
    // Two people at once take turns, so that a review is of the words it says it is of.
    await transaction.$queryRaw`select code from "PageLanguage" where code = ${code} for update`;
    const language = (await loadPageLanguages(transaction)).find((one) => one.code === code);
    if (!language) return refuse("not-found", "Callbox has no such language. Nothing was changed.");
    const made = decide(language, actor);
    if ("ok" in made) return made;
    await transaction.pageLanguage.update({ where: { code }, data: { ...made.data, changedAt: now } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: top,
        action: made.action,
        subject: { type: "page-language", id: code },
        summary: made.summary,
        data: made.details,
      },
      now,
    );
    await addJob(transaction, "write-site", {}, { key: `write-site for ${code}`, queue: SITE_QUEUE });
    return success(null);
  });
}

/** The agency at the top of its tree that a person may decide for; null where there is none. */
async function findTop(transaction: Transaction, actor: Actor): Promise<string | null> {
  const tops = await transaction.agency.findMany({ where: { parentId: null }, orderBy: { id: "asc" } });
  return tops.find(({ id }) => can(actor, "language:manage", id))?.id ?? null;
}

/** Turns a language on or off for every public page. */
export const turnLanguage = (
  client: PrismaClient,
  by: Actor,
  { code, isOn }: z.output<typeof turnLanguageSchema>,
  now: Date,
) =>
  change(client, by, code, now, ({ english, review, fingerprint }) => ({
    data: { isOn },
    action: "language.turned",
    summary: isOn
      ? `Turned ${english} on for the public site${review ? "" : ", not yet reviewed by a fluent speaker"}.`
      : `Turned ${english} off for the public site.`,
    details: { isOn, words: fingerprint },
  }));

/** Words one sentence otherwise. A review that there was is of other words from then on. */
export const correctSentence = (
  client: PrismaClient,
  by: Actor,
  { code, name, sentence }: z.output<typeof correctSentenceSchema>,
  now: Date,
) =>
  change(client, by, code, now, ({ english, words, corrections, review }) => {
    const before = new Map(sentencesOf(words)).get(name);
    if (before === undefined) return refuse("not-found", "There is no such sentence. Nothing was changed.");
    const lost = findLostMark(before, sentence);
    if (lost) return refuse("invalid", "Check the marked field. Nothing was changed.", { sentence: lost });
    if (before === sentence) return refuse("invalid", "The sentence is the same as before. Nothing was changed.");
    return {
      data: { corrections: { ...corrections, [name]: sentence } },
      action: "language.corrected",
      summary: `Changed a sentence of ${english} on the public site${review ? `; the review by ${review.reviewer} no longer counts` : ""}.`,
      details: { name, before, after: sentence },
    };
  });

/** Records that a fluent speaker reviewed the words as they are. */
export const recordReview = (
  client: PrismaClient,
  by: Actor,
  { code, words, reviewer, reviewedOn, what }: z.output<typeof reviewSchema>,
  now: Date,
) =>
  change(client, by, code, now, ({ english, fingerprint }, actor) => {
    if (words !== fingerprint) {
      return refuse(
        "wrong-state",
        "The words have changed since this page was opened. Load it again and have them read. Nothing was changed.",
      );
    }
    // Guam is ten hours ahead of UTC.
    if (Date.parse(reviewedOn) > now.getTime() + 12 * 3_600_000)
      return refuse("invalid", "Check the marked field. Nothing was changed.", {
        reviewedOn: "Give a day that is not in the future.",
      });
    return {
      data: {
        reviewer,
        reviewedOn: new Date(reviewedOn),
        reviewedWhat: what,
        reviewedWords: fingerprint,
        recordedById: actor.personId,
      },
      action: "language.reviewed",
      summary: `Recorded that ${reviewer} reviewed the ${english} of the public site on ${reviewedOn}.`,
      details: { reviewer, reviewedOn, what, words: fingerprint },
    };
  });
