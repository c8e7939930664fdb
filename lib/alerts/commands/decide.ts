import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { confirmAgain, refuseRelease } from "./emergency";
import { inTransaction, type PrismaClient, type Transaction } from "../../platform/db";
import { signingSettings } from "../../platform/env";
import { type Refusal, type RefusalCode, refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { canonicalJson } from "../../record/canonical-json";
import { fingerprint } from "../../record/chain";
import { requiredConfirmations } from "../confirmations";
import { readBundle } from "../bundle";
import { buildBundle } from "../content";
import { loadDestinations, refuseForbidden } from "../allowed/data";
import { type AlertRow, loadAlert, loadTies } from "../data";
import { checkBundle, compareWithSent } from "../checked";
import { isBlocking } from "../findings";
import { tellEveryone } from "../notices/mutations";
import { leaveDeliveries } from "../outbox/mutations";
import { CAP_EXPORT, publishMessages } from "../publish";
import { NOT_FOUND, refuseAs, refuseStep } from "../refusals";
import { STEPS } from "../lifecycle/steps";
import { fingerprintPart } from "../second-reading";
import { describeChanges } from "../since-sent";
import { loadSigner, type Signer, UnusableKey } from "../signing/data";
import { lockAlert, transition } from "../lifecycle/transition";
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
        summary: `Refused to approve “${row.title}”: ${formatRefusal(refusal.code)}.`,
        data: { code: refusal.code, contentHash: row.contentHash },
      },
      now,
    ),
  );
}

