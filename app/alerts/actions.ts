"use server";

import { republish } from "../../lib/delivery/commands/republish";
import { republishSchema } from "../../lib/delivery/schema";
import { z } from "zod";
import { decideAlert } from "../../lib/alerts/commands/decide";
import { commentOn } from "../../lib/alerts/commands/comment";
import { askEmergency } from "../../lib/alerts/commands/emergency";
import { discardAlert } from "../../lib/alerts/commands/discard";
import { beginFollowUp, followUpSchema } from "../../lib/alerts/commands/follow-up";
import { saveAlert } from "../../lib/alerts/commands/save";
import { refreshAlert } from "../../lib/alerts/commands/refresh";
import { splitAlert } from "../../lib/alerts/commands/split";
import { submitAlert } from "../../lib/alerts/commands/submit";
import { withdrawAlert } from "../../lib/alerts/commands/withdraw";
import { commentSchema, decisionSchema, emergencySchema, saveAlertSchema } from "../../lib/alerts/schema";
import { createAction } from "../../lib/access/create-action";
import { findClockTrouble } from "../../lib/platform/clock";
import { db } from "../../lib/platform/db";
import { refuse } from "../../lib/platform/result";

const withdrawalReason = z
  .string()
  .trim()
  .min(3, "Give the reason. The approver sees it.")
  .max(500, "Use at most 500 characters.");

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

export const withdrawAlertAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ id: z.string(), reason: withdrawalReason }),
  run: ({ actor, input, now }) => withdrawAlert(db(), actor, input, now),
});

export const splitAlertAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({
    id: z.string(),
    version: z.number().int(),
    placeIds: z.array(z.string().max(20)).min(1).max(5000),
  }),
  run: ({ actor, input, now }) => splitAlert(db(), actor, input, now),
});

export const refreshAlertAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ id: z.string(), version: z.number().int(), newest: z.boolean().optional() }),
  run: ({ actor, input, now }) => refreshAlert(db(), actor, input, now),
});

export const beginFollowUpAction = createAction({
  permission: "alert:draft",
  input: followUpSchema,
  run: ({ actor, input, now }) => beginFollowUp(db(), actor, input, now),
});

export const commentAction = createAction({
  permission: "alert:read",
  input: commentSchema,
  run: ({ actor, input, now }) => commentOn(db(), actor, input, now),
});

export const askEmergencyAction = createAction({
  permission: "alert:draft",
  input: emergencySchema,
  run: ({ actor, input, now }) => askEmergency(db(), actor, input, now),
});

// Whoever may read an alert may press the button; the refusal and its record are decideAlert's.
export const decideAlertAction = createAction({
  permission: "alert:read",
  input: decisionSchema,
  run: async ({ actor, input, now }) => {
    const trouble = input.decision === "approve" ? await findClockTrouble(db(), now) : null;
    return trouble === null ? decideAlert(db(), actor, input, now) : refuse("clock", trouble);
  },
});

export const republishAction = createAction({
  permission: "message:export",
  input: republishSchema,
  run: ({ actor, input, now }) => republish(db(), actor, input, now),
});
