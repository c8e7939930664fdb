import "server-only";
import type { Actor } from "../../access/actor";
import { mayInPlace, placesFor } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { type RecordTestCall, formatNumber, isGoodResult, TEST_CALL_RESULTS, VERIFICATION_DAYS } from "../schema";
import { findNumber, foreign } from "./change";

/** A call may be sent later, from a phone without a connection, but not from another age. */
const LATEST_SENT = 14 * 86_400_000;

const ENTERED = { where: { action: "added" }, select: { byId: true } };

/** Whether an agency's rule keeps this person from verifying a number, having entered it. */
const mustBeSomeoneElse = (
  { owner, changes }: { owner: { othersVerify: boolean } | null; changes: readonly { byId: string | null }[] },
  { personId }: Actor,
) => (owner?.othersVerify ?? false) && changes.some(({ byId }) => byId === personId);

/**
 * The same number for the same service where other places list it and this
 * person may record calls, each with the days its agency lets a call count.
 */
async function findTwins(
  transaction: Transaction,
  actor: Actor,
  { id, e164, extension, service }: { id: string; e164: string; extension: string; service: string },
  good: boolean,
): Promise<{ id: string; days: number }[]> {
  const rows = await transaction.directNumber.findMany({
    where: { e164, extension, service, retiredAt: null, id: { not: id } },
    select: {
      id: true,
      placeId: true,
      owner: { select: { verificationDays: true, othersVerify: true } },
      changes: ENTERED,
    },
    orderBy: { id: "asc" },
  });
  const mine = await placesFor(
    transaction,
    actor,
    "directory:verify",
    rows.map(({ placeId }) => placeId),
  );
  return rows
    .filter((row) => mine.has(row.placeId) && !(good && mustBeSomeoneElse(row, actor)))
    .map((row) => ({ id: row.id, days: row.owner?.verificationDays ?? VERIFICATION_DAYS }));
}

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
    // All that list it, in one order, so that two calls to one desk never wait for each other.
    await transaction.$queryRaw`select n.id from "DirectNumber" n join "DirectNumber" called
        on called.id = ${input.numberId} and n.e164 = called.e164 and n.extension = called.extension and n.service = called.service
      where n."retiredAt" is null order by n.id for update of n`;
    const number = await findNumber(transaction, input.numberId);
    if (!number) return refuse("gone", "This number is no longer in the directory. Nothing was recorded.");
    if (!(await mayInPlace(transaction, actor, "directory:verify", number.placeId))) {
      return foreign(number.place.name);
    }
    const good = isGoodResult(input.result);
    if (good && mustBeSomeoneElse(number, actor)) {
      return refuse(
        "not-permitted",
        `You entered this number, and in ${number.owner?.name} someone else makes the call that verifies it. Nothing was recorded.`,
      );
    }
    const validDays = number.owner?.verificationDays ?? VERIFICATION_DAYS;
    if (input.clientKey && (await transaction.testCall.count({ where: { clientKey: input.clientKey } })) > 0) {
      return success({ validDays });
    }
    const made = {
      calledById: actor.personId,
      calledBy: actor.name,
      calledAt,
      answeredBy: input.answeredBy,
      result: input.result,
      note: input.note ?? null,
      lines: input.lines ?? null,
    };
    const call = await transaction.testCall.create({
      data: { ...made, numberId: number.id, validDays, clientKey: input.clientKey ?? null },
    });
    // One desk that twelve towns list is one number: it is called once.
    const twins = await findTwins(transaction, actor, number, good);
    const others = await transaction.testCall.createManyAndReturn({
      data: twins.map(({ id, days }) => ({ ...made, numberId: id, validDays: days })),
      select: { id: true },
    });
    const minutes = Math.round((now.getTime() - calledAt.getTime()) / 60_000);
    const later = minutes < 2 ? "" : `, entered ${minutes.toLocaleString("en-US")} minutes after it was made`;
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: number.ownerId ?? actor.homeAgencyId,
        action: "number.test-call",
        subject: { type: "place", id: number.placeId },
        summary: `Test call to ${number.place.name}, ${formatNumber(number)}: ${TEST_CALL_RESULTS[input.result].toLowerCase()}; ${input.answeredBy}${later}${twins.length === 0 ? "" : `; the same number of ${twins.length} other ${twins.length === 1 ? "place" : "places"} counts with it`}.`,
        data: { numberId: number.id, result: input.result, validDays, also: twins.map(({ id }) => id) },
        touched: { testCall: [call.id, ...others.map(({ id }) => id)] },
      },
      now,
    );
    return success({ validDays });
  });
}
