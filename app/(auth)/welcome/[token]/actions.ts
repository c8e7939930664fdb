"use server";

import { createPublicAction } from "../../../../lib/access/create-action";
import { setPassword } from "../../../../lib/people/commands/passwords";
import { setPasswordSchema } from "../../../../lib/people/schema";
import { db } from "../../../../lib/platform/db";

export const setPasswordAction = createPublicAction({
  permission: "public",
  input: setPasswordSchema,
  run: ({ input, now }) => setPassword(db(), input, now),
});
