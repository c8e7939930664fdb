import "server-only";
import { type Actor, can } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import type { Role } from "../../../access/permissions";
import type { PrismaClient, Transaction } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { createSetupLink, endSetupLinks } from "../../commands/passwords";
import { grantRole, managedPerson } from "../../commands/roles";
import { refuseUnconfirmed } from "../../sign-in/commands/confirm";
import { type DecideAccess, REQUEST_MS, type RequestKind } from "../schema";
import { formatRequest } from "../words";

type Row = NonNullable<Awaited<ReturnType<typeof findRequest>>>;

function findRequest(transaction: Transaction, id: string) {
  return transaction.accessRequest.findUnique({ where: { id }, include: { agency: true, person: true } });
}

/**
 * Confirms a request as the second administrator, after proof of who confirms;
 * declines it; or, for whoever asked, takes it back.
 * @returns the token of a one-time link, for whoever confirmed: where one was asked for, where another's
 * ended with the grant or the person had no way in yet, and where the account's home changed; else null
 */
export async function decideAccess(
  client: PrismaClient,
  by: Actor,
  input: DecideAccess,
  now: Date,
): Promise<Result<{ token: string | null }>> {
  return changeAs(client, by, async (transaction, actor) => {
    await transaction.$queryRaw`select id from "AccessRequest" where id = ${input.id} for update`;
    const row = await findRequest(transaction, input.id);
    if (!row || !can(actor, "people:manage", row.agencyId)) return refuse("not-found");
    if (row.state !== "waiting" || row.askedAt.getTime() + REQUEST_MS <= now.getTime()) {
      return refuse("gone", "This request waits no longer. Nothing was changed.");
    }
    const isAsker = row.askedById === actor.personId;
    if (input.decision === "withdraw" && !isAsker) return refuse("not-permitted", "Only whoever asked takes it back.");
    if (input.decision !== "confirm") return close(transaction, actor, row, input.decision, now);
    if (isAsker) return refuse("two-people", "You asked for this, so another administrator confirms it.");
    if (row.personId === actor.personId) return refuse("own-account");
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    if (row.personId && !(await managedPerson(transaction, actor, row.personId))) return refuse("not-permitted");
    if ((row.kind === "role" || row.kind === "link") && row.person?.disabledAt) {
      return refuse("gone", `${row.person.name} is disabled now. Nothing was changed.`);
    }
    await transaction.accessRequest.update({
      where: { id: row.id },
      data: { state: "confirmed", decidedById: actor.personId, decidedBy: actor.name, decidedAt: now },
    });
    return success({ token: await carryOut(transaction, actor, row, now) });
  });
}

async function close(
  transaction: Transaction,
  actor: Actor,
  row: Row,
  decision: "decline" | "withdraw",
  now: Date,
): Promise<Result<{ token: null }>> {
  const withdrawn = decision === "withdraw";
  await transaction.accessRequest.update({
    where: { id: row.id },
    data: {
      state: withdrawn ? "withdrawn" : "declined",
      decidedById: actor.personId,
      decidedBy: actor.name,
      decidedAt: now,
    },
  });
  const words = formatRequest({
    kind: row.kind as RequestKind,
    person: row.person?.name ?? "",
    agency: row.agency.name,
    role: row.role as Role | null,
  });
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: row.agencyId,
      action: withdrawn ? "access.withdrawn" : "access.declined",
      subject: { type: row.personId ? "person" : "agency", id: row.personId ?? row.agencyId },
      summary: `${withdrawn ? "Took back the request" : `Declined what ${row.askedBy} asked for`}: ${words}.`,
      data: { request: row.id },
      touched: row.personId ? { roles: [row.personId] } : { agency: [row.agencyId] },
    },
    now,
  );
  return success({ token: null });
}

/** What a confirmed request was for. */
async function carryOut(transaction: Transaction, actor: Actor, row: Row, now: Date): Promise<string | null> {
  const { person, agency, askedBy } = row;
  const says = ` ${askedBy} asked, ${actor.name} confirmed.`;
  if (row.kind === "role" && person) {
    const granters = [row.askedById, actor.personId].filter((id) => id !== null);
    const grant = { person, agencyId: row.agencyId, role: row.role as Role, granters, says };
    return grantRole(transaction, actor, grant, now);
  }
  const entry = { actor, agencyId: row.agencyId, data: { request: row.id } };
  if (row.kind === "emergency-release") {
    await transaction.agency.update({ where: { id: agency.id }, data: { emergencyRelease: true } });
    const summary = `In ${agency.name}, one person may release an alert in an emergency, with two confirmations minutes apart.${says}`;
    const subject = { type: "agency", id: agency.id };
    const touched = { agency: [agency.id] };
    // Whoever drafts here can release alone from now on, so no link that one administrator still knows stays open.
    const drafters = await transaction.membership.findMany({ where: { agencyId: agency.id, role: "drafter" } });
    for (const { personId } of drafters) await endSetupLinks(transaction, personId, now);
    await appendAudit(transaction, { ...entry, action: "agency.emergency", subject, summary, touched }, now);
    return null;
  }
  if (!person) throw new Error("A request about a person names nobody.");
  const subject = { type: "person", id: person.id };
  const touched = { person: [person.id], roles: [person.id] };
  if (row.kind === "restore") {
    await transaction.person.update({ where: { id: person.id }, data: { disabledAt: null } });
    const summary = `Let ${person.name} in again.${says}`;
    await appendAudit(transaction, { ...entry, action: "person.enabled", subject, summary, touched }, now);
    return null;
  }
  if (row.kind === "link") {
    const token = await createSetupLink(transaction, person.id, actor.personId, now);
    const summary = `Made a new one-time link for ${person.name}; earlier ones ended.${says}`;
    const roles = { roles: [person.id] };
    await appendAudit(transaction, { ...entry, action: "person.invited", subject, summary, touched: roles }, now);
    return token;
  }
  await endFactors(transaction, person.id, now);
  // Without a factor a link is a way in by itself.
  await endSetupLinks(transaction, person.id, now);
  const summary = `Reset the second factor of ${person.name}; every session ended.${says}`;
  await appendAudit(transaction, { ...entry, action: "factor.reset", subject, summary, touched }, now);
  return null;
}

/** Ends every second factor and every session of a person. */
export async function endFactors(transaction: Transaction, personId: string, now: Date): Promise<void> {
  await transaction.authenticator.deleteMany({ where: { personId } });
  await transaction.passkey.deleteMany({ where: { personId } });
  await transaction.recoveryCode.deleteMany({ where: { personId } });
  await transaction.session.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } });
}
