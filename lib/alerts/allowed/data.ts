import "server-only";
import { pathToTop } from "../../access/agency-path";
import {
  type AllowedPurpose,
  decideAllowance,
  decideDestinations,
  type Destination,
  findWithheld,
  formatWithheld,
  type OpenChannel,
  type Withheld,
} from "../../access/allowance/allowance";
import { loadAllowance, loadAllowanceNodes } from "../../access/allowance/data";
import type { Reader } from "../../platform/db";
import { type Refusal, refuse } from "../../platform/result";

/** What an agency may publish, asked about one alert: at its draft, when it is sent, and when it is approved. */

/** An alert, or one that someone is about to write. */
export interface Asked {
  agencyId: string;
  purpose: string;
  incident: { id: string; mode: string };
}

/** What a ready draft is for: a real outage, which has no incident yet. */
export const askedOfReady = (agencyId: string): Asked => ({
  agencyId,
  purpose: "outage",
  incident: { id: "", mode: "live" },
});

/** What forbids an alert, with the name of its agency, or null. */
async function findForbidden(
  client: Reader,
  { agencyId, purpose, incident }: Asked,
): Promise<{ agency: string; withheld: Withheld & { purpose: AllowedPurpose } } | null> {
  const allowance = await loadAllowance(client, agencyId);
  // As nearly everywhere: then it does not matter what was published before.
  if (Object.keys(allowance.purposes).length === 0) return null;
  const published = await client.alert.findMany({
    where: { agencyId, incidentId: incident.id, publishedAt: { not: null } },
    select: { purpose: true },
    distinct: ["purpose"],
  });
  const withheld = findWithheld(allowance, {
    purpose,
    mode: incident.mode,
    published: published.map((row) => row.purpose),
  });
  return withheld && { agency: allowance.agency.name, withheld };
}

/** Why an agency may not publish an alert, as a sentence for a page; null when it may. */
export async function describeForbidden(client: Reader, asked: Asked): Promise<string | null> {
  const found = await findForbidden(client, asked);
  return found && formatWithheld(found.agency, found.withheld);
}

/** The refusal of an alert that its agency may not publish, or null. @param left what stays as it is, as a sentence */
export async function refuseForbidden(client: Reader, asked: Asked, left: string): Promise<Refusal | null> {
  const says = await describeForbidden(client, asked);
  return says === null ? null : refuse("withheld", `${says} ${left}`);
}

/** Where an alert goes when it is published, and where it does not go because its agency may not use that kind of channel. */
export async function loadDestinations(client: Reader, alertId: string): Promise<Destination[]> {
  const { agencyId } = await client.alert.findUniqueOrThrow({ where: { id: alertId }, select: { agencyId: true } });
  const nodes = await loadAllowanceNodes(client);
  const above = pathToTop(agencyId, nodes).map(({ id }) => id);
  const open = await client.$queryRaw<OpenChannel[]>`
    select c.id, c.kind, c.name, exists (
        select 1 from "Delivery" d join "Alert" e on e.id = d."alertId"
        where d."channelId" = c.id and e."incidentId" = t."incidentId" and e."agencyId" = t."agencyId" and e.id <> t.id) as began
    from "Channel" c join "Alert" t on t.id = ${alertId} join "Incident" i on i.id = t."incidentId"
    where c."retiredAt" is null and c.state = i.mode and (c."agencyId" is null or c."agencyId" = any(${above}))
    order by c."createdAt", c.id`;
  return decideDestinations(decideAllowance(agencyId, nodes), open);
}
