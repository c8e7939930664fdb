import "server-only";
import type { z } from "zod";
import { appendAudit } from "../audit/mutations";
import type { AuditAction } from "../audit/schema";
import { type Actor, agenciesFor, can } from "../auth/actor";
import { changeAs } from "../auth/mint";
import type { Prisma, PrismaClient, Transaction } from "../platform/db";
import { refuse, type Refusal, type Result, success } from "../platform/result";
import { agenciesCovering, loadConflicts, mayInRegion, regionsFor } from "./data";
import {
  type NumberForm,
  type RecordTestCall,
  type reportStatusSchema,
  type retireNumberSchema,
  ROUTE_KINDS,
  type numbersCountSchema,
  type RouteForm,
  sayNumber,
  SERVICES,
  type settleConflictSchema,
  STATUSES,
  TEST_CALL_RESULTS,
  VERIFICATION_DAYS,
  type verificationDaysSchema,
} from "./schema";
import { readTelephone } from "./telephone";

/** A number as its history shows it, before and after a change. */
export function snapshot(row: {
  service: string;
  e164: string;
  extension: string;
  desk: string;
  hours: string;
  lines: number;
  languages: readonly string[];
  takesTexts: boolean;
  sharedWith911: boolean;
  preference: number;
  status: string;
}): Prisma.InputJsonObject {
  const { service, e164, extension, desk, hours, lines, languages, takesTexts, sharedWith911, preference, status } =
    row;
  return {
    service,
    number: sayNumber(e164, extension),
    desk,
    hours,
    lines,
    languages: [...languages],
    takesTexts,
    sharedWith911,
    preference,
    status,
  };
}

const GONE = "This number is no longer in the directory. Nothing was changed.";

interface Change {
  numberId: string;
  regionId: string;
  action: "added" | "changed" | "retired" | "reported";
  audit: AuditAction;
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
  summary: string;
  agencyId: string | null;
}

/** The change in the number's own history and in the record. */
async function recordChange(transaction: Transaction, actor: Actor, change: Change, now: Date): Promise<void> {
  const { numberId, regionId, action, audit, before, after, summary, agencyId } = change;
  const row = await transaction.numberChange.create({
    data: {
      numberId,
      action,
      ...(before ? { before } : {}),
      ...(after ? { after } : {}),
      byId: actor.personId,
      by: actor.name,
      at: now,
    },
  });
  await appendAudit(
    transaction,
    {
      actor,
      agencyId,
      action: audit,
      subject: { type: "region", id: regionId },
      summary,
      data: { numberId, ...(before ? { before } : {}), ...(after ? { after } : {}) },
      touched: { numberChange: [row.id] },
    },
    now,
  );
}

async function findNumber(transaction: Transaction, id: string) {
  return transaction.directNumber.findFirst({
    where: { id, retiredAt: null },
    include: { region: { select: { name: true } }, owner: { select: { verificationDays: true } } },
  });
}

const foreign = (name: string): Refusal =>
  refuse("not-permitted", `${name} is not in your agency's area. Nothing was changed.`);

/** A call may be sent later, from a telephone without a connection, but not from another age. */
const LATEST_SENT = 14 * 86_400_000;

/**
 * Records a test call. It is kept for ever; a good one vouches for the number
 * for as long as the agency that keeps the number has decided.
 */
