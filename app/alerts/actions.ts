"use server";

import { z } from "zod";
import { decideAlert } from "../../lib/alerts/commands/decide";
import { discardAlert } from "../../lib/alerts/commands/discard";
import { prepareCancel } from "../../lib/alerts/commands/cancel";
import { saveAlert } from "../../lib/alerts/commands/save";
import { submitAlert } from "../../lib/alerts/commands/submit";
import { decisionSchema, saveAlertSchema } from "../../lib/alerts/schema";
import { createAction } from "../../lib/access/create-action";
import { db } from "../../lib/platform/db";

export const saveAlertAction = createAction({
  permission: "alert:draft",
  input: saveAlertSchema,
  run: ({ actor, input, now }) => saveAlert(db(), actor, input, now),
});

export const submitAlertAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ id: z.string(), version: z.number().int() }),
  run: ({ actor, input, now }) => submitAlert(db(), actor, input, now),
});

export const discardAlertAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ id: z.string() }),
  run: ({ actor, input, now }) => discardAlert(db(), actor, input, now),
});

export const prepareCancelAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ id: z.string() }),
  run: ({ actor, input, now }) => prepareCancel(db(), actor, input, now),
});

// Whoever may read an alert may press the button; the refusal and its record are decideAlert's.
export const decideAlertAction = createAction({
  permission: "alert:read",
  input: decisionSchema,
  run: ({ actor, input, now }) => decideAlert(db(), actor, input, now),
});
