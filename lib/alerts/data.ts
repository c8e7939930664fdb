import "server-only";
import { z } from "zod";
import { type Actor, agenciesFor, can } from "../access/actor";
import { loadPlaces } from "../directory/data";
import { numbersFor } from "../directory/selection";
import { formatNumber, isSameNumber, type NumberFacts } from "../directory/schema";
import { toIncidentFacts } from "../incidents/data";
import { isOut, outageStateSchema } from "../incidents/schema";
import { formatPlace } from "../places/county-kinds";
import { db, type Reader } from "../platform/db";
import { inSlices } from "../platform/slices";
import { loadTranslations } from "../platform/translations";
import { listLanguages } from "../wording/data";
import { holdWording } from "../wording/prepare";
import { readTemplate } from "../wording/schema";
import { getSite } from "../platform/site/data";
import { describeForbidden, loadDestinations } from "./allowed/data";
import { type Bundle, readBundle } from "./bundle";
import { compareWithSent } from "./checked";
import { bundleSteps } from "./content";
import { type AlertFacts, capStatusOf } from "./facts";
import { listSubjects } from "./comments";
import { toldPlaces } from "./follow-up";
import { loadNames, loadSavedStates } from "./history/data";
import { findCovering, findReplacedAlerts, loadInForce } from "./in-force/data";
import { findCalledOn, loadApprovers, loadTold } from "./notices/data";
import { fingerprintPart, listChanges } from "./second-reading";
import { listOthersAlerts } from "./visible/data";
import { decide, type Step, STEPS, type Verdict } from "./lifecycle/steps";
import { CHANGES_DAYS, findTies, type Tie } from "./ties";
import {
  type AlertContent,
  ALERT_STATES,
  type AgencyFacts,
  type AlertState,
  EMERGENCY_PAUSE_MS,
  type InForce,
  PURPOSES,
  type Purpose,
  readContent,
} from "./schema";

/** Loads an alert's row with what belongs to it. Does not ask who reads: the callers do. */
async function findAlert(client: Reader, id: string) {
  return client.alert.findUnique({
    where: { id },
    include: {
      agency: true,
      incident: true,
      template: { select: { key: true, version: true, body: true } },
      references: { select: { earlierId: true } },
      contributions: { include: { person: { select: { name: true } } } },
    },
  });
}

const stateSchema = z.enum(ALERT_STATES);
const purposeSchema = z.enum(PURPOSES);

/** The state of a row. @throws when the database holds one that there is not */
export const stateOf = (row: { state: string }): AlertState => stateSchema.parse(row.state);

export type AlertRow = NonNullable<Awaited<ReturnType<typeof findAlert>>>;

/** What texts say of an agency, in every language. */
export async function loadAgencyFacts(
  client: Reader,
  {
    id,
    code,
    name,
    shortName,
    sender,
    web,
    contact,
  }: Omit<AgencyFacts, "name" | "shortName"> & { name: string; shortName: string },
): Promise<AgencyFacts> {
  const words = await loadTranslations(client, "agency", [id]);
  return {
    id,
    code,
    name: words.of(id, "name", name),
    shortName: words.of(id, "shortName", shortName),
    sender,
    web,
    contact,
  };
}

/** Places of an outage that keep the message they have, in counties that get a new one from an alert for others. */
async function findListed(
  client: Reader,
  { purpose, placeIds }: Pick<FactsOf, "purpose" | "placeIds">,
  inForce: readonly InForce[],
): Promise<string[]> {
  if (purpose === "cancellation" || purpose === "border") return [];
  const own = new Set(placeIds);
  const others = toldPlaces(inForce, "outage", "all-clear", "withdrawal");
  const kept = [...new Set(others)].filter((id) => !own.has(id));
  if (kept.length === 0) return [];
  const rows = await client.$queryRaw<{ id: string }[]>`
    select k.id from "Place" k where k.id = any(${kept}) and exists (
      select 1 from "Place" p where p.id = any(${[...placeIds]}) and
        (array[p.id, p."parentId"] || p."otherCountyIds") && (array[k.id, k."parentId"] || k."otherCountyIds"))
    order by k.id`;
  return rows.map(({ id }) => id);
}

