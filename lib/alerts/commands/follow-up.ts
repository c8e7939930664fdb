import "server-only";
import { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { reportWithin } from "../../directory/commands/report-status";
import { formatNumber } from "../../directory/schema";
import { formatPlaceCount } from "../../places/place-count";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { canPrepare, prepareWording } from "../../wording/prepare";
import { readTemplate } from "../../wording/schema";
import type { Texts } from "../../wording/texts";
import { refuseForbidden } from "../allowed/data";
import { fitTexts, isWordedFor } from "../choose-wording";
import { nameDown } from "../message-slots";
import { loadFacts } from "../data";
import { findNeighbors } from "../in-force/data";
import type { AlertFacts } from "../facts";
import { carryTexts, type FollowUpPurpose, planFollowUp } from "../follow-up";
import { type AlertContent, type Purpose, readContent } from "../schema";
import { openDraft } from "./draft";

export const followUpSchema = z.strictObject({
  incidentId: z.string(),
  purpose: z.enum(["update", "correction", "restoration", "cancellation", "border"]),
  /** Of a correction: the number that was wrong, as the directory has it. */
  numberId: z.string().optional(),
  /** Of a restoration: no more than these places. */
  placeIds: z.array(z.string().max(20)).max(5000).optional(),
});
type FollowUpInput = z.infer<typeof followUpSchema>;

/** Keys of the templates; sites that began with an earlier version have one under its earlier name. */
const TEMPLATE_KEYS: Readonly<Record<Purpose, readonly string[]>> = {
  outage: ["outage"],
  update: ["update"],
  correction: ["correction"],
  restoration: ["restoration"],
  cancellation: ["cancellation", "withdrawal"],
  border: ["border"],
};

export async function findTemplate(transaction: Transaction, purpose: Purpose) {
  return transaction.template.findFirst({
    where: { key: { in: [...TEMPLATE_KEYS[purpose]] } },
    orderBy: [{ key: "asc" }, { version: "desc" }],
  });
}

const PREPARED: Readonly<Record<FollowUpPurpose, string>> = {
  update: "prepared the update",
  correction: "prepared the correction",
  restoration: "prepared the all-clear",
  cancellation: "drafted the cancellation",
  border: "prepared the border notice",
};

function titleOf(purpose: FollowUpPurpose, facts: AlertFacts, earlier: string, wrong: AlertContent["wrong"]): string {
  switch (purpose) {
    case "update":
      return facts.incident.failure === "full" ? "Update: 911 is still not working" : "Update: 911 may still not work";
    case "correction":
      return `Correction: ${wrong ? formatNumber(wrong) : "a number"} is wrong`;
    case "restoration":
      return "All-clear: 911 works again";
    case "cancellation":
      return `Cancel: ${earlier}`.slice(0, 120);
    case "border": {
      const [first] = facts.languages;
      return `Border notice: 911 fails in ${first ? nameDown(facts.down, first) : "places next door"}`.slice(0, 120);
    }
  }
}

/** What the published alerts of an incident decided, the newest first to speak. */
function carryDecisions(published: readonly { content: AlertContent }[]): AlertContent["numbers"] {
  return Object.assign(
    {},
    ...[...published].reverse().map(({ content }) => content.numbers),
  ) as AlertContent["numbers"];
}

/**
 * Drafts what follows a published alert: an update, the correction of a wrong
 * number, the all-clear, or a cancellation. Places, decisions, wordings and
 * languages are carried over; what each message refers to is derived from what
 * is in force, never typed, and again whenever the draft is read.
 */
export async function beginFollowUp(
  client: PrismaClient,
  by: Actor,
  input: FollowUpInput,
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, (transaction, actor) => begin(transaction, actor, input, now));
}

