import "server-only";
import type { z } from "zod";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import type { retireNumberSchema } from "../schema";
import { findNumber, foreign, GONE, retire } from "./change";

/** Takes a number out of use. Its history stays. */
export async function retireNumber(
  client: PrismaClient,
  changedBy: Actor,
  input: z.infer<typeof retireNumberSchema>,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const row = await findNumber(transaction, input.id);
    if (!row) return refuse("gone", GONE);
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), row.placeId);
    if (!agencyId) return foreign(row.place.name);
    const scope = { placeId: row.placeId, agencyId, why: input.reason, name: row.place.name };
    await retire(transaction, actor, row, scope, now);
    return success(null);
  });
}
