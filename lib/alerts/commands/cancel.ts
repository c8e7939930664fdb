import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { Prisma, PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { templateBodySchema } from "../../wording/schema";
import { buildBundle } from "../content";
import { loadAlert } from "../data";
import { NOT_FOUND, REFUSALS } from "../refusals";
import type { AlertContent } from "../schema";
import { contribute, createMessages, mintCode, UPDATE_MINUTES } from "./draft";

/** Drafts the cancellation of a published alert. What it refers to is derived, never typed. */
export async function prepareCancel(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const loaded = await loadAlert(transaction, input.id);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row, content, facts } = loaded;
    if (row.state !== "published" || row.kind !== "outage") return refuse("wrong-state", REFUSALS["wrong-state"](row));
    if (row.expiresAt && row.expiresAt <= now) {
      return refuse("expired", "This alert ended by itself, so there is nothing to cancel.");
    }
    const open = await transaction.alert.findFirst({ where: { cancelsId: row.id, state: { not: "rejected" } } });
    if (open) return success({ id: open.id });
    const template = await transaction.template.findFirst({
      where: { key: "withdrawal" },
      orderBy: { version: "desc" },
    });
    if (!template)
      return refuse("no-template", "No approved template for a withdrawal exists. Ask your administrator.");
    const body = templateBodySchema.parse(template.body);
    // It must be on the air at least as long as what it takes back.
    const left = Math.ceil(((row.expiresAt?.getTime() ?? now.getTime()) - now.getTime()) / 60_000);
    const cancelContent: AlertContent = {
      regionIds: content.regionIds,
      validMinutes: Math.min(Math.max(left + 15, 60), 1440),
      nextUpdateMinutes: UPDATE_MINUTES,
      texts: body.frames,
      apart: {},
      numbers: {},
    };
    const alert = await transaction.alert.create({
      data: {
        agencyId: row.agencyId,
        incidentId: row.incidentId,
        templateId: template.id,
        kind: "cancel",
        cancelsId: row.id,
        code: await mintCode(transaction, row.agency.code, row.agencyId, facts.timeZone, now),
        title: `Cancel: ${row.title}`.slice(0, 120),
        state: "draft",
        version: 1,
        content: cancelContent as unknown as Prisma.InputJsonObject,
        capStatus: row.capStatus,
        createdById: actor.personId,
        createdBy: actor.name,
        createdAt: now,
        updatedAt: now,
        updatedBy: actor.name,
        revisions: {
          create: { version: 1, content: cancelContent as unknown as Prisma.InputJsonObject, by: actor.name, at: now },
        },
      },
    });
    await contribute(transaction, alert.id, actor, "drafted the cancellation", now);
    const cancel = await loadAlert(transaction, alert.id);
    await createMessages(transaction, alert.id, buildBundle(cancel!.facts, cancelContent, now.getTime()));
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.prepared",
        subject: { type: "alert", id: alert.id },
        incidentId: row.incidentId,
        summary: `Drafted the cancellation of “${row.title}”.`,
        data: { code: alert.code, cancels: row.id },
        touched: { alert: [alert.id], decisions: [alert.id], revision: [`${alert.id}:1`] },
      },
      now,
    );
    return success({ id: alert.id });
  });
}
