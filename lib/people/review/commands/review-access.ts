import "server-only";
import type { Actor } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import type { PrismaClient } from "../../../platform/db";
import { refuse, type Result, success } from "../../../platform/result";
import { appendAudit } from "../../../record/append";
import { fingerprint } from "../../../record/chain";
import { formatAccessCsv } from "../csv";
import { listAccess } from "../data";

/**
 * Records that an administrator read who has access and found it right, with the
 * fingerprint of the list as it was. One entry for each agency the person administers.
 * @param input.shown fingerprint of the list that was read: another list is not what was reviewed
 */
export async function reviewAccess(
  client: PrismaClient,
  by: Actor,
  input: { shown: string },
  now: Date,
): Promise<Result<null>> {
  const rows = await listAccess(by, now);
  const csv = formatAccessCsv(rows);
  if (fingerprint(csv) !== input.shown) {
    return refuse("stale", "Someone’s access changed after you opened this page. Read it again. Nothing was recorded.");
  }
  return changeAs(client, by, async (transaction, actor) => {
    const agencies = [
      ...new Set(actor.memberships.filter(({ role }) => role === "administrator").map(({ agencyId }) => agencyId)),
    ];
    if (agencies.length === 0) return refuse("not-permitted");
    for (const agencyId of agencies) {
      await appendAudit(
        transaction,
        {
          actor,
          agencyId,
          action: "access.reviewed",
          subject: { type: "agency", id: agencyId },
          summary: `Reviewed who has access: ${rows.length} ${rows.length === 1 ? "person" : "people"}.`,
          data: { people: rows.length, sha256: input.shown },
        },
        now,
      );
    }
    return success(null);
  });
}
