import "server-only";
import type { Actor } from "../../access/actor";
import { mayInPlace } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { type RecordTestCall, formatNumber, TEST_CALL_RESULTS, VERIFICATION_DAYS } from "../schema";
import { findNumber, foreign } from "./change";

/** A call may be sent later, from a phone without a connection, but not from another age. */
const LATEST_SENT = 14 * 86_400_000;

/**
 * Records a test call. It is kept for ever; a good one keeps verified the number
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
    if (!(await mayInPlace(transaction, actor, "directory:verify", number.placeId))) {
      return foreign(number.place.name);
    }
    const validDays = number.owner?.verificationDays ?? VERIFICATION_DAYS;
    if (input.clientKey && (await transaction.testCall.count({ where: { clientKey: input.clientKey } })) > 0) {
      return success({ validDays });
    }
    const call = await transaction.testCall.create({
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
        subject: { type: "place", id: number.placeId },
        summary: `Test call to ${number.place.name}, ${formatNumber(number)}: ${TEST_CALL_RESULTS[input.result].toLowerCase()}; ${input.answeredBy}${later}.`,
        data: { numberId: number.id, result: input.result, validDays },
        touched: { testCall: [call.id] },
      },
      now,
    );
    return success({ validDays });
  });
}
