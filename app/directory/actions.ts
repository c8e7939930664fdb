"use server";

import { createAction } from "../../lib/auth/create-action";
import { recordTestCall } from "../../lib/directory/mutations";
import { recordTestCallSchema } from "../../lib/directory/schema";
import { db } from "../../lib/platform/db";

export const recordTestCallAction = createAction({
  permission: "directory:verify",
  input: recordTestCallSchema,
  run: ({ actor, input, now }) => recordTestCall(db(), actor, input, now),
});
