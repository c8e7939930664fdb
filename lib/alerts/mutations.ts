import "server-only";
import { randomInt } from "node:crypto";
import type { z } from "zod";
import { canonicalJson } from "../audit/canonical-json";
import { fingerprint } from "../audit/chain";
import { appendAudit } from "../audit/mutations";
import { type Actor, can } from "../auth/actor";
import { confirmPassword } from "../auth/commands/sign-in";
import { changeAs } from "../auth/mint";
import { loadPlaces } from "../directory/data";
import { sayNumber } from "../directory/schema";
import type { PlaceFacts } from "../geography/schema";
import { toIncidentFacts } from "../incidents/data";
import { inTransaction, type Prisma, type PrismaClient, type Transaction } from "../platform/db";
import { refuse, type Refusal, type Result, success } from "../platform/result";
import { publishMessages } from "../publishing/mutations";
import { getSite } from "../site/data";
import type { CapAlert } from "../standards/cap/model";
import { prepareTexts } from "../templates/prepare";
import { templateBodySchema } from "../templates/schema";
import type { Bundle } from "./bundle";
import { buildBundle, capStatusOf } from "./content";
import { requiredConfirmations } from "./confirmations";
import { type AlertRow, judge, loadAlert, loadTies } from "./data";
import { importMessage } from "./import";
import { findProblems, type FindingGroup, isBlocking } from "./findings";
import type { RefusalCode, Step } from "./lifecycle";
import type { AlertContent, Decision, saveAlertSchema } from "./schema";

/** Refusals as sentences: what happened, what to do, and that nothing was lost. */
export const REFUSALS: Record<RefusalCode, (row: AlertRow) => string> = {
  "not-permitted": (row) => `Your role does not allow this for ${row.agency.name}. Nothing was changed.`,
  "wrong-state": (row) => `This alert is ${sayState(row)} now. Nothing was changed; reload to see it.`,
  contributed: () =>
    "You cannot approve this alert: part of it is yours. Another approver must read it. Nothing has gone out.",
  "blocked-by-findings": () => "A rule that must be kept is not kept. Nothing has gone out; the draft is kept.",
  "content-changed": () =>
    "The content changed after you opened it, so what you read is not what would go out. Nothing has gone out. Read it again.",
};

function sayState(row: AlertRow): string {
  const words: Record<string, string> = {
    draft: "a draft",
    submitted: "with the approver",
    approved: "approved",
    published: "published",
    rejected: "rejected",
    cancelled: "cancelled",
  };
  return words[row.state] ?? row.state;
}

const NOT_FOUND = refuse("not-found", "There is no such alert for you. Nothing was changed.");

function describeBlocking(problems: readonly FindingGroup[]): string {
  return problems
    .slice(0, 3)
    .map(
      ({ says, places }) => `${says} (${places.length === 1 ? places[0]!.place : `${places.length} places or texts`})`,
    )
    .join(" ");
}

async function refuseStep(
  row: AlertRow,
  actor: Actor,
  step: Step,
  blocking: number,
  shownHash?: string,
): Promise<Refusal | null> {
  const verdict = judge(row, actor, step, blocking, shownHash);
  return verdict.allowed ? null : refuse(verdict.code, REFUSALS[verdict.code](row));
}

async function contribute(
  transaction: Transaction,
  alertId: string,
  actor: { personId: string },
  what: string,
  now: Date,
) {
  await transaction.contribution.createMany({
    data: [{ alertId, personId: actor.personId, what, at: now }],
    skipDuplicates: true,
  });
}

/** Letters and digits that are not mistaken for one another, for identifiers. */
const UNMISTAKABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The identifier stem of a new alert: agency, day, its number on that day, and
 * five random characters. Without these a database restored from a backup would
 * give out an identifier again that was published before.
 */
