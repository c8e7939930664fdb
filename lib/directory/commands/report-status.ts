import "server-only";
import type { z } from "zod";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { PrismaClient, Transaction } from "../../platform/db";
import { addJob, SITE_QUEUE } from "../../platform/jobs";
import { refuse, type Result, success } from "../../platform/result";
import { type reportStatusSchema, formatNumber, STATUSES } from "../schema";
import { findNumber, foreign, GONE, recordChange, snapshot } from "./change";

/** Says how a line is at this moment: every official may, in the own area, and it acts on open drafts at once. */
export async function reportStatus(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof reportStatusSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, (transaction, actor) => reportWithin(transaction, actor, input, now));
}

/** The same inside a change that does more. */
export async function reportWithin(
  transaction: Transaction,
  actor: Actor,
  input: z.infer<typeof reportStatusSchema>,
  now: Date,
): Promise<Result<null>> {
  const row = await findNumber(transaction, input.id);
  if (!row) return refuse("gone", GONE);
  const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:report"), row.placeId);
  if (!agencyId) return foreign(row.place.name);
  const after = await transaction.directNumber.update({
    where: { id: row.id },
    data: { status: input.status, statusBy: actor.name, statusAt: now, version: row.version + 1 },
  });
  const summary = `Reported ${formatNumber(row)} of ${row.place.name} ${STATUSES[input.status]}.`;
  const change = { before: snapshot(row), after: snapshot(after), summary };
  await recordChange(
    transaction,
    actor,
    { numberId: row.id, placeId: row.placeId, agencyId, action: "reported", audit: "number.status", ...change },
    now,
  );
  // What people are told to call must not stay on the public pages until their next renewal.
  if (row.status !== input.status)
    await addJob(transaction, "write-site", {}, { key: `write-site ${row.id}`, queue: SITE_QUEUE });
  return success(null);
}
