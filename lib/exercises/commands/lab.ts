import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { writeDay } from "../../platform/csv-row";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { RecordLab } from "../schema";

/** Notes a demonstration in FEMA's IPAWS lab. Callbox takes no part in one: this is what an administrator says of it. */
export async function recordLab(
  client: PrismaClient,
  by: Actor,
  input: RecordLab,
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, by, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) {
      return refuse("not-permitted", "Your role does not allow this for this agency. Nothing was noted.");
    }
    const agency = await transaction.agency.findUniqueOrThrow({
      where: { id: input.agencyId },
      select: { name: true, jurisdiction: { select: { timeZone: true } } },
    });
    if (input.day > writeDay(now, agency.jurisdiction.timeZone)) {
      return refuse("invalid", "The demonstration can’t be in the future. Nothing was noted.", {
        day: "This day has not come yet.",
      });
    }
    const person = await transaction.person.findFirst({
      where: { id: input.personId, memberships: { some: {} } },
      select: { name: true },
    });
    if (!person) {
      return refuse("invalid", "Choose who demonstrated it. Nothing was noted.", {
        personId: "Choose who demonstrated it.",
      });
    }
    const { id } = await transaction.labDemonstration.create({
      data: {
        agencyId: input.agencyId,
        personId: input.personId,
        day: new Date(`${input.day}T00:00:00Z`),
        note: input.note,
        recordedById: actor.personId,
        recordedBy: actor.name,
        recordedAt: now,
      },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: input.agencyId,
        action: "demonstration.recorded",
        subject: { type: "demonstration", id },
        summary: `Noted that ${person.name} demonstrated proficiency in the IPAWS lab on ${input.day} for ${agency.name}.`,
        touched: { labDemonstration: [id] },
      },
      now,
    );
    return success({ id });
  });
}

/** Takes a noted demonstration back. Both stay in the record. */
export async function withdrawLab(
  client: PrismaClient,
  by: Actor,
  { id }: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const row = await transaction.labDemonstration.findUnique({ where: { id } });
    if (!row || !can(actor, "people:manage", row.agencyId)) return refuse("not-found");
    const { count } = await transaction.labDemonstration.updateMany({
      where: { id, withdrawnAt: null },
      data: { withdrawnAt: now, withdrawnBy: actor.name },
    });
    if (count === 0) return refuse("gone", "This was taken back already. Nothing was changed.");
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "demonstration.withdrawn",
        subject: { type: "demonstration", id },
        summary: `Took back the lab demonstration noted for ${row.day.toISOString().slice(0, 10)}.`,
        touched: { labDemonstration: [id] },
      },
      now,
    );
    return success(null);
  });
}
