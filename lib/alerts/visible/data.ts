import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { COVERS } from "../../access/jurisdiction";
import type { Reader } from "../../platform/db";

/**
 * Published alerts of other agencies that are for a place of this person's own:
 * whoever answers for a town sees what people there were told, and with which
 * number. Exercises of others stay theirs.
 */
export async function listOthersAlerts(client: Reader, actor: Actor): Promise<string[]> {
  const agencyIds = agenciesFor(actor, "alert:read");
  if (agencyIds.length === 0) return [];
  const rows = await client.$queryRaw<{ id: string }[]>`
    select t.id from "Alert" t join "Incident" i on i.id = t."incidentId"
    where t."publishedAt" is not null and i.mode = 'live' and not (t."agencyId" = any(${agencyIds})) and exists (
      select 1 from "Message" m, unnest(m.covers) as place join "Place" r on r.id = place
        left join "Place" p on p.id = r."parentId", "Agency" a
      where m."alertId" = t.id and m.audience = 'phones' and a.id = any(${agencyIds}) and ${COVERS})`;
  return rows.map(({ id }) => id);
}
