import "server-only";
import { type Actor, agenciesFor, can } from "../../access/actor";
import { COVERS } from "../../access/jurisdiction";
import { loadCandidates, stewardsOf } from "../data";
import type { Service } from "../schema";
import { SERVICE_ANSWERS, selectNumber } from "../selection";
import { FIRST_LANGUAGE, inLanguage } from "../../platform/language";
import { db, Prisma, type PrismaClient, type Reader } from "../../platform/db";
import { addCounts, NO_COUNTS, type ReadinessClass, type ReadinessCounts, SOON_DAYS } from "./readiness";
import type { OverviewFilter } from "./schema";
import { formatCounty, formatPlace } from "../../places/county-kinds";

const DAY = 86_400_000;

/** One city or town for one service, as the database judges it; see classify for the same by one place. */
export interface PlaceReadiness {
  id: string;
  name: string;
  countyId: string;
  population: number;
  readiness: ReadinessClass;
  /** The number that is given out, or the first that should be. */
  numberId: string | null;
  /** Milliseconds since 1970. */
  verifiedUntil: number | null;
  /** Runs on the same system as 911. */
  shared: boolean;
  /** How many of its own numbers could be given out. */
  usable: number;
}

interface ChosenRow {
  id: string;
  kind: string;
  name: string;
  countyId: string;
  population: number;
  usable: number;
  /** The first of the place's numbers, with what its readiness depends on; null where it has none. */
  numberId: string | null;
  status: string | null;
  failures: number | null;
  verifiedUntil: Date | null;
  shared: boolean | null;
}

const SOON = SOON_DAYS * DAY;

function judge(
  { kind, numberId, status, failures, verifiedUntil: until, shared, ...row }: ChosenRow,
  now: number,
): PlaceReadiness {
  const place = { ...row, name: formatPlace({ ...row, kind }) };
  if (numberId === null)
    return { ...place, readiness: "missing" as const, numberId: null, verifiedUntil: null, shared: false };
  const verifiedUntil = until?.getTime() ?? null;
  const readiness: ReadinessClass =
    place.usable > 0
      ? verifiedUntil! - now < SOON
        ? "expiring"
        : "ready"
      : status === "down" || (failures ?? 0) >= 2
        ? "failing"
        : "expired";
  return { ...place, readiness, numberId, verifiedUntil, shared: shared ?? false };
}

/**
 * Every city and town with the number it gives out, or should. One pass over
 * the numbers in use, without a sort and without a second look at the table,
 * so that it stays quick before the database has gathered statistics.
 */
export async function loadReadiness(client: Reader, service: Service, now: Date): Promise<PlaceReadiness[]> {
  // What sorts first is what selection chooses: verified, in service before overloaded, reached
  // by the last call before not, then the directory's order.
  const rows = await client.$queryRaw<ChosenRow[]>`
    with judged as (
      select "placeId", id, service, preference, status, failures, (status <> 'down' and failures < 2 and coalesce("verifiedUntil" > ${now}, false)) as usable
      from "DirectNumber" where "retiredAt" is null and service = any(${[...SERVICE_ANSWERS[service]]})
    ), ranked as (
      -- As many digits for each, so that the first text is the first rank.
      select "placeId", id, usable, 100000000
        + (case when not usable then 3 when status <> 'in-service' then 2 when failures > 0 then 1 else 0 end) * 10000000
        + array_position(${[...SERVICE_ANSWERS[service]]}::text[], service) * 1000000 + preference as rank
      from judged
    ), chosen as (
      select "placeId", (count(*) filter (where usable))::int as usable, substr(min((rank::text || id) collate "C"), 10) as id
      from ranked group by "placeId"
    )
    select r.id, r.name, case when r.kind = 'county' then r.id else coalesce(r."parentId", '') end as "countyId", r.kind, r.population, coalesce(c.usable, 0) as usable,
      n.id as "numberId", n.status, n.failures, n."verifiedUntil", n."sharedWith911" as shared
    from "Place" r left join chosen c on c."placeId" = r.id left join "DirectNumber" n on n.id = c.id
    where r.alertable`;
  return rows.map((row) => judge(row, now.getTime()));
}

