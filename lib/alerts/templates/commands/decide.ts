import "server-only";
import { type Actor, can } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import { inTransaction, type PrismaClient } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { readTemplate } from "../../../wording/schema";
import { loadWordingAgency } from "../data";
import type { DecideTemplate } from "../schema";
import {
  checkTemplateDraft,
  describeMust,
  describeOvertaken,
  findNewest,
  GONE,
  hashOf,
  lockDraft,
  MOVED,
  note,
} from "./draft";

const OWN_WORK = "You can’t approve these words because you worked on them. Another approver can. Nothing was changed.";

/** Approves a draft, which makes it the version that alerts are written with from then on; or returns it with a reason. */
export async function decideTemplate(
  client: PrismaClient,
  by: Actor,
  { id, decision, contentHash, reason }: DecideTemplate,
  now: Date,
): Promise<Result<{ version: number | null }>> {
  const result = await changeAs(client, by, async (transaction, actor): Promise<Result<{ version: number | null }>> => {
    const agency = await loadWordingAgency(transaction);
    const row = await lockDraft(transaction, id);
    if (!row || !can(actor, "template:approve", agency.id))
      return refuse("not-permitted", `Approvers of ${agency.name} decide about templates. Nothing was changed.`);
    if (row.state !== "submitted") return refuse("wrong-state", GONE);
    if (row.contentHash !== contentHash) return refuse("content-changed", MOVED);
    if (decision === "return") {
      await transaction.templateDraft.update({
        where: { id },
        data: { state: "draft", contentHash: null, reason: reason ?? "" },
      });
      await note(transaction, actor, agency.id, "template.returned", id, `Returned “${row.name}”: ${reason}`, now);
      return success({ version: null });
    }
    if (row.contributors.includes(actor.personId)) return refuse("contributed", OWN_WORK);
    const body = readTemplate(row.body);
    const newest = await findNewest(transaction, row.templateKey);
    if (newest.id !== row.basedOnId)
      return refuse("content-changed", `${describeOvertaken(row, newest)} Return it. Nothing was changed.`);
    if (hashOf(row.name, body) !== contentHash) return refuse("content-changed", MOVED);
    // Places came and went since it was sent.
    const check = await checkTemplateDraft(transaction, row, now);
    if (check.must.length > 0) return refuse("blocked-by-findings", describeMust(check));
    const version = newest.version + 1;
    await transaction.templateDraft.update({
      where: { id },
      data: { state: "approved", decidedById: actor.personId, decidedBy: actor.name, decidedAt: now },
    });
    const template = await transaction.template.create({
      data: {
        id: `${row.templateKey}-${version}`,
        key: row.templateKey,
        version,
        name: row.name,
        body: row.body ?? {},
        approvedBy: actor.name,
        approvedAt: now,
        draftId: row.id,
      },
    });
    await note(
      transaction,
      actor,
      agency.id,
      "template.approved",
      template.id,
      `Approved “${row.name}”, version ${version}. Alerts are written with it from now on.`,
      now,
      {
        data: { fingerprint: contentHash, draft: row.id, authors: row.contributors, combinations: check.combinations },
        touched: { template: [template.id] },
      },
    );
    return success({ version });
  });
  if (!result.ok && result.code === "contributed") {
    // The refusal stays on record, after the transaction that was refused.
    await inTransaction(client, async (transaction) => {
      const agency = await loadWordingAgency(transaction);
      await note(transaction, by, agency.id, "template.approval-refused", id, "Refused: worked on these words.", now);
    });
  }
  return result;
}
