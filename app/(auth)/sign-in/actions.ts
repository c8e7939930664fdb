"use server";

import { z } from "zod";
import { cookies } from "next/headers";
import { createPublicAction } from "../../../lib/access/create-action";
import { readSessionId } from "../../../lib/access/session-cookie";
import { readDevice, rememberDevice } from "../../../lib/people/options";
import { offerPasskeys } from "../../../lib/people/sign-in/commands/passkey";
import { proveCode } from "../../../lib/people/sign-in/commands/totp";
import { loadSecondStep } from "../../../lib/people/sign-in/data";
import { secondStepSchema } from "../../../lib/people/sign-in/schema";
import { db } from "../../../lib/platform/db";
import { env } from "../../../lib/platform/env";
import { refuse, success } from "../../../lib/platform/result";

/** What a browser asks its passkeys with. It says nothing of anybody, and writes nothing. */
export const offerSignInAction = createPublicAction({
  permission: "public",
  input: z.strictObject({}),
  run: async ({ now }) => {
    const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL: url } = env();
    return success(await offerPasskeys(db(), { secret, url, name: "Callbox" }, null, now));
  },
});

/** The code after the password. */
export const proveCodeAction = createPublicAction({
  permission: "public",
  input: secondStepSchema,
  run: async ({ input, now }) => {
    const sessionId = await readSessionId(await cookies());
    if (!sessionId) return refuse("signed-out", "This took too long. Sign in with your password again.");
    const device = await readDevice();
    const result = await proveCode(db(), env().NEXTAUTH_SECRET, { sessionId, device, code: input.code }, now);
    if (!result.ok) return result;
    await rememberDevice(result.value.personId);
    return success(null);
  },
});

/** What is asked after the password, of whoever just gave it. */
export const askSecondStepAction = createPublicAction({
  permission: "public",
  input: z.strictObject({}),
  run: async ({ now }) => {
    const sessionId = await readSessionId(await cookies());
    return success(sessionId ? await loadSecondStep(env().NEXTAUTH_SECRET, sessionId, now) : null);
  },
});