async function mintCode(transaction: Transaction, agencyCode: string, agencyId: string, timeZone: string, now: Date) {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now).replaceAll("-", "");
  const stem = `${agencyCode}-${day}`;
  const count = await transaction.alert.count({ where: { agencyId, code: { startsWith: `${stem}-` } } });
  const random = Array.from({ length: 5 }, () => UNMISTAKABLE[randomInt(UNMISTAKABLE.length)]).join("");
  return `${stem}-${String(count + 1).padStart(2, "0")}-${random}`;
}

async function createMessages(transaction: Transaction, alertId: string, bundle: Bundle): Promise<void> {
  await transaction.message.createMany({
    data: bundle.messages.map(({ regionId, audience, identifier }) => ({ alertId, regionId, audience, identifier })),
  });
}

const VALID_MINUTES = 120;
const UPDATE_MINUTES = 60;

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

/** The earlier content when a save collides, so that both texts can stand side by side. */
export interface Collision {
  version: number;
  by: string;
  title: string;
  content: AlertContent;
}

/** What was newly decided about numbers, in words for the record: an override is read there afterwards. */
function sayDecisions(places: readonly PlaceFacts[], before: AlertContent, after: AlertContent): string[] {
  return places.flatMap(({ id, name, numbers }) => {
    const [old, choice] = [before.numbers[id], after.numbers[id]];
    if (JSON.stringify(old) === JSON.stringify(choice)) return [];
    if (!choice) return [`${name}: the decision was taken back.`];
    if (choice.choice === "places-only") return [`${name}: places only, because: ${choice.reason}`];
    const number = numbers.find((one) => one.id === choice.numberId);
    const said = number ? sayNumber(number.e164, number.extension) : "a number";
    return [`${name}: ${said} is given on an override, because: ${choice.reason}`];
  });
}

/**
 * Saves a draft. A save on an alert that is with the approver takes it back and
 * voids the review. A save that began from an older version is refused with
 * the newer one, and nothing is lost.
 */
export async function saveAlert(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof saveAlertSchema>,
  now: Date,
): Promise<Result<{ version: number; collision?: Collision }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const loaded = await loadAlert(transaction, input.id);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row } = loaded;
    const refusal = await refuseStep(row, actor, "edit", 0);
    if (refusal) return refusal;
    if (input.version !== row.version) {
      const collision = { version: row.version, by: row.updatedBy, title: row.title, content: loaded.content };
      return success({ version: row.version, collision });
    }
    const same = (left: string[], right: string[]) =>
      left.length === right.length && left.every((id, index) => id === right[index]);
    if (!same([...input.content.regionIds].sort(), [...loaded.content.regionIds].sort())) {
      return refuse("places-fixed", "The places of an alert are those of its incident. Nothing was saved.");
    }
    for (const [regionId, choice] of Object.entries(input.content.numbers)) {
      const place = loaded.facts.places.find(({ id }) => id === regionId);
      if (!place) return refuse("outside", "A decision names a place that is not in this alert. Nothing was saved.");
      if (choice.choice === "override" && !place.numbers.some(({ id }) => id === choice.numberId)) {
        return refuse("foreign-number", `That number is not in the directory for ${place.name}. Nothing was saved.`);
      }
    }
    const version = row.version + 1;
    const voided = row.state === "submitted";
    const decisions = sayDecisions(loaded.facts.places, loaded.content, input.content);
    await transaction.alert.update({
      where: { id: row.id },
      data: {
        title: input.title,
        content: input.content,
        version,
        state: "draft",
        bundle: null,
        contentHash: null,
        updatedAt: now,
        updatedBy: actor.name,
      },
    });
    await transaction.revision.create({
      data: { alertId: row.id, version, content: input.content, by: actor.name, at: now },
    });
    await contribute(transaction, row.id, actor, "changed the draft", now);
    const about = { actor, agencyId: row.agencyId, subject: { type: "alert", id: row.id }, incidentId: row.incidentId };
    if (voided) {
      await appendAudit(
        transaction,
        {
          ...about,
          action: "alert.review-voided",
          summary: `Took “${row.title}” back from the approver by editing it; what was reviewed no longer counts.`,
          data: { contentHash: row.contentHash },
        },
        now,
      );
    }
    await appendAudit(
      transaction,
      {
        ...about,
        action: "alert.saved",
        summary: `Changed “${input.title}”, version ${version}.${decisions.length > 0 ? ` ${decisions.join(" ")}` : ""}`,
        data: { version, ...(decisions.length > 0 ? { decisions } : {}) },
        touched: { alert: [row.id], decisions: [row.id], revision: [`${row.id}:${version}`] },
      },
      now,
    );
    return success({ version });
  });
}

