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
import { capStatusOf } from "../content";
import { importMessage } from "../import";
import type { AlertContent } from "../schema";
import { UPDATE_MINUTES, VALID_MINUTES, openDraft } from "./draft";

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
    // It is not closed while this draft is made.
    await transaction.$queryRaw`select id from "Incident" where id = ${input.incidentId} for share`;
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
    const prepared = source ? "imported a message" : "prepared the alert";
    const isDeclarer = incident.declaredById === actor.personId;
    const title = incident.failure === "full" ? "911 is not working" : "911 may not work";
    const { id, code, bundle, touched } = await openDraft(
      transaction,
      actor,
      {
        agency: incident.agency,
        incidentId: incident.id,
        templateId: template.id,
        purpose: "outage",
        references: [],
        title,
        content,
        capStatus: capStatusOf(site.mode, facts),
        timeZone: site.timeZone,
        contributors: isDeclarer
          ? [{ personId: actor.personId, what: `declared the incident and ${prepared}`, at: now }]
          : [
              { personId: incident.declaredById, what: "declared the incident", at: incident.declaredAt },
              { personId: actor.personId, what: prepared, at: now },
            ],
      },
      now,
    );
    const without = bundle.messages.filter(({ outcome }) => outcome === "places" || outcome === "blocked");
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: incident.agencyId,
        action: "alert.prepared",
        subject: { type: "alert", id },
        incidentId: incident.id,
        touched,
        summary:
          `Prepared “${title}”: ${bundle.messages.length} messages from template ${template.version}` +
          `${source ? ` with the words of message ${source.identifier} of ${source.sender}` : ""}; ` +
          `${without.length} places without a usable number.`,
        data: {
          code,
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
    return success({ id });
  });
}
