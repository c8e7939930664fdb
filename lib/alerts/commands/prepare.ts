import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { loadPlaces } from "../../directory/data";
import { toIncidentFacts } from "../../incidents/data";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { getSite } from "../../platform/site/data";
import { appendAudit } from "../../record/append";
import type { CapAlert } from "../../standards/cap/model";
import { prepareTexts } from "../../wording/prepare";
import { templateBodySchema } from "../../wording/schema";
import { buildBundle, capStatusOf } from "../content";
import { loadAlert } from "../data";
import { importMessage } from "../import";
import type { AlertContent } from "../schema";
import { contribute, createMessages, mintCode, UPDATE_MINUTES, VALID_MINUTES } from "./draft";

/**
 * Makes the draft of an incident: one text plan for all its places, complete
 * from the first moment. An imported message gives it words, never more: what
 * comes of it is a draft like any other.
 */
export async function prepareAlert(
  client: PrismaClient,
  by: Actor,
  input: { incidentId: string; imported?: { alert: CapAlert; sha256: string } },
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const incident = await transaction.incident.findUnique({
      where: { id: input.incidentId },
      include: { agency: true, regions: { select: { regionId: true } } },
    });
    if (!incident || !can(actor, "alert:draft", incident.agencyId)) {
      return refuse("not-found", "There is no such incident for you. Nothing was changed.");
    }
    if (incident.closedAt) return refuse("closed", "This incident is closed. Declare a new one.");
    const template = await transaction.template.findFirst({ where: { key: "outage" }, orderBy: { version: "desc" } });
    if (!template) return refuse("no-template", "No approved template for an outage exists. Ask your administrator.");
    const site = await getSite(transaction);
    const facts = toIncidentFacts(incident);
    const content: AlertContent = {
      regionIds: incident.regions.map(({ regionId }) => regionId).sort(),
      validMinutes: VALID_MINUTES,
      nextUpdateMinutes: UPDATE_MINUTES,
      texts: prepareTexts(templateBodySchema.parse(template.body), facts),
      apart: {},
      numbers: {},
    };
    const source = input.imported?.alert;
    if (source) {
      const places = await loadPlaces(transaction, content.regionIds);
      const draft = importMessage(source, places, content.texts);
      if (!draft)
        return refuse("other-places", "The message is for none of the places of this incident. No draft was made.");
      Object.assign(content, { regionIds: draft.regionIds, validMinutes: draft.validMinutes, texts: draft.texts });
    }
    const alert = await transaction.alert.create({
      data: {
        agencyId: incident.agencyId,
        incidentId: incident.id,
        templateId: template.id,
        kind: "outage",
        code: await mintCode(transaction, incident.agency.code, incident.agencyId, site.timeZone, now),
        title: incident.failure === "full" ? "911 is not working" : "911 may not work",
        state: "draft",
        version: 1,
        content,
        capStatus: capStatusOf(site.mode, facts),
        createdById: actor.personId,
        createdBy: actor.name,
        createdAt: now,
        updatedAt: now,
        updatedBy: actor.name,
        revisions: { create: { version: 1, content, by: actor.name, at: now } },
      },
    });
    const prepared = source ? "imported a message" : "prepared the alert";
    const declarer = { personId: incident.declaredById };
    if (declarer.personId === actor.personId) {
      await contribute(transaction, alert.id, actor, `declared the incident and ${prepared}`, now);
    } else {
      await contribute(transaction, alert.id, declarer, "declared the incident", incident.declaredAt);
      await contribute(transaction, alert.id, actor, prepared, now);
    }
    const loaded = await loadAlert(transaction, alert.id);
    const bundle = buildBundle(loaded!.facts, content, now.getTime());
    await createMessages(transaction, alert.id, bundle);
    const without = bundle.messages.filter(({ outcome }) => outcome === "places" || outcome === "blocked");
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: alert.agencyId,
        action: "alert.prepared",
        subject: { type: "alert", id: alert.id },
        incidentId: incident.id,
        touched: {
          alert: [alert.id],
          decisions: [alert.id],
          revision: [`${alert.id}:1`],
        },
        summary:
          `Prepared “${alert.title}”: ${bundle.messages.length} messages from template ${template.version}` +
          `${source ? ` with the words of message ${source.identifier} of ${source.sender}` : ""}; ` +
          `${without.length} places without a usable number.`,
        data: {
          code: alert.code,
          messages: bundle.messages.length,
          withoutNumber: without.map(({ place }) => place),
          ...(source && input.imported
            ? {
                imported: {
                  identifier: source.identifier,
                  sender: source.sender,
                  sent: source.sent,
                  sha256: input.imported.sha256,
                },
              }
            : {}),
        },
      },
      now,
    );
    return success({ id: alert.id });
  });
}