/** Sends a draft to the approver: builds the bundle, checks every rule, stores it with its fingerprint. */
export async function submitAlert(
  client: PrismaClient,
  by: Actor,
  input: { id: string; version: number },
  now: Date,
): Promise<Result<{ contentHash: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const loaded = await loadAlert(transaction, input.id);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row, content, facts } = loaded;
    if (row.version !== input.version) return refuse("content-changed", REFUSALS["content-changed"](row));
    const bundle = buildBundle(facts, content, now.getTime());
    const problems = findProblems(bundle, { facts, content, now: now.getTime() }).filter(isBlocking);
    const refusal = await refuseStep(row, actor, "submit", problems.length);
    if (refusal) {
      return refusal.code === "blocked-by-findings"
        ? refuse(refusal.code, `It cannot be sent yet. ${describeBlocking(problems)} The draft is kept.`)
        : refusal;
    }
    const stored = canonicalJson(bundle);
    const contentHash = fingerprint(stored);
    await transaction.alert.update({
      where: { id: row.id },
      data: {
        state: "submitted",
        bundle: stored,
        contentHash,
        submittedBy: actor.name,
        submittedAt: now,
        updatedAt: now,
        updatedBy: actor.name,
      },
    });
    await contribute(transaction, row.id, actor, "sent it to the approver", now);
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.submitted",
        subject: { type: "alert", id: row.id },
        incidentId: row.incidentId,
        summary: `Sent “${row.title}” to the approver, version ${row.version}.`,
        data: { contentHash, version: row.version },
        touched: { alert: [row.id], decisions: [row.id] },
      },
      now,
    );
    return success({ contentHash });
  });
}

/** The same refusal of the same person is on record once in so long. */
const REFUSAL_MS = 600_000;

/** A refusal that must stay on record is written after the refused transaction ended. */
async function recordRefusal(client: PrismaClient, actor: Actor, row: AlertRow, refusal: Refusal, now: Date) {
  const before = await client.auditEvent.findMany({
    where: {
      action: "alert.approval-refused",
      subjectId: row.id,
      actorId: actor.personId,
      at: { gt: new Date(now.getTime() - REFUSAL_MS) },
    },
    select: { data: true },
  });
  if (before.some(({ data }) => (data as { code?: string }).code === refusal.code)) return;
  await inTransaction(client, (transaction) =>
    appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.approval-refused",
        subject: { type: "alert", id: row.id },
        incidentId: row.incidentId,
        summary: `Refused to approve “${row.title}”: ${sayRefusal(refusal.code)}.`,
        data: { code: refusal.code, contentHash: row.contentHash },
      },
      now,
    ),
  );
}

function sayRefusal(code: string): string {
  const words: Record<string, string> = {
    contributed: "contributed to this content",
    "number-is-yours": "only own work stands behind a number",
    "signed-out": "signed out or disabled in the meantime",
    "content-changed": "the content had changed",
    "wrong-state": "it was no longer with the approver",
    "not-permitted": "no right to approve",
    "wrong-password": "the password was not right",
    "blocked-by-findings": "a rule was not kept",
    incomplete: "not everything was confirmed",
    phrase: "EXERCISE was not typed",
  };
  return words[code] ?? code;
}

