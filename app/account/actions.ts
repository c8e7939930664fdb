"use server";

import { z } from "zod";
import { createAction } from "../../lib/access/create-action";
import { changePassword } from "../../lib/people/commands/passwords";
import { endSession, signOutElsewhere } from "../../lib/people/commands/sessions";
import { changePasswordSchema } from "../../lib/people/schema";
import { afterProof, confirmIdentity } from "../../lib/people/sign-in/commands/confirm";
import {
  addPasskey,
  beginApp,
  confirmApp,
  removeFactor,
  renewRecoveryCodes,
} from "../../lib/people/sign-in/commands/enroll";
import { confirmByPasskey, offerPasskeys, offerRegistration } from "../../lib/people/sign-in/commands/passkey";
import { rememberIntent } from "../../lib/people/options";
import { unlinkSignIn } from "../../lib/people/single-sign-on/commands/unlink";
import { linkSchema, unlinkSchema } from "../../lib/people/single-sign-on/schema";
import {
  addPasskeySchema,
  givenProof,
  passkeyAnswerSchema,
  proofSchema,
  secondStepSchema,
} from "../../lib/people/sign-in/schema";
import { db } from "../../lib/platform/db";
import { env } from "../../lib/platform/env";
import { success } from "../../lib/platform/result";

const nothing = z.strictObject({});
const site = async () => {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL: url } = env();
  return { secret, url, name: "Callbox" };
};

export const changePasswordAction = createAction({
  permission: "any",
  input: changePasswordSchema,
  run: ({ actor, input, now }) => changePassword(db(), actor, input, now),
});

export const signOutElsewhereAction = createAction({
  permission: "any",
  input: z.strictObject(givenProof),
  run: afterProof(({ actor, now }) => signOutElsewhere(db(), actor, now)),
});

export const endSessionAction = createAction({
  permission: "any",
  input: z.strictObject({ id: z.string().max(100), ...givenProof }),
  run: afterProof(({ actor, input, now }) => endSession(db(), actor, { id: input.id }, now)),
});

export const confirmIdentityAction = createAction({
  permission: "any",
  input: proofSchema,
  run: ({ actor, input, now }) => confirmIdentity(db(), actor, input, now),
});

export const offerConfirmationAction = createAction({
  permission: "any",
  input: nothing,
  run: async ({ actor, now }) => success(await offerPasskeys(db(), await site(), actor, now)),
});

export const confirmByPasskeyAction = createAction({
  permission: "any",
  input: z.strictObject({ answer: passkeyAnswerSchema }),
  run: async ({ actor, input, now }) => confirmByPasskey(db(), await site(), actor, input.answer, now),
});

export const beginAppAction = createAction({
  permission: "enrolling",
  input: nothing,
  run: async ({ actor, now }) => beginApp(db(), env().NEXTAUTH_SECRET, actor, "Callbox", now),
});

export const confirmAppAction = createAction({
  permission: "enrolling",
  input: secondStepSchema,
  run: ({ actor, input, now }) => confirmApp(db(), env().NEXTAUTH_SECRET, actor, input.code, now),
});

export const offerRegistrationAction = createAction({
  permission: "enrolling",
  input: nothing,
  run: async ({ actor, now }) => success(await offerRegistration(db(), await site(), actor, now)),
});

export const addPasskeyAction = createAction({
  permission: "enrolling",
  input: addPasskeySchema,
  run: async ({ actor, input, now }) => addPasskey(db(), await site(), actor, input, now),
});

export const removeFactorAction = createAction({
  permission: "any",
  input: z.strictObject({ passkeyId: z.string().max(1400).nullable() }),
  run: ({ actor, input, now }) => removeFactor(db(), actor, input, now),
});

export const renewRecoveryCodesAction = createAction({
  permission: "any",
  input: nothing,
  run: ({ actor, now }) => renewRecoveryCodes(db(), env().NEXTAUTH_SECRET, actor, now),
});

/** Proof of who asks, then a note, until the browser comes back from the provider, that it went there to link it. */
export const beginLinkAction = createAction({
  permission: "any",
  input: linkSchema.extend(givenProof),
  run: afterProof(async ({ actor, input, now }) => {
    await rememberIntent(input.provider, { purpose: "link", session: actor.sessionKey }, now);
    return success(null);
  }),
});

export const unlinkAction = createAction({
  permission: "any",
  input: unlinkSchema.extend(givenProof),
  run: afterProof(({ actor, input, now }) => unlinkSignIn(db(), actor, input, now)),
});
