import "server-only";
import { type Actor, can } from "../../access/actor";
import type { Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";

/** An incident with its row locked to the end of the transaction, if this person may change it and it is not closed. */
export async function lockOpenIncident(transaction: Transaction, actor: Actor, id: string) {
  await transaction.$queryRaw`select id from "Incident" where id = ${id} for update`;
  const incident = await transaction.incident.findUnique({ where: { id }, include: { places: true, agency: true } });
  if (!incident || !can(actor, "incident:declare", incident.agencyId)) {
    return refuse("not-found", "There is no such incident for you.");
  }
  return incident.closedAt
    ? refuse("closed", "This incident was closed already. Nothing was changed.")
    : success(incident);
}

type Opened = Awaited<ReturnType<typeof lockOpenIncident>>;
export type OpenIncident = Extract<Opened, Result<unknown> & { ok: true }>["value"];
