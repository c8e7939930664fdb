import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import { type PrismaClient, type Transaction } from "../../../platform/db";
import { inSlices } from "../../../platform/slices";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { canonicalJson } from "../../../record/canonical-json";
import { fingerprint } from "../../../record/chain";
import { readTemplate, type TemplateBody } from "../../../wording/schema";
import { checkTemplate, type TemplateCheck } from "../check";
import { loadSample, loadWordingAgency, purposeOf } from "../data";
import type { saveTemplateSchema, templateDraftSchema } from "../schema";
import { describeUntried, findUntried } from "../untried";

/**
 * A template is changed as a draft and used when another person has approved
 * it: until then every alert is written with the version before. The database
 * keeps the same (a_template_is_approved_by_a_second_person).
 */

export const GONE = "This draft is not open any more. Nothing was changed.";
export const MOVED = "This draft was changed meanwhile. Reload the page; nothing was lost.";

export async function lockDraft(transaction: Transaction, id: string) {
  await transaction.$queryRaw`select id from "TemplateDraft" where id = ${id} for update`;
  return transaction.templateDraft.findUnique({ where: { id }, include: { basedOn: true } });
}

/** The version that alerts are written with. */
export const findNewest = (transaction: Transaction, key: string) =>
  transaction.template.findFirstOrThrow({ where: { key }, orderBy: { version: "desc" } });

/** Why a draft cannot come after a version that it does not know: what is new in that would be undone. */
export const describeOvertaken = ({ basedOn }: { basedOn: { version: number } }, newest: { version: number }) =>
  `Version ${newest.version} of this template came after this draft was begun from version ${basedOn.version}, and these words would undo it. Discard the draft and begin again from version ${newest.version}.`;

/** The fingerprint of what is sent, approved and used. */
export const hashOf = (name: string, body: TemplateBody) => fingerprint(canonicalJson({ name, body }));

