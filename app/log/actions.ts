"use server";

import { z } from "zod";
import { verifyRecord } from "../../lib/evidence/verify";
import { createAction } from "../../lib/access/create-action";
import { db } from "../../lib/platform/db";
import { success } from "../../lib/platform/result";

export const verifyRecordAction = createAction({
  permission: "log:read",
  input: z.strictObject({}),
  run: async ({ now }) => success(await verifyRecord(db(), now)),
});
