"use server";

import { createAction } from "../../../lib/access/create-action";
import { retireChannel, saveChannel, setChannelState, testChannel } from "../../../lib/delivery/commands/channels";
import { askLive, confirmLive, endAsk } from "../../../lib/delivery/commands/go-live";
import {
  channelActSchema,
  channelFormSchema,
  channelStateFormSchema,
  confirmChannelSchema,
  secretsOf,
} from "../../../lib/delivery/schema";
import { afterProof, confirmIdentity } from "../../../lib/people/sign-in/commands/confirm";
import { givenProof } from "../../../lib/people/sign-in/schema";
import { db } from "../../../lib/platform/db";
import { success } from "../../../lib/platform/result";

export const saveChannelAction = createAction({
  permission: "people:manage",
  input: channelFormSchema.extend(givenProof),
  run: async ({ actor, input, now }) => {
    const proof = secretsOf(input) ? await confirmIdentity(db(), actor, input, now) : success(null);
    return proof.ok ? saveChannel(db(), actor, input, now) : proof;
  },
});

export const setChannelStateAction = createAction({
  permission: "people:manage",
  input: channelStateFormSchema,
  run: ({ actor, input, now }) => setChannelState(db(), actor, input, now),
});

export const testChannelAction = createAction({
  permission: "people:manage",
  input: channelActSchema,
  run: ({ actor, input }) => testChannel(db(), actor, input),
});

export const retireChannelAction = createAction({
  permission: "people:manage",
  input: channelActSchema,
  run: ({ actor, input, now }) => retireChannel(db(), actor, input, now),
});

export const askLiveAction = createAction({
  permission: "people:manage",
  input: channelActSchema.extend(givenProof),
  run: afterProof(({ actor, input, now }) => askLive(db(), actor, input, now)),
});

export const confirmLiveAction = createAction({
  permission: "people:manage",
  input: confirmChannelSchema.extend(givenProof),
  run: afterProof(({ actor, input, now }) => confirmLive(db(), actor, input, now)),
});

export const endAskAction = createAction({
  permission: "people:manage",
  input: channelActSchema,
  run: ({ actor, input, now }) => endAsk(db(), actor, input, now),
});
