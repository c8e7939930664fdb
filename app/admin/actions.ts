"use server";

import { createAction } from "../../lib/access/create-action";
import { changeRole, invitePerson, renewSetupLink, setPersonDisabled } from "../../lib/people/commands/people";
import { changeRoleSchema, invitePersonSchema, personActSchema } from "../../lib/people/schema";
import { setAgencyRule, setClockLimits, setVerificationDays } from "../../lib/directory/commands/agency-rules";
import { agencyRuleSchema, clockLimitsSchema, verificationDaysSchema } from "../../lib/directory/schema";
import { agencyFormSchema, alternatesSchema } from "../../lib/people/agency-schema";
import { setAlternates } from "../../lib/people/commands/alternates";
import { saveAgency } from "../../lib/people/commands/save-agency";
import { db } from "../../lib/platform/db";

export const invitePersonAction = createAction({
  permission: "people:manage",
  input: invitePersonSchema,
  run: ({ actor, input, now }) => invitePerson(db(), actor, input, now),
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
  input: personActSchema,
  run: ({ actor, input, now }) => renewSetupLink(db(), actor, input, now),
});

export const saveAgencyAction = createAction({
  permission: "people:manage",
  input: agencyFormSchema,
  run: ({ actor, input, now }) => saveAgency(db(), actor, input, now),
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
