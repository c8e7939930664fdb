import "server-only";
import { type Actor, can } from "../../../access/actor";
import { alertableWithin } from "../../../access/jurisdiction";
import { changeAs } from "../../../access/mint";
import { FAILURES } from "../../../incidents/schema";
import { formatPlaceCount } from "../../../places/place-count";
import type { PrismaClient, Transaction } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { canPrepare, prepareWording } from "../../../wording/prepare";
import { readTemplate } from "../../../wording/schema";
import { UPDATE_MINUTES, VALID_MINUTES } from "../../commands/draft";
import { findTemplate, NO_WORDS_FOR_FAILURE } from "../../commands/follow-up";
import { askedOfReady, refuseForbidden } from "../../allowed/data";
import { fitTexts } from "../../choose-wording";
import { type AlertContent, FIRST_ALERT, readContent } from "../../schema";
import { beginFromReady, numbersNow } from "../check";
import { assessReady, loadReadyFacts, loadReadyRow } from "../data";
import type { MakeReady } from "../schema";

/** The wording and choices of an alert of the agency, or why it can't be taken. */
async function readSource(
  transaction: Transaction,
  actor: Actor,
  agencyId: string,
  { fromAlertId, failure, textTo911 }: MakeReady,
): Promise<Result<AlertContent | null>> {
  if (fromAlertId === null) return success(null);
  const alert = await transaction.alert.findFirst({ where: { id: fromAlertId, agencyId, purpose: "outage" } });
  if (!alert || !can(actor, "alert:draft", alert.agencyId)) {
    return refuse("not-found", "You can’t open this alert. Nothing was made.");
  }
  const content = readContent(alert.content);
  const { wordedFor } = content;
  if (wordedFor?.failure !== failure || wordedFor.textTo911 !== textTo911) {
    return refuse("other-failure", "That alert is worded for another kind of failure. Nothing was made.", {
      fromAlertId: "Choose an alert for the same kind of failure and the same state of text-to-911.",
    });
  }
  return success(content);
}

/** Makes a ready draft. It is for no incident, and nothing sends it. */
export async function makeReady(
  client: PrismaClient,
  by: Actor,
  input: MakeReady,
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const membership = actor.memberships.find(({ agencyId }) => can(actor, "alert:draft", agencyId));
    if (!membership) return refuse("not-permitted", "Your role does not allow writing drafts.");
    const allowed = await alertableWithin(transaction, membership.jurisdictionId);
    const placeIds = [...new Set(input.placeIds)].sort();
    const foreign = placeIds.filter((id) => !allowed.has(id)).length;
    if (foreign > 0) {
      const says = `${formatPlaceCount(foreign)} of these ${foreign === 1 ? "is" : "are"} not in the area of ${membership.agencyName}.`;
      return refuse("outside-jurisdiction", `${says} Nothing was made.`, { placeIds: says });
    }
    const forbidden = await refuseForbidden(transaction, askedOfReady(membership.agencyId), "Nothing was made.");
    if (forbidden) return forbidden;
    const template = await findTemplate(transaction, "outage");
    if (!template) return refuse("no-template", "No approved template for an outage exists. Ask your administrator.");
    const body = readTemplate(template.body);
    if (!canPrepare(body, input)) return refuse("no-template", NO_WORDS_FOR_FAILURE);
    const source = await readSource(transaction, actor, membership.agencyId, input);
    if (!source.ok) return source;
    const agency = await transaction.agency.findUniqueOrThrow({ where: { id: membership.agencyId } });
    const facts = await loadReadyFacts(transaction, { agency, template, ...input }, placeIds, now);
    const fresh: AlertContent = {
      ...FIRST_ALERT,
      format: "callbox-content-3",
      grouping: input.grouping,
      placeIds,
      wordedFor: { failure: input.failure, textTo911: input.textTo911 },
      validMinutes: VALID_MINUTES,
      nextUpdateMinutes: UPDATE_MINUTES,
      ...prepareWording(
        body,
        input,
        facts.languages.map(({ code }) => code),
      ),
      customWording: {},
      numbers: {},
    };
    const begun = source.value ? beginFromReady(source.value, fresh, facts.places) : fresh;
    const content = { ...begun, grouping: input.grouping };
    const own = content.customWording;
    Object.assign(content, fitTexts(facts, content, now.getTime()));
    content.customWording = { ...content.customWording, ...own };
    const { id } = await transaction.readyDraft.create({
      data: {
        agencyId: agency.id,
        templateId: template.id,
        title: input.title,
        failure: input.failure,
        textTo911: input.textTo911,
        placeIds,
        whole: placeIds.length === allowed.size,
        content,
        numbers: numbersNow(facts, content, now.getTime()),
        createdById: actor.personId,
        createdBy: actor.name,
        createdAt: now,
        checkedAt: now,
        problems: [],
      },
    });
    const row = await loadReadyRow(transaction, id);
    if (!row) throw new Error("A ready draft that was just made is not there.");
    const { problems } = await assessReady(transaction, row, now);
    await transaction.readyDraft.update({ where: { id }, data: { problems } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: agency.id,
        action: "ready.made",
        subject: { type: "ready", id },
        summary: `Made the ready draft “${input.title}”: ${FAILURES[input.failure].label.toLowerCase()}, ${formatPlaceCount(placeIds.length)}, template ${template.version}.`,
        data: { places: placeIds.length, problems: problems.length, fromAlertId: input.fromAlertId },
      },
      now,
    );
    return success({ id });
  });
}

/** Takes a ready draft out of use. It stays in the log. */
export async function retireReady(
  client: PrismaClient,
  by: Actor,
  { id }: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const row = await loadReadyRow(transaction, id);
    if (!row || row.retiredAt || !can(actor, "alert:draft", row.agencyId)) {
      return refuse("not-found", "There is no such ready draft for you. Nothing was changed.");
    }
    await transaction.readyDraft.update({ where: { id }, data: { retiredAt: now, retiredBy: actor.name } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "ready.retired",
        subject: { type: "ready", id },
        summary: `Retired the ready draft “${row.title}”.`,
      },
      now,
    );
    return success(null);
  });
}
