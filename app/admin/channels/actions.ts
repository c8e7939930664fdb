"use server";

import { createAction } from "../../../lib/access/create-action";
import { retireChannel, saveChannel, setChannelState, testChannel } from "../../../lib/delivery/commands/channels";
import { channelActSchema, channelFormSchema, channelStateFormSchema } from "../../../lib/delivery/schema";
import { db } from "../../../lib/platform/db";

export const saveChannelAction = createAction({
  permission: "people:manage",
  input: channelFormSchema,
  run: ({ actor, input, now }) => saveChannel(db(), actor, input, now),
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
