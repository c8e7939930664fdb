import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { MOST_TRIES } from "../../alerts/outbox/mutations";
import { type Prisma, type PrismaClient, type Transaction } from "../../platform/db";
import { env, mailSettings, publicUrl } from "../../platform/env";
import { addJob } from "../../platform/jobs";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { seal, unseal } from "../../record/site-secret";
import { type Receipt } from "../channel";
import { kindOf } from "../channels/kinds";
import {
  type channelActSchema,
  CHANNEL_KINDS,
  CHANNEL_STATES,
  type channelFormSchema,
  type channelStateFormSchema,
  type republishSchema,
  MISSING_SECRETS,
  secretsOf,
  settingsOf,
} from "../schema";

/** Sets channels up, turns them on and off, tries them, and publishes again what a channel did not take. */

const NOT_YOURS = refuse("not-permitted", "This channel is not one you administer. Nothing was changed.");
/** A test waits no longer for the other side, in milliseconds. */
const TEST_MS = 10_000;

async function findOwn(client: Pick<PrismaClient, "channel"> | Transaction, actor: Actor, id: string) {
  const channel = await client.channel.findFirst({ where: { id, retiredAt: null } });
  return channel?.agencyId && can(actor, "people:manage", channel.agencyId) ? channel : null;
}

/** What zod found wrong, by the field of the form. */
function problemsOf(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0] ?? "name"), message]));
}

/** Makes a channel, turned off, or changes one. A secret that is left empty stays as it is. */
export async function saveChannel(
  client: PrismaClient,
  by: Actor,
  input: z.output<typeof channelFormSchema>,
  now: Date,
): Promise<Result<{ id: string }>> {
  const kind = kindOf(input.kind);
  if (!kind) return refuse("invalid", "There is no such kind of channel. Nothing was changed.");
  const settings = kind.settings.safeParse(settingsOf(input));
  if (!settings.success)
    return refuse("invalid", "Check the marked fields. Nothing was changed.", problemsOf(settings.error.issues));
  const given = secretsOf(input);
  const secrets = given ? kind.secrets.safeParse(given) : null;
  if (secrets && !secrets.success)
    return refuse("invalid", "Check the marked fields. Nothing was changed.", problemsOf(secrets.error.issues));
  return changeAs(client, by, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) return NOT_YOURS;
    const before = input.id ? await findOwn(transaction, actor, input.id) : null;
    if (input.id && (!before || before.kind !== input.kind)) return NOT_YOURS;
    const missing = MISSING_SECRETS.get(input.kind);
    if (missing && !secrets && !before?.secrets) {
      return refuse("invalid", "Check the marked fields. Nothing was changed.", missing);
    }
    const id = before?.id ?? crypto.randomUUID();
    const data = {
      name: input.name,
      settings: settings.data as Prisma.InputJsonObject,
      ...(secrets?.success
        ? { secrets: seal(env().NEXTAUTH_SECRET, `channel ${id}`, JSON.stringify(secrets.data)) }
        : {}),
    };
    if (before) await transaction.channel.update({ where: { id }, data });
    else {
      await transaction.channel.create({
        data: {
          ...data,
          id,
          kind: input.kind,
          agencyId: input.agencyId,
          state: "off",
          whole: kind.whole,
          createdAt: now,
        },
      });
    }
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: before ? "channel.changed" : "channel.added",
        subject: { type: "channel", id },
        summary: `${before ? "Changed" : "Made"} the channel “${input.name}” (${CHANNEL_KINDS[input.kind].label})${secrets ? ", with a new secret" : ""}.`,
        data: { kind: input.kind, settings: settings.data as Prisma.InputJsonObject },
      },
      now,
    );
    return success({ id });
  });
}

/** Turns a channel live, to exercises, or off. What waits for it is not sent once it is off. */
export async function setChannelState(
  client: PrismaClient,
  by: Actor,
  { id, state }: z.output<typeof channelStateFormSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const channel = await findOwn(transaction, actor, id);
    if (!channel) return NOT_YOURS;
    await transaction.channel.update({ where: { id }, data: { state, failures: 0, pausedUntil: null } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: channel.agencyId,
        action: "channel.turned",
        subject: { type: "channel", id },
        summary: `Turned the channel “${channel.name}” to: ${CHANNEL_STATES[state].toLowerCase()}.`,
        data: { before: channel.state, after: state },
      },
      now,
    );
    return success(null);
  });
}

