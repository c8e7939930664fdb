import "server-only";
import type { Actor } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { formatPlaceCount } from "../../places/place-count";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { isOut } from "../schema";
import { lockOpenIncident, type OpenIncident } from "./open";

/**
 * Closes an incident. Its record stays. It stays open while a message in force
 * says that 911 fails somewhere, or an alert is not finished: an all-clear that
 * is still valid has said all there is to say.
 */
export async function closeIncident(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const opened = await lockOpenIncident(transaction, actor, input.id);
    if (!opened.ok) return opened;
    const incident = opened.value;
    const [told] = await transaction.$queryRaw<{ places: number }[]>`
      select count(distinct place)::int as places
      from "Message" m join "Alert" a on a.id = m."alertId", unnest(m.covers) as place
      where a."incidentId" = ${incident.id} and a.state = 'published' and a."expiresAt" > ${now}
        and m.audience = 'phones' and m.tells = 'outage' and m."msgType" <> 'Cancel'
        and not exists (select 1 from "MessageReference" r where r."earlierId" = m.id)`;
    const places = told?.places ?? 0;
    if (places > 0) {
      const who = `${formatPlaceCount(places)} still ${places === 1 ? "has" : "have"}`;
      return refuse(
        "alert-valid",
        `${who} an alert that says 911 is down. Send the all-clear, cancel it, or let it end first.`,
      );
    }
    const waiting = await transaction.alert.findFirst({
      where: { incidentId: incident.id, state: { in: ["draft", "submitted"] } },
    });
    if (waiting) return refuse("alert-open", `“${waiting.title}” is still open. Discard it first.`);
    await writeClosed(transaction, actor, incident, now);
    return success(null);
  });
}

/** Writes that an incident is closed. Whoever calls it has asked whether it may be, and holds its row. */
export async function writeClosed(
  transaction: Transaction,
  actor: Actor,
  incident: Pick<OpenIncident, "id" | "agencyId" | "title"> & { places: readonly { state: string }[] },
  now: Date,
): Promise<void> {
  const out = incident.places.filter(({ state }) => isOut(state)).length;
  await transaction.incident.update({ where: { id: incident.id }, data: { closedAt: now } });
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: incident.agencyId,
      action: "incident.closed",
      subject: { type: "incident", id: incident.id },
      incidentId: incident.id,
      summary: `Closed ${incident.title}${out > 0 ? `, with 911 not marked as restored in ${formatPlaceCount(out)}` : ""}.`,
      touched: { incident: [incident.id] },
    },
    now,
  );
}
