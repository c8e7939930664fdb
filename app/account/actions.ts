"use server";

import { z } from "zod";
import { changePassword } from "../../lib/people/commands/passwords";
import { signOutElsewhere } from "../../lib/people/commands/sessions";
import { createAction } from "../../lib/access/create-action";
import { changePasswordSchema } from "../../lib/people/schema";
import { db } from "../../lib/platform/db";

export const changePasswordAction = createAction({
  permission: "any",
  input: changePasswordSchema,
  run: ({ actor, input, now }) => changePassword(db(), actor, input, now),
});

export const signOutElsewhereAction = createAction({
  permission: "any",
  input: z.strictObject({}),
  run: ({ actor, now }) => signOutElsewhere(db(), actor, now),
});