/** What the facts of an alert are loaded for. */
interface FactsOf {
  id: string;
  code: string;
  purpose: Purpose;
  agency: Parameters<typeof loadAgencyFacts>[1];
  incident: Parameters<typeof toIncidentFacts>[0];
  placeIds: readonly string[];
  /** The version of the template it is written with; null where no draft is held against one. */
  template: { body: unknown } | null;
  /** Of a correction that is about to be drafted: the number that was wrong. */
  wrong?: AlertContent["wrong"];
}

const wrongSchema = z.object({ e164: z.string(), extension: z.string() });

/**
 * Takes out of use what corrections of an exercise call wrong. The directory is the real one and stays as it is, so the exercise
 * itself remembers what it took out of use; of a real outage the directory knows.
 */
async function findPretended(client: Reader, { incident, wrong }: FactsOf) {
  if (incident.mode !== "exercise") return (numbers: NumberFacts[]) => numbers;
  const rows = await client.$queryRaw<{ wrong: unknown }[]>`
    select content->'wrong' as wrong from "Alert"
    where "incidentId" = ${incident.id} and purpose = 'correction' and state not in ('rejected', 'discarded')`;
  const found = [...rows.map((row) => wrongSchema.nullish().parse(row.wrong)), wrong].filter(
    (one) => one !== null && one !== undefined,
  );
  return (numbers: NumberFacts[]) =>
    numbers.map((number) =>
      found.some((one) => isSameNumber(number, one)) ? { ...number, status: "down" as const } : number,
    );
}

/** The facts that the messages of an alert are made from, as they are now. */
export async function loadFacts(client: Reader, of: FactsOf, now: Date): Promise<AlertFacts> {
  const inForce = await loadInForce(client, of.incident.id, now);
  const listedIds = await findListed(client, of, inForce);
  // One after the other: inside a transaction there is one connection, which takes one query at a time.
  // An alert asks for an emergency's number; what answers other questions need not travel with every place.
  const pretend = await findPretended(client, of);
  const places = (await loadPlaces(client, [...of.placeIds, ...listedIds])).map((place) => ({
    ...place,
    numbers: pretend(place.numbers),
    fallbacks: place.fallbacks
      .filter(({ numbers }) => numbersFor(numbers, "dispatch").length > 0)
      .map((larger) => ({ ...larger, numbers: pretend(larger.numbers) })),
  }));
  const site = await getSite(client);
  const outage = await client.incidentPlace.findMany({
    where: { incidentId: of.incident.id },
    select: { placeId: true, state: true, since: true, evidence: true },
    orderBy: { placeId: "asc" },
  });
  const incident = toIncidentFacts(of.incident);
  const out = of.purpose === "border" ? outage.filter(({ state }) => isOut(state)).map(({ placeId }) => placeId) : [];
  const down = (await loadPlaces(client, out)).map(({ id, name, label, namesake, unit, counties, stateName }) => ({
    id,
    name,
    label,
    namesake,
    unit,
    counties,
    stateName,
  }));
  const languages = await listLanguages(client);
  return {
    alertId: of.id,
    code: of.code,
    purpose: of.purpose,
    status: capStatusOf(site.mode, incident),
    agency: await loadAgencyFacts(client, of.agency),
    incident,
    places,
    timeZone: site.timeZone,
    languages,
    outage: outage.map(({ placeId, state, since, evidence }) => ({
      placeId,
      ...(evidence === null ? {} : { evidence }),
      state: outageStateSchema.parse(state),
      since: (since ?? of.incident.beganAt).getTime(),
    })),
    inForce,
    covering: await findCovering(
      client,
      { incidentId: of.incident.id, mode: incident.mode, placeIds: of.placeIds },
      now,
    ),
    listedIds,
    down,
    held: of.template
      ? holdWording(
          readTemplate(of.template.body),
          incident,
          languages.map(({ code }) => code),
        )
      : {},
  };
}

