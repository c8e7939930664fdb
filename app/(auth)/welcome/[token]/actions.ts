"use server";

import { createPublicAction } from "../../../../lib/auth/create-action";
import { setPassword } from "../../../../lib/auth/commands/passwords";
import { setPasswordSchema } from "../../../../lib/auth/schema";
import { db } from "../../../../lib/platform/db";

export const setPasswordAction = createPublicAction({
  permission: "public",
  input: setPasswordSchema,
  run: ({ input, now }) => setPassword(db(), input, now),
});
