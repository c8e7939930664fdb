import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { formatPlaceCount } from "../../places/place-count";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { canonicalJson } from "../../record/canonical-json";
import type { CapAlert } from "../../standards/cap/model";
import { canPrepare, prepareWording } from "../../wording/prepare";
import { readTemplate } from "../../wording/schema";
import { refuseForbidden } from "../allowed/data";
import { outcomesOf } from "../bundle";
import { fitTexts } from "../choose-wording";
import { loadFacts } from "../data";
import { beginFromReady } from "../ready/check";
import { importMessage } from "../import";
import { type AlertContent, FIRST_ALERT, readContent } from "../schema";
import { UPDATE_MINUTES, VALID_MINUTES, openDraft } from "./draft";
import { findTemplate, NO_WORDS_FOR_FAILURE } from "./follow-up";

/**
 * Makes the draft of an incident: one text plan for all its places, complete
 * from the first moment. An imported message gives it words, never more: what
 * comes of it is a draft like any other. A ready draft gives it words, grouping
 * and number choices, for the places of the incident.
 */
export async function prepareAlert(
  client: PrismaClient,
  by: Actor,
  input: { incidentId: string; readyId?: string; imported?: { alert: CapAlert; sha256: string } },
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    // It is not closed while this draft is made, and of two presses at once the second finds the draft of the first.
    await transaction.$queryRaw`select id from "Incident" where id = ${input.incidentId} for update`;
    const incident = await transaction.incident.findUnique({
      where: { id: input.incidentId },
      include: { agency: true, places: { where: { state: { in: ["out", "partly"] } }, select: { placeId: true } } },
    });
    if (!incident || !can(actor, "alert:draft", incident.agencyId)) {
      return refuse("not-found", "You can’t open this incident. Nothing was changed.");
    }
    if (incident.closedAt) return refuse("closed", "This incident is closed. Declare a new one.");
    const forbidden = await refuseForbidden(
      transaction,
      { agencyId: incident.agencyId, purpose: "outage", incident },
      "No draft was made.",
    );
    if (forbidden) return forbidden;
    const template = await findTemplate(transaction, "outage");
    if (!template) return refuse("no-template", "No approved template for an outage exists. Ask your administrator.");
    if (incident.places.length === 0) {
      return refuse("no-places", "911 is not out in any place of this incident. No draft was made.");
    }
    const placeIds = incident.places.map(({ placeId }) => placeId).sort();
    const facts = await loadFacts(
      transaction,
      { id: "", code: "", purpose: "outage", agency: incident.agency, incident, placeIds, template },
      now,
    );
    if (!canPrepare(readTemplate(template.body), facts.incident)) {
      return refuse("no-template", NO_WORDS_FOR_FAILURE);
    }
    const content: AlertContent = {
      ...FIRST_ALERT,
      format: "callbox-content-3",
      grouping: "place",
      placeIds,
      wordedFor: { failure: facts.incident.failure, textTo911: facts.incident.textTo911 },
      validMinutes: VALID_MINUTES,
      nextUpdateMinutes: UPDATE_MINUTES,
      ...prepareWording(
        readTemplate(template.body),
        facts.incident,
        facts.languages.map(({ code }) => code),
      ),
      customWording: {},
      numbers: {},
    };
    const source = input.imported?.alert;
    if (source) {
      const draft = importMessage(source, facts.places, content.texts);
      if (!draft)
        return refuse("other-places", "The message is for none of this incident’s places. No draft was made.");
      Object.assign(content, { placeIds: draft.placeIds, validMinutes: draft.validMinutes, texts: draft.texts });
    }
    const ready = input.readyId === undefined ? null : await findReady(transaction, input.readyId, incident, placeIds);
    if (ready && !ready.ok) return ready;
    if (ready) Object.assign(content, beginFromReady(ready.value.content, content, facts.places));
    const own = content.customWording;
    Object.assign(content, fitTexts(facts, content, now.getTime()));
    content.customWording = { ...content.customWording, ...own };
    const pressed = await findJustMade(transaction, actor, incident.id, content, now);
    if (pressed) return success({ id: pressed });
    const prepared = source
      ? "imported a message"
      : ready
        ? `prepared the alert from the ready draft “${ready.value.title}”`
        : "prepared the alert";
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
        capStatus: facts.status,
        timeZone: facts.timeZone,
        contributors: isDeclarer
          ? [{ personId: actor.personId, what: `declared the incident and ${prepared}`, at: now }]
          : [
              { personId: incident.declaredById, what: "declared the incident", at: incident.declaredAt },
              { personId: actor.personId, what: prepared, at: now },
            ],
      },
      now,
      facts,
    );
    const without = bundle.messages
      .flatMap(outcomesOf)
      .filter(({ outcome }) => outcome === "no-number" || outcome === "blocked");
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
          `${source ? ` with the words of message ${source.identifier} of ${source.sender}` : ""}` +
          `${ready ? ` and the ready draft “${ready.value.title}”` : ""}; ` +
          `${formatPlaceCount(without.length)} without a usable number.`,
        data: {
          code,
          messages: bundle.messages.length,
          withoutNumber: without.map(({ place }) => place),
          ...(ready ? { readyId: ready.value.id } : {}),
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

/** Two presses of one button lie so close together, in milliseconds. */
const SAME_PRESS_MS = 10_000;

/** A draft that the same person made a moment ago of the same, and nobody touched since. */
async function findJustMade(
  transaction: Transaction,
  actor: Actor,
  incidentId: string,
  content: AlertContent,
  now: Date,
): Promise<string | null> {
  const made = await transaction.alert.findMany({
    where: {
      incidentId,
      purpose: "outage",
      state: "draft",
      version: 1,
      createdById: actor.personId,
      createdAt: { gt: new Date(now.getTime() - SAME_PRESS_MS), lte: now },
    },
    select: { id: true, content: true },
  });
  const wanted = canonicalJson(content);
  return made.find((row) => canonicalJson(readContent(row.content)) === wanted)?.id ?? null;
}

/** The ready draft that an incident's draft begins from: of the same agency and kind of failure, for all of its places. */
async function findReady(
  transaction: Transaction,
  id: string,
  incident: { agencyId: string; failure: string; textTo911: string },
  placeIds: readonly string[],
): Promise<Result<{ id: string; title: string; content: AlertContent }>> {
  const row = await transaction.readyDraft.findFirst({ where: { id, agencyId: incident.agencyId, retiredAt: null } });
  if (!row) return refuse("not-found", "This ready draft is no longer there. No draft was made.");
  const own = new Set(row.placeIds);
  if (
    row.failure !== incident.failure ||
    row.textTo911 !== incident.textTo911 ||
    !placeIds.every((one) => own.has(one))
  )
    return refuse("other-failure", "This ready draft is for another failure or other places. No draft was made.");
  return success({ id: row.id, title: row.title, content: readContent(row.content) });
}