/** An alert with the facts its messages are made from. For mutations and for pages that have checked the actor. */
export async function loadAlert(client: Reader, id: string, now: Date = new Date()) {
  const row = await findAlert(client, id);
  if (!row) return null;
  const content = readContent(row.content);
  const facts = await loadFacts(
    client,
    { ...row, purpose: purposeSchema.parse(row.purpose), placeIds: content.placeIds },
    now,
  );
  return { row, content, facts };
}

/** How the database stands for one person: used for buttons, and again on the server for every act. */
export function judge(row: AlertRow, actor: Actor, step: Step, blocking: number, shownHash?: string | null): Verdict {
  return decide(step, {
    state: stateOf(row),
    permitted: can(actor, STEPS[step].permission, row.agencyId),
    contributed: row.contributions.some(({ personId }) => personId === actor.personId),
    blocking,
    sameContent: shownHash === undefined || shownHash === row.contentHash,
  });
}

function summarize(
  row: {
    id: string;
    title: string;
    state: string;
    purpose: string;
    version: number;
    updatedAt: Date;
    updatedBy: string;
    submittedBy: string | null;
    submittedAt: Date | null;
    publishedAt: Date | null;
    expiresAt: Date | null;
    incident: { id: string; title: string; mode: string };
  },
  places: number,
) {
  return {
    id: row.id,
    title: row.title,
    state: stateOf(row),
    purpose: row.purpose,
    version: row.version,
    updatedAt: row.updatedAt.getTime(),
    updatedBy: row.updatedBy,
    submittedBy: row.submittedBy,
    submittedAt: row.submittedAt?.getTime() ?? null,
    publishedAt: row.publishedAt?.getTime() ?? null,
    expiresAt: row.expiresAt?.getTime() ?? null,
    towns: places,
    incidentId: row.incident.id,
    incident: row.incident.title,
    mode: row.incident.mode as "live" | "exercise",
  };
}

/** How many places alerts are for. Counted where they are kept: the texts of a hundred alerts are megabytes. */
async function countPlaces(client: Reader, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await client.$queryRaw<{ id: string; places: number | null }[]>`
    select id, jsonb_array_length(content->'placeIds') as places from "Alert" where id = any(${[...ids]})`;
  const counts = new Map(rows.flatMap(({ id, places }) => (places === null ? [] : [[id, places] as const])));
  // What earlier versions saved has another form, which readContent knows.
  const older = await client.alert.findMany({
    where: { id: { in: ids.filter((id) => !counts.has(id)) } },
    select: { id: true, content: true },
  });
  for (const { id, content } of older) counts.set(id, readContent(content).placeIds.length);
  return counts;
}

/** The last decision on an alert, to know whether it came back. */
const LAST_DECISION = {
  orderBy: { at: "desc" },
  take: 1,
  include: { person: { select: { name: true } } },
} as const;

/** Who returned a draft and why, until someone sends it again. */
function returnedOf(row: {
  state: string;
  submittedAt: Date | null;
  decisions: readonly { decision: string; reason: string | null; at: Date; person: { name: string } }[];
}): { by: string; reason: string; at: number } | null {
  const [last] = row.decisions;
  return row.state === "draft" && last?.decision === "return"
    ? { by: last.person.name, reason: last.reason ?? "", at: last.at.getTime() }
    : null;
}

/** Who asked to release an alert alone that is still with the approver. */
function emergencyOf(row: {
  state: string;
  contentHash: string | null;
  emergencies: readonly { contentHash: string; reason: string; at: Date; person: { name: string } }[];
}): { by: string; reason: string; at: number } | null {
  const [last] = row.emergencies;
  return row.state === "submitted" && last && last.contentHash === row.contentHash
    ? { by: last.person.name, reason: last.reason, at: last.at.getTime() }
    : null;
}

