import "server-only";
import { askedOfReady, describeForbidden } from "../allowed/data";
import { type Actor, agenciesFor, can } from "../../access/actor";
import { alertableWithin } from "../../access/jurisdiction";
import { failureSchema, isOut, outageStateSchema, textTo911Schema } from "../../incidents/schema";
import { formatPlace } from "../../places/county-kinds";
import type { Prisma, Reader } from "../../platform/db";
import { fingerprint } from "../../record/chain";
import { canonicalJson } from "../../record/canonical-json";
import { checkBundle } from "../checked";
import { buildBundle } from "../content";
import { loadFacts } from "../data";
import type { AlertFacts } from "../facts";
import { type AlertContent, readContent } from "../schema";
import { compareNumbers, listReadyProblems, numbersNow } from "./check";
import { readyNumbersSchema, readyProblemsSchema, type ReadyProblem } from "./schema";

/** Reads ready drafts, and what the directory makes of them now. */

const WITH_AGENCY = { agency: true, template: { select: { key: true, version: true, body: true } } } as const;
export type ReadyRow = Prisma.ReadyDraftGetPayload<{ include: typeof WITH_AGENCY }>;

/** One ready draft that is still kept. Does not ask who reads: the callers do. */
export async function loadReadyRow(client: Reader, id: string): Promise<ReadyRow | null> {
  return client.readyDraft.findUnique({ where: { id }, include: WITH_AGENCY });
}

/** The facts an outage of this kind would have in these places now, whatever the hour. */
export async function loadReadyFacts(
  client: Reader,
  of: Pick<ReadyRow, "agency" | "title" | "failure" | "textTo911"> & { template: { body: unknown } },
  placeIds: readonly string[],
  now: Date,
): Promise<AlertFacts> {
  const incident = {
    id: "",
    mode: "live",
    title: of.title,
    failure: of.failure,
    carrier: null,
    textTo911: of.textTo911,
    beganAt: now,
  };
  const facts = await loadFacts(
    client,
    { id: "", code: "READY", purpose: "outage", agency: of.agency, incident, placeIds, template: of.template },
    now,
  );
  // A desk that is closed tonight is no reason to change a draft for another day.
  return { ...facts, anyHour: true };
}

/** What the rules and the directory say now of a ready draft. */
export async function assessReady(client: Reader, row: ReadyRow, now: Date) {
  const whole = readContent(row.content);
  const allowed = await alertableWithin(client, row.agency.jurisdictionId);
  const placeIds = whole.placeIds.filter((id) => allowed.has(id));
  const own = new Set(whole.placeIds);
  const named = await client.place.findMany({
    where: {
      id: { in: [...whole.placeIds.filter((id) => !allowed.has(id)), ...[...allowed].filter((id) => !own.has(id))] },
    },
    select: { id: true, name: true, kind: true },
  });
  const nameOf = new Map(named.map((place) => [place.id, formatPlace(place)]));
  const namesOf = (ids: readonly string[]) => ids.map((id) => nameOf.get(id) ?? id).sort();
  const content: AlertContent = { ...whole, placeIds };
  const facts = await loadReadyFacts(client, row, placeIds, now);
  const bundle = placeIds.length === 0 ? null : buildBundle(facts, content, now.getTime());
  const findings = bundle
    ? await checkBundle(bundle, fingerprint(canonicalJson(bundle)), { facts, content, now: now.getTime() })
    : [];
  const newest = await client.template.aggregate({ where: { key: row.template.key }, _max: { version: true } });
  const problems = listReadyProblems({
    facts,
    content,
    findings,
    gone: namesOf(whole.placeIds.filter((id) => !allowed.has(id))),
    joined: row.whole ? namesOf([...allowed].filter((id) => !own.has(id))) : [],
    template: { made: row.template.version, newest: newest._max.version ?? row.template.version },
  });
  const places = new Map(facts.places.map((place) => [place.id, place.name]));
  const differences = compareNumbers(
    readyNumbersSchema.parse(row.numbers),
    numbersNow(facts, content, now.getTime()),
    (id) => places.get(id) ?? id,
  );
  return { facts, content, bundle, problems, differences };
}

const summarize = (row: ReadyRow) => ({
  id: row.id,
  title: row.title,
  agency: row.agency.name,
  failure: failureSchema.parse(row.failure),
  textTo911: textTo911Schema.parse(row.textTo911),
  places: row.placeIds.length,
  whole: row.whole,
  createdBy: row.createdBy,
  createdAt: row.createdAt.getTime(),
  checkedAt: row.checkedAt.getTime(),
  problems: readyProblemsSchema.parse(row.problems),
});
export type ReadySummary = ReturnType<typeof summarize>;

