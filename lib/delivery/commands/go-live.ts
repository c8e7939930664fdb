import "server-only";
import type { z } from "zod";
import type { Actor } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { channelActSchema, confirmChannelSchema } from "../schema";
import { lockOwn, NOT_YOURS } from "./channels";

/**
 * A channel goes live by two people: one administrator asks, another confirms
 * what was asked for. A trigger of the database holds the same.
 */

/** Asks for a channel to go live. Nothing goes to it that did not before. */
export async function askLive(
  client: PrismaClient,
  by: Actor,
  { id }: z.output<typeof channelActSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const channel = await lockOwn(transaction, actor, id);
    if (!channel) return NOT_YOURS;
    if (channel.state === "live") return refuse("wrong-state", "This channel is live already. Nothing was changed.");
    if (channel.askedBy) {
      return refuse("wrong-state", `${channel.askedBy} asked for this already. Nothing was changed.`);
    }
    await transaction.channel.update({
      where: { id },
      data: { askedById: actor.personId, askedBy: actor.name, askedAt: now },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: channel.agencyId,
        action: "channel.asked",
        subject: { type: "channel", id },
        summary: `Asked for the channel “${channel.name}” to go live.`,
      },
      now,
    );
    return success(null);
  });
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
  return changeAs(client, by, async (transaction, actor) => {
    const channel = await lockOwn(transaction, actor, id);
    if (!channel) return NOT_YOURS;
    if (channel.state === "live") return refuse("wrong-state", "This channel is live already. Nothing was changed.");
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
    await transaction.channel.update({
      where: { id },
      data: {
        state: "live",
        failures: 0,
        pausedUntil: null,
        confirmedById: actor.personId,
        confirmedBy: actor.name,
        confirmedAt: now,
      },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: channel.agencyId,
        action: "channel.turned",
        subject: { type: "channel", id },
        summary: `Turned the channel “${channel.name}” to: live. ${channel.askedBy} asked for it.`,
        data: { before: channel.state, after: "live", askedById: channel.askedById },
      },
      now,
    );
    return success(null);
  });
}

/** Takes a request back, or turns down another's. The channel stays as it is. */
export async function endAsk(
  client: PrismaClient,
  by: Actor,
  { id }: z.output<typeof channelActSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const channel = await lockOwn(transaction, actor, id);
    if (!channel) return NOT_YOURS;
    if (channel.state === "live" || !channel.askedBy) {
      return refuse("wrong-state", "Nobody is asking for this any more. Nothing was changed.");
    }
    const own = channel.askedById === actor.personId;
    await transaction.channel.update({ where: { id }, data: { askedById: null, askedBy: null, askedAt: null } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: channel.agencyId,
        action: "channel.ask-ended",
        subject: { type: "channel", id },
        summary: own
          ? `Took back the request for the channel “${channel.name}” to go live.`
          : `Turned down ${channel.askedBy}’s request for the channel “${channel.name}” to go live.`,
      },
      now,
    );
    return success(null);
  });
}