/** Alerts this person may read, the latest change first. */
export async function listAlerts(actor: Actor) {
  const others = await listOthersAlerts(db(), actor);
  const rows = await db().alert.findMany({
    where: { OR: [{ agencyId: { in: agenciesFor(actor, "alert:read") } }, { id: { in: others } }] },
    select: {
      id: true,
      title: true,
      state: true,
      purpose: true,
      version: true,
      updatedAt: true,
      updatedBy: true,
      submittedBy: true,
      submittedAt: true,
      publishedAt: true,
      expiresAt: true,
      agencyId: true,
      incident: { select: { id: true, title: true, mode: true } },
      contributions: { where: { personId: actor.personId }, select: { personId: true } },
      decisions: LAST_DECISION,
      contentHash: true,
      emergencies: { orderBy: { at: "desc" }, take: 1, include: { person: { select: { name: true } } } },
    },
    orderBy: { updatedAt: "desc" },
    take: 100,
  });
  const ids = rows.map(({ id }) => id);
  const [places, replaced, calledOn] = [
    await countPlaces(db(), ids),
    await findReplacedAlerts(db(), ids),
    await findCalledOn(db(), actor, rows),
  ];
  return rows.map((row) => ({
    ...summarize(row, places.get(row.id) ?? 0),
    replaced: replaced.get(row.id) ?? null,
    returned: returnedOf(row),
    emergency: emergencyOf(row),
    calledOn: row.state === "submitted" && calledOn.has(row.id),
    mayApprove: can(actor, "alert:approve", row.agencyId) && row.contributions.length === 0,
    mayDraft: can(actor, "alert:draft", row.agencyId),
  }));
}

export type AlertSummary = Awaited<ReturnType<typeof listAlerts>>[number];

async function readable(actor: Actor, id: string) {
  const row = await db().alert.findFirst({
    where: { id, agencyId: { in: agenciesFor(actor, "alert:read") } },
    select: { id: true },
  });
  return row ? loadAlert(db(), id) : null;
}

/** What the composer needs, or null when the alert does not exist for this person. */
export async function getAlertForEdit(actor: Actor, id: string) {
  const loaded = await readable(actor, id);
  if (!loaded) return null;
  const { row, content, facts } = loaded;
  const last = await db().decision.findFirst({
    where: { alertId: id, decision: "return" },
    orderBy: { at: "desc" },
    include: { person: { select: { name: true } } },
  });
  const newest = await db().template.findFirst({
    where: { key: row.template.key },
    orderBy: { version: "desc" },
    select: { version: true },
  });
  return {
    id: row.id,
    title: row.title,
    version: row.version,
    state: stateOf(row),
    updatedAt: row.updatedAt.getTime(),
    updatedBy: row.updatedBy,
    content,
    facts,
    /** The version of the wording it keeps, and the one that is in use now. */
    wording: { version: row.template.version, newest: newest?.version ?? row.template.version },
    mayEdit: can(actor, "alert:draft", row.agencyId),
    /** Why its agency may not publish it now, as sentences. */
    forbidden: await describeForbidden(db(), row),
    sinceSent: await findSinceSent(loaded),
    comments: await loadComments(row, content, actor),
    returned: last ? { by: last.person.name, at: last.at.getTime(), reason: last.reason ?? "" } : null,
  };
}

export type AlertForEdit = NonNullable<Awaited<ReturnType<typeof getAlertForEdit>>>;