async function begin(
  transaction: Transaction,
  actor: Actor,
  { incidentId, purpose, numberId, placeIds: only }: FollowUpInput,
  now: Date,
): Promise<Result<{ id: string }>> {
  // It is not closed, and no place of it moves, while this draft is made.
  await transaction.$queryRaw`select id from "Incident" where id = ${incidentId} for update`;
  const incident = await transaction.incident.findUnique({ where: { id: incidentId }, include: { agency: true } });
  // Neighbors are told by an agency above, where the outage is of one below.
  const needed = purpose === "border" ? "alert:read" : "alert:draft";
  if (!incident || !can(actor, needed, incident.agencyId)) {
    return refuse("not-found", "You can’t open this incident. Nothing was changed.");
  }
  if (incident.closedAt) return refuse("closed", "This incident is closed. Declare a new one.");
  const rows = await transaction.alert.findMany({
    where: { incidentId, state: "published", purpose: { not: "cancellation" } },
    include: { template: true },
    orderBy: { publishedAt: "desc" },
  });
  const published = rows.map((row) => ({ row, content: readContent(row.content) }));
  const source = published.find(({ row }) => row.purpose === "outage" || row.purpose === "update") ?? published[0];
  const standing = await loadFacts(
    transaction,
    { id: "", code: "", purpose, agency: incident.agency, incident, placeIds: [], template: null },
    now,
  );
  if (!source || standing.inForce.length === 0) return refuse("nothing-in-force");
  const number = numberId ? await transaction.directNumber.findUnique({ where: { id: numberId } }) : null;
  const wrong = number && purpose === "correction" ? { e164: number.e164, extension: number.extension } : null;
  if (purpose === "correction" && !wrong) return refuse("gone");
  const next = purpose === "border" ? await findNeighbors(transaction, actor, incident) : null;
  if (next && !next.mayDraft) {
    return refuse("not-permitted", `Only drafters of ${next.agency.name} tell the neighbors. Nothing was changed.`);
  }
  const agency = next?.agency ?? incident.agency;
  const forbidden = await refuseForbidden(
    transaction,
    { agencyId: agency.id, purpose, incident },
    "No draft was made.",
  );
  if (forbidden) return forbidden;
  const { placeIds, restoredIds } = planFollowUp(purpose, standing, {
    ...(wrong ? { wrong } : {}),
    ...(only ? { only } : {}),
    ...(next ? { neighbors: next.within.map(({ id }) => id) } : {}),
  });
  if (placeIds.length === 0) {
    return refuse(
      "no-places",
      purpose === "restoration"
        ? "No place that people were told about is marked as restored. Record first where 911 works again."
        : purpose === "correction"
          ? "No message in force gives out this number."
          : next
            ? `No neighbor of this outage lies in the area of ${incident.agency.name}${
                next.outside.length > 0
                  ? `. Next to it: ${next.outside
                      .slice(0, 5)
                      .map(({ name }) => name)
                      .join("; ")}. Call their 911 centers`
                  : ""
              }.`
            : "No place of this incident fits. Nothing was changed.",
    );
  }
  const open = await findOpenFollowUp(transaction, incidentId, purpose, { placeIds, wrong });
  if (open) return success({ id: open });
  const template = await findTemplate(transaction, purpose);
  if (!template) return refuse("no-template", "No approved template for this exists. Ask your administrator.");
  // The directory is the real one: what an exercise calls wrong is out of use in the exercise alone (`loadFacts`).
  // Nobody waits for an approval there: it is reported out of service, as every official may, and can be set back.
  if (number && wrong && number.retiredAt === null && incident.mode !== "exercise") {
    const out = await reportWithin(transaction, actor, { id: number.id, status: "down" }, now);
    if (!out.ok) return out;
  }
  const facts = await loadFacts(
    transaction,
    { id: "", code: "", purpose, agency, incident, placeIds, template, wrong },
    now,
  );
  const languages = facts.languages.map(({ code }) => code);
  const body = readTemplate(template.body);
  if (!canPrepare(body, facts.incident)) return refuse("no-template", NO_WORDS_FOR_FAILURE);
  const prepared = prepareWording(body, facts.incident, languages);
  const fresh = prepared.texts;
  const begun = prepareWording(
    readTemplate(source.row.template.body),
    source.content.wordedFor ?? facts.incident,
    languages,
  );
  const sameOutage = purpose === "update" && isWordedFor(source.content, facts.incident);
  const texts: Texts = sameOutage
    ? carryTexts(fresh, source.content.texts, begun)
    : Object.fromEntries(Object.entries(fresh).filter(([code]) => source.content.texts[code] !== undefined));
  const ends = Math.max(
    ...rows.map(({ expiresAt }) => Math.ceil(((expiresAt?.getTime() ?? now.getTime()) - now.getTime()) / 60_000)),
  );
  const told = new Set(placeIds);
  const content: AlertContent = {
    format: "callbox-content-3",
    grouping: source.content.grouping,
    placeIds,
    restoredIds,
    wrong,
    tellPhones: purpose === "cancellation",
    wordedFor: { failure: facts.incident.failure, textTo911: facts.incident.textTo911 },
    // It must be on the air at least as long as what it takes back.
    validMinutes: purpose === "cancellation" ? Math.min(Math.max(ends + 15, 60), 1440) : source.content.validMinutes,
    nextUpdateMinutes: source.content.nextUpdateMinutes,
    ...prepared,
    texts,
    customWording: {},
    numbers:
      purpose === "cancellation"
        ? {}
        : Object.fromEntries(Object.entries(carryDecisions(published)).filter(([id]) => told.has(id))),
  };
  // A decision for the number that is wrong does not outlive it.
  if (number) {
    for (const [id, choice] of Object.entries(content.numbers)) {
      if (choice.choice === "override" && choice.numberId === number.id) delete content.numbers[id];
    }
  }
  Object.assign(content, fitTexts(facts, content, now.getTime()));
  const title = titleOf(purpose, facts, source.row.title, wrong);
  const { id, code, bundle, touched } = await openDraft(
    transaction,
    actor,
    {
      agency,
      incidentId,
      templateId: template.id,
      purpose,
      references: [source.row.id],
      title,
      content,
      capStatus: facts.status,
      timeZone: facts.timeZone,
      contributors: [{ personId: actor.personId, what: PREPARED[purpose], at: now }],
    },
    now,
    facts,
  );
  const count = (msgType: string) => bundle.messages.filter((message) => message.msgType === msgType).length;
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: agency.id,
      action: "alert.prepared",
      subject: { type: "alert", id },
      incidentId,
      summary: `Prepared “${title}” for ${formatPlaceCount(placeIds.length)}, after “${source.row.title}”.`,
      data: {
        code,
        purpose,
        follows: source.row.id,
        messages: { alert: count("Alert"), update: count("Update"), cancel: count("Cancel") },
        ...(wrong ? { wrong: formatNumber(wrong) } : {}),
      },
      touched,
    },
    now,
  );
  return success({ id });
}

/** Someone made a template of their own before this kind of failure was known. */
export const NO_WORDS_FOR_FAILURE =
  "The newest template has no words for what fails. Your administrator can approve a version that has them. Nothing was changed.";

/** A draft of the same kind for the same places, so that two people who press at once get one. */
async function findOpenFollowUp(
  transaction: Transaction,
  incidentId: string,
  purpose: FollowUpPurpose,
  { placeIds, wrong }: Pick<AlertContent, "placeIds" | "wrong">,
): Promise<string | null> {
  const open = await transaction.alert.findMany({
    where: { incidentId, purpose, state: { in: ["draft", "submitted"] } },
    orderBy: { createdAt: "desc" },
  });
  if (purpose === "cancellation") return open[0]?.id ?? null;
  const same = open.find(({ content: stored }) => {
    const content = readContent(stored);
    return (
      JSON.stringify([...content.placeIds].sort()) === JSON.stringify(placeIds) &&
      JSON.stringify(content.wrong) === JSON.stringify(wrong)
    );
  });
  return same?.id ?? null;
}