export async function recordTestCall(
  client: PrismaClient,
  changedBy: Actor,
  input: RecordTestCall,
  now: Date,
): Promise<Result<{ validDays: number }>> {
  const calledAt = input.calledAt ? new Date(input.calledAt) : now;
  if (calledAt.getTime() > now.getTime() + 60_000 || now.getTime() - calledAt.getTime() > LATEST_SENT) {
    return refuse("invalid", "A call is recorded within 14 days, and not before it was made. Nothing was recorded.");
  }
  return changeAs(client, changedBy, async (transaction, actor) => {
    const number = await findNumber(transaction, input.numberId);
    if (!number) return refuse("gone", "This number is no longer in the directory. Nothing was recorded.");
    if (!(await mayInRegion(transaction, actor, "directory:verify", number.regionId))) {
      return foreign(number.region.name);
    }
    const validDays = number.owner?.verificationDays ?? VERIFICATION_DAYS;
    if (input.clientKey && (await transaction.verification.count({ where: { clientKey: input.clientKey } })) > 0) {
      return success({ validDays });
    }
    const call = await transaction.verification.create({
      data: {
        numberId: number.id,
        calledById: actor.personId,
        calledBy: actor.name,
        calledAt,
        answeredBy: input.answeredBy,
        result: input.result,
        note: input.note ?? null,
        lines: input.lines ?? null,
        validDays,
        clientKey: input.clientKey ?? null,
      },
    });
    const later = input.calledAt ? `, made ${calledAt.toISOString()}` : "";
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: number.ownerId ?? actor.homeAgencyId,
        action: "number.test-call",
        subject: { type: "region", id: number.regionId },
        summary: `Test call to ${number.region.name}, ${sayNumber(number.e164, number.extension)}: ${TEST_CALL_RESULTS[input.result].toLowerCase()}; ${input.answeredBy}${later}.`,
        data: { numberId: number.id, result: input.result, validDays },
        touched: { testCall: [call.id] },
      },
      now,
    );
    return success({ validDays });
  });
}

async function isDemonstration(transaction: Transaction): Promise<boolean> {
  return (await transaction.site.findUniqueOrThrow({ where: { id: 1 } })).mode === "demonstration";
}

/**
 * Adds a number, or changes one. Other digits make another entry: the old one is
 * retired with its history, and the new one has yet to be verified.
 */
export async function saveNumber(
  client: PrismaClient,
  changedBy: Actor,
  input: NumberForm,
  now: Date,
): Promise<Result<{ id: string; unverified: boolean }>> {
  return changeAs<{ id: string; unverified: boolean }>(client, changedBy, async (transaction, actor) => {
    const region = await transaction.region.findUnique({ where: { id: input.regionId }, select: { name: true } });
    if (!region) return refuse("gone", "This place is not in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), input.regionId);
    if (!agencyId) return foreign(region.name);
    const read = readTelephone(input.telephone, { demonstration: await isDemonstration(transaction) });
    if (!read.ok) return refuse("invalid", "Nothing was changed.", { telephone: read.why });
    const { e164, extension } = read;
    const said = sayNumber(e164, extension);
    const old = input.id ? await findNumber(transaction, input.id) : null;
    if (input.id && (!old || old.regionId !== input.regionId)) return refuse("gone", GONE);
    if (old && input.version !== old.version) {
      return refuse(
        "stale",
        `Somebody changed this number while you were writing. Open ${region.name} again to see it.`,
      );
    }
    const twin = await transaction.directNumber.findFirst({
      where: {
        regionId: input.regionId,
        service: input.service,
        e164,
        extension,
        retiredAt: null,
        ...(old ? { id: { not: old.id } } : {}),
      },
    });
    if (twin) {
      return refuse("twice", "Nothing was changed.", {
        telephone: `${said} is already in the directory for ${region.name}, ${SERVICES[input.service].toLowerCase()}.`,
      });
    }
    const { service, desk, hours, lines, languages, takesTexts, sharedWith911, preference } = input;
    const details = { service, desk, hours, lines, languages, takesTexts, sharedWith911, preference };
    const shared = { regionId: input.regionId, agencyId };
    if (old && old.e164 === e164 && old.extension === extension) {
      const row = await transaction.directNumber.update({
        where: { id: old.id },
        data: { ...details, version: old.version + 1 },
      });
      const summary = `Changed ${said} of ${region.name}.`;
      const change = { before: snapshot(old), after: snapshot(row), summary };
      await recordChange(
        transaction,
        actor,
        { ...shared, numberId: old.id, action: "changed", audit: "number.changed", ...change },
        now,
      );
      return success({ id: old.id, unverified: false });
    }
    if (old) {
      const why = `Replaced by ${said}.`;
      await retire(transaction, actor, old, { ...shared, why, name: region.name }, now);
    }
    const row = await transaction.directNumber.create({
      data: {
        ...details,
        regionId: input.regionId,
        e164,
        extension,
        ownerId: old?.ownerId ?? agencyId,
        isDemonstration: await isDemonstration(transaction),
        replacesId: old?.id ?? null,
      },
    });
    const instead = old ? ` instead of ${sayNumber(old.e164, old.extension)}` : "";
    const summary = `Added ${said} for ${region.name}${instead}; not verified yet.`;
    await recordChange(
      transaction,
      actor,
      { ...shared, numberId: row.id, action: "added", audit: "number.added", after: snapshot(row), summary },
      now,
    );
    return success({ id: row.id, unverified: true });
  });
}

async function retire(
  transaction: Transaction,
  actor: Actor,
  row: NonNullable<Awaited<ReturnType<typeof findNumber>>>,
  { regionId, agencyId, why, name }: { regionId: string; agencyId: string; why: string; name: string },
  now: Date,
): Promise<void> {
  await transaction.directNumber.update({
    where: { id: row.id },
    data: { retiredAt: now, retiredBy: actor.name, retiredWhy: why, version: row.version + 1 },
  });
  const summary = `Retired ${sayNumber(row.e164, row.extension)} of ${name}: ${why}`;
  await recordChange(
    transaction,
    actor,
    {
      numberId: row.id,
      regionId,
      agencyId,
      action: "retired",
      audit: "number.retired",
      before: snapshot(row),
      summary,
    },
    now,
  );
}

/** Takes a number out of use. Its history stays. */
export async function retireNumber(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof retireNumberSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const row = await findNumber(transaction, input.id);
    if (!row) return refuse("gone", GONE);
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), row.regionId);
    if (!agencyId) return foreign(row.region.name);
    const scope = { regionId: row.regionId, agencyId, why: input.reason, name: row.region.name };
    await retire(transaction, actor, row, scope, now);
    return success(null);
  });
}

