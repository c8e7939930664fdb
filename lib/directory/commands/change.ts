import "server-only";
import type { Actor } from "../../access/actor";
import type { Prisma, Transaction } from "../../platform/db";
import { type Refusal, refuse } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { AuditAction } from "../../record/schema";
import { formatNumber } from "../schema";

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
  ownerId: string | null;
}): Prisma.InputJsonObject {
  const {
    service,
    e164,
    extension,
    desk,
    hours,
    lines,
    languages,
    takesTexts,
    sharedWith911,
    preference,
    status,
    ownerId,
  } = row;
  return {
    service,
    number: formatNumber({ e164, extension }),
    desk,
    hours,
    lines,
    languages: [...languages],
    takesTexts,
    sharedWith911,
    preference,
    status,
    ownerId,
  };
}

export const GONE = "This number is no longer in the directory. Nothing was changed.";

interface Change {
  numberId: string;
  placeId: string;
  action: "added" | "changed" | "retired" | "reported";
  audit: AuditAction;
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
  summary: string;
  agencyId: string | null;
}

/** The change in the number's own history and in the record. */
export async function recordChange(transaction: Transaction, actor: Actor, change: Change, now: Date): Promise<void> {
  const { numberId, placeId, action, audit, before, after, summary, agencyId } = change;
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
      subject: { type: "place", id: placeId },
      summary,
      data: { numberId, ...(before ? { before } : {}), ...(after ? { after } : {}) },
      touched: { numberChange: [row.id], ...(action === "added" ? { number: [numberId] } : {}) },
    },
    now,
  );
}

/** A number in use, locked to the end of the transaction. */
export async function findNumber(transaction: Transaction, id: string) {
  await transaction.$queryRaw`select id from "DirectNumber" where id = ${id} for update`;
  return transaction.directNumber.findFirst({
    where: { id, retiredAt: null },
    include: {
      place: { select: { name: true } },
      owner: { select: { name: true, verificationDays: true, othersVerify: true } },
      changes: { where: { action: "added" }, select: { byId: true } },
    },
  });
}

export const foreign = (name: string): Refusal =>
  refuse("not-permitted", `${name} is not in your agency's area. Nothing was changed.`);

export async function retire(
  transaction: Transaction,
  actor: Actor,
  row: NonNullable<Awaited<ReturnType<typeof findNumber>>>,
  { placeId, agencyId, why, name }: { placeId: string; agencyId: string; why: string; name: string },
  now: Date,
): Promise<void> {
  await transaction.directNumber.update({
    where: { id: row.id },
    data: { retiredAt: now, retiredBy: actor.name, retiredWhy: why, version: row.version + 1 },
  });
  const summary = `Retired ${formatNumber(row)} of ${name}: ${why}`;
  await recordChange(
    transaction,
    actor,
    {
      numberId: row.id,
      placeId,
      agencyId,
      action: "retired",
      audit: "number.retired",
      before: snapshot(row),
      summary,
    },
    now,
  );
}
