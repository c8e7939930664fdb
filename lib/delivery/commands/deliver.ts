import "server-only";
import { MOST_TRIES } from "../../alerts/outbox/mutations";
import { inTransaction, type PrismaClient, type Transaction } from "../../platform/db";
import { addJob } from "../../platform/jobs";
import { unseal } from "../../record/site-secret";
import {
  channelSecretOf,
  cut,
  type LiveDelivery,
  type ExerciseDelivery,
  type Receipt,
  type Surroundings,
} from "../channel";
import { Refused } from "../../platform/outbound/address";
import { kindOf } from "../channels/kinds";
import { describeFileTrouble } from "../../platform/file-trouble";
import { log } from "../../platform/log";
import { loadTold } from "../press/data";

/**
 * Hands one delivery to its channel, once more. Every try is a row that is kept
 * before anything is sent; what the other side counts by is the same each time,
 * so that a process which dies in between loses nothing and doubles nothing.
 */

/** A channel that fails so often in a row is left alone for a while. */
export const FAILURES_TO_PAUSE = 5;
const LONGEST_PAUSE_MS = 300_000;
/** One try takes no longer, in milliseconds. */
const PATIENCE_MS = 30_000;
/** Pauses between tries: three seconds, then twice as long each time, at most half an hour. */
export const pauseAfter = (tries: number): number => Math.min(3000 * 2 ** (tries - 1), 1_800_000);

export interface Post extends Omit<Surroundings, "now" | "signal" | "demonstration" | "handedOver"> {
  /** The secret of the site, for those of channels. */
  secret: string;
  patienceMs?: number;
}

async function load(client: PrismaClient, id: string) {
  return client.delivery.findUnique({
    where: { id },
    include: {
      channel: true,
      alert: {
        select: {
          id: true,
          code: true,
          title: true,
          expiresAt: true,
          agency: { select: { name: true } },
          incident: { select: { mode: true } },
        },
      },
    },
  });
}

type Loaded = NonNullable<Awaited<ReturnType<typeof load>>>;

/** Messages of a delivery with their stored bytes: one, or all of its alert. */
async function loadMessages(client: PrismaClient, { messageId, alertId }: Loaded, bytes: boolean) {
  const rows = await client.message.findMany({
    where: { ...(messageId ? { id: messageId } : { alertId }), xml: { not: null } },
    select: {
      identifier: true,
      msgType: true,
      sent: true,
      sha256: true,
      xml: bytes,
      place: { select: { name: true } },
    },
    orderBy: { identifier: "asc" },
  });
  return rows.flatMap(({ identifier, msgType, sent, sha256, xml, place }) =>
    sent && sha256 ? [{ identifier, msgType, sent, sha256, xml: xml ?? new Uint8Array(), places: [place.name] }] : [],
  );
}

/** Whether something that this message, or a message of this alert, refers to is still on its way to the same channel. */
async function waitsForEarlier(client: PrismaClient, { messageId, alertId, channelId }: Loaded): Promise<boolean> {
  const rows = messageId
    ? await client.$queryRaw<{ id: string }[]>`
        select d.id from "MessageReference" r join "Delivery" d on d."messageId" = r."earlierId" and d."channelId" = ${channelId}
        where r."messageId" = ${messageId} and d.state in ('stored', 'handed-over') limit 1`
    : await client.$queryRaw<{ id: string }[]>`
        select d.id from "Delivery" d where d."channelId" = ${channelId} and d."messageId" is null
          and d."alertId" <> ${alertId} and d.state in ('stored', 'handed-over') and exists (
            select 1 from "Message" m join "MessageReference" r on r."messageId" = m.id join "Message" e on e.id = r."earlierId"
            where m."alertId" = ${alertId} and e."alertId" = d."alertId")`;
  if (messageId) return rows.length > 0;
  // What is replaced altogether is not waited for: it is not sent any more.
  const replaced = await findReplaced(
    client,
    rows.map(({ id }) => id),
  );
  return rows.some(({ id }) => !replaced.has(id));
}

/**
 * Of these deliveries, those that must not be sent any more, since a later message speaks for them: of one
 * message, when that was replaced; of a whole alert, when all its messages were, or when what replaced some of
 * them reached the same channel already.
 */
