import "server-only";
import type { Reader } from "../../platform/db";
import { prepareWording } from "../../wording/prepare";
import { readTemplate } from "../../wording/schema";
import { textsAt } from "../bundle";
import { fitTexts } from "../choose-wording";
import { buildBundle } from "../content";
import { loadFacts } from "../data";
import { type AlertContent, FIRST_ALERT } from "../schema";

/**
 * The all-clear of an outage as its largest place would get it at this moment:
 * it is written before it is needed, so that people can read it while there is time.
 * @returns null where the outage has no place, or the site no template for it
 */
export async function previewAllClear(client: Reader, incidentId: string, now: Date) {
  const incident = await client.incident.findUnique({ where: { id: incidentId }, include: { agency: true } });
  const largest = await client.place.findFirst({
    where: { incidents: { some: { incidentId, state: { in: ["out", "partly"] } } } },
    orderBy: [{ population: "desc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
  const template = await client.template.findFirst({ where: { key: "restoration" }, orderBy: { version: "desc" } });
  if (!incident || !largest || !template) return null;
  const loaded = await loadFacts(
    client,
    { id: "", code: "", purpose: "restoration", agency: incident.agency, incident, placeIds: [largest.id], template },
    now,
  );
  const outage = [{ placeId: largest.id, state: "restored" as const, since: now.getTime() }];
  const facts = { ...loaded, outage, listedIds: [] };
  const content: AlertContent = {
    ...FIRST_ALERT,
    format: "callbox-content-3",
    placeIds: [largest.id],
    restoredIds: [largest.id],
    grouping: "place",
    validMinutes: 120,
    nextUpdateMinutes: 60,
    ...prepareWording(
      readTemplate(template.body),
      facts.incident,
      facts.languages.map(({ code }) => code),
    ),
    customWording: {},
    numbers: {},
  };
  Object.assign(content, fitTexts(facts, content, now.getTime()));
  const bundle = buildBundle(facts, content, now.getTime());
  const message = bundle.messages.find(({ audience }) => audience === "phones");
  if (!message) return null;
  return {
    place: largest.name,
    texts: textsAt(bundle, message, now.getTime()).map(({ language, parts }) => ({
      language,
      short: parts.short,
      long: parts.long,
    })),
  };
}
