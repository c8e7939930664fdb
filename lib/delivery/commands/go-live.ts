import "server-only";
import type { z } from "zod";
import type { Actor } from "../../access/actor";
import { REQUEST_MS } from "../../people/grants/schema";
import { REQUEST_ENDED } from "../../people/grants/words";
import type { PrismaClient } from "../../platform/db";
import { type Refusal, refuse, type Result } from "../../platform/result";
import type { channelActSchema, confirmChannelSchema } from "../schema";
import { actOnChannel, type ChannelAct, type OwnChannel } from "./channels";

/**
 * A channel goes live by two people: one administrator asks, another confirms
 * what was asked for. A trigger of the database holds the same.
 */

const LIVE_ALREADY = refuse("wrong-state", "This channel is live already. Nothing was changed.");

/** Asks for a channel to go live. Nothing goes to it that did not before. */
export async function askLive(
  client: PrismaClient,
  by: Actor,
  { id }: z.output<typeof channelActSchema>,
  now: Date,
): Promise<Result<null>> {
  const ask = (channel: OwnChannel, actor: Actor): ChannelAct | Refusal => {
    if (channel.state === "live") return LIVE_ALREADY;
    if (channel.askedBy && channel.askedAt && channel.askedAt.getTime() + REQUEST_MS > now.getTime()) {
      return refuse("wrong-state", `${channel.askedBy} asked for this already. Nothing was changed.`);
    }
    return {
      change: { askedById: actor.personId, askedBy: actor.name, askedAt: now },
      action: "channel.asked",
      summary: `Asked for the channel “${channel.name}” to go live.`,
    };
  };
  return actOnChannel(client, by, id, now, ask, { opens: true });
}

/**
 * Turns a channel live that another administrator asked for.
 * @param input.askedAt when it was asked for what the page shows: a later change is another request
 */
export async function confirmLive(
  client: PrismaClient,
  by: Actor,
  { id, askedAt }: z.output<typeof confirmChannelSchema>,
  now: Date,
): Promise<Result<null>> {
  const confirm = (channel: OwnChannel, actor: Actor): ChannelAct | Refusal => {
    if (channel.state === "live") return LIVE_ALREADY;
    if (!channel.askedAt || channel.askedAt.getTime() !== askedAt) {
      return refuse(
        "wrong-state",
        "This request was taken back, or the channel was changed since. Load the page again. Nothing was changed.",
      );
    }
    if (channel.askedById === actor.personId) {
      return refuse(
        "own-request",
        "You asked for this channel to go live, so another administrator confirms it. Nothing was changed.",
      );
    }
    if (channel.askedAt.getTime() + REQUEST_MS <= now.getTime()) return refuse("gone", REQUEST_ENDED);
    return {
      change: {
        state: "live",
        failures: 0,
        pausedUntil: null,
        confirmedById: actor.personId,
        confirmedBy: actor.name,
        confirmedAt: now,
      },
      action: "channel.turned",
      summary: `Turned the channel “${channel.name}” to: live. ${channel.askedBy} asked for it.`,
      data: { before: channel.state, after: "live", askedById: channel.askedById },
    };
  };
  return actOnChannel(client, by, id, now, confirm, { opens: true });
}

/** Takes a request back, or turns down another's. The channel stays as it is. */
export async function endAsk(
  client: PrismaClient,
  by: Actor,
  { id }: z.output<typeof channelActSchema>,
  now: Date,
): Promise<Result<null>> {
  return actOnChannel(client, by, id, now, (channel, actor) => {
    if (channel.state === "live" || !channel.askedBy) {
      return refuse("wrong-state", "Nobody is asking for this any more. Nothing was changed.");
    }
    return {
      change: { askedById: null, askedBy: null, askedAt: null },
      action: "channel.ask-ended",
      summary:
        channel.askedById === actor.personId
          ? `Took back the request for the channel “${channel.name}” to go live.`
          : `Turned down ${channel.askedBy}’s request for the channel “${channel.name}” to go live.`,
    };
  });
}