/** How this person is tied to the numbers of a bundle. */
export async function loadTies(client: Reader, bundle: Bundle, personId: string, now: Date): Promise<Tie[]> {
  const numbers = bundle.messages.flatMap((message) => message.numbers);
  const ids = [...new Set(numbers.map(({ id }) => id))];
  const placeIds = [...new Set(numbers.map(({ placeId }) => placeId))];
  const only = await client.$queryRaw<{ id: string }[]>`
    select "numberId" as id from "TestCall"
    where "numberId" = any(${ids}) and result like 'right-desk%'
      and "calledAt" + make_interval(hours => 24 * "validDays") > ${now}
    group by "numberId" having bool_and(coalesce("calledById", '') = ${personId})`;
  const since = new Date(now.getTime() - CHANGES_DAYS * 86_400_000);
  const changed = await client.numberChange.findMany({
    // A town may give out the number of its dispatch center or county: then that one's changes count.
    where: {
      byId: personId,
      at: { gt: since },
      OR: [{ numberId: { in: ids } }, { number: { placeId: { in: placeIds } } }],
    },
    select: { numberId: true, number: { select: { placeId: true } } },
  });
  return findTies(bundle, {
    onlyCalls: new Set(only.map(({ id }) => id)),
    changed: new Set(changed.flatMap(({ numberId, number }) => [numberId, number.placeId])),
  });
}

/** What changed under an alert since it was sent for approval, as its approval will ask; null where nothing did. */
async function findSinceSent({ row, content, facts }: NonNullable<Awaited<ReturnType<typeof loadAlert>>>) {
  if (row.state !== "submitted") return null;
  return compareWithSent(row, await inSlices(bundleSteps(facts, content, Date.now())));
}

/** The bundle of an alert that has been submitted. */
export function parseBundle(stored: string | null): Bundle | null {
  return stored === null ? null : readBundle(stored);
}

/** What the review page needs: the submitted bundle, and the evidence behind each number. */
export async function getAlertForReview(actor: Actor, id: string) {
  const loaded = await readable(actor, id);
  if (!loaded) return null;
  const { row, content, facts } = loaded;
  const [approvers, approvals] = await Promise.all([
    loadApprovers(db(), row),
    db().decision.findMany({
      where: { alertId: id },
      orderBy: { at: "desc" },
      include: { person: { select: { name: true } } },
    }),
  ]);
  const bundle = parseBundle(row.bundle);
  const ties = bundle ? await loadTies(db(), bundle, actor.personId, new Date()) : [];
  const evidence: Record<string, NumberFacts> = {};
  for (const { numbers, fallbacks } of facts.places) {
    for (const list of [numbers, ...fallbacks.map((larger) => larger.numbers)]) {
      for (const number of list) evidence[number.id] = number;
    }
  }
  return {
    id: row.id,
    title: row.title,
    state: stateOf(row),
    purpose: facts.purpose,
    version: row.version,
    contentHash: row.contentHash,
    submittedBy: row.submittedBy,
    submittedAt: row.submittedAt?.getTime() ?? null,
    publishedAt: row.publishedAt?.getTime() ?? null,
    expiresAt: row.expiresAt?.getTime() ?? null,
    bundle,
    ties,
    tiesForbid: row.agency.numbersCountAsWork,
    content,
    facts,
    evidence,
    contributors: row.contributions.map(({ personId, person, what, at }) => ({
      personId,
      name: person.name,
      what,
      at: at.getTime(),
    })),
    approvers: approvers.map(({ name, phone }) => ({ name, phone })),
    decisions: approvals.map((approval) => ({
      by: approval.person.name,
      decision: approval.decision,
      reason: approval.reason,
      at: approval.at.getTime(),
    })),
    secondReading: await loadSecondReading(row, actor, bundle, content),
    comments: await loadComments(row, content, actor),
    emergency: await loadEmergency(row, actor),
    destinations: row.state === "submitted" ? await loadDestinations(db(), row.id) : [],
    /** Why its agency may not publish it now, as sentences. */
    forbidden: row.state === "submitted" ? await describeForbidden(db(), row) : null,
    sinceSent: await findSinceSent(loaded),
    told: await loadTold(db(), row.id, row.contentHash),
    mayWithdraw: judge(row, actor, "withdraw", 0).allowed,
    verdicts: {
      approve: judge(row, actor, "approve", 0),
      return: judge(row, actor, "return", 0),
      reject: judge(row, actor, "reject", 0),
    },
    contributed: row.contributions.some(({ personId }) => personId === actor.personId),
  };
}