function formatRefusal(code: RefusalCode): string {
  const words: Partial<Record<RefusalCode, string>> = {
    contributed: "contributed to this content",
    "number-is-yours": "only own work stands behind a number",
    "signed-out": "signed out or disabled in the meantime",
    "content-changed": "the content had changed",
    "wrong-state": "it was no longer with the approver",
    "not-permitted": "no right to approve",
    "wrong-password": "the password was not right",
    "wrong-code": "the code was not right",
    "second-factor": "no second factor is set up",
    "blocked-by-findings": "a rule was not kept",
    incomplete: "not everything was confirmed",
    phrase: "EXERCISE was not typed",
    "signing-key": "the signing key could not sign",
    clock: "the clock was behind a message in force",
    withheld: "the agency is not allowed to publish this",
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
  const loaded = await loadAlert(client, input.id, now);
  if (!loaded || !can(actor, "alert:read", loaded.row.agencyId)) return NOT_FOUND;
  const early = refuseStep(loaded.row, actor, input.emergency ? "release" : "approve", 0, input.contentHash);
  if (early) {
    await recordRefusal(client, actor, loaded.row, early, now);
    return early;
  }
  const proof = await confirmAgain(client, actor, loaded.facts.incident.mode, input, now);
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
  await lockAlert(transaction, input.id);
  // Two alerts of one outage go out one after the other, so that each refers to what is in force then.
  await lockIncidentOf(transaction, input.id);
  const loaded = await loadAlert(transaction, input.id, now);
  if (!loaded) return NOT_FOUND;
  const { row, content, facts } = loaded;
  const lost = await describeLostRace(transaction, row);
  if (lost) return lost;
  const bundle = buildBundle(facts, content, now.getTime());
  const contentHash = fingerprint(canonicalJson(bundle));
  const found = await checkBundle(bundle, contentHash, { facts, content, now: now.getTime() });
  const problems = found.filter(isBlocking);
  const step = input.emergency ? "release" : "approve";
  const refusal =
    refuseStep(row, actor, step, problems.length, input.contentHash) ??
    (input.emergency ? await refuseRelease(transaction, actor, row, input.contentHash, now) : null);
  if (refusal) return refusal;
  // What its agency may publish may have changed since it was sent.
  const forbidden = await refuseForbidden(transaction, row, "Nothing was published.");
  if (forbidden) return forbidden;
  // A clock that was set back: what says it was sent before what it replaces is taken for older.
  if (facts.inForce.some(({ sent }) => sent > now.getTime())) return refuse("clock");
  // The directory may have changed since submission: what would go out must be what was read.
  const since = compareWithSent(row, bundle, contentHash);
  if (since?.code === "earlier-version") return refuse("earlier-version");
  if (since) {
    return refuse(
      "content-changed",
      `This changed after the alert was sent to you. ${describeChanges(since)} Nothing was published. Return it so that it can be prepared again.`,
    );
  }
  const ties = await loadTies(transaction, bundle, actor.personId, now);
  if (ties.length > 0 && row.agency.numbersCountAsWork && !input.emergency) {
    return refuse(
      "number-is-yours",
      `You can’t approve this alert: ${ties[0]!.place} gives out a number that only your own work stands behind. Another approver can approve it. Nothing was published.`,
    );
  }
  const signer = await findSigner(now);
  if (signer instanceof UnusableKey) {
    return refuse("signing-key", `${signer.message} Nothing was published. Your administrator can renew it.`);
  }
  const missing = requiredConfirmations(bundle).filter((name) => !input.confirmations.includes(name));
  if (missing.length > 0) {
    return refuse("incomplete", `${missing.length} confirmations are missing. Nothing was published.`);
  }
  await transaction.decision.create({
    data: {
      alertId: row.id,
      personId: actor.personId,
      decision: "approve",
      contentHash: input.contentHash,
      confirmations: input.confirmations,
      emergency: input.emergency ?? false,
      at: now,
    },
  });
  const approved = await transition(
    transaction,
    actor,
    row,
    step,
    {
      blocking: problems.length,
      shownHash: input.contentHash,
      summary: `${input.emergency ? "EMERGENCY RELEASE BY ONE PERSON: released" : "Approved"} “${row.title}”, ${input.confirmations.length} confirmations.`,
      event: {
        ...(input.emergency ? { emergency: true } : {}),
        contentHash: input.contentHash,
        confirmations: input.confirmations,
        ...(ties.length > 0 ? { ties: ties.map(({ place, e164, how }) => ({ place, e164, how })) } : {}),
      },
    },
    now,
  );
  if (approved) throw new Error(`An approval that was allowed a moment ago was refused: ${approved.code}.`);
  const published = await publishMessages(transaction, actor, { id: row.id, bundle, signer }, now);
  const destinations = await loadDestinations(transaction, row.id);
  const open = destinations.filter(({ withheld }) => withheld === null);
  const withheld = destinations.filter((one) => one.withheld !== null);
  const out = await transition(
    transaction,
    actor,
    { ...row, state: "approved" },
    "publish",
    {
      data: {
        publishedAt: published.sentAt,
        expiresAt: new Date(published.sentAt.getTime() + bundle.validMinutes * 60_000),
        ...(withheld.length > 0 ? { withheldFrom: withheld.map(({ id }) => id) } : {}),
      },
      summary:
        `Published “${row.title}”: ${published.count} messages to the CAP export.` +
        (withheld.length > 0
          ? ` Not sent to ${withheld.map(({ name }) => `“${name}”`).join(", ")}: ${row.agency.name} is not allowed to use ${withheld.length === 1 ? "this channel" : "these channels"}.`
          : ""),
      event: {
        channel: CAP_EXPORT,
        messages: published.count,
        manifest: published.manifest,
        contentHash: input.contentHash,
        ...(withheld.length > 0 ? { withheldFrom: withheld.map(({ id }) => id) } : {}),
      },
      touched: { publication: [row.id] },
    },
    now,
  );
  if (out) throw new Error(`An approved alert could not be published: ${out.code}.`);
  await leaveDeliveries(
    transaction,
    row.id,
    open.map(({ id }) => id),
    now,
  );
  if (row.purpose === "cancellation") await cancelEarlier(transaction, actor, row, now);
  if (input.emergency) {
    const waiting = { id: row.id, agencyId: row.agencyId, contentHash };
    await tellEveryone(transaction, waiting, "released", actor.personId, now);
  }
  return success({ state: "published", messages: published.count });
}

/** The key that signs, or why it cannot. */
async function findSigner(now: Date): Promise<Signer | null | UnusableKey> {
  try {
    return await loadSigner(signingSettings(), now);
  } catch (error) {
    if (error instanceof UnusableKey) return error;
    throw error;
  }
}

async function lockIncidentOf(transaction: Transaction, alertId: string): Promise<void> {
  await transaction.$queryRaw`
    select i.id from "Incident" i where i.id = (select "incidentId" from "Alert" where id = ${alertId}) for update`;
}

/** An alert of which this cancellation took back what was left of it is canceled with it. */
async function cancelEarlier(transaction: Transaction, actor: Actor, row: AlertRow, now: Date): Promise<void> {
  const earlier = await transaction.$queryRaw<{ id: string }[]>`
    select a.id from "Alert" a where a."incidentId" = ${row.incidentId} and a.state = 'published' and a.id <> ${row.id}
      and exists (select 1 from "Message" m join "MessageReference" r on r."earlierId" = m.id
        join "Message" c on c.id = r."messageId" where m."alertId" = a.id and c."alertId" = ${row.id})
      and not exists (select 1 from "Message" m where m."alertId" = a.id
        and not exists (select 1 from "MessageReference" r where r."earlierId" = m.id))
    order by a.id`;
  for (const { id } of earlier) {
    await lockAlert(transaction, id);
    const loaded = await loadAlert(transaction, id, now);
    if (!loaded) throw new Error("What a cancellation takes back is not there.");
    const change = { summary: `“${loaded.row.title}” was canceled by “${row.title}”.`, event: { by: row.id } };
    const refused = await transition(transaction, actor, loaded.row, "cancel", change, now);
    if (refused) throw new Error(`What a cancellation takes back could not be canceled: ${refused.code}.`);
  }
}

/** "Joan Petrakis approved it 2 s before you. It went out once." */
async function describeLostRace(transaction: Transaction, row: AlertRow): Promise<Refusal | null> {
  if (row.state === "submitted") return null;
  const approval = await transaction.decision.findFirst({
    where: { alertId: row.id, decision: "approve" },
    include: { person: { select: { name: true } } },
  });
  return approval
    ? refuse("wrong-state", `${approval.person.name} approved it just before you. It went out once.`)
    : refuseAs("wrong-state", row);
}

async function turnBack(
  client: PrismaClient,
  by: Actor,
  input: Decision,
  now: Date,
): Promise<Result<{ state: string; messages: number }>> {
  const step = input.decision === "return" ? "return" : "reject";
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const loaded = await loadAlert(transaction, input.id, now);
    if (!loaded || !can(actor, "alert:read", loaded.row.agencyId)) return NOT_FOUND;
    const { row } = loaded;
    // Asked first, so that a refusal writes no decision.
    const refusal = refuseStep(row, actor, step, 0, input.contentHash);
    if (refusal) return refusal;
    const bundle = row.bundle ? readBundle(row.bundle) : null;
    await transaction.decision.create({
      data: {
        alertId: row.id,
        personId: actor.personId,
        decision: step,
        contentHash: input.contentHash,
        reason: input.reason ?? "",
        // With the part each of them was about, so that those of unchanged parts stand at the second reading.
        confirmations: bundle
          ? input.confirmations.map((name) => ({ name, part: fingerprintPart(bundle, name) }))
          : input.confirmations,
        at: now,
      },
    });
    const lost = await transition(
      transaction,
      actor,
      row,
      step,
      {
        shownHash: input.contentHash,
        summary: `${step === "return" ? "Returned" : "Rejected"} “${row.title}”: ${input.reason}`,
        event: { contentHash: input.contentHash, reason: input.reason ?? "" },
      },
      now,
    );
    if (lost) throw new Error(`A decision that was allowed a moment ago was refused: ${lost.code}.`);
    return success({ state: STEPS[step].to, messages: 0 });
  });
}
