"use server";

import { createAction } from "../../../lib/access/create-action";
import { makeReady, retireReady } from "../../../lib/alerts/ready/commands/make";
import { recheckReady } from "../../../lib/alerts/ready/commands/recheck";
import { makeReadySchema, readyIdSchema } from "../../../lib/alerts/ready/schema";
import { db } from "../../../lib/platform/db";

export const makeReadyAction = createAction({
  permission: "alert:draft",
  input: makeReadySchema,
  run: ({ actor, input, now }) => makeReady(db(), actor, input, now),
});

export const retireReadyAction = createAction({
  permission: "alert:draft",
  input: readyIdSchema,
  run: ({ actor, input, now }) => retireReady(db(), actor, input, now),
});

export const recheckReadyAction = createAction({
  permission: "alert:draft",
  input: readyIdSchema,
  run: ({ actor, input, now }) => recheckReady(db(), actor, input, now),
});