/** Says how a line is at this moment: every official may, in the own area, and it acts on open drafts at once. */
export async function reportStatus(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof reportStatusSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const row = await findNumber(transaction, input.id);
    if (!row) return refuse("gone", GONE);
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:report"), row.regionId);
    if (!agencyId) return foreign(row.region.name);
    const after = await transaction.directNumber.update({
      where: { id: row.id },
      data: { status: input.status, statusBy: actor.name, statusAt: now, version: row.version + 1 },
    });
    const summary = `Reported ${sayNumber(row.e164, row.extension)} of ${row.region.name} ${STATUSES[input.status]}.`;
    const change = { before: snapshot(row), after: snapshot(after), summary };
    await recordChange(
      transaction,
      actor,
      { numberId: row.id, regionId: row.regionId, agencyId, action: "reported", audit: "number.status", ...change },
      now,
    );
    return success(null);
  });
}

/** Settles a contradiction: both are right, with the reason, or one stays and the others are retired. */
export async function settleConflict(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof settleConflictSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const conflict = (await loadConflicts(transaction)).find(({ key }) => key === input.key);
    if (!conflict) return refuse("gone", "This contradiction is settled already, or its numbers changed.");
    const mayEdit = await regionsFor(transaction, actor, "directory:edit", conflict.regionIds);
    if (!conflict.regionIds.every((id) => mayEdit.has(id))) {
      return refuse("not-permitted", "One of these places is not in your agency's area. Nothing was changed.");
    }
    let keptNumber = "";
    if (input.decision === "kept-one") {
      if (!input.keepId || !conflict.numberIds.includes(input.keepId)) {
        return refuse("invalid", "Nothing was changed.", { keepId: "Choose the number that is right." });
      }
      const rows = await transaction.directNumber.findMany({
        where: { id: { in: conflict.numberIds }, retiredAt: null },
      });
      const kept = rows.find(({ id }) => id === input.keepId)!;
      // Of two agencies one is right: all that it gives stays. Else one number is.
      const others = rows.filter(({ id, ownerId }) =>
        conflict.kind === "two-agencies" ? ownerId !== kept.ownerId : id !== kept.id,
      );
      keptNumber = sayNumber(kept.e164, kept.extension);
      for (const { id } of others) {
        const row = (await findNumber(transaction, id))!;
        const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), row.regionId);
        const scope = { regionId: row.regionId, agencyId: agencyId!, why: input.reason, name: row.region.name };
        await retire(transaction, actor, row, scope, now);
      }
    }
    const settlement = await transaction.conflictSettlement.create({
      data: {
        key: conflict.key,
        kind: conflict.kind,
        numberIds: conflict.numberIds,
        regionIds: conflict.regionIds,
        decision: input.decision,
        reason: input.reason,
        byId: actor.personId,
        by: actor.name,
        at: now,
      },
    });
    const outcome = input.decision === "both-right" ? "Both are right." : `${keptNumber} was kept.`;
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: actor.homeAgencyId,
        action: "number.conflict-settled",
        subject: { type: "region", id: conflict.regionIds[0]! },
        summary: `Settled: ${conflict.says} ${outcome} ${input.reason}`,
        data: { key: conflict.key, decision: input.decision },
        touched: { settlement: [settlement.id] },
      },
      now,
    );
    return success(null);
  });
}

