"use server";

import { createPublicAction } from "../../../../lib/access/create-action";
import { findSetupLink, setPassword } from "../../../../lib/people/commands/passwords";
import { setPasswordSchema } from "../../../../lib/people/schema";
import { rememberDevice, rememberIntent } from "../../../../lib/people/options";
import { acceptSchema } from "../../../../lib/people/single-sign-on/schema";
import { db } from "../../../../lib/platform/db";
import { refuse, success } from "../../../../lib/platform/result";
import { fingerprint } from "../../../../lib/record/chain";

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

/** Notes, until the browser comes back from a provider, that it went there to accept an invitation. */
export const acceptAction = createPublicAction({
  permission: "public",
  input: acceptSchema,
  run: async ({ input, now }) => {
    const person = await findSetupLink(db(), input.token, now);
    if (!person || person.hasPassword) return refuse("link-ended");
    await rememberIntent(input.provider, { purpose: "accept", link: fingerprint(input.token) }, now);
    return success(null);
  },
});
