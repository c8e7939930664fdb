import "server-only";
import type { z } from "zod";
import type { Actor } from "../../access/actor";
import { alertableWithin } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { Prisma, PrismaClient, Transaction } from "../../platform/db";
import { formatPlace } from "../../places/county-kinds";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { AuditAction } from "../../record/schema";
import {
  type changeFactsSchema,
  type EntryKind,
  FAILURES,
  type movePlacesSchema,
  OUTAGE_STATES,
  type recordEntrySchema,
  RESTORATION_EVIDENCE,
  TEXT_TO_911,
} from "../schema";
import { lockOpenIncident, type OpenIncident } from "./open";

/** What changes about an outage while it lasts. Each change leaves an entry of the incident and one of the record. */

interface Entry {
  kind: EntryKind;
  text: string;
  source?: string | null;
  at: Date;
  data: Prisma.InputJsonObject;
}

async function writeEntry(
  transaction: Transaction,
  actor: Actor,
  incident: Pick<OpenIncident, "id" | "agencyId" | "title">,
  action: AuditAction,
  entry: Entry,
  now: Date,
): Promise<void> {
  const { id } = await transaction.incidentEntry.create({
    data: {
      ...entry,
      source: entry.source ?? null,
      incidentId: incident.id,
      byId: actor.personId,
      by: actor.name,
      recordedAt: now,
    },
  });
  await appendAudit(
    transaction,
    {
      actor,
      agencyId: incident.agencyId,
      action,
      subject: { type: "incident", id: incident.id },
      incidentId: incident.id,
      summary: `${incident.title}: ${entry.text}`,
      data: entry.data,
      touched: { incident: [incident.id], incidentEntry: [id] },
    },
    now,
  );
}

const FUTURE_MS = 60_000;
/** As exact as a form gives a time. */
const minuteOf = (at: Date | null) => at && Math.floor(at.getTime() / 60_000);
const isFuture = (at: Date, now: Date) => at.getTime() > now.getTime() + FUTURE_MS;

/** Changes what is known of an outage. What was said before stays in its entries. */
export async function changeFacts(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof changeFactsSchema>,
  now: Date,
): Promise<Result<{ changed: number }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const opened = await lockOpenIncident(transaction, actor, input.id);
    if (!opened.ok) return opened;
    const incident = opened.value;
    const beganAt = new Date(input.beganAt);
    if (isFuture(beganAt, now)) {
      return refuse("invalid", "The outage cannot begin in the future. Nothing was changed.", {
        beganAt: "This time has not come yet.",
      });
    }
    const expectedEndAt = input.expectedEndAt ? new Date(input.expectedEndAt) : null;
    // One that was given before and has passed meanwhile keeps nobody from changing something else.
    const isNewEnd = minuteOf(expectedEndAt) !== minuteOf(incident.expectedEndAt);
    if (expectedEndAt && isNewEnd && expectedEndAt <= now) {
      return refuse("invalid", "The expected end has passed already. Nothing was changed.", {
        expectedEndAt: "This time has passed. Give a later one, or leave it empty.",
      });
    }
    const after = {
      failure: input.failure,
      carrier: input.failure === "carrier" ? (input.carrier ?? null) : null,
      textTo911: input.textTo911,
      beganAt,
      cause: input.cause || null,
      evidence: input.evidence,
      expectedEndAt,
    };
    const plain = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
    const changes = (Object.keys(after) as (keyof typeof after)[]).filter(
      (name) => plain(after[name]) !== plain(incident[name]),
    );
    if (changes.length === 0) return success({ changed: 0 });
    const words: Record<keyof typeof after, string> = {
      failure: `what fails is now ${FAILURES[after.failure].label.toLowerCase()}`,
      carrier: after.carrier ? `the carrier is ${after.carrier}` : "no carrier is named",
      textTo911: `text-to-911: ${TEXT_TO_911[after.textTo911].toLowerCase()}`,
      beganAt: "the time it began was corrected",
      cause: after.cause ? `the cause is ${after.cause}` : "the cause is not known",
      evidence: `how we know: ${after.evidence}`,
      expectedEndAt: after.expectedEndAt ? "an expected end was given" : "no end is expected",
    };
    await transaction.incident.update({ where: { id: incident.id }, data: after });
    const pick = (from: Record<string, unknown>) =>
      Object.fromEntries(changes.map((name) => [name, plain(from[name]) as string | null]));
    await writeEntry(
      transaction,
      actor,
      incident,
      "incident.changed",
      {
        kind: "facts",
        text: `${changes.map((name) => words[name]).join("; ")}.`,
        at: now,
        data: { before: pick(incident), after: pick(after) },
      },
      now,
    );
    return success({ changed: changes.length });
  });
}

/** Places with a message in force that says 911 fails there. */
async function findTold(transaction: Transaction, incidentId: string, placeIds: readonly string[], now: Date) {
  return transaction.$queryRaw<{ id: string; name: string }[]>`
    select distinct p.id, p.name from "Message" m join "Alert" a on a.id = m."alertId"
      join "Place" p on p.id = any(m.covers)
    where a."incidentId" = ${incidentId} and a.state = 'published' and a."expiresAt" > ${now} and m.audience = 'phones'
      and m.tells = 'outage' and m."msgType" <> 'Cancel' and p.id = any(${[...placeIds]})
      and not exists (select 1 from "MessageReference" r where r."earlierId" = m.id)
    order by p.name`;
}

