import "server-only";
import { z } from "zod";
import { type NumberStatus, STATUSES } from "../../directory/schema";
import type { Reader } from "../../platform/db";

const statusSchema = z.enum(Object.keys(STATUSES) as [NumberStatus, ...NumberStatus[]]);
const changedSchema = z.array(z.object({ id: z.string(), status: statusSchema }));
export type ChangedNumber = z.infer<typeof changedSchema>[number];

/** How many are listed: a page that is told of more than it gives out reads all of them anew anyway. */
const LISTED = 500;

/** Numbers that were reported down, overloaded or back since a moment, the newest first. */
export async function loadChangedNumbers(client: Reader, since: Date): Promise<ChangedNumber[]> {
  const rows = await client.directNumber.findMany({
    where: { statusAt: { gt: since }, retiredAt: null },
    orderBy: { statusAt: "desc" },
    take: LISTED,
    select: { id: true, status: true },
  });
  return changedSchema.parse(rows);
}
