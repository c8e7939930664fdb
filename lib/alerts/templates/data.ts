import "server-only";
import { z } from "zod";
import { type Actor, agenciesFor, can } from "../../access/actor";
import { alertableWithin } from "../../access/jurisdiction";
import { loadPlaces } from "../../directory/data";
import { db, type Reader } from "../../platform/db";
import { getSite } from "../../platform/site/data";
import { listLanguages } from "../../wording/data";
import { MULTILINGUAL_KEY } from "../../wording/multilingual";
import { readTemplate } from "../../wording/schema";
import { loadAgencyFacts } from "../data";
import { ALERT_STATES, PURPOSES, type Purpose } from "../schema";
import { chooseSamples, type Sample } from "./check";
import { TEMPLATE_DRAFT_STATES } from "./schema";

/** Templates with their versions and drafts. Words belong to the site, so its first agency answers for them. */

const alertStateSchema = z.enum(ALERT_STATES);
const draftStateSchema = z.enum(TEMPLATE_DRAFT_STATES);

/** The agency that answers for the wording of the whole site: the first one, which has none above it. */
export async function loadWordingAgency(client: Reader) {
  return client.agency.findFirstOrThrow({ where: { parentId: null }, orderBy: { id: "asc" } });
}

/** What an alert made with a template of this key is for; sites that began with an earlier version have an earlier name. */
export function purposeOf(key: string): Purpose | null {
  const named = key === "withdrawal" ? "cancellation" : key;
  return PURPOSES.find((purpose) => purpose === named) ?? null;
}

/** Places that the words are tried with, of the site's own; none where a site has none yet. */
export async function loadSample(client: Reader): Promise<Sample> {
  const agency = await loadWordingAgency(client);
  const { timeZone } = await getSite(client);
  const ids = [...(await alertableWithin(client, agency.jurisdictionId))];
  return {
    agency: await loadAgencyFacts(client, agency),
    languages: await listLanguages(client),
    timeZone,
    // Samples have numbers of their own.
    places: chooseSamples(await loadPlaces(client, ids)).map((place) => ({
      ...place,
      numbers: [],
      fallbacks: [],
      conflicts: [],
    })),
  };
}

/** The same for a page. */
export async function getSample(actor: Actor): Promise<Sample | null> {
  return can(actor, "template:read") ? loadSample(db()) : null;
}

type DraftRow = NonNullable<Awaited<ReturnType<typeof findDraft>>>;
const findDraft = (client: Reader, id: string) =>
  client.templateDraft.findUnique({ where: { id }, include: { basedOn: true } });

const describe = (row: DraftRow, actor: Actor, agencyId: string) => ({
  id: row.id,
  purpose: purposeOf(row.templateKey),
  name: row.name,
  state: draftStateSchema.parse(row.state),
  version: row.version,
  contentHash: row.contentHash,
  body: readTemplate(row.body),
  basedOn: {
    id: row.basedOn.id,
    version: row.basedOn.version,
    name: row.basedOn.name,
    body: readTemplate(row.basedOn.body),
  },
  updatedBy: row.updatedBy,
  updatedAt: row.updatedAt.getTime(),
  reason: row.reason,
  mayEdit: can(actor, "template:edit", agencyId) && row.state === "draft",
  mayWithdraw: can(actor, "template:edit", agencyId) && row.state === "submitted",
  mayApprove: can(actor, "template:approve", agencyId) && row.state === "submitted",
  isAuthor: row.contributors.includes(actor.personId),
});

/** One draft with the version it began from; null for whoever may not read templates. */
export async function getTemplateDraft(actor: Actor, id: string) {
  if (!can(actor, "template:read")) return null;
  const row = await findDraft(db(), id);
  if (!row) return null;
  return describe(row, actor, (await loadWordingAgency(db())).id);
}
export type TemplateDraftDetail = NonNullable<Awaited<ReturnType<typeof getTemplateDraft>>>;

/** Every template, its versions from the newest, and what is open of each. */
export async function listTemplatesWithDrafts(actor: Actor) {
  if (!can(actor, "template:read")) return [];
  const agency = await loadWordingAgency(db());
  const rows = await db().template.findMany({
    include: { _count: { select: { alerts: true } } },
    // Regulated texts are templates too, and begin no alert.
    where: { key: { not: MULTILINGUAL_KEY } },
    orderBy: [{ key: "asc" }, { version: "desc" }],
  });
  const drafts = await db().templateDraft.findMany({
    where: { state: { in: ["draft", "submitted"] } },
    select: { id: true, templateKey: true, state: true, updatedBy: true, updatedAt: true },
  });
  // An outage first, then what follows it; what has no purpose any more comes last.
  const order = (key: string) => {
    const purpose = purposeOf(key);
    return purpose ? PURPOSES.indexOf(purpose) : PURPOSES.length;
  };
  const keys = [...new Set(rows.map(({ key }) => key))].sort((left, right) => order(left) - order(right));
  return keys.map((key) => {
    const open = drafts.find((draft) => draft.templateKey === key);
    return {
      key,
      purpose: purposeOf(key),
      versions: rows
        .filter((row) => row.key === key)
        .map((row) => ({
          id: row.id,
          version: row.version,
          name: row.name,
          approvedBy: row.approvedBy,
          approvedAt: row.approvedAt.getTime(),
          alerts: row._count.alerts,
        })),
      open: open
        ? { id: open.id, state: draftStateSchema.parse(open.state), by: open.updatedBy, at: open.updatedAt.getTime() }
        : null,
      mayEdit: can(actor, "template:edit", agency.id),
    };
  });
}
export type TemplateWithDrafts = Awaited<ReturnType<typeof listTemplatesWithDrafts>>[number];

/** One version of a template; null where it is not there. */
export async function getTemplateVersion(actor: Actor, id: string) {
  if (!can(actor, "template:read")) return null;
  const row = await db().template.findFirst({ where: { id, key: { not: MULTILINGUAL_KEY } } });
  return row
    ? {
        id: row.id,
        key: row.key,
        purpose: purposeOf(row.key),
        version: row.version,
        name: row.name,
        approvedBy: row.approvedBy,
        approvedAt: row.approvedAt.getTime(),
        body: readTemplate(row.body),
      }
    : null;
}

/** How many alerts are named on the page of a version. */
const MOST_ALERTS = 50;

/** Alerts that began with a version, of the agencies whose alerts this person reads; the newest first. */
export async function listAlertsWith(actor: Actor, templateId: string) {
  if (!can(actor, "template:read")) return { total: 0, alerts: [] };
  const where = { templateId, agencyId: { in: agenciesFor(actor, "alert:read") } };
  const total = await db().alert.count({ where });
  const rows = await db().alert.findMany({
    where,
    select: {
      id: true,
      title: true,
      state: true,
      createdAt: true,
      expiresAt: true,
      incident: { select: { title: true, mode: true } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: MOST_ALERTS,
  });
  return {
    total,
    alerts: rows.map(({ id, title, state, createdAt, expiresAt, incident }) => ({
      id,
      title,
      state: alertStateSchema.parse(state),
      createdAt: createdAt.getTime(),
      expiresAt: expiresAt?.getTime() ?? null,
      incident: incident.title,
      mode: incident.mode,
    })),
  };
}

/** Every version of a template by its number, the newest first. */
export async function listVersions(actor: Actor, key: string) {
  if (!can(actor, "template:read")) return [];
  return db().template.findMany({
    where: { key },
    select: { id: true, version: true },
    orderBy: { version: "desc" },
  });
}
