import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { ROUTE_KINDS, type RouteForm } from "../schema";
import { foreign } from "./change";

/** Adds another way to reach help, or changes one. */
export async function saveRoute(
  client: PrismaClient,
  changedBy: Actor,
  input: RouteForm,
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const region = await transaction.region.findUnique({ where: { id: input.regionId }, select: { name: true } });
    if (!region) return refuse("gone", "This place is not in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), input.regionId);
    if (!agencyId) return foreign(region.name);
    const { id, ...data } = input;
    const old = id
      ? await transaction.route.findFirst({ where: { id, regionId: input.regionId, retiredAt: null } })
      : null;
    if (id && !old) return refuse("gone", "This entry is no longer in the directory. Nothing was changed.");
    const row = old
      ? await transaction.route.update({ where: { id: old.id }, data })
      : await transaction.route.create({ data });
    const { kind, works, hours, wording, wordingEs, preference } = row;
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: old ? "route.changed" : "route.added",
        subject: { type: "region", id: input.regionId },
        summary: `${old ? "Changed" : "Added"} for ${region.name}: ${ROUTE_KINDS[input.kind]}, ${works ? "works" : "does not work"}; “${wording}”.`,
        data: {
          routeId: row.id,
          after: { kind, works, hours, wording, wordingEs, preference },
          ...(old
            ? {
                before: {
                  kind: old.kind,
                  works: old.works,
                  hours: old.hours,
                  wording: old.wording,
                  wordingEs: old.wordingEs,
                  preference: old.preference,
                },
              }
            : {}),
        },
        touched: { helpOption: [row.id] },
      },
      now,
    );
    return success({ id: row.id });
  });
}

/** Takes another way to reach help out of use. */
export async function retireRoute(
  client: PrismaClient,
  changedBy: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const row = await transaction.route.findFirst({
      where: { id: input.id, retiredAt: null },
      include: { region: { select: { name: true } } },
    });
    if (!row) return refuse("gone", "This entry is no longer in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), row.regionId);
    if (!agencyId) return foreign(row.region.name);
    await transaction.route.update({ where: { id: row.id }, data: { retiredAt: now } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: "route.retired",
        subject: { type: "region", id: row.regionId },
        summary: `Took out of use for ${row.region.name}: “${row.wording}”.`,
        data: { routeId: row.id },
        touched: { helpOption: [row.id] },
      },
      now,
    );
    return success(null);
  });
}
