import "server-only";
import type { Transaction } from "../../platform/db";
import { taskOf } from "../../platform/jobs";

/**
 * Leaves what is to be delivered: one row and one job for each message and
 * channel, in the transaction that publishes. It knows of no channel what it is:
 * a row of the Channel table says whose alerts it carries, in which mode, and
 * whether message by message or whole.
 */

/** Lanes of one channel: what is of one place stays in order, and a slow channel takes no more of the worker. */
const LANES = 3;
/** How often a delivery is tried; pauses grow from three seconds to half an hour. */
export const MOST_TRIES = 12;

/**
 * @param channelIds those that the alert goes to, of `loadDestinations` in this very transaction
 * @returns how many deliveries were left
 */
export async function leaveDeliveries(
  transaction: Transaction,
  alertId: string,
  channelIds: readonly string[],
  now: Date,
): Promise<number> {
  const left = await transaction.$queryRaw<{ id: string; lane: string }[]>`
    with open as (
      select c.* from "Channel" c join "Alert" t on t.id = ${alertId} join "Incident" i on i.id = t."incidentId"
      where c.id = any(${[...channelIds]}) and c."retiredAt" is null and c.state = i.mode),
    made as (
      insert into "Delivery" (id, "alertId", "messageId", "channelId", key, state, "createdAt")
      select gen_random_uuid()::text, ${alertId}, m.id, c.id, c.id || ':' || m.identifier, 'stored', ${now}::timestamptz
        from open c join "Message" m on m."alertId" = ${alertId} and not c.whole
      union all
      select gen_random_uuid()::text, ${alertId}, null, c.id, c.id || ':' || t.code, 'stored', ${now}::timestamptz
        from open c join "Alert" t on t.id = ${alertId} and c.whole
      returning id, "channelId", "messageId")
    select made.id, made."channelId" || ':' || coalesce(abs(hashtext(m."placeId")) % ${LANES}, 0)::text as lane
    from made left join "Message" m on m.id = made."messageId" order by m.identifier`;
  if (left.length === 0) return 0;
  const specs = left.map(({ id, lane }) => ({
    identifier: taskOf("deliver", lane),
    payload: { id },
    queueName: lane,
    maxAttempts: MOST_TRIES,
  }));
  await transaction.$queryRaw`
    select count(*) as added from graphile_worker.add_jobs(array(
      select json_populate_record(null::graphile_worker.job_spec, json_build_object('identifier', one->>'identifier',
        'payload', one->'payload', 'queue_name', one->>'queueName', 'max_attempts', (one->>'maxAttempts')::int))
      from json_array_elements(${JSON.stringify(specs)}::json) as one))`;
  return left.length;
}
