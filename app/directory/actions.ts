"use server";

import { z } from "zod";
import { agenciesFor } from "../../lib/access/actor";
import { createAction } from "../../lib/access/create-action";
import { recordTestCall } from "../../lib/directory/commands/test-call";
import { reportStatus } from "../../lib/directory/commands/report-status";
import { retirePlace } from "../../lib/directory/commands/retire-place";
import { retireNumber } from "../../lib/directory/commands/retire-number";
import { retireHelpOption, saveHelpOption } from "../../lib/directory/commands/help-option";
import { saveNumber } from "../../lib/directory/commands/save-number";
import { settleConflict } from "../../lib/directory/commands/settle-conflict";
import {
  numberFormSchema,
  recordTestCallSchema,
  reportStatusSchema,
  retireNumberSchema,
  retirePlaceSchema,
  retireHelpOptionSchema,
  helpOptionFormSchema,
  settleConflictSchema,
} from "../../lib/directory/schema";
import { areaFormSchema } from "../../lib/places/area-schema";
import { saveArea } from "../../lib/places/commands/save-area";
import { getImportProgress } from "../../lib/exchange/data";
import { beginImport, dropImport } from "../../lib/exchange/commands/begin";
import { describeFile } from "../../lib/exchange/commands/describe-file";
import { leaveWriting } from "../../lib/exchange/commands/leave";
import { beginImportSchema, describeFileSchema, importIdSchema } from "../../lib/exchange/schema";
import { db } from "../../lib/platform/db";
import { refuse, success } from "../../lib/platform/result";

export const recordTestCallAction = createAction({
  permission: "directory:verify",
  input: recordTestCallSchema,
  run: ({ actor, input, now }) => recordTestCall(db(), actor, input, now),
});

/** Calls that were kept on a phone without a connection, oldest first. Each is taken or refused by itself. */
export const sendKeptCallsAction = createAction({
  permission: "directory:verify",
  input: z.strictObject({ calls: z.array(recordTestCallSchema).max(500) }),
  run: async ({ actor, input, now }) => {
    const refused: { clientKey: string; message: string }[] = [];
    const taken: string[] = [];
    for (const call of input.calls) {
      const result = await recordTestCall(db(), actor, call, now);
      if (result.ok) taken.push(call.clientKey ?? "");
      else refused.push({ clientKey: call.clientKey ?? "", message: result.message });
    }
    return success({ taken, refused });
  },
});

export const saveNumberAction = createAction({
  permission: "directory:edit",
  input: numberFormSchema,
  run: ({ actor, input, now }) => saveNumber(db(), actor, input, now),
});

export const retireNumberAction = createAction({
  permission: "directory:edit",
  input: retireNumberSchema,
  run: ({ actor, input, now }) => retireNumber(db(), actor, input, now),
});

export const retirePlaceAction = createAction({
  permission: "place:import",
  input: retirePlaceSchema,
  run: ({ actor, input, now }) => retirePlace(db(), actor, input, now),
});

export const reportStatusAction = createAction({
  permission: "directory:report",
  input: reportStatusSchema,
  run: ({ actor, input, now }) => reportStatus(db(), actor, input, now),
});

export const saveHelpOptionAction = createAction({
  permission: "directory:edit",
  input: helpOptionFormSchema,
  run: ({ actor, input, now }) => saveHelpOption(db(), actor, input, now),
});

export const retireHelpOptionAction = createAction({
  permission: "directory:edit",
  input: retireHelpOptionSchema,
  run: ({ actor, input, now }) => retireHelpOption(db(), actor, input, now),
});

export const settleConflictAction = createAction({
  permission: "directory:edit",
  input: settleConflictSchema,
  run: ({ actor, input, now }) => settleConflict(db(), actor, input, now),
});

export const describeFileAction = createAction({
  permission: "directory:edit",
  input: describeFileSchema,
  run: ({ actor, input }) => describeFile(db(), actor, Buffer.from(input.head, "base64")),
});

export const beginImportAction = createAction({
  permission: "directory:edit",
  input: beginImportSchema,
  run: async ({ actor, input, now }) => {
    const permission = input.kind === "places" ? "place:import" : "directory:edit";
    const [agencyId] = agenciesFor(actor, permission);
    if (!agencyId) return refuse("not-permitted", "Only an administrator imports places. Nothing was changed.");
    if (input.kind === "places" && !input.mapping) {
      return refuse("invalid", "Nothing was read.", { name: "Choose which property holds the name." });
    }
    return success({ id: await beginImport(db(), { actor, agencyId }, input, now) });
  },
});

export const applyImportAction = createAction({
  permission: "directory:edit",
  input: importIdSchema,
  run: async ({ actor, input }) => {
    if (!(await getImportProgress(actor, input.id))) return refuse("not-found", "There is no such import for you.");
    return leaveWriting(db(), actor, input.id);
  },
});

export const dropImportAction = createAction({
  permission: "directory:edit",
  input: importIdSchema,
  run: async ({ actor, input }) => {
    if (!(await getImportProgress(actor, input.id))) return refuse("not-found", "There is no such import for you.");
    return dropImport(db(), input.id);
  },
});

export const saveAreaAction = createAction({
  permission: "place:import",
  input: areaFormSchema,
  run: ({ actor, input, now }) => saveArea(db(), actor, input, now),
});
