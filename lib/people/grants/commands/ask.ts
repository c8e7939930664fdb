import "server-only";
import { type Actor, can } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import type { SensitiveRole } from "../../../access/permissions";
import type { PrismaClient, Transaction } from "../../../platform/db";
import { type Refusal, refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { holdsPower, managedPerson } from "../../commands/roles";
import { refuseUnconfirmed } from "../../sign-in/commands/confirm";
import { type AskAccess, REQUEST_MS, type RequestKind } from "../schema";
import { formatRequest } from "../words";

/** A change of access, asked for by one administrator. The database keeps that another one confirms it. */

interface Asked {
  kind: RequestKind;
  person: { id: string; name: string } | null;
  agencyId: string;
  role: SensitiveRole | null;
  reason: string;
}

/** Writes a request. The caller has checked that the actor may ask. */
export async function createRequest(transaction: Transaction, actor: Actor, asked: Asked, now: Date): Promise<string> {
  const { kind, person, agencyId, role, reason } = asked;
  const agency = await transaction.agency.findUniqueOrThrow({ where: { id: agencyId } });
  const row = await transaction.accessRequest.create({
    data: {
      kind,
      personId: person?.id ?? null,
      agencyId,
      role,
      reason,
      askedById: actor.personId,
      askedBy: actor.name,
      askedAt: now,
      state: "waiting",
    },
  });
  const words = formatRequest({ kind, person: person?.name ?? "", agency: agency.name, role });
  await appendAudit(
    transaction,
    {
      actor,
      agencyId,
      action: "access.asked",
      subject: { type: person ? "person" : "agency", id: person?.id ?? agencyId },
      summary: `Asked another administrator to confirm: ${words}. Why: ${reason}`,
      data: { request: row.id, kind, ...(role ? { role } : {}), reason },
      touched: person ? { roles: [person.id] } : { agency: [agencyId] },
    },
    now,
  );
  return row.id;
}

/** Asks for a change of access, after proof of who asks. Nothing changes until another administrator confirms it. */
export async function askAccess(
  client: PrismaClient,
  by: Actor,
  input: AskAccess,
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    const subject = await findSubject(transaction, actor, input);
    if ("ok" in subject) return subject;
    const where = {
      kind: input.kind,
      personId: subject.person?.id ?? null,
      agencyId: subject.agencyId,
      role: input.role ?? null,
      state: "waiting",
    };
    // One that nobody confirmed in time makes room for a new one.
    await transaction.accessRequest.updateMany({
      where: { ...where, askedAt: { lte: new Date(now.getTime() - REQUEST_MS) } },
      data: { state: "expired", decidedAt: now },
    });
    if (await transaction.accessRequest.findFirst({ where })) {
      return refuse("taken", "This is asked for already, and waits for another administrator.");
    }
    const asked = { kind: input.kind, ...subject, role: input.role ?? null, reason: input.reason };
    return success({ id: await createRequest(transaction, actor, asked, now) });
  });
}

const NOT_YOURS = () => refuse("not-permitted", "You may not manage people of this agency. Nothing was changed.");

/** Whom and which agency it is about, or why it cannot be asked for. */
async function findSubject(
  transaction: Transaction,
  actor: Actor,
  { kind, personId, agencyId, role }: AskAccess,
): Promise<{ person: { id: string; name: string } | null; agencyId: string } | Refusal> {
  if (kind === "emergency-release") {
    const agency = agencyId ? await transaction.agency.findUnique({ where: { id: agencyId } }) : null;
    if (!agency || !can(actor, "people:manage", agency.id)) return NOT_YOURS();
    return agency.emergencyRelease ? refuse("same", "This is allowed already.") : { person: null, agencyId: agency.id };
  }
  const person = personId ? await managedPerson(transaction, actor, personId) : null;
  if (!person) return NOT_YOURS();
  if (person.id === actor.personId) return refuse("own-account");
  if (kind === "role") {
    if (!role || !agencyId || !can(actor, "people:manage", agencyId)) return NOT_YOURS();
    if (person.disabledAt) return refuse("same", `${person.name} is disabled. Let the person in again first.`);
    const has = person.memberships.some((held) => held.role === role && held.agencyId === agencyId);
    return has ? refuse("same", `${person.name} has this role already.`) : { person, agencyId };
  }
  if (kind === "restore") {
    return person.disabledAt
      ? { person, agencyId: person.homeAgencyId }
      : refuse("same", `${person.name} can sign in already.`);
  }
  if (kind === "link") {
    if (person.disabledAt) return refuse("same", `${person.name} is disabled. Let the person in again first.`);
    return (await holdsPower(transaction, person.memberships))
      ? { person, agencyId: person.homeAgencyId }
      : refuse("same", `For ${person.name} you make a link yourself, on the person’s page.`);
  }
  const factors =
    (await transaction.passkey.count({ where: { personId: person.id } })) +
    (await transaction.authenticator.count({ where: { personId: person.id } }));
  return factors > 0
    ? { person, agencyId: person.homeAgencyId }
    : refuse("same", `${person.name} has no second factor.`);
}
