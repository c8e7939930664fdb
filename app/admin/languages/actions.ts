"use server";

import { createAction } from "../../../lib/access/create-action";
import { correctSentence, recordReview, turnLanguage } from "../../../lib/delivery/commands/page-languages";
import { db } from "../../../lib/platform/db";
import { correctSentenceSchema, reviewSchema, turnLanguageSchema } from "../../../lib/wording/pages/page-language";

export const turnLanguageAction = createAction({
  permission: "language:manage",
  input: turnLanguageSchema,
  run: ({ actor, input, now }) => turnLanguage(db(), actor, input, now),
});

export const correctSentenceAction = createAction({
  permission: "language:manage",
  input: correctSentenceSchema,
  run: ({ actor, input, now }) => correctSentence(db(), actor, input, now),
});

export const recordReviewAction = createAction({
  permission: "language:manage",
  input: reviewSchema,
  run: ({ actor, input, now }) => recordReview(db(), actor, input, now),
});