function describeEvidence({ how, landlineAt, cellAt, evidence }: z.infer<typeof movePlacesSchema>): string {
  if (!how) return evidence;
  const calls = how === "test-calls" ? `: landline ${landlineAt}, cell phone ${cellAt}` : "";
  return `${RESTORATION_EVIDENCE[how]}${calls}. ${evidence}`;
}

/** Brings places into an outage, or moves them from one state to another, with the time and how it is known. */
export async function movePlaces(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof movePlacesSchema>,
  now: Date,
): Promise<Result<{ moved: number }>> {
  return changeAs(client, by, (transaction, actor) => move(transaction, actor, input, now));
}

async function move(
  transaction: Transaction,
  actor: Actor,
  input: z.infer<typeof movePlacesSchema>,
  now: Date,
): Promise<Result<{ moved: number }>> {
  const opened = await lockOpenIncident(transaction, actor, input.id);
  if (!opened.ok) return opened;
  const incident = opened.value;
  const since = new Date(input.since);
  if (isFuture(since, now)) {
    return refuse("invalid", "This cannot be in the future. Nothing was changed.", {
      since: "This time has not come yet.",
    });
  }
  if (input.state === "restored" && since < incident.beganAt) {
    return refuse("invalid", "911 cannot work again before the outage began. Nothing was changed.", {
      since: "This is before the outage began.",
    });
  }
  const known = new Map(incident.places.map((place) => [place.placeId, place]));
  const placeIds = [...new Set(input.placeIds)];
  const added = placeIds.filter((id) => !known.has(id));
  if (added.length > 0) {
    if (input.state !== "out" && input.state !== "partly") {
      return refuse(
        "no-places",
        "A place that is not part of the incident cannot be restored in it. Nothing was changed.",
      );
    }
    const allowed = await alertableWithin(transaction, incident.agency.jurisdictionId);
    const foreign = added.find((id) => !allowed.has(id));
    if (foreign !== undefined) {
      return refuse(
        "outside-jurisdiction",
        `A place is not in the area of ${incident.agency.name}. Nothing was changed.`,
        {
          placeIds: `A place is not in the area of ${incident.agency.name}.`,
        },
      );
    }
  }
  const moved = placeIds.filter((id) => known.get(id)?.state !== input.state);
  if (moved.length === 0) return success({ moved: 0 });
  if (input.state === "removed") {
    const told = await findTold(transaction, incident.id, moved, now);
    if (told.length > 0) {
      const names = told.slice(0, 3).map(({ name }) => name);
      return refuse(
        "told-already",
        `People in ${names.join(", ")}${told.length > 3 ? ` and ${told.length - 3} more places` : ""} were told that 911 is down. Mark them as restored, so that they get an all-clear. Nothing was changed.`,
      );
    }
  }
  const evidence = describeEvidence(input);
  const active = new Map(incident.places.map(({ placeId, state }) => [placeId, state !== "removed"]));
  for (const id of moved) active.set(id, input.state !== "removed");
  const count = [...active.values()].filter(Boolean).length;
  // A name that counts its places goes on counting them.
  const title = incident.title.replace(/\b[\d,]+ (cities and towns|places)\b/, `${count} $1`);
  if (title !== incident.title) await transaction.incident.update({ where: { id: incident.id }, data: { title } });
  await transaction.incidentPlace.createMany({
    data: added.map((placeId) => ({ incidentId: incident.id, placeId, state: input.state, since, evidence })),
  });
  await transaction.incidentPlace.updateMany({
    where: { incidentId: incident.id, placeId: { in: moved } },
    data: { state: input.state, since, evidence },
  });
  const rows = await transaction.place.findMany({ where: { id: { in: moved.slice(0, 3) } } });
  const names = rows.map(formatPlace).sort().join(", ");
  const more = moved.length > 3 ? ` and ${moved.length - 3} more` : "";
  await writeEntry(
    transaction,
    actor,
    incident,
    input.state === "restored" ? "incident.restored" : "incident.places",
    {
      kind: "places",
      text: `${OUTAGE_STATES[input.state]}: ${names}${more}. ${evidence}`,
      at: since,
      data: {
        state: input.state,
        placeIds: moved,
        before: Object.fromEntries(moved.map((id) => [id, known.get(id)?.state ?? null])),
        evidence,
        ...(input.how ? { how: input.how } : {}),
      },
    },
    now,
  );
  return success({ moved: moved.length });
}

/** Keeps what was heard, a notice of the provider (47 CFR 4.9), or a finding. Findings may follow the end. */
export async function recordEntry(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof recordEntrySchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const opened = await lockOpenIncident(transaction, actor, input.id);
    if (!opened.ok && !(opened.code === "closed" && input.kind === "finding")) return opened;
    const incident = opened.ok
      ? opened.value
      : await transaction.incident.findUniqueOrThrow({
          where: { id: input.id },
          include: { places: true, agency: true },
        });
    const at = new Date(input.at);
    if (isFuture(at, now)) {
      return refuse("invalid", "This cannot be in the future. Nothing was changed.", {
        at: "This time has not come yet.",
      });
    }
    await writeEntry(
      transaction,
      actor,
      incident,
      "incident.noted",
      { kind: input.kind, text: input.text, source: input.source ?? null, at, data: { at: at.toISOString() } },
      now,
    );
    return success(null);
  });
}
