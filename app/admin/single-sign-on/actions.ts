"use server";

import { createAction } from "../../../lib/access/create-action";
import { afterProof } from "../../../lib/people/sign-in/commands/confirm";
import { givenProof } from "../../../lib/people/sign-in/schema";
import { tryProvider } from "../../../lib/people/single-sign-on/commands/discover";
import { dismissProposal } from "../../../lib/people/single-sign-on/commands/proposals";
import {
  askProvider,
  confirmProvider,
  endProviderAsk,
  findTopAgency,
  NOT_TOP,
  removeProvider,
  saveProvider,
  turnProviderOff,
} from "../../../lib/people/single-sign-on/commands/providers";
import { unlinkPerson } from "../../../lib/people/single-sign-on/commands/unlink";
import {
  confirmProviderSchema,
  listOf,
  proposalActSchema,
  providerActSchema,
  providerFormSchema,
  tryProviderSchema,
  unlinkPersonSchema,
} from "../../../lib/people/single-sign-on/schema";
import { db } from "../../../lib/platform/db";
import { env } from "../../../lib/platform/env";
import { success } from "../../../lib/platform/result";
import { getSite } from "../../../lib/platform/site/data";

export const saveProviderAction = createAction({
  permission: "people:manage",
  input: providerFormSchema.extend(givenProof),
  run: afterProof(async ({ actor, input, now }) => {
    const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
    return saveProvider(db(), { secret, host: new URL(NEXTAUTH_URL).hostname }, actor, input, now);
  }),
});

export const tryProviderAction = createAction({
  permission: "people:manage",
  input: tryProviderSchema,
  run: async ({ actor, input: { allowed, ...input } }) => {
    if ((await findTopAgency(db(), actor)) === null) return NOT_TOP;
    const demonstration = (await getSite()).mode === "demonstration";
    return success({ findings: await tryProvider({ ...input, allowed: listOf(allowed), demonstration }) });
  },
});

export const askProviderAction = createAction({
  permission: "people:manage",
  input: providerActSchema.extend(givenProof),
  run: afterProof(({ actor, input, now }) => askProvider(db(), actor, input, now)),
});

export const confirmProviderAction = createAction({
  permission: "people:manage",
  input: confirmProviderSchema.extend(givenProof),
  run: afterProof(({ actor, input, now }) => confirmProvider(db(), actor, input, now)),
});

export const endProviderAskAction = createAction({
  permission: "people:manage",
  input: providerActSchema,
  run: ({ actor, input, now }) => endProviderAsk(db(), actor, input, now),
});

export const turnProviderOffAction = createAction({
  permission: "people:manage",
  input: providerActSchema,
  run: ({ actor, input, now }) => turnProviderOff(db(), actor, input, now),
});

export const removeProviderAction = createAction({
  permission: "people:manage",
  input: providerActSchema,
  run: ({ actor, input, now }) => removeProvider(db(), actor, input, now),
});

export const dismissProposalAction = createAction({
  permission: "people:manage",
  input: proposalActSchema,
  run: ({ actor, input, now }) => dismissProposal(db(), actor, input, now),
});

export const unlinkPersonAction = createAction({
  permission: "people:manage",
  input: unlinkPersonSchema.extend(givenProof),
  run: afterProof(({ actor, input, now }) => unlinkPerson(db(), actor, input, now)),
});
