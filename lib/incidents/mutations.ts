import "server-only";
import type { z } from "zod";
import { appendAudit } from "../record/append";
import { type Actor, can } from "../access/actor";
import { changeAs } from "../access/mint";
import { alertableWithin } from "../access/jurisdiction";
import type { PrismaClient } from "../platform/db";
import { refuse, type Result, success } from "../platform/result";
import { formatPlace } from "../places/county-kinds";
import { type declareIncidentSchema, FAILURES } from "./schema";

const DAY = 86_400_000;

/** Declares an outage or starts an exercise. Nothing reaches the public by it. */
export async function declareIncident(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof declareIncidentSchema>,
  now: Date,
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
  return changeAs(client, by, async (transaction, actor) => {
    const membership = actor.memberships.find(({ agencyId }) => can(actor, "incident:declare", agencyId));
    if (!membership) return refuse("not-permitted", "Your role does not allow declaring an incident.");
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
    const where = await describePlaces(transaction, placeIds, allowed, membership.jurisdictionId);
    const title = `${input.mode === "exercise" ? "Exercise: " : ""}911 outage, ${where}`;
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
        summary: `Declared ${title}: ${FAILURES[input.failure].label.toLowerCase()}, ${placeIds.length} places.`,
        data: { mode: input.mode, failure: input.failure, textTo911: input.textTo911, places: placeIds.length },
        touched: { incident: [incident.id] },
      },
      now,
    );
    return success({ id: incident.id });
  });
}

async function describePlaces(
  transaction: Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0],
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

/** Closes an incident. Its record stays. */
export async function closeIncident(
  client: PrismaClient,
  by: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    await transaction.$queryRaw`select id from "Incident" where id = ${input.id} for update`;
    const incident = await transaction.incident.findUnique({ where: { id: input.id }, include: { alerts: true } });
    if (!incident || !can(actor, "incident:declare", incident.agencyId)) {
      return refuse("not-found", "There is no such incident for you.");
    }
    if (incident.closedAt) return refuse("closed", "This incident was closed already.");
    const live = incident.alerts.find(
      // A cancellation that is still valid has said all there is to say.
      ({ purpose, state, expiresAt }) =>
        purpose !== "cancellation" && state === "published" && expiresAt && expiresAt > now,
    );
    if (live) return refuse("alert-valid", `“${live.title}” is still valid. Cancel it or let it end first.`);
    const waiting = incident.alerts.find(({ state }) => state === "draft" || state === "submitted");
    if (waiting) return refuse("alert-open", `“${waiting.title}” is still open. Discard it first.`);
    await transaction.incident.update({ where: { id: incident.id }, data: { closedAt: now } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: incident.agencyId,
        action: "incident.closed",
        subject: { type: "incident", id: incident.id },
        incidentId: incident.id,
        summary: `Closed ${incident.title}.`,
        touched: { incident: [incident.id] },
      },
      now,
    );
    return success(null);
  });
}
