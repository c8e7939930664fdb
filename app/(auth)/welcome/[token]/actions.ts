"use server";

import { createPublicAction } from "../../../../lib/access/create-action";
import { setPassword } from "../../../../lib/people/commands/passwords";
import { setPasswordSchema } from "../../../../lib/people/schema";
import { rememberDevice } from "../../../../lib/people/options";
import { db } from "../../../../lib/platform/db";
import { success } from "../../../../lib/platform/result";

export const setPasswordAction = createPublicAction({
  permission: "public",
  input: setPasswordSchema,
  run: async ({ input, now }) => {
    const result = await setPassword(db(), input, now);
    // The browser in which the link was opened is known from now on.
    if (result.ok) await rememberDevice(result.value.personId);
    return result.ok ? success({ email: result.value.email }) : result;
  },
});