/** Approves and publishes, returns, or rejects. One transaction; a lost race is a sentence. */
export async function decideAlert(
  client: PrismaClient,
  actor: Actor,
  input: Decision,
  now: Date,
): Promise<Result<{ state: string; messages: number }>> {
  if (input.decision !== "approve") return turnBack(client, actor, input, now);
  const loaded = await loadAlert(client, input.id);
  if (!loaded || !can(actor, "alert:read", loaded.row.agencyId)) return NOT_FOUND;
  const early = await refuseStep(loaded.row, actor, "approve", 0, input.contentHash);
  if (early) {
    await recordRefusal(client, actor, loaded.row, early, now);
    return early;
  }
  const proof =
    loaded.facts.incident.mode === "exercise"
      ? input.phrase === "EXERCISE"
        ? success(null)
        : refuse("phrase", "Type EXERCISE in capitals. Nothing was changed.", { phrase: "Type EXERCISE in capitals." })
      : await confirmPassword(client, actor, input.password ?? "", now);
  if (!proof.ok) {
    await recordRefusal(client, actor, loaded.row, proof, now);
    return proof;
  }
  const result = await changeAs(client, actor, (transaction, current) =>
    approveWithin(transaction, current, input, now),
  );
  if (!result.ok) await recordRefusal(client, actor, loaded.row, result, now);
  return result;
}

async function approveWithin(
  transaction: Transaction,
  actor: Actor,
  input: Decision,
  now: Date,
): Promise<Result<{ state: string; messages: number }>> {
  const loaded = await loadAlert(transaction, input.id);
  if (!loaded) return NOT_FOUND;
  const { row, content, facts } = loaded;
  const lost = await describeLostRace(transaction, row);
  if (lost) return lost;
  const bundle = buildBundle(facts, content, now.getTime());
  const problems = findProblems(bundle, { facts, content, now: now.getTime() }).filter(isBlocking);
  const refusal = await refuseStep(row, actor, "approve", problems.length, input.contentHash);
  if (refusal) return refusal;
  // The directory may have changed since submission: what would go out must be what was read.
  if (fingerprint(canonicalJson(bundle)) !== row.contentHash) {
    return refuse(
      "content-changed",
      "A number or a fact in the directory changed since this was sent to you. Nothing has gone out. Return it, so that it is prepared again.",
    );
  }
  const ties = await loadTies(transaction, bundle, actor.personId, now);
  if (ties.length > 0 && row.agency.numbersCountAsWork) {
    return refuse(
      "number-is-yours",
      `You cannot approve this alert: ${ties[0]!.place} gives out a number that only your own work stands behind. Another approver must read it. Nothing has gone out.`,
    );
  }
  const missing = requiredConfirmations(bundle).filter((name) => !input.confirmations.includes(name));
  if (missing.length > 0) {
    return refuse("incomplete", `${missing.length} confirmations are missing. Nothing has gone out.`);
  }
  await transaction.approval.create({
    data: {
      alertId: row.id,
      personId: actor.personId,
      decision: "approve",
      contentHash: input.contentHash,
      confirmations: input.confirmations,
      at: now,
    },
  });
  await transaction.alert.update({
    where: { id: row.id },
    data: { state: "approved", updatedAt: now, updatedBy: actor.name },
  });
  const about = { actor, agencyId: row.agencyId, incidentId: row.incidentId };
  await appendAudit(
    transaction,
    {
      ...about,
      action: "alert.approved",
      subject: { type: "alert", id: row.id },
      summary: `Approved “${row.title}”, ${input.confirmations.length} confirmations.`,
      data: {
        contentHash: input.contentHash,
        confirmations: input.confirmations,
        ...(ties.length > 0 ? { ties: ties.map(({ place, e164, how }) => ({ place, e164, how })) } : {}),
      },
    },
    now,
  );
  const published = await publishMessages(transaction, actor, { id: row.id, bundle }, now);
  await transaction.alert.update({
    where: { id: row.id },
    data: {
      state: "published",
      publishedAt: published.sentAt,
      expiresAt: new Date(published.sentAt.getTime() + bundle.validMinutes * 60_000),
      updatedAt: now,
      updatedBy: actor.name,
    },
  });
  await appendAudit(
    transaction,
    {
      ...about,
      action: "alert.published",
      subject: { type: "alert", id: row.id },
      summary: `Published “${row.title}”: ${published.count} messages to the CAP export.`,
      data: {
        channel: "cap-export",
        messages: published.count,
        manifest: published.manifest,
        contentHash: input.contentHash,
      },
      touched: { alert: [row.id], decisions: [row.id] },
    },
    now,
  );
  if (row.cancelsId) await closeCancelled(transaction, actor, row, now);
  return success({ state: "published", messages: published.count });
}