/** Begins a change of a template, or opens the one that is under way. */
export async function beginTemplate(
  client: PrismaClient,
  by: Actor,
  { templateId }: { templateId: string },
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const agency = await loadWordingAgency(transaction);
    if (!can(actor, "template:edit", agency.id)) return refuse("not-permitted", mayEdit(agency.name));
    const template = await transaction.template.findUnique({ where: { id: templateId } });
    if (!template || purposeOf(template.key) === null) return refuse("gone", "There is no such template.");
    // Two who press at once get one draft.
    await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(911, hashtext(${template.key}))) as lock`;
    const open = await transaction.templateDraft.findFirst({
      where: { templateKey: template.key, state: { in: ["draft", "submitted"] } },
    });
    if (open) return success({ id: open.id });
    const newest = await findNewest(transaction, template.key);
    if (newest.id !== template.id)
      return refuse("content-changed", `Version ${newest.version} of this template is in use now. Reload the page.`);
    const { id } = await transaction.templateDraft.create({
      data: {
        templateKey: template.key,
        basedOnId: template.id,
        name: template.name,
        // What is stored may be of an earlier format.
        body: readTemplate(template.body),
        state: "draft",
        version: 1,
        contributors: [actor.personId],
        createdBy: actor.name,
        createdAt: now,
        updatedById: actor.personId,
        updatedBy: actor.name,
        updatedAt: now,
      },
    });
    await note(
      transaction,
      actor,
      agency.id,
      "template.drafted",
      id,
      `Began to change “${template.name}”, version ${template.version}.`,
      now,
    );
    return success({ id });
  });
}

const mayEdit = (agency: string) => `Drafters and administrators of ${agency} change templates. Nothing was changed.`;

export async function note(
  transaction: Transaction,
  actor: Actor,
  agencyId: string,
  action: Parameters<typeof appendAudit>[1]["action"],
  id: string,
  summary: string,
  now: Date,
  more: Pick<Parameters<typeof appendAudit>[1], "data" | "touched"> = {},
) {
  await appendAudit(transaction, { actor, agencyId, action, subject: { type: "template", id }, summary, ...more }, now);
}

/** Runs a change of a draft with its row locked, by someone who may change templates. */
function editDraft<Value>(
  client: PrismaClient,
  by: Actor,
  id: string,
  run: (at: {
    transaction: Transaction;
    actor: Actor;
    agency: Awaited<ReturnType<typeof loadWordingAgency>>;
    row: NonNullable<Awaited<ReturnType<typeof lockDraft>>>;
  }) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  return changeAs(client, by, async (transaction, actor) => {
    const agency = await loadWordingAgency(transaction);
    const row = await lockDraft(transaction, id);
    if (!row || !can(actor, "template:edit", agency.id)) return refuse("not-permitted", mayEdit(agency.name));
    return run({ transaction, actor, agency, row });
  });
}

/** Saves a draft. What began from an older version of it is refused, with nothing lost on the screen. */
export async function saveTemplate(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof saveTemplateSchema>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return editDraft(client, by, input.id, async ({ transaction, actor, agency, row }) => {
    if (row.state !== "draft")
      return refuse("wrong-state", row.state === "submitted" ? "It waits for approval. Take it back first." : GONE);
    if (row.version !== input.version) return refuse("content-changed", MOVED);
    const version = row.version + 1;
    await transaction.templateDraft.update({
      where: { id: row.id },
      data: {
        name: input.name,
        body: input.body,
        version,
        contributors: [...new Set([...row.contributors, actor.personId])],
        updatedById: actor.personId,
        updatedBy: actor.name,
        updatedAt: now,
      },
    });
    await note(
      transaction,
      actor,
      agency.id,
      "template.saved",
      row.id,
      `Changed the draft of “${input.name}”, version ${version}.`,
      now,
      {
        data: { fingerprint: hashOf(input.name, input.body), version },
      },
    );
    return success({ version });
  });
}

/** @throws when no alert is made with a template of this key, of which there is no draft */
function knownPurpose(key: string) {
  const purpose = purposeOf(key);
  if (!purpose) throw new Error(`No alert is made with a template ${key}.`);
  return purpose;
}

/** What the rules say of every combination of a draft. */
export async function checkTemplateDraft(
  client: Pick<PrismaClient, "agency"> & Transaction,
  { templateKey, body }: { templateKey: string; body: unknown },
  now: Date,
): Promise<TemplateCheck> {
  return inSlices(
    checkTemplate(knownPurpose(templateKey), readTemplate(body), await loadSample(client), now.getTime()),
  );
}

export const describeMust = ({ must, combinations }: TemplateCheck) => {
  const [first] = must;
  return `${must.length} of its texts break a rule in ${combinations} combinations${first ? `: ${first.message}${first.place ? ` (${first.place}, ${first.path})` : ""}` : ""}. Nothing was sent.`;
};

/** Sends a draft to the approvers. Every combination must pass first. */
export async function submitTemplate(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof templateDraftSchema>,
  now: Date,
): Promise<Result<{ contentHash: string }>> {
  return editDraft(client, by, input.id, async ({ transaction, actor, agency, row }) => {
    if (row.state !== "draft") return refuse("wrong-state", GONE);
    if (row.version !== input.version) return refuse("content-changed", MOVED);
    const newest = await findNewest(transaction, row.templateKey);
    if (newest.id !== row.basedOnId)
      return refuse("content-changed", `${describeOvertaken(row, newest)} Nothing was sent.`);
    const body = readTemplate(row.body);
    if (hashOf(row.name, body) === hashOf(row.basedOn.name, readTemplate(row.basedOn.body)))
      return refuse("invalid", "Nothing in it differs from the version that is in use. Nothing was sent.");
    const untried = findUntried(knownPurpose(row.templateKey), readTemplate(row.basedOn.body), body);
    if (untried.length > 0) return refuse("invalid", describeUntried(untried));
    const check = await checkTemplateDraft(transaction, row, now);
    if (check.must.length > 0) return refuse("blocked-by-findings", describeMust(check));
    const contentHash = hashOf(row.name, body);
    await transaction.templateDraft.update({
      where: { id: row.id },
      data: { state: "submitted", contentHash, reason: null },
    });
    await note(
      transaction,
      actor,
      agency.id,
      "template.submitted",
      row.id,
      `Sent “${row.name}” for approval: ${check.combinations} combinations pass.`,
      now,
      {
        data: { fingerprint: contentHash, combinations: check.combinations, toLookAt: check.should.length },
      },
    );
    return success({ contentHash });
  });
}

/** Takes a draft back from the approvers, or throws it away. */
export async function withdrawTemplate(
  client: PrismaClient,
  by: Actor,
  { id, discard }: { id: string; discard: boolean },
  now: Date,
): Promise<Result<null>> {
  return editDraft(client, by, id, async ({ transaction, actor, agency, row }) => {
    if (row.state !== "submitted" && !(discard && row.state === "draft")) return refuse("wrong-state", GONE);
    await transaction.templateDraft.update({
      where: { id },
      data: { state: discard ? "discarded" : "draft", contentHash: null },
    });
    await note(
      transaction,
      actor,
      agency.id,
      discard ? "template.discarded" : "template.returned",
      id,
      discard ? `Discarded the draft of “${row.name}”.` : `Took “${row.name}” back from the approvers.`,
      now,
    );
    return success(null);
  });
}
