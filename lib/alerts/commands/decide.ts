import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { confirmPassword } from "../../people/commands/sign-in";
import { inTransaction, type PrismaClient, type Transaction } from "../../platform/db";
import { type Refusal, refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { canonicalJson } from "../../record/canonical-json";
import { fingerprint } from "../../record/chain";
import { requiredConfirmations } from "../confirmations";
import { buildBundle } from "../content";
import { type AlertRow, loadAlert, loadTies } from "../data";
import { findProblems, isBlocking } from "../findings";
import { publishMessages } from "../publish";
import { NOT_FOUND, REFUSALS, refuseStep } from "../refusals";
import type { Decision } from "../schema";

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