async function closeCancelled(transaction: Transaction, actor: Actor, row: AlertRow, now: Date) {
  const original = await transaction.alert.update({
    where: { id: row.cancelsId! },
    data: { state: "cancelled", updatedAt: now, updatedBy: actor.name },
  });
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: row.agencyId,
      action: "alert.cancelled",
      subject: { type: "alert", id: original.id },
      incidentId: row.incidentId,
      summary: `“${original.title}” was taken back by “${row.title}”.`,
      data: { by: row.id },
      touched: { alert: [original.id] },
    },
    now,
  );
}

/** "Joan Petrakis approved it 2 s before you. It went out once." */
async function describeLostRace(transaction: Transaction, row: AlertRow): Promise<Refusal | null> {
  if (row.state === "submitted") return null;
  const approval = await transaction.approval.findFirst({
    where: { alertId: row.id, decision: "approve" },
    include: { person: { select: { name: true } } },
  });
  return approval
    ? refuse("wrong-state", `${approval.person.name} approved it just before you. It went out once.`)
    : refuse("wrong-state", REFUSALS["wrong-state"](row));
}

async function turnBack(
  client: PrismaClient,
  by: Actor,
  input: Decision,
  now: Date,
): Promise<Result<{ state: string; messages: number }>> {
  const step = input.decision === "return" ? "return" : "reject";
  return changeAs(client, by, async (transaction, actor) => {
    const loaded = await loadAlert(transaction, input.id);
    if (!loaded || !can(actor, "alert:read", loaded.row.agencyId)) return NOT_FOUND;
    const { row } = loaded;
    const refusal = await refuseStep(row, actor, step, 0, input.contentHash);
    if (refusal) return refusal;
    await transaction.approval.create({
      data: {
        alertId: row.id,
        personId: actor.personId,
        decision: step,
        contentHash: input.contentHash,
        reason: input.reason ?? "",
        confirmations: input.confirmations,
        at: now,
      },
    });
    const state = step === "return" ? "draft" : "rejected";
    await transaction.alert.update({ where: { id: row.id }, data: { state, updatedAt: now, updatedBy: actor.name } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: step === "return" ? "alert.returned" : "alert.rejected",
        subject: { type: "alert", id: row.id },
        incidentId: row.incidentId,
        summary: `${step === "return" ? "Returned" : "Rejected"} “${row.title}”: ${input.reason}`,
        data: { contentHash: input.contentHash, reason: input.reason ?? "" },
        touched: { alert: [row.id], decisions: [row.id] },
      },
      now,
    );
    return success({ state, messages: 0 });
  });
}

/** Ends a draft that is not needed. It stays in the record. */
export async function discardAlert(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const loaded = await loadAlert(transaction, input.id);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row } = loaded;
    const refusal = await refuseStep(row, actor, "discard", 0);
    if (refusal) return refusal;
    await transaction.alert.update({
      where: { id: row.id },
      data: { state: "rejected", updatedAt: now, updatedBy: actor.name },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.discarded",
        subject: { type: "alert", id: row.id },
        incidentId: row.incidentId,
        summary: `Discarded the draft “${row.title}”.`,
        touched: { alert: [row.id] },
      },
      now,
    );
    return success(null);
  });
}

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
