import "server-only";
import type { z } from "zod";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import { renewAlertable } from "../../places/commands/renew-alertable";
import { formatPlace } from "../../places/county-kinds";
import { findPlace } from "../../places/data";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { retirePlaceSchema } from "../schema";
import { findNumber, retire } from "./change";

/**
 * Takes a city or town out of use, alone or because it became part of another.
 * Its numbers are retired with it, since nobody verified them for the other
 * place; what was said of it stays. An import of it brings it back.
 */
export async function retirePlace(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof retirePlaceSchema>,
  now: Date,
): Promise<Result<{ numbers: number }>> {
  return changeAs(client, by, async (transaction, actor) => {
    const place = await transaction.place.findFirst({ where: { id: input.id, kind: "municipality", retiredAt: null } });
    if (!place) return refuse("gone", "This city or town is not in use. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "place:import"), place.id);
    if (!agencyId)
      return refuse("not-permitted", "Only an administrator of this area retires places. Nothing was changed.");
    const open = await transaction.incident.findFirst({
      where: { closedAt: null, places: { some: { placeId: place.id } } },
      select: { title: true },
    });
    if (open) {
      return refuse(
        "wrong-state",
        `${place.name} is in the open incident “${open.title}”. Close that first. Nothing was changed.`,
      );
    }
    const into = input.into === "" ? null : await findSuccessor(transaction, input.into, place);
    if (into && "why" in into) return refuse("invalid", "Nothing was changed.", { into: into.why });
    const successor = into?.place ?? null;
    const numbers = await transaction.directNumber.findMany({
      where: { placeId: place.id, retiredAt: null },
      select: { id: true },
    });
    const why = successor
      ? `${place.name} became part of ${formatPlace(successor)}.`
      : `${place.name} was retired: ${input.reason}`;
    for (const { id } of numbers) {
      const number = await findNumber(transaction, id);
      if (number) await retire(transaction, actor, number, { placeId: place.id, agencyId, why, name: place.name }, now);
    }
    await transaction.place.update({
      where: { id: place.id },
      data: { retiredAt: now, alertable: false, mergedIntoId: successor?.id ?? null },
    });
    if (place.parentId) await renewAlertable(transaction, [place.parentId]);
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: "place.retired",
        subject: { type: "place", id: place.id },
        summary: `Retired ${place.name}${successor ? `, now part of ${formatPlace(successor)}` : ""}: ${input.reason}`,
        data: { into: successor?.id ?? null, numbers: numbers.map(({ id }) => id), reason: input.reason },
      },
      now,
    );
    return success({ numbers: numbers.length });
  });
}

/** The city, town or county that a place became part of, in its own state. */
async function findSuccessor(
  transaction: Parameters<typeof findPlace>[0],
  text: string,
  place: { id: string; stateCode: string },
) {
  const among = await transaction.place.findMany({
    where: {
      stateCode: place.stateCode,
      kind: { in: ["municipality", "county"] },
      retiredAt: null,
      id: { not: place.id },
    },
    select: { id: true },
  });
  return findPlace(
    transaction,
    text,
    among.map(({ id }) => id),
  );
}
