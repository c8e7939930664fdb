import "server-only";
import { type Actor, can } from "../../access/actor";
import { fingerprint } from "../../record/chain";
import { alertableWithin } from "../../access/jurisdiction";
import { loadPlaces } from "../../directory/data";
import { db, type PrismaClient } from "../../platform/db";
import { getSite } from "../../platform/site/data";
import { loadAgencyFacts } from "../../alerts/data";
import { listLanguages } from "../../wording/data";
import { readTemplate } from "../../wording/schema";
import { buildKit, type Kit, writeKitData } from "./kit";

/** Agencies whose kit a person may take: all, since the directory is open to everybody signed in. */
export async function listKitAgencies(actor: Actor) {
  if (!can(actor, "directory:read")) return [];
  return db().agency.findMany({ select: { id: true, name: true }, orderBy: { name: "asc" } });
}

/** The kit of an agency, with its checksum. For callers that have checked the actor. */
export async function loadKit(
  client: PrismaClient,
  agencyId: string,
  now: number,
): Promise<{ kit: Kit; checksum: string } | null> {
  const [agency, template, site] = await Promise.all([
    client.agency.findUnique({ where: { id: agencyId } }),
    client.template.findFirst({ where: { key: "outage" }, orderBy: { version: "desc" } }),
    getSite(client),
  ]);
  if (!agency || !template) return null;
  const places = await loadPlaces(client, [...(await alertableWithin(client, agency.jurisdictionId))]);
  const kit = buildKit(
    {
      agency: await loadAgencyFacts(client, agency),
      languages: await listLanguages(client),
      places,
      template: readTemplate(template.body),
      demonstration: site.mode === "demonstration",
      timeZone: site.timeZone,
    },
    now,
  );
  return { kit, checksum: fingerprint(writeKitData(kit)) };
}
