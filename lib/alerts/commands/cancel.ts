import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { readTemplate } from "../../wording/schema";
import { loadAlert } from "../data";
import { lockAlert } from "../lifecycle/transition";
import { NOT_FOUND, refuseAs } from "../refusals";
import type { AlertContent } from "../schema";
import { UPDATE_MINUTES, openDraft } from "./draft";

/** Drafts the cancellation of a published alert. What it refers to is derived, never typed. */
export async function prepareCancel(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const loaded = await loadAlert(transaction, input.id);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row, content, facts } = loaded;
    if (row.state !== "published" || row.purpose !== "outage") return refuseAs("wrong-state", row);
    if (row.expiresAt && row.expiresAt <= now) {
      return refuse("expired", "This alert has expired, so there is nothing to cancel.");
    }
    const open = await transaction.alert.findFirst({
      where: {
        purpose: "cancellation",
        references: { some: { earlierId: row.id } },
        state: { notIn: ["rejected", "discarded"] },
      },
    });
    if (open) return success({ id: open.id });
    const template = await transaction.template.findFirst({
      // Sites that began with an earlier version have it under its earlier name.
      where: { key: { in: ["cancellation", "withdrawal"] } },
      orderBy: [{ key: "asc" }, { version: "desc" }],
    });
    if (!template)
      return refuse("no-template", "No approved template for a cancellation exists. Ask your administrator.");
    const body = readTemplate(template.body);
    // It must be on the air at least as long as what it takes back.
    const left = Math.ceil(((row.expiresAt?.getTime() ?? now.getTime()) - now.getTime()) / 60_000);
    const cancelContent: AlertContent = {
      format: "callbox-content-2",
      // It goes to whom the earlier messages went, so that it can refer to each.
      grouping: content.grouping,
      placeIds: content.placeIds,
      validMinutes: Math.min(Math.max(left + 15, 60), 1440),
      nextUpdateMinutes: UPDATE_MINUTES,
      texts: body.frames,
      customWording: {},
      numbers: {},
    };
    const { id, code, touched } = await openDraft(
      transaction,
      actor,
      {
        agency: row.agency,
        incidentId: row.incidentId,
        templateId: template.id,
        purpose: "cancellation",
        references: [row.id],
        title: `Cancel: ${row.title}`.slice(0, 120),
        content: cancelContent,
        capStatus: facts.status,
        timeZone: facts.timeZone,
        contributors: [{ personId: actor.personId, what: "drafted the cancellation", at: now }],
      },
      now,
    );
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.prepared",
        subject: { type: "alert", id },
        incidentId: row.incidentId,
        summary: `Drafted the cancellation of “${row.title}”.`,
        data: { code, cancels: row.id },
        touched,
      },
      now,
    );
    return success({ id });
  });
}