/** Adds another way to reach help, or changes one. */
export async function saveRoute(
  client: PrismaClient,
  changedBy: Actor,
  input: RouteForm,
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const region = await transaction.region.findUnique({ where: { id: input.regionId }, select: { name: true } });
    if (!region) return refuse("gone", "This place is not in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), input.regionId);
    if (!agencyId) return foreign(region.name);
    const { id, ...data } = input;
    const old = id
      ? await transaction.route.findFirst({ where: { id, regionId: input.regionId, retiredAt: null } })
      : null;
    if (id && !old) return refuse("gone", "This entry is no longer in the directory. Nothing was changed.");
    const row = old
      ? await transaction.route.update({ where: { id: old.id }, data })
      : await transaction.route.create({ data });
    const { kind, works, hours, wording, wordingEs, preference } = row;
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: old ? "route.changed" : "route.added",
        subject: { type: "region", id: input.regionId },
        summary: `${old ? "Changed" : "Added"} for ${region.name}: ${ROUTE_KINDS[input.kind]}, ${works ? "works" : "does not work"}; “${wording}”.`,
        data: {
          routeId: row.id,
          after: { kind, works, hours, wording, wordingEs, preference },
          ...(old
            ? {
                before: {
                  kind: old.kind,
                  works: old.works,
                  hours: old.hours,
                  wording: old.wording,
                  wordingEs: old.wordingEs,
                  preference: old.preference,
                },
              }
            : {}),
        },
        touched: { helpOption: [row.id] },
      },
      now,
    );
    return success({ id: row.id });
  });
}

/** Takes another way to reach help out of use. */
export async function retireRoute(
  client: PrismaClient,
  changedBy: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const row = await transaction.route.findFirst({
      where: { id: input.id, retiredAt: null },
      include: { region: { select: { name: true } } },
    });
    if (!row) return refuse("gone", "This entry is no longer in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), row.regionId);
    if (!agencyId) return foreign(row.region.name);
    await transaction.route.update({ where: { id: row.id }, data: { retiredAt: now } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: "route.retired",
        subject: { type: "region", id: row.regionId },
        summary: `Took out of use for ${row.region.name}: “${row.wording}”.`,
        data: { routeId: row.id },
        touched: { helpOption: [row.id] },
      },
      now,
    );
    return success(null);
  });
}

/**
 * Decides whether, in an agency, somebody whose own call is the only evidence for
 * a number, or who changed which one goes out, may approve an alert that gives it.
 */
export async function setNumbersCount(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof numbersCountSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    const agency = await transaction.agency.update({
      where: { id: input.agencyId },
      data: { numbersCountAsWork: input.counts },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: agency.id,
        action: "agency.numbers-count",
        subject: { type: "agency", id: agency.id },
        summary: input.counts
          ? `In ${agency.name}, people whose work decided a number do not approve alerts that give it out.`
          : `In ${agency.name}, people whose work decided a number may approve alerts that give it out, and it is shown.`,
        data: { counts: input.counts },
        touched: { agency: [agency.id] },
      },
      now,
    );
    return success(null);
  });
}

/** Sets for how many days a good test call vouches for the numbers of an agency, from now on. */
export async function setVerificationDays(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof verificationDaysSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    const before = await transaction.agency.findUniqueOrThrow({ where: { id: input.agencyId } });
    await transaction.agency.update({ where: { id: input.agencyId }, data: { verificationDays: input.days } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: "agency.verification-days",
        subject: { type: "agency", id: input.agencyId },
        summary: `A test call of ${before.name} vouches for ${input.days} days instead of ${before.verificationDays}.`,
        data: { before: before.verificationDays, after: input.days },
        touched: { agency: [input.agencyId] },
      },
      now,
    );
    return success(null);
  });
}