/** Ready drafts this person may read, those with problems first. */
export async function listReadyDrafts(client: Reader, actor: Actor): Promise<ReadySummary[]> {
  const rows = await client.readyDraft.findMany({
    where: { retiredAt: null, agencyId: { in: agenciesFor(actor, "alert:read") } },
    include: WITH_AGENCY,
    orderBy: { title: "asc" },
  });
  return rows
    .map(summarize)
    .sort((left, right) => Number(right.problems.length > 0) - Number(left.problems.length > 0));
}

/** Ready drafts that this person can put right, and that would not do as they are. */
export async function listStaleReady(
  client: Reader,
  actor: Actor,
): Promise<{ id: string; title: string; problem: ReadyProblem }[]> {
  const rows = await client.readyDraft.findMany({
    where: {
      retiredAt: null,
      agencyId: { in: agenciesFor(actor, "alert:draft") },
      NOT: { problems: { equals: [] } },
    },
    select: { id: true, title: true, problems: true },
    orderBy: { title: "asc" },
  });
  return rows.flatMap(({ id, title, problems }) => {
    const [problem] = readyProblemsSchema.parse(problems);
    return problem ? [{ id, title, problem }] : [];
  });
}

/** One ready draft with its texts as they would be now; null when it does not exist for this person. */
export async function getReadyDraft(client: Reader, actor: Actor, id: string, now: Date) {
  const row = await loadReadyRow(client, id);
  if (!row || row.retiredAt || !can(actor, "alert:read", row.agencyId)) return null;
  const { facts, bundle, problems, differences } = await assessReady(client, row, now);
  return {
    ...summarize(row),
    templateVersion: row.template.version,
    mayChange: can(actor, "alert:draft", row.agencyId),
    bundle,
    placeFacts: facts.places,
    /** As they are now; what was found last night is `problems`. */
    found: problems,
    differences,
  };
}

/** What can be made: for which agency, and from which of its alerts; null for whoever drafts nothing. */
export async function getReadyChoices(client: Reader, actor: Actor) {
  const membership = actor.memberships.find(({ agencyId }) => can(actor, "alert:draft", agencyId));
  if (!membership) return null;
  const alerts = await client.alert.findMany({
    where: { agencyId: membership.agencyId, purpose: "outage", state: { in: ["draft", "submitted", "published"] } },
    select: {
      id: true,
      title: true,
      code: true,
      incident: { select: { title: true, failure: true, textTo911: true } },
    },
    orderBy: { updatedAt: "desc" },
    take: 50,
  });
  return {
    agency: membership.agencyName,
    /** Why the agency may not publish what a ready draft is for, as sentences. */
    forbidden: await describeForbidden(client, askedOfReady(membership.agencyId)),
    townIds: [...(await alertableWithin(client, membership.jurisdictionId))],
    alerts: alerts.map(({ id, title, code, incident }) => ({
      id,
      says: `${title}, ${incident.title} (${code})`,
      failure: incident.failure,
      textTo911: incident.textTo911,
    })),
  };
}

/** Ready drafts that an incident's draft can begin from: of the same kind of failure, for all of its places and maybe more. */
export async function findReadyFor(client: Reader, actor: Actor, incidentId: string, now: Date) {
  const incident = await client.incident.findUnique({
    where: { id: incidentId },
    include: { places: { select: { placeId: true, state: true } } },
  });
  if (!incident || incident.closedAt || !can(actor, "alert:draft", incident.agencyId)) return [];
  const out = incident.places
    .filter(({ state }) => isOut(outageStateSchema.parse(state)))
    .map(({ placeId }) => placeId);
  if (out.length === 0) return [];
  const rows = await client.readyDraft.findMany({
    where: {
      agencyId: incident.agencyId,
      retiredAt: null,
      failure: incident.failure,
      textTo911: incident.textTo911,
      placeIds: { hasEvery: out },
    },
    include: WITH_AGENCY,
    orderBy: { title: "asc" },
    take: 5,
  });
  const found = [];
  for (const row of rows) {
    const content = readContent(row.content);
    const facts = await loadReadyFacts(client, row, out, now);
    const places = new Map(facts.places.map((place) => [place.id, place.name]));
    found.push({
      ...summarize(row),
      differences: compareNumbers(
        readyNumbersSchema.parse(row.numbers),
        numbersNow(facts, { ...content, placeIds: out }, now.getTime()),
        (id) => places.get(id) ?? id,
      ),
    });
  }
  return found;
}
export type ReadyOffer = Awaited<ReturnType<typeof findReadyFor>>[number];

/** What a new ready draft like this one begins with; places that are gone are left out. */
export async function getReadyBeginning(client: Reader, actor: Actor, id: string) {
  const row = await loadReadyRow(client, id);
  if (!row || !can(actor, "alert:draft", row.agencyId)) return null;
  const allowed = await alertableWithin(client, row.agency.jurisdictionId);
  return {
    title: row.title,
    failure: failureSchema.parse(row.failure),
    textTo911: textTo911Schema.parse(row.textTo911),
    placeIds: row.whole ? [...allowed] : row.placeIds.filter((placeId) => allowed.has(placeId)),
  };
}
