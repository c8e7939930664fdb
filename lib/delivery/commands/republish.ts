import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { MOST_TRIES } from "../../alerts/outbox/mutations";
import type { PrismaClient } from "../../platform/db";
import { addJob } from "../../platform/jobs";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { republishSchema } from "../schema";
import { TRIED } from "../data";
import { findReplaced } from "./deliver";

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
    const given = await transaction.$queryRaw<{ id: string; whole: boolean; underWay: boolean }[]>`
      select d.id, d."messageId" is null as whole, d.id in (${TRIED})
        and d.state in ('stored', 'handed-over') as "underWay"
      from "Delivery" d where d."alertId" = ${alertId} and d."channelId" = ${channelId}
        and d.state in ('stored', 'handed-over', 'failed', 'dropped') order by d.key`;
    const underWay = given.filter((one) => one.underWay).length;
    if (underWay > 0) {
      return refuse(
        "wrong-state",
        `${underWay === 1 ? "1 delivery is" : `${underWay} deliveries are`} still under way. Wait for them to end. Nothing was sent.`,
      );
    }
    const replaced = await findReplaced(
      transaction,
      given.map(({ id }) => id),
    );
    const rows = given.filter(({ id }) => !replaced.has(id));
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