/** The digits of some numbers, by id. */
async function loadDigits(client: Reader, ids: readonly (string | null)[]) {
  const rows = await client.directNumber.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, e164: true, extension: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export function countClasses(places: readonly { readiness: ReadinessClass }[]): ReadinessCounts {
  const counts = { ...NO_COUNTS, total: places.length };
  for (const { readiness } of places) counts[readiness] += 1;
  return counts;
}

/** Counts of the whole directory, for Home. */
export async function getReadinessCounts(actor: Actor, now: Date): Promise<ReadinessCounts> {
  if (!can(actor, "directory:read")) return NO_COUNTS;
  return countClasses(await loadReadiness(db(), "dispatch", now));
}

/**
 * Places that have no number of their own to give out at this moment, for whoever declares an outage.
 * @returns by place id, why; nothing for who does not read the directory
 */
export async function listUnready(
  client: Reader,
  actor: Actor,
  now: Date,
): Promise<Record<string, "expired" | "failing" | "missing">> {
  if (!can(actor, "directory:read")) return {};
  const places = await loadReadiness(client, "dispatch", now);
  return Object.fromEntries(
    places.flatMap(({ id, readiness }) =>
      readiness === "ready" || readiness === "expiring" ? [] : [[id, readiness] as const],
    ),
  );
}

const PAGE = 50;
const URGENCY: Record<ReadinessClass, number> = { missing: 0, failing: 1, expired: 2, expiring: 3, ready: 4 };

const collator = new Intl.Collator("en-US");
const byName = (left: { name: string }, right: { name: string }) => collator.compare(left.name, right.name);
const time = ({ verifiedUntil }: PlaceReadiness) => verifiedUntil ?? 0;
const ORDERS: Record<OverviewFilter["sort"], (left: PlaceReadiness, right: PlaceReadiness) => number> = {
  urgency: (left, right) =>
    URGENCY[left.readiness] - URGENCY[right.readiness] || time(left) - time(right) || byName(left, right),
  name: byName,
  people: (left, right) => right.population - left.population || byName(left, right),
  until: (left, right) => time(left) - time(right) || byName(left, right),
};

async function idsWithDigits(client: PrismaClient, digits: string): Promise<Set<string>> {
  const rows = await client.$queryRaw<{ placeId: string }[]>`
    select distinct "placeId" from "DirectNumber" where "retiredAt" is null and e164 like ${`%${digits}%`}`;
  return new Set(rows.map(({ placeId }) => placeId));
}

async function matching(
  client: PrismaClient,
  places: readonly PlaceReadiness[],
  find: string,
): Promise<readonly PlaceReadiness[]> {
  const needle = find.toLowerCase();
  const digits = find.replace(/\D/g, "");
  if (needle === "") return places;
  const withDigits = digits.length >= 3 ? await idsWithDigits(client, digits) : new Set<string>();
  return places.filter(({ id, name }) => name.toLowerCase().includes(needle) || withDigits.has(id));
}

/** What the places of a page fall back on, in words. Only those without a number of their own need a closer look. */
async function formatFallbacks(client: PrismaClient, places: readonly PlaceReadiness[], service: Service, now: Date) {
  const without = places.filter(({ usable }) => usable === 0).map(({ id }) => id);
  const candidates = await loadCandidates(client, without);
  return new Map(
    places.map(({ id, usable }) => {
      if (usable > 0)
        return [id, usable === 1 ? "no alternate" : `${usable - 1} ${usable === 2 ? "alternate" : "alternates"}`];
      const { of, helpOption } = selectNumber(candidates.get(id)!, { now: now.getTime(), service });
      return [
        id,
        of
          ? of.name
          : helpOption
            ? `text: ${inLanguage(helpOption.wording, FIRST_LANGUAGE)}`
            : "text tells people where to go",
      ];
    }),
  );
}

/** The page a state director opens on Monday: counts, counties, map, and a page of places. */
export async function getOverview(client: PrismaClient, actor: Actor, filter: OverviewFilter, now: Date) {
  const all = can(actor, "directory:read") ? await loadReadiness(client, filter.service, now) : [];
  const parents = await client.place.findMany({
    where: { kind: "county", OR: [{ alertable: true }, { children: { some: { alertable: true } } }] },
    select: { id: true, name: true, parentId: true, parent: { select: { name: true } } },
    orderBy: { name: "asc" },
  });
  const byCounty = new Map<string, PlaceReadiness[]>();
  for (const place of all) {
    const list = byCounty.get(place.countyId);
    if (list) list.push(place);
    else byCounty.set(place.countyId, [place]);
  }
  // With its kind: Virginia has a Fairfax County and a Fairfax City.
  const counties = parents
    .map(({ id, name, parentId, parent }) => ({
      id,
      name: formatCounty({ id, name }),
      stateId: parentId ?? "",
      state: parent?.name ?? "",
      counts: countClasses(byCounty.get(id) ?? []),
    }))
    .sort(byName);
  const shown = filter.county ? (byCounty.get(filter.county) ?? []) : all;
  const found = (await matching(client, shown, filter.find)).filter(
    ({ readiness }) =>
      filter.readiness === "all" ||
      // Whoever looks for a place wants it, whether or not it needs work.
      (filter.readiness === "work" && filter.find !== "") ||
      (filter.readiness === "work" ? readiness !== "ready" : readiness === filter.readiness),
  );
  const sorted = [...found].sort(ORDERS[filter.sort]);
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
  const page = Math.min(filter.page, pages);
  const rows = sorted.slice((page - 1) * PAGE, page * PAGE);
  const [digits, fallbacks, stewards, history] = await Promise.all([
    loadDigits(
      client,
      rows.map(({ numberId }) => numberId),
    ),
    formatFallbacks(client, rows, filter.service, now),
    stewardsOf(
      client,
      rows.map(({ id }) => id),
    ),
    loadHistory(client, filter),
  ]);
  const countyName = new Map(counties.map(({ id, name }) => [id, name]));
  return {
    counts: countClasses(shown),
    all: addCounts(counties.map(({ counts }) => counts)),
    counties,
    places: shown.map(({ id, name, countyId, readiness }) => ({ id, name, countyId, readiness })),
    shared: shown.filter(({ shared }) => shared).length,
    found: sorted.length,
    page,
    pages,
    history,
    rows: rows.map((row) => ({
      ...row,
      e164: digits.get(row.numberId ?? "")?.e164 ?? null,
      extension: digits.get(row.numberId ?? "")?.extension ?? "",
      county: countyName.get(row.countyId) ?? "",
      fallback: fallbacks.get(row.id) ?? "",
      stewards: stewards.get(row.id) ?? [],
    })),
  };
}

export type Overview = Awaited<ReturnType<typeof getOverview>>;

/** The figure of a state or county on the days it was taken, oldest first. */
async function loadHistory(client: PrismaClient, { county, service }: OverviewFilter) {
  const states = county ? [] : await client.readinessDay.groupBy({ by: ["placeId"], where: { service } });
  const placeIds = county ? [county] : states.map(({ placeId }) => placeId).filter((id) => id.length === 2);
  const rows = await client.readinessDay.groupBy({
    by: ["day"],
    where: { service, placeId: { in: placeIds } },
    _sum: { total: true, ready: true },
    orderBy: { day: "asc" },
  });
  return rows.map(({ day, _sum }) => ({ day: day.getTime(), total: _sum.total ?? 0, ready: _sum.ready ?? 0 }));
}

/** Every place and service as rows of a file. */
export async function exportReadiness(actor: Actor, services: readonly Service[], now: Date) {
  if (!can(actor, "directory:read")) return [];
  const counties = await db().place.findMany({
    where: { kind: "county" },
    select: { id: true, name: true, stateCode: true },
  });
  const byId = new Map(counties.map((county) => [county.id, { ...county, name: formatCounty(county) }]));
  const lists = await Promise.all(
    services.map(async (service) => [service, await loadReadiness(db(), service, now)] as const),
  );
  const digits = await loadDigits(db(), [
    ...new Set(lists.flatMap(([, places]) => places.map(({ numberId }) => numberId))),
  ]);
  return lists.flatMap(([service, places]) =>
    [...places].sort(byName).map((place) => ({
      service,
      ...place,
      digits: digits.get(place.numberId ?? ""),
      county: byId.get(place.countyId),
    })),
  );
}

/** Numbers in use that expire soon, never were answered or failed last, in the areas of some agencies. */
function dueIn(agencyIds: readonly string[], now: Date): Prisma.Sql {
  const until = new Date(now.getTime() + SOON_DAYS * DAY);
  // Which places are theirs is asked once a place, not once a number.
  return Prisma.sql`
    from "DirectNumber" n join (
        select r.id, r.kind, r.name, p.id as "aboveId", p.name as "aboveName", p.kind as "aboveKind" from "Place" r left join "Place" p on p.id = r."parentId"
        where exists (select 1 from "Agency" a where a.id = any(${[...agencyIds]}) and ${COVERS})
      ) as r on r.id = n."placeId"
      left join "Agency" owner on owner.id = n."ownerId"
    where n."retiredAt" is null and (n."verifiedUntil" is null or n."verifiedUntil" < ${until} or n.failures > 0)`;
}

/** How many numbers a call round of this person has. */
export async function countDue(client: PrismaClient, actor: Actor, now: Date): Promise<number> {
  const agencies = agenciesFor(actor, "directory:verify");
  if (agencies.length === 0) return 0;
  const [row] = await client.$queryRaw<{ count: bigint }[]>`
    select count(*) as count from (select distinct n.e164, n.extension, n.service ${dueIn(agencies, now)}) as due`;
  return Number(row?.count ?? 0);
}

/** A round is at most so long; what is beyond comes in the next. */
const ROUND = 500;

/** The next numbers due, nearest expiry first, in the areas where this person may record test calls. */
export async function listDue(client: PrismaClient, actor: Actor, now: Date) {
  const agencies = agenciesFor(actor, "directory:verify");
  if (agencies.length === 0) return [];
  const rows = await client.$queryRaw<DueRow[]>`
    select n.id, n.e164, n.extension, n.desk, n.hours, n.lines, n.service, n."verifiedUntil", n.failures, n."lastCalledAt",
      r.id as "placeId", r.kind, r.name, r."aboveId", r."aboveName", r."aboveKind", coalesce(owner."verificationDays", 90) as "validDays"
    ${dueIn(agencies, now)}
    order by n."verifiedUntil" asc nulls first, r.name, n.preference, n.id
    limit ${ROUND}`;
  // A number that several places list is called once, for all of them.
  const listed = new Map<string, DueRow[]>();
  for (const row of rows) {
    const key = `${row.e164} ${row.extension} ${row.service}`;
    listed.set(key, [...(listed.get(key) ?? []), row]);
  }
  return [...listed.values()].flatMap(([row, ...others]) => (row ? [toDue(row, others)] : []));
}

function toDue({ aboveId, aboveName, aboveKind, ...row }: DueRow, others: readonly DueRow[]) {
  return {
    ...row,
    /** Other places that list it. */
    also: others.map(({ placeId, kind, name }) => formatPlace({ id: placeId, kind, name })),
    name: formatPlace({ id: row.placeId, kind: row.kind, name: row.name }),
    // The county of a town, the state of a county.
    within: aboveId && aboveName && aboveKind ? formatPlace({ id: aboveId, name: aboveName, kind: aboveKind }) : "",
    service: row.service as Service,
    verifiedUntil: row.verifiedUntil?.getTime() ?? null,
    lastCalledAt: row.lastCalledAt?.getTime() ?? null,
  };
}

interface DueRow {
  id: string;
  e164: string;
  extension: string;
  desk: string;
  hours: string;
  lines: number;
  service: string;
  verifiedUntil: Date | null;
  failures: number;
  lastCalledAt: Date | null;
  placeId: string;
  kind: string;
  name: string;
  aboveId: string | null;
  aboveName: string | null;
  aboveKind: string | null;
  validDays: number;
}

export type DueNumber = Awaited<ReturnType<typeof listDue>>[number];