export async function findReplaced(
  client: PrismaClient | Transaction,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await client.$queryRaw<{ id: string }[]>`
    with of as (
      select d.id, d."channelId", m.id as "messageId", array_remove(array_agg(later."alertId"), null) as later
      from "Delivery" d join "Message" m on (m.id = d."messageId" or (d."messageId" is null and m."alertId" = d."alertId"))
      left join "MessageReference" r on r."earlierId" = m.id
      left join "Message" later on later.id = r."messageId" and later.xml is not null
      where d.id = any(${[...ids]}) and m.xml is not null group by d.id, m.id)
    select id from of group by id, "channelId"
    having bool_and(cardinality(later) > 0) or bool_or(exists (
      select 1 from "Delivery" other where other."channelId" = of."channelId" and other."messageId" is null
        and other."alertId" = any(of.later) and other.state in ('handed-over', 'accepted', 'confirmed')))`;
  return new Set(rows.map(({ id }) => id));
}

/** Whether a kind sends an alert out, which cannot be taken back; the public site is written from what is so at the moment. */
const sendsOut = ({ whole, bytes }: NonNullable<ReturnType<typeof kindOf>>): boolean => !whole || bytes;

/** Lays it by until then. The try does not count. */
async function later(client: PrismaClient, { id, messageId, channelId }: Loaded, runAt: Date): Promise<void> {
  // What takes an alert as a whole is done one at a time, the public site before all.
  const queue = `${channelId}:${messageId ? "again" : "0"}`;
  await inTransaction(client, (transaction) =>
    addJob(transaction, "deliver", { id }, { runAt, key: `deliver ${id}`, attempts: MOST_TRIES, queue }),
  );
}

/** The bytes have left us; what the other side makes of them is not known yet. */
async function handOver(client: PrismaClient, { id }: Loaded): Promise<void> {
  await client.delivery.updateMany({ where: { id, state: "stored" }, data: { state: "handed-over" } });
}

async function drop(client: PrismaClient, { id }: Loaded, problem: string, now: Date): Promise<void> {
  await client.delivery.updateMany({
    where: { id, state: { in: ["stored", "handed-over"] } },
    data: { state: "dropped", problem, doneAt: now },
  });
}

/** @returns what became of it, for a test */
export async function deliver(client: PrismaClient, id: string, post: Post, now = new Date()): Promise<string> {
  const delivery = await load(client, id);
  if (!delivery || !["stored", "handed-over"].includes(delivery.state)) return "done before";
  const { channel, alert } = delivery;
  const kind = kindOf(channel.kind);
  if (!kind || channel.retiredAt) {
    await drop(client, delivery, "The channel is no longer there.", now);
    return "dropped";
  }
  if (channel.state !== alert.incident.mode) {
    await drop(
      client,
      delivery,
      channel.state === "off" ? "The channel was turned off." : "The channel is for other alerts now.",
      now,
    );
    return "dropped";
  }
  if (sendsOut(kind) && alert.expiresAt && alert.expiresAt <= now) {
    await drop(client, delivery, "The alert ended before it could be delivered.", now);
    return "dropped";
  }
  if (sendsOut(kind) && !delivery.messageId && (await findReplaced(client, [id])).has(id)) {
    await drop(client, delivery, "A later alert replaced it before it could be delivered.", now);
    return "dropped";
  }
  if (channel.pausedUntil && channel.pausedUntil > now) {
    await later(client, delivery, channel.pausedUntil);
    return "paused";
  }
  if (sendsOut(kind) && (await waitsForEarlier(client, delivery))) {
    await later(client, delivery, new Date(now.getTime() + 1000));
    return "waits for an earlier message";
  }
  return tryOnce(client, delivery, kind, post, now);
}

