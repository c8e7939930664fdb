"use server";

import { createAction } from "../../lib/access/create-action";
import { askAccess } from "../../lib/people/grants/commands/ask";
import { decideAccess } from "../../lib/people/grants/commands/decide";
import { askAccessSchema, decideAccessSchema } from "../../lib/people/grants/schema";
import { endAccess } from "../../lib/people/commands/leave";
import { mailSetupLink } from "../../lib/people/commands/mail-link";
import { reviewAccess } from "../../lib/people/review/commands/review-access";
import { afterProof, confirmIdentity } from "../../lib/people/sign-in/commands/confirm";
import { changeRole, invitePerson, renewSetupLink, setPersonDisabled } from "../../lib/people/commands/people";
import { changeRoleSchema, invitePersonSchema, personActSchema, provenPersonActSchema } from "../../lib/people/schema";
import { setAgencyRule, setClockLimits, setVerificationDays } from "../../lib/directory/commands/agency-rules";
import { agencyRuleSchema, clockLimitsSchema, verificationDaysSchema } from "../../lib/directory/schema";
import { agencyFormSchema, allowanceSchema, alternatesSchema, factorRuleSchema } from "../../lib/people/agency-schema";
import { setAlternates } from "../../lib/people/commands/alternates";
import { saveAgency } from "../../lib/people/commands/save-agency";
import { setAllowance } from "../../lib/people/commands/set-allowance";
import { setFactorRule } from "../../lib/people/commands/set-factor-rule";
import { z } from "zod";
import { db } from "../../lib/platform/db";
import { env, mailSettings } from "../../lib/platform/env";
import { success } from "../../lib/platform/result";

export const invitePersonAction = createAction({
  permission: "people:manage",
  input: invitePersonSchema,
  run: async ({ actor, input, now }) => {
    const made = await invitePerson(db(), actor, input, now);
    if (!made.ok) return made;
    const mailed = await mailSetupLink(db(), mailSettings(), env().NEXTAUTH_URL, { ...made.value, renewed: false });
    return success({ token: made.value.token, waiting: made.value.waiting, mailed });
  },
});

export const changeRoleAction = createAction({
  permission: "people:manage",
  input: changeRoleSchema,
  run: ({ actor, input, now }) => changeRole(db(), actor, input, now),
});

export const disablePersonAction = createAction({
  permission: "people:manage",
  input: personActSchema,
  run: ({ actor, input, now }) => setPersonDisabled(db(), actor, { ...input, disabled: true }, now),
});

export const enablePersonAction = createAction({
  permission: "people:manage",
  input: personActSchema,
  run: ({ actor, input, now }) => setPersonDisabled(db(), actor, { ...input, disabled: false }, now),
});

export const renewSetupLinkAction = createAction({
  permission: "people:manage",
  input: provenPersonActSchema,
  run: afterProof(async ({ actor, input, now }) => {
    const made = await renewSetupLink(db(), actor, { personId: input.personId }, now);
    if (!made.ok) return made;
    const link = { personId: input.personId, token: made.value.token, renewed: true };
    return success({ ...made.value, mailed: await mailSetupLink(db(), mailSettings(), env().NEXTAUTH_URL, link) });
  }),
});

export const saveAgencyAction = createAction({
  permission: "people:manage",
  input: agencyFormSchema,
  run: ({ actor, input, now }) => saveAgency(db(), actor, input, now),
});

export const setAllowanceAction = createAction({
  permission: "people:manage",
  input: allowanceSchema,
  run: async ({ actor, input, now }) => {
    // Withholding takes none; allowing more is refused without.
    const proof = input.password || input.code ? await confirmIdentity(db(), actor, input, now) : success(null);
    return proof.ok ? setAllowance(db(), actor, input, now) : proof;
  },
});

export const setFactorRuleAction = createAction({
  permission: "people:manage",
  input: factorRuleSchema,
  run: afterProof(({ actor, input, now }) => setFactorRule(db(), actor, input, now)),
});

export const setVerificationDaysAction = createAction({
  permission: "people:manage",
  input: verificationDaysSchema,
  run: ({ actor, input, now }) => setVerificationDays(db(), actor, input, now),
});

export const setAgencyRuleAction = createAction({
  permission: "people:manage",
  input: agencyRuleSchema,
  run: ({ actor, input, now }) => setAgencyRule(db(), actor, input, now),
});

export const setClockLimitsAction = createAction({
  permission: "people:manage",
  input: clockLimitsSchema,
  run: ({ actor, input, now }) => setClockLimits(db(), actor, input, now),
});

export const setAlternatesAction = createAction({
  permission: "people:manage",
  input: alternatesSchema,
  run: ({ actor, input, now }) => setAlternates(db(), actor, input, now),
});

export const askAccessAction = createAction({
  permission: "people:manage",
  input: askAccessSchema,
  run: afterProof(({ actor, input, now }) => askAccess(db(), actor, input, now)),
});

export const decideAccessAction = createAction({
  permission: "people:manage",
  input: decideAccessSchema,
  run: async ({ actor, input, now }) => {
    const proof = input.decision === "confirm" ? await confirmIdentity(db(), actor, input, now) : success(null);
    return proof.ok ? decideAccess(db(), actor, input, now) : proof;
  },
});

export const endAccessAction = createAction({
  permission: "people:manage",
  input: provenPersonActSchema,
  run: afterProof(({ actor, input, now }) => endAccess(db(), actor, { personId: input.personId }, now)),
});

export const reviewAccessAction = createAction({
  permission: "people:manage",
  input: z.strictObject({ shown: z.string().regex(/^[0-9a-f]{64}$/) }),
  run: ({ actor, input, now }) => reviewAccess(db(), actor, input, now),
});