/** What was said about the texts of an alert, the newest first, and what may be said. */
async function loadComments(row: AlertRow, content: AlertContent, actor: Actor) {
  const comments = await db().alertComment.findMany({ where: { alertId: row.id }, orderBy: { at: "desc" }, take: 100 });
  const subjects = listSubjects(Object.keys(content.texts));
  const labels = new Map(subjects.map(({ about, label }) => [about, label]));
  return {
    may: can(actor, "alert:draft", row.agencyId) || can(actor, "alert:approve", row.agencyId),
    subjects,
    list: comments.map(({ id, about, text, by, at, version }) => ({
      id,
      about: labels.get(about) ?? about,
      text,
      by,
      version,
      at: at.getTime(),
    })),
  };
}

/** Whether this person may release the alert alone, from when, and what was asked for already. */
async function loadEmergency(row: AlertRow, actor: Actor) {
  const asked = await db().emergencyRequest.findMany({
    where: { alertId: row.id, contentHash: row.contentHash ?? "" },
    orderBy: { at: "asc" },
    include: { person: { select: { name: true } } },
  });
  const own = asked.find(({ personId }) => personId === actor.personId);
  return {
    allowed: row.agency.emergencyRelease && can(actor, "alert:draft", row.agencyId),
    opensAt: (row.submittedAt?.getTime() ?? 0) + row.agency.emergencyMinutes * 60_000,
    confirmFrom: own ? own.at.getTime() + EMERGENCY_PAUSE_MS : null,
    asked: asked.map(({ person, reason, at }) => ({ by: person.name, reason, at: at.getTime() })),
  };
}

const confirmedSchema = z.array(z.object({ name: z.string(), part: z.string() }));

/**
 * What changed since an approver returned the alert, and which of this person's
 * confirmations of then still stand. Null where nobody returned it.
 */
async function loadSecondReading(
  { id, title }: { id: string; title: string },
  actor: Actor,
  bundle: Bundle | null,
  content: AlertContent,
) {
  const returned = await db().decision.findFirst({
    where: { alertId: id, decision: "return" },
    orderBy: { at: "desc" },
    select: { personId: true, contentHash: true, confirmations: true, at: true },
  });
  if (!returned || !bundle) return null;
  const sent = await db().auditEvent.findFirst({
    where: {
      subjectId: id,
      action: "alert.submitted",
      data: { path: ["contentHash"], equals: returned.contentHash },
    },
    orderBy: { seq: "desc" },
    select: { data: true },
  });
  const version = (sent?.data as { version?: number } | undefined)?.version;
  const [before] = version === undefined ? [] : await loadSavedStates(db(), { id, title }, { versions: [version] });
  const confirmed = confirmedSchema.safeParse(returned.confirmations);
  const own = returned.personId === actor.personId && confirmed.success ? confirmed.data : [];
  const [standing, fallen] = [true, false].map((same) =>
    own.filter(({ name, part }) => (fingerprintPart(bundle, name) === part) === same).map(({ name }) => name),
  );
  const names = before && (await loadNames(db(), [before.content, content]));
  return {
    at: returned.at.getTime(),
    changes: before && names ? listChanges(before, { title, content }, names) : null,
    standing: standing ?? [],
    fallen: fallen ?? [],
  };
}

export type AlertForReview = NonNullable<Awaited<ReturnType<typeof getAlertForReview>>>;