async function tryOnce(
  client: PrismaClient,
  delivery: Loaded,
  kind: NonNullable<ReturnType<typeof kindOf>>,
  post: Post,
  now: Date,
): Promise<string> {
  const { channel, alert } = delivery;
  const number = delivery.attempts + 1;
  const messages = await loadMessages(client, delivery, kind.bytes);
  const earlier = await client.attempt.findFirst({
    where: { deliveryId: delivery.id, outcome: "refused" },
    orderBy: { number: "desc" },
    select: { answer: true },
  });
  const refusedBefore = earlier?.answer ?? null;
  const attempt = await client.$transaction(async (transaction) => {
    // What a process that died began is on record as such.
    await transaction.attempt.updateMany({
      where: { deliveryId: delivery.id, endedAt: null },
      data: { endedAt: now, outcome: "failed", answer: "The worker ended before an answer came." },
    });
    await transaction.delivery.update({ where: { id: delivery.id }, data: { attempts: number } });
    return transaction.attempt.create({
      data: {
        deliveryId: delivery.id,
        number,
        startedAt: now,
        outcome: "under-way",
        sent: `${messages.length} messages to ${channel.name}`,
        answer: "",
      },
    });
  });
  const told =
    kind.whole && kind.bytes ? await loadTold(client, { alertId: alert.id, url: post.publicUrl }, now) : null;
  const given = {
    told,
    key: delivery.key,
    alert: { id: alert.id, code: alert.code, title: alert.title, agency: alert.agency.name },
    messages,
    refusedBefore,
  };
  const outgoing: LiveDelivery | ExerciseDelivery =
    alert.incident.mode === "live" ? { mode: "live", ...given } : { mode: "exercise", ...given };
  let handing: Promise<unknown> | undefined;
  /** On record before what comes back of it can be: no step of the ladder is skipped, and one that dies here is seen. */
  const handedOver = () => {
    handing ??= handOver(client, delivery);
    // Waited for below, whatever the channel says.
    handing.catch(() => undefined);
  };
  let receipt: Receipt;
  try {
    const settings = kind.settings.parse(channel.settings);
    const secrets = kind.secrets.parse(
      channel.secrets ? JSON.parse(unseal(post.secret, channelSecretOf(channel.id), channel.secrets)) : {},
    );
    receipt = await kind.deliver(outgoing, settings, secrets, {
      now,
      signal: AbortSignal.timeout(post.patienceMs ?? PATIENCE_MS),
      mail: post.mail,
      demonstration: (await client.site.findUniqueOrThrow({ where: { id: 1 } })).mode !== "real",
      handedOver,
      writeSite: post.writeSite,
      publicUrl: post.publicUrl,
    });
  } catch (error) {
    await handing;
    return failed(client, delivery, attempt.id, number, error, new Date());
  }
  await handing;
  const ended = new Date();
  const done = receipt.state !== "handed-over";
  const { partly } = receipt;
  const over = partly !== undefined || (!done && number >= MOST_TRIES);
  const state = over ? "failed" : receipt.state;
  await client.$transaction([
    client.attempt.update({
      where: { id: attempt.id },
      data: {
        endedAt: ended,
        outcome: partly === undefined ? receipt.state : "refused",
        answer: cut(`${receipt.sent}: ${partly ?? receipt.answer}`),
      },
    }),
    client.delivery.update({
      where: { id: delivery.id },
      data: {
        state,
        problem: done && !over ? null : cut(partly ?? receipt.answer),
        doneAt: done || over ? ended : null,
      },
    }),
    client.channel.update({
      where: { id: channel.id },
      // What nobody could read back did not succeed. No pause for it: what is new is still handed over at once.
      data: done ? { failures: 0, pausedUntil: null, succeededAt: ended } : { failures: { increment: 1 } },
    }),
  ]);
  // Handed over is not read back: it is looked at again, until it is or was tried often enough.
  if (!done && !over) await later(client, delivery, new Date(ended.getTime() + pauseAfter(number)));
  return state;
}

async function failed(
  client: PrismaClient,
  delivery: Loaded,
  attemptId: string,
  number: number,
  error: unknown,
  now: Date,
): Promise<string> {
  const refused = error instanceof Refused || (error instanceof Error && error.cause instanceof Refused);
  const problem = cut(
    describeFileTrouble(error) ??
      (error instanceof Error ? (error.name === "TimeoutError" ? "No answer in time." : error.message) : "unknown"),
  );
  const over = refused || number >= MOST_TRIES;
  const outcome = await client.$transaction(async (transaction) => {
    await transaction.attempt.update({
      where: { id: attemptId },
      data: { endedAt: now, outcome: refused ? "refused" : "failed", answer: problem },
    });
    const { failures } = await transaction.channel.update({
      where: { id: delivery.channelId },
      data: { failures: { increment: 1 } },
    });
    if (failures >= FAILURES_TO_PAUSE) {
      const pause = Math.min(5000 * 2 ** (failures - FAILURES_TO_PAUSE), LONGEST_PAUSE_MS);
      await transaction.channel.update({
        where: { id: delivery.channelId },
        data: { pausedUntil: new Date(now.getTime() + pause) },
      });
    }
    await transaction.delivery.update({
      where: { id: delivery.id },
      // What was handed over in this try was not taken, so it waits as it did before.
      data: { problem, ...(over ? { state: "failed", doneAt: now } : { state: delivery.state }) },
    });
    return over ? "failed" : "again";
  });
  log.warn({ message: "A delivery was not taken", channel: delivery.channel.name, attempt: number, problem });
  if (!over) await later(client, delivery, new Date(now.getTime() + pauseAfter(number)));
  return outcome;
}