/** Takes a channel away. What went to it stays on record. */
export async function retireChannel(
  client: PrismaClient,
  by: Actor,
  { id }: z.output<typeof channelActSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const channel = await findOwn(transaction, actor, id);
    if (!channel) return NOT_YOURS;
    await transaction.channel.update({ where: { id }, data: { retiredAt: now, state: "off", secrets: null } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: channel.agencyId,
        action: "channel.removed",
        subject: { type: "channel", id },
        summary: `Removed the channel “${channel.name}”.`,
      },
      now,
    );
    return success(null);
  });
}

/** Asks the other side of a channel whether it is there. No message is sent. @returns what came back */
export async function testChannel(
  client: PrismaClient,
  actor: Actor,
  { id }: z.output<typeof channelActSchema>,
): Promise<Result<Receipt>> {
  const channel = await findOwn(client, actor, id);
  const kind = channel && kindOf(channel.kind);
  if (!channel || !kind) return NOT_YOURS;
  try {
    const secrets = channel.secrets
      ? (JSON.parse(unseal(env().NEXTAUTH_SECRET, `channel ${id}`, channel.secrets)) as unknown)
      : {};
    return success(
      await kind.test(kind.settings.parse(channel.settings), kind.secrets.parse(secrets), {
        signal: AbortSignal.timeout(TEST_MS),
        mail: mailSettings(),
        demonstration: (await client.site.findUniqueOrThrow({ where: { id: 1 } })).mode !== "real",
        publicUrl: publicUrl(),
      }),
    );
  } catch (error) {
    const why =
      error instanceof Error
        ? error.name === "TimeoutError"
          ? "No answer in ten seconds."
          : error.message
        : "unknown";
    return refuse("failed", `The other side could not be reached: ${why}`);
  }
}

/**
 * Publishes to a channel again what it did not take: the same stored bytes under
 * the same keys. Refused while a try is under way, and for what is no longer in force.
 */
export async function republish(
  client: PrismaClient,
  by: Actor,
  { channelId, alertId }: z.output<typeof republishSchema>,
  now: Date,
): Promise<Result<{ count: number }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const alert = await transaction.alert.findUnique({ where: { id: alertId } });
    const channel = await transaction.channel.findFirst({ where: { id: channelId, retiredAt: null } });
    if (!alert || !channel || !can(actor, "message:export", alert.agencyId)) {
      return refuse("not-found", "There is no such alert or channel.");
    }
    if (alert.state !== "published" || (alert.expiresAt ?? now) <= now) {
      return refuse("wrong-state", "This alert is no longer in force, so it is not published again. Nothing was sent.");
    }
    await transaction.$queryRaw`select id from "Channel" where id = ${channelId} for update`;
    const underWay = await transaction.delivery.count({
      where: { alertId, channelId, state: { in: ["stored", "handed-over"] } },
    });
    if (underWay > 0) {
      return refuse(
        "wrong-state",
        `${underWay === 1 ? "1 delivery is" : `${underWay} deliveries are`} still under way. Wait for them to end. Nothing was sent.`,
      );
    }
    const rows = await transaction.$queryRaw<{ id: string; whole: boolean }[]>`
      select d.id, d."messageId" is null as whole from "Delivery" d
      where d."alertId" = ${alertId} and d."channelId" = ${channelId} and d.state in ('failed', 'dropped')
        and not exists (select 1 from "MessageReference" r where r."earlierId" = d."messageId") order by d.key`;
    if (rows.length === 0)
      return refuse("wrong-state", "Everything was taken, or was replaced since. Nothing was sent.");
    await transaction.delivery.updateMany({
      where: { id: { in: rows.map(({ id }) => id) } },
      data: { state: "stored", attempts: 0, problem: null, doneAt: null },
    });
    await transaction.channel.update({ where: { id: channelId }, data: { failures: 0, pausedUntil: null } });
    for (const { id, whole } of rows) {
      await addJob(
        transaction,
        "deliver",
        { id },
        { key: `deliver ${id}`, queue: `${channelId}:${whole ? "0" : "again"}`, attempts: MOST_TRIES },
      );
    }
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: alert.agencyId,
        incidentId: alert.incidentId,
        action: "alert.republished",
        subject: { type: "alert", id: alertId },
        summary: `Published “${alert.title}” again to “${channel.name}”: ${rows.length === 1 ? "1 delivery" : `${rows.length} deliveries`}.`,
        data: { channelId, count: rows.length },
      },
      now,
    );
    return success({ count: rows.length });
  });
}
