import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { listSubjects } from "../comments";
import { readContent, type commentSchema } from "../schema";
import { lockAlert } from "../lifecycle/transition";
import { NOT_FOUND } from "../refusals";

/** Keeps what an author or approver says about a text, while the alert has not gone out. It decides nothing. */
export async function commentOn(
  client: PrismaClient,
  by: Actor,
  { id, about, text }: z.infer<typeof commentSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, id);
    const row = await transaction.alert.findUnique({ where: { id } });
    if (!row || !(can(actor, "alert:approve", row.agencyId) || can(actor, "alert:draft", row.agencyId)))
      return NOT_FOUND;
    if (row.state !== "draft" && row.state !== "submitted") return refuse("wrong-state");
    const subject = listSubjects(Object.keys(readContent(row.content).texts)).find((one) => one.about === about);
    if (!subject) return refuse("gone");
    const { id: commentId } = await transaction.alertComment.create({
      data: { alertId: id, version: row.version, about, text, byId: actor.personId, by: actor.name, at: now },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.commented",
        subject: { type: "alert", id },
        incidentId: row.incidentId,
        summary: `Commented on “${row.title}” (${subject.label}): ${text}`,
        data: { about, version: row.version },
        touched: { comment: [commentId] },
      },
      now,
    );
    return success(null);
  });
}
