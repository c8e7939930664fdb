import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { canonicalJson } from "../../record/canonical-json";
import { fingerprint } from "../../record/chain";
import { refuseForbidden } from "../allowed/data";
import { buildBundle } from "../content";
import { loadAlert } from "../data";
import { lockAlert, transition } from "../lifecycle/transition";
import { checkBundle } from "../checked";
import { isBlocking } from "../findings";
import { tellApprovers } from "../notices/mutations";
import { describeBlocking, NOT_FOUND, refuseAs, refuseStep } from "../refusals";
import { contribute } from "./draft";

/** Sends a draft to the approver: builds the bundle, checks every rule, stores it with its fingerprint. */
export async function submitAlert(
  client: PrismaClient,
  by: Actor,
  input: { id: string; version: number },
  now: Date,
): Promise<Result<{ contentHash: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const loaded = await loadAlert(transaction, input.id, now);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row, content, facts } = loaded;
    if (row.version !== input.version) return refuseAs("content-changed", row);
    // A second press of the same person: what it asks for is done.
    if (row.state === "submitted" && row.contentHash && row.submittedBy === actor.name) {
      return success({ contentHash: row.contentHash });
    }
    const bundle = buildBundle(facts, content, now.getTime());
    const stored = canonicalJson(bundle);
    const contentHash = fingerprint(stored);
    const found = await checkBundle(bundle, contentHash, { facts, content, now: now.getTime() });
    const problems = found.filter(isBlocking);
    const refusal = refuseStep(row, actor, "submit", problems.length);
    if (refusal) {
      return refusal.code === "blocked-by-findings"
        ? refuse(refusal.code, `It can’t be sent yet. ${describeBlocking(problems)} The draft is saved.`)
        : refusal;
    }
    const forbidden = await refuseForbidden(transaction, row, "The draft is saved.");
    if (forbidden) return forbidden;
    await contribute(transaction, row.id, actor, "sent it for approval", now);
    const lost = await transition(
      transaction,
      actor,
      row,
      "submit",
      {
        data: { bundle: stored, contentHash, submittedBy: actor.name, submittedAt: now },
        summary: `Sent “${row.title}” for approval, version ${row.version}.`,
        event: { contentHash, version: row.version },
      },
      now,
    );
    if (lost) return lost;
    await tellApprovers(transaction, { id: row.id, agencyId: row.agencyId, contentHash }, now);
    return success({ contentHash });
  });
}
