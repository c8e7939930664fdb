import "server-only";
import type { z } from "zod";
import { appendAudit } from "../audit/mutations";
import type { Actor } from "../auth/actor";
import { inTransaction, type PrismaClient } from "../platform/db";
import { refuse, type Result, success } from "../platform/result";
import { mayVerifyRegion } from "./data";
import { type recordTestCallSchema, sayNumber, TEST_CALL_RESULTS } from "./schema";

/** Records a test call. It is kept for ever; a good one vouches for the number for 90 days. */
export async function recordTestCall(
  client: PrismaClient,
  actor: Actor,
  input: z.infer<typeof recordTestCallSchema>,
  now: Date,
): Promise<Result<null>> {
  return inTransaction(client, async (transaction) => {
    const number = await transaction.directNumber.findFirst({
      where: { id: input.numberId, retiredAt: null },
      include: { region: { select: { id: true, name: true } } },
    });
    if (!number) return refuse("gone", "This number is no longer in the directory. Nothing was recorded.");
    if (!(await mayVerifyRegion(transaction, actor, number.regionId))) {
      return refuse("not-permitted", `${number.region.name} is not in your agency's area. Nothing was recorded.`);
    }
    await transaction.verification.create({
      data: {
        numberId: number.id,
        calledById: actor.personId,
        calledBy: actor.name,
        calledAt: now,
        answeredBy: input.answeredBy,
        result: input.result,
        note: input.note ?? null,
      },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: actor.memberships[0]?.agencyId ?? null,
        action: "number.test-call",
        subject: { type: "region", id: number.regionId },
        summary: `Test call to ${number.region.name}, ${sayNumber(number.e164)}: ${TEST_CALL_RESULTS[input.result].toLowerCase()}; ${input.answeredBy}.`,
        data: { numberId: number.id, result: input.result },
      },
      now,
    );
    return success(null);
  });
}