/** The state of an alert for a page that asks every few seconds. */
export async function getAlertStatus(actor: Actor, id: string) {
  const row = await db().alert.findFirst({
    where: { id, agencyId: { in: agenciesFor(actor, "alert:read") } },
    select: {
      state: true,
      version: true,
      updatedAt: true,
      updatedBy: true,
      contentHash: true,
      decisions: { orderBy: { at: "desc" }, take: 1, include: { person: { select: { name: true } } } },
    },
  });
  if (!row) return null;
  const { decisions, ...status } = row;
  const [last] = decisions;
  const returned = row.state === "draft" && last?.decision === "return" && last.at >= row.updatedAt;
  return {
    ...status,
    updatedAt: row.updatedAt.getTime(),
    returned: returned ? { by: last.person.name, reason: last.reason ?? "" } : null,
  };
}

/** A published alert with its messages and publications. */
export async function getPublishedAlert(actor: Actor, id: string) {
  const others = await listOthersAlerts(db(), actor);
  const row = await db().alert.findFirst({
    where: { id, OR: [{ agencyId: { in: agenciesFor(actor, "alert:read") } }, { id: { in: others } }] },
    include: {
      incident: true,
      agency: { select: { name: true } },
      decisions: { where: { decision: "approve" }, include: { person: { select: { name: true } } } },
      contributions: { include: { person: { select: { name: true } } } },
      references: { select: { earlier: { select: { id: true, title: true } } } },
      referredToBy: {
        where: { alert: { state: { notIn: ["rejected", "discarded"] } } },
        select: { alert: { select: { id: true, title: true, state: true, purpose: true } } },
      },
      messages: {
        orderBy: [{ audience: "desc" }, { identifier: "asc" }],
        select: {
          id: true,
          identifier: true,
          audience: true,
          sha256: true,
          sent: true,
          msgType: true,
          tells: true,
          referredToBy: { select: { message: { select: { msgType: true, alertId: true } } }, take: 1 },
          place: { select: { id: true, name: true, kind: true, population: true } },
          publications: { select: { channel: true, publishedAt: true, publishedBy: true, size: true, sha256: true } },
        },
      },
    },
  });
  if (!row) return null;
  const bundle = parseBundle(row.bundle);
  const given = new Map(bundle?.messages.map((message) => [message.identifier, message.numbers]) ?? []);
  return {
    id: row.id,
    title: row.title,
    state: stateOf(row),
    purpose: row.purpose,
    capStatus: row.capStatus,
    contentHash: row.contentHash,
    mode: row.incident.mode as "live" | "exercise",
    incidentId: row.incidentId,
    incident: row.incident.title,
    publishedAt: row.publishedAt?.getTime() ?? null,
    expiresAt: row.expiresAt?.getTime() ?? null,
    approvedBy: row.decisions[0]?.person.name ?? null,
    releasedAlone: row.decisions[0]?.emergency ?? false,
    writtenBy: row.contributions.map(({ person }) => person.name),
    follows: row.references.map(({ earlier }) => earlier),
    followedBy: row.referredToBy.map(({ alert }) => alert),
    agency: row.agency.name,
    incidentClosed: row.incident.closedAt !== null,
    mayFollowUp: can(actor, "alert:draft", row.agencyId),
    mayExport: can(actor, "message:export", row.agencyId),
    messages: row.messages.map((message) => ({
      id: message.id,
      placeId: message.place.id,
      identifier: message.identifier,
      audience: message.audience,
      place: formatPlace(message.place),
      population: message.place.population,
      sha256: message.sha256,
      sent: message.sent,
      msgType: message.msgType,
      tells: message.tells,
      endedBy: message.referredToBy[0]?.message.msgType ?? null,
      numbers: given.get(message.identifier)?.map(formatNumber) ?? [],
      publications: message.publications.map(({ channel, publishedAt, publishedBy, size }) => ({
        channel,
        publishedAt: publishedAt.getTime(),
        publishedBy,
        size,
      })),
    })),
  };
}

export type PublishedAlert = NonNullable<Awaited<ReturnType<typeof getPublishedAlert>>>;
