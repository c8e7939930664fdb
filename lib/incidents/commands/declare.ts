import "server-only";
import type { z } from "zod";
import { describeNoExercise } from "../../access/allowance/allowance";
import { loadAllowance } from "../../access/allowance/data";
import { appendAudit } from "../../record/append";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { alertableWithin } from "../../access/jurisdiction";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { formatPlace } from "../../places/county-kinds";
import { formatPlaceCount } from "../../places/place-count";
import { type declareIncidentSchema, FAILURES } from "../schema";

const DAY = 86_400_000;

/** Declares an outage or starts an exercise. Nothing reaches the public by it. */
export async function declareIncident(
  client: PrismaClient,
  by: Actor,
  input: DeclareInput,
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, (transaction, actor) => declareWithin(transaction, actor, input, now));
}

export type DeclareInput = Omit<z.infer<typeof declareIncidentSchema>, "exerciseId">;

/**
 * The same within a change that does more.
 * @param forAgency the agency it is declared for; without it, the first that the person may declare for
 */
export async function declareWithin(
  transaction: Transaction,
  actor: Actor,
  input: DeclareInput,
  now: Date,
  forAgency?: string,
): Promise<Result<{ id: string }>> {
  const beganAt = new Date(input.beganAt);
  if (beganAt.getTime() > now.getTime() + 60_000) {
    return refuse("invalid", "The outage cannot begin in the future. Nothing was declared.", {
      beganAt: "This time has not come yet.",
    });
  }
  if (now.getTime() - beganAt.getTime() > 30 * DAY) {
    return refuse("invalid", "The outage began more than 30 days ago. Nothing was declared.", {
      beganAt: "This is more than 30 days ago. Check the date.",
    });
  }
  const membership = actor.memberships.find(
    ({ agencyId }) => can(actor, "incident:declare", agencyId) && (forAgency === undefined || agencyId === forAgency),
  );
  if (!membership) return refuse("not-permitted", "Your role does not allow declaring an incident.");
  // An outage is recorded by every agency, whoever alerts people to it; an exercise is nothing but practice.
  if (input.mode === "exercise") {
    const withheld = describeNoExercise(await loadAllowance(transaction, membership.agencyId));
    if (withheld) return refuse("withheld", `${withheld} Nothing was started.`);
  }
  const allowed = await alertableWithin(transaction, membership.jurisdictionId);
  const placeIds = [...new Set(input.placeIds)];
  const foreign = placeIds.filter((id) => !allowed.has(id));
  if (foreign.length > 0) {
    const names = await transaction.place.findMany({
      where: { id: { in: foreign } },
      select: { name: true },
      take: 5,
    });
    const who = names.length ? names.map(({ name }) => name).join(", ") : "A place you chose";
    return refuse(
      "outside-jurisdiction",
      `${who}: not in the area of ${membership.agencyName}. Nothing was declared.`,
      {
        placeIds: `${who}: not in the area of ${membership.agencyName}.`,
      },
    );
  }
  if (!input.anotherIncident) {
    const open = await findOpenFor(transaction, membership.agencyId, input.mode, placeIds);
    if (open) {
      const says = `“${open.title}” is already open for ${open.places === placeIds.length ? (open.places === 1 ? "this place" : "these places") : `${open.places} of these places`}. Nothing was declared.`;
      return refuse("already-open", says, { openIncident: open.id });
    }
  }
  const where = await describePlaces(transaction, placeIds, allowed, membership.jurisdictionId);
  const name = `${input.mode === "exercise" ? "Exercise: " : ""}911 outage, ${where}`;
  const title = await tellApart(transaction, membership.agencyId, name);
  const incident = await transaction.incident.create({
    data: {
      agencyId: membership.agencyId,
      mode: input.mode,
      title,
      failure: input.failure,
      carrier: input.failure === "carrier" ? (input.carrier ?? null) : null,
      textTo911: input.textTo911,
      beganAt,
      cause: input.cause || null,
      evidence: input.evidence,
      declaredById: actor.personId,
      declaredBy: actor.name,
      declaredAt: now,
      places: { createMany: { data: placeIds.map((placeId) => ({ placeId })) } },
    },
  });
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: membership.agencyId,
      action: "incident.declared",
      subject: { type: "incident", id: incident.id },
      incidentId: incident.id,
      summary: `Declared ${title}: ${FAILURES[input.failure].label.toLowerCase()}, ${formatPlaceCount(placeIds.length)}.`,
      data: { mode: input.mode, failure: input.failure, textTo911: input.textTo911, places: placeIds.length },
      touched: { incident: [incident.id] },
    },
    now,
  );
  return success({ id: incident.id });
}

/** An open incident of the same kind that has one of these places already; the one that has most of them. */
async function findOpenFor(transaction: Transaction, agencyId: string, mode: string, placeIds: readonly string[]) {
  const [found] = await transaction.$queryRaw<{ id: string; title: string; places: number }[]>`
    select i.id, i.title, count(*)::int as places from "Incident" i join "IncidentPlace" p on p."incidentId" = i.id
    where i."agencyId" = ${agencyId} and i.mode = ${mode} and i."closedAt" is null
      and p."placeId" = any(${[...placeIds]}) and p.state in ('out', 'partly')
    group by i.id order by 3 desc, i."declaredAt" desc limit 1`;
  return found;
}

/** No two incidents of an agency have one name: the second is "…, 2". */
async function tellApart(transaction: Transaction, agencyId: string, name: string): Promise<string> {
  // Two that are declared at once take turns, so that each sees the other.
  await transaction.$queryRaw`select id from "Agency" where id = ${agencyId} for no key update`;
  const rows = await transaction.incident.findMany({
    where: { agencyId, title: { startsWith: name } },
    select: { title: true },
  });
  const taken = new Set(rows.map(({ title }) => title));
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} (${number})`)) number += 1;
  return `${name} (${number})`;
}

async function describePlaces(
  transaction: Transaction,
  placeIds: readonly string[],
  allowed: ReadonlySet<string>,
  jurisdictionId: string,
): Promise<string> {
  if (placeIds.length === allowed.size && placeIds.length > 1) {
    const place = await transaction.place.findUnique({ where: { id: jurisdictionId } });
    return `all of ${place?.name}`;
  }
  if (placeIds.length <= 3) {
    const rows = await transaction.place.findMany({ where: { id: { in: [...placeIds] } }, orderBy: { name: "asc" } });
    return rows.map(formatPlace).join(", ");
  }
  const counties = await transaction.place.count({ where: { id: { in: [...placeIds] }, kind: "county" } });
  return counties === 0 ? `${placeIds.length} cities and towns` : `${placeIds.length} places`;
}
