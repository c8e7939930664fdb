"use server";

import { z } from "zod";
import { verifyRecord } from "../../lib/audit/verify";
import { createAction } from "../../lib/auth/create-action";
import { db } from "../../lib/platform/db";
import { success } from "../../lib/platform/result";

export const verifyRecordAction = createAction({
  permission: "log:read",
  input: z.strictObject({}),
  run: async ({ now }) => success(await verifyRecord(db(), now)),
});
