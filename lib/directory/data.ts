import "server-only";
import type { MultiPolygon, Polygon } from "geojson";
import { type Actor, can } from "../access/actor";
import { COVERS, mayInPlace, placesFor } from "../access/jurisdiction";
import { type Ring, writePolygons, writeRings } from "../standards/geometry/simplify";
import type { PlaceFacts } from "./place-facts";
import { db, Prisma, type Reader } from "../platform/db";
import type { Localized } from "../platform/language";
import { loadTranslations } from "../platform/translations";
import { boundaryFromAtlas } from "../places/atlas";
import { countyKind, formatPlace, shortenCounty } from "../places/county-kinds";
import { mendShortName } from "../places/short-name";
import { type Conflict, findConflicts, type ListedNumber } from "./conflicts";
import type { Fallback, NumberFacts, HelpOptionKind, Service } from "./schema";

/** How many test calls of a number are looked at; two failures in a row take it out of use. */
const CALLS = 5;

export const HELP_OPTIONS_IN_USE = {
  where: { retiredAt: null },
  orderBy: [{ preference: "asc" }, { id: "asc" }],
} as const satisfies Prisma.Place$helpOptionsArgs;

interface NumberRow {
  id: string;
  service: string;
  e164: string;
  extension: string;
  desk: string;
  deskIn?: Localized;
  hours: string;
  lines: number;
  sharedWith911: boolean;
  preference: number;
  status: string;
  testCalls: {
    calledAt: Date;
    /** Null where no person entered it here: the demonstration's, and those of older versions. */
    calledById: string | null;
    recordedAt: Date | null;
    calledBy: string;
    answeredBy: string;
    result: string;
    validDays: number;
  }[];
}

export function toNumberFacts(row: NumberRow): NumberFacts {
  return {
    id: row.id,
    service: row.service as Service,
    e164: row.e164,
    extension: row.extension,
    desk: row.desk,
    ...(row.deskIn && Object.keys(row.deskIn).length > 1 ? { deskIn: row.deskIn } : {}),
    hours: row.hours,
    lines: row.lines,
    sharedWith911: row.sharedWith911,
    preference: row.preference,
    status: row.status as NumberFacts["status"],
    calls: row.testCalls.map((call) => ({
      at: call.calledAt.getTime(),
      by: call.calledBy,
      answeredBy: call.answeredBy,
      result: call.result as NumberFacts["calls"][number]["result"],
      validDays: call.validDays,
      recordedAt: call.calledById === null ? null : (call.recordedAt?.getTime() ?? null),
    })),
  };
}

/** CAP polygons of a boundary, computed once for each stored boundary. */
const polygonCache = new Map<string, { key: string; polygons: string[] }>();

function polygonsOf({
  id,
  boundary,
  phoneOutline,
}: {
  id: string;
  boundary: unknown;
  phoneOutline: unknown;
}): string[] {
  if (phoneOutline) return writeRings(phoneOutline as Ring[]);
  const geometry = (boundary as Polygon | MultiPolygon | null) ?? boundaryFromAtlas(id);
  if (!geometry) return [];
  const key = JSON.stringify(geometry);
  const cached = polygonCache.get(id);
  if (cached?.key === key) return cached.polygons;
  const polygons = writePolygons(geometry);
  polygonCache.set(id, { key, polygons });
  return polygons;
}

/** Of the numbers of one place and service so many are looked at, in the order they are given out. */
const MOST_NUMBERS = 12;

/**
 * Numbers in use of these places, the first ones of each service, with their last test calls. Two questions
 * whatever their number: a list of ids too long for one is no reason to have no alert.
 */
async function loadNumbers(client: Reader, placeIds: readonly string[]): Promise<Map<string, NumberRow[]>> {
  const rows = await client.$queryRaw<(Omit<NumberRow, "testCalls"> & { placeId: string })[]>`
    select id, "placeId", service, e164, extension, desk, hours, lines, "sharedWith911", preference, status
    from (
      select n.*, row_number() over (partition by "placeId", service order by preference, id) as place
      from "DirectNumber" n where "retiredAt" is null and "placeId" = any(${[...placeIds]})
    ) as ranked
    where place <= ${MOST_NUMBERS} order by preference, id`;
  const calls = await client.$queryRaw<(NumberRow["testCalls"][number] & { numberId: string })[]>`
    select v."numberId", v."calledAt", v."calledById", v."recordedAt", v."calledBy", v."answeredBy", v.result, v."validDays"
    from unnest(${rows.map(({ id }) => id)}::text[]) as wanted(id) cross join lateral (
      select * from "TestCall" where "numberId" = wanted.id order by "calledAt" desc limit ${CALLS}
    ) as v`;
  const words = await loadTranslations(
    client,
    "number",
    rows.map(({ id }) => id),
  );
  const numbers = new Map(
    rows.map((row) => [
      row.id,
      { ...row, deskIn: words.of(row.id, "desk", row.desk), testCalls: [] as NumberRow["testCalls"] },
    ]),
  );
  for (const { numberId, ...call } of calls) numbers.get(numberId)?.testCalls.push(call);
  const byPlace = new Map<string, NumberRow[]>();
  for (const { placeId, ...number } of numbers.values()) {
    const list = byPlace.get(placeId);
    if (list) list.push(number);
    else byPlace.set(placeId, [number]);
  }
  return byPlace;
}

interface LargerRow {
  id: string;
  kind: string;
  name: string;
  numbers: NumberRow[];
}

const toFallback = ({ id, kind, name, numbers }: LargerRow, label = name): Fallback[] =>
  numbers.length === 0
    ? []
    : [{ kind: kind as Fallback["kind"], id, name: label, numbers: numbers.map(toNumberFacts) }];

/** A sentence for each pair of dispatch centers with numbers that serve a place, when nobody set which goes first. */
function describeRivals(areas: readonly (LargerRow & { serveOrder: number })[]): string[] {
  const answering = areas.filter(({ numbers }) => numbers.length > 0);
  return answering.slice(1).flatMap((area, index) => {
    const before = answering[index];
    return before && before.serveOrder === area.serveOrder
      ? [`${before.name} and ${area.name} both serve it, and nobody set which goes first.`]
      : [];
  });
}

/** What selection chooses from, for each of these places. */
export async function loadCandidates(
  client: Reader,
  placeIds: readonly string[],
): Promise<Map<string, Pick<PlaceFacts, "numbers" | "fallbacks" | "helpOptions"> & { rivals: string[] }>> {
  const rows = await client.place.findMany({
    where: { id: { in: [...placeIds] } },
    select: {
      id: true,
      parentId: true,
      parent: { select: { kind: true, parentId: true } },
      helpOptions: HELP_OPTIONS_IN_USE,
    },
  });
  // A town's parent is its county, the county's its state; a dispatch area's is its county, or its state.
  const above = [...new Set(rows.flatMap(({ parentId, parent }) => [parentId ?? [], parent?.parentId ?? []].flat()))];
  const larger = await client.place.findMany({
    where: { id: { in: above }, numbers: { some: { retiredAt: null } } },
    select: { id: true, kind: true, name: true },
  });
  const translations = await loadTranslations(
    client,
    "help-option",
    rows.flatMap(({ helpOptions }) => helpOptions.map(({ id }) => id)),
  );
  const areas = await client.place.findMany({
    where: { kind: "psap", members: { some: { placeId: { in: [...placeIds, ...above] } } } },
    select: { id: true, kind: true, name: true, serveOrder: true, members: { select: { placeId: true } } },
    // An order someone set; two that stand alike are told to the approver.
    orderBy: [{ serveOrder: "asc" }, { name: "asc" }],
  });
  const numbersOf = await loadNumbers(client, [
    ...placeIds,
    ...larger.map(({ id }) => id),
    ...areas.map(({ id }) => id),
  ]);
  const withNumbers = <Row extends { id: string }>(row: Row) => ({ ...row, numbers: numbersOf.get(row.id) ?? [] });
  const byId = new Map(larger.map((place) => [place.id, withNumbers(place)]));
  const serving = new Map<string, (LargerRow & { serveOrder: number })[]>();
  for (const area of areas.map(withNumbers)) {
    for (const { placeId } of area.members) serving.set(placeId, [...(serving.get(placeId) ?? []), area]);
  }
  return new Map(
    rows.map(({ id, parentId, parent, helpOptions }) => {
      const chain = [parentId, parent?.parentId].flatMap((one) => byId.get(one ?? "") ?? []);
      return [
        id,
        {
          numbers: (numbersOf.get(id) ?? []).map(toNumberFacts),
          rivals: describeRivals(serving.get(id) ?? []),
          fallbacks: [
            ...[...(serving.get(id) ?? []), ...(serving.get(parentId ?? "") ?? [])].flatMap((area) => toFallback(area)),
            ...chain.flatMap((place) => toFallback(place, formatPlace(place))),
          ],
          helpOptions: helpOptions.map(({ id: optionId, kind, works, wording }) => ({
            kind,
            works,
            wording: translations.of(optionId, "wording", wording),
          })),
        },
      ];
    }),
  );
}

/** Every county a place lies in, the one it is listed under first. A county lies in itself; of an area the parent may be a state. */
const countyIdsOf = (place: { id: string; kind: string; parentId: string | null; otherCountyIds: string[] }) =>
  place.kind === "county" ? [place.id] : [...(place.parentId ? [place.parentId] : []), ...place.otherCountyIds];

/** What tells each of these places from another of its name in its state: the county, or what it is called. */
async function loadNamesakes(client: Reader, placeIds: readonly string[]): Promise<Map<string, "county" | "label">> {
  const rows = await client.$queryRaw<{ id: string; here: boolean }[]>`
    select p.id, bool_or(q."parentId" = p."parentId") as here
    from "Place" p join "Place" q on q."stateCode" = p."stateCode" and lower(q.name) = lower(p.name) and q.id <> p.id
      and q.alertable and q.kind <> 'county'
    where p.id = any(${[...placeIds]}) and p.kind <> 'county' group by p.id`;
  return new Map(rows.map(({ id, here }) => [id, here ? "label" : "county"]));
}

const UNITS: ReadonlyMap<string, PlaceFacts["unit"]> = new Map(
  Object.entries({ municipality: "place", county: "county" }),
);

/**
 * Everything an alert needs to know of these cities and towns, by name within
 * county. For mutations and pages, which have checked the actor.
 */
export async function loadPlaces(client: Reader, placeIds: readonly string[]): Promise<PlaceFacts[]> {
  // One after the other, here and below: in a transaction there is one connection, which takes one query at a time.
  const rows = await client.place.findMany({
    where: { id: { in: [...placeIds] }, alertable: true },
    orderBy: [{ parentId: "asc" }, { name: "asc" }],
  });
  const candidates = await loadCandidates(client, placeIds);
  const conflicts = await loadConflicts(client, placeIds);
  const namesakes = await loadNamesakes(client, placeIds);
  const counties = await client.place.findMany({
    where: { id: { in: [...new Set(rows.flatMap(countyIdsOf))] }, kind: "county" },
    select: {
      id: true,
      name: true,
      sameCode: true,
      population: true,
      alertable: true,
      _count: { select: { children: { where: { alertable: true } } } },
    },
  });
  const countyById = new Map(counties.map((county) => [county.id, county]));
  const saidOf = new Map<string, string[]>();
  for (const { placeIds: about, says } of conflicts) {
    for (const id of about) saidOf.set(id, [...(saidOf.get(id) ?? []), says]);
  }
  return rows.map((row) => {
    const within = countyIdsOf(row).flatMap((id) => countyById.get(id) ?? []);
    const [county] = within;
    if (!county) throw new Error(`${row.name} lies in no county.`);
    const { rivals, ...found } = candidates.get(row.id) ?? NO_CANDIDATES;
    return {
      id: row.id,
      name: formatPlace(row),
      shortName: row.kind === "county" ? shortenCounty(row) : mendShortName(row.name, row.shortName),
      label: row.label,
      unit: UNITS.get(row.kind) ?? "area",
      namesake: namesakes.get(row.id) ?? null,
      timeZone: row.timeZone,
      stateName: row.stateName,
      stateCode: row.stateCode,
      stateId: county.id.slice(0, 2),
      counties: within.map(({ id, name, population, sameCode, alertable, _count }) => ({
        id,
        name,
        kind: countyKind(id),
        size: _count.children + (alertable ? 1 : 0),
        population,
        sameCode,
      })),
      population: row.population,
      polygons: polygonsOf(row),
      approximate: row.boundaryApproximate,
      ...found,
      conflicts: [...(saidOf.get(row.id) ?? []), ...rivals],
    };
  });
}

const NO_CANDIDATES = { numbers: [], fallbacks: [], helpOptions: [], rivals: [] };

interface ListedRow extends Omit<ListedNumber, "service"> {
  service: string;
}

/**
 * Numbers in use that could contradict another: those of some places and all
 * that share a number with them; or, of the whole directory, only those of which
 * two agencies, two places or a foreign agency have a say.
 */
async function loadListed(client: Reader, placeIds?: readonly string[]): Promise<ListedNumber[]> {
  const ids = [...(placeIds ?? [])];
  // Found first, since few are listed twice and the planner would expect many.
  const twice = placeIds
    ? []
    : await client.$queryRaw<{ e164: string; extension: string }[]>`
        select e164, extension from "DirectNumber" where "retiredAt" is null group by 1, 2
        having min("placeId" collate "C") <> max("placeId" collate "C")`;
  const candidates = placeIds
    ? Prisma.sql`
      select id from "DirectNumber" where "retiredAt" is null and "placeId" = any(${ids})
      union
      select other.id from "DirectNumber" own join "DirectNumber" other
        on other.e164 = own.e164 and other.extension = own.extension and other."retiredAt" is null
      where own."retiredAt" is null and own."placeId" = any(${ids})`
    : Prisma.sql`
      select n.id from "DirectNumber" n join (
        select o."placeId", o."ownerId" from (
            select distinct "placeId", "ownerId" from "DirectNumber" where "retiredAt" is null and "ownerId" is not null
          ) as o join "Place" r on r.id = o."placeId" left join "Place" p on p.id = r."parentId"
          join "Agency" a on a.id = o."ownerId"
        where not ${COVERS}) as foreign_owner using ("placeId", "ownerId")
      where n."retiredAt" is null
      union
      select n.id from "DirectNumber" n join (
        select "placeId", service from "DirectNumber" where "retiredAt" is null and "ownerId" is not null
        group by 1, 2 having min("ownerId" collate "C") <> max("ownerId" collate "C")) as split using ("placeId", service)
      where n."retiredAt" is null
      union
      select n.id from unnest(${twice.map(({ e164 }) => e164)}::text[], ${twice.map(({ extension }) => extension)}::text[])
        as shared(e164, extension) join "DirectNumber" n using (e164, extension)
      where n."retiredAt" is null`;
  // Two questions, because the planner of one would expect many candidates and read everything.
  const found = await client.$queryRaw<{ id: string }[]>(candidates);
  const wanted = found.map(({ id }) => id);
  const rows = await client.$queryRaw<ListedRow[]>`
    select n.id, n."placeId", r.name as "placeName", r.latitude, r.longitude, n.service, n.e164, n.extension, n.desk,
      n."ownerId", a.name as "ownerName", coalesce(${COVERS}, false) as "ownerCovers"
    from "DirectNumber" n
      join "Place" r on r.id = n."placeId" left join "Place" p on p.id = r."parentId"
      left join "Agency" a on a.id = n."ownerId"
    where n.id = any(${wanted})
    order by n."placeId", n.preference, n.id`;
  return rows.map((row) => ({ ...row, service: row.service as Service }));
}

/** Conflicts that nobody has settled yet, of some places or of all. For callers that have checked the actor. */
export async function loadConflicts(client: Reader, placeIds?: readonly string[]): Promise<Conflict[]> {
  const listed = await loadListed(client, placeIds);
  const settled = await client.conflictSettlement.findMany({ select: { key: true } });
  const keys = new Set(settled.map(({ key }) => key));
  return findConflicts(listed).filter(({ key }) => !keys.has(key));
}

/** The last count, with the entry of the record it was counted at. Whatever changes a number adds an entry. */
let counted: { seq: bigint; count: number } | undefined;

/** How many conflicts nobody has settled yet. */
export async function countConflicts(actor: Actor): Promise<number> {
  if (!can(actor, "directory:read")) return 0;
  const { _max } = await db().auditEvent.aggregate({ _max: { seq: true } });
  const seq = _max.seq ?? 0n;
  if (counted?.seq !== seq) counted = { seq, count: (await loadConflicts(db())).length };
  return counted.count;
}

/** Conflicts with the numbers they are about, and what was settled before. */
export async function listConflicts(actor: Actor) {
  if (!can(actor, "directory:read")) return { open: [], settled: [] };
  const open = await loadConflicts(db());
  const ids = open.flatMap(({ numberIds }) => numberIds);
  const rows = await db().directNumber.findMany({
    where: { id: { in: ids } },
    include: {
      place: { select: { name: true } },
      owner: { select: { name: true } },
      testCalls: { orderBy: { calledAt: "desc" }, take: CALLS },
    },
  });
  const byId = new Map(
    rows.map((row) => [
      row.id,
      { ...toNumberFacts(row), placeId: row.placeId, placeName: row.place.name, owner: row.owner?.name ?? null },
    ]),
  );
  const settled = await db().conflictSettlement.findMany({ orderBy: { at: "desc" }, take: 50 });
  const mayEdit = await placesFor(
    db(),
    actor,
    "directory:edit",
    open.flatMap(({ placeIds }) => placeIds),
  );
  return {
    open: open.map((conflict) => ({
      ...conflict,
      numbers: conflict.numberIds.flatMap((id) => byId.get(id) ?? []),
      maySettle: conflict.placeIds.every((id) => mayEdit.has(id)),
    })),
    settled: settled.map(({ key, kind, decision, reason, by, at }) => ({
      key,
      kind,
      decision,
      reason,
      by,
      at: at.getTime(),
    })),
  };
}

export type ConflictList = Awaited<ReturnType<typeof listConflicts>>;

/** People who keep the numbers of a place: stewards of agencies of exactly this place, else of one around it. */
export async function stewardsOf(client: Reader, placeIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await client.$queryRaw<{ placeId: string; name: string; rank: number }[]>`
    select r.id as "placeId", person.name,
      case when a."jurisdictionId" = r.id then 0 when a."jurisdictionId" = r."parentId" then 1 else 2 end as rank
    from "Place" r left join "Place" p on p.id = r."parentId"
      join "Agency" a on ${COVERS}
      join "Membership" m on m."agencyId" = a.id and m.role = 'steward'
      join "Person" person on person.id = m."personId" and person."disabledAt" is null
    where r.id = any(${[...placeIds]})
    order by rank, person.name`;
  const nearest = new Map<string, { rank: number; names: string[] }>();
  for (const { placeId, name, rank } of rows) {
    const known = nearest.get(placeId);
    if (!known) nearest.set(placeId, { rank, names: [name] });
    else if (known.rank === rank) known.names.push(name);
  }
  return new Map([...nearest].map(([id, { names }]) => [id, names]));
}

/** What a place is called, for the title of its page. */
export async function getPlaceName(actor: Actor, id: string): Promise<string | null> {
  if (!can(actor, "directory:read")) return null;
  const row = await db().place.findUnique({ where: { id }, select: { id: true, kind: true, name: true } });
  return row && formatPlace(row);
}

/** One place with its numbers, every test call ever made, its helpOptions and what was changed. */
export async function getPlace(actor: Actor, id: string) {
  if (!can(actor, "directory:read")) return null;
  const row = await db().place.findUnique({
    where: { id },
    include: {
      parent: {
        select: { id: true, name: true, kind: true, population: true, parent: { select: { id: true, name: true } } },
      },
      helpOptions: HELP_OPTIONS_IN_USE,
      mergedInto: { select: { id: true, kind: true, name: true } },
      memberOf: { include: { area: { select: { id: true, name: true, kind: true } } } },
      members: { include: { place: { select: { id: true, name: true, kind: true } } } },
      numbers: {
        orderBy: [{ preference: "asc" }, { id: "asc" }],
        include: {
          owner: { select: { id: true, name: true, verificationDays: true } },
          testCalls: { orderBy: { calledAt: "desc" }, take: 200 },
          changes: { orderBy: { at: "desc" }, take: 50 },
        },
      },
    },
  });
  if (!row) return null;
  const [neighbors, stewards, conflicts, candidates, translations, desks, mayVerify, mayEdit, mayReport, mayImport] =
    await Promise.all([
      db().place.findMany({
        where: { id: { in: row.neighborIds } },
        select: { id: true, name: true },
        orderBy: { name: "asc" },
      }),
      stewardsOf(db(), [id]),
      loadConflicts(db(), [id]),
      loadCandidates(db(), [id]),
      loadTranslations(
        db(),
        "help-option",
        row.helpOptions.map(({ id: optionId }) => optionId),
      ),
      loadTranslations(
        db(),
        "number",
        row.numbers.map(({ id: numberId }) => numberId),
      ),
      mayInPlace(db(), actor, "directory:verify", id),
      mayInPlace(db(), actor, "directory:edit", id),
      mayInPlace(db(), actor, "directory:report", id),
      mayInPlace(db(), actor, "place:import", id),
    ]);
  const mayRetire = mayImport && row.kind === "municipality" && row.retiredAt === null;
  const numbers = row.numbers.map((number) => ({
    ...toNumberFacts({ ...number, deskIn: desks.of(number.id, "desk", number.desk) }),
    languages: number.languages,
    takesTexts: number.takesTexts,
    owner: number.owner?.name ?? null,
    validDays: number.owner?.verificationDays ?? 90,
    statusBy: number.statusBy,
    statusAt: number.statusAt?.getTime() ?? null,
    version: number.version,
    retired: number.retiredAt && { at: number.retiredAt.getTime(), by: number.retiredBy!, why: number.retiredWhy! },
    notes: number.testCalls.map(({ note }) => note),
    /** Whether each call was made by whoever entered the number. */
    ownCalls: number.testCalls.map(
      ({ calledById }) =>
        calledById !== null && number.changes.some(({ action, byId }) => action === "added" && byId === calledById),
    ),
    changes: number.changes.map(({ action, before, after, by, at }) => ({
      action,
      before: before as Record<string, unknown> | null,
      after: after as Record<string, unknown> | null,
      by,
      at: at.getTime(),
    })),
  }));
  return {
    id: row.id,
    kind: row.kind,
    name: formatPlace(row),
    label: row.label,
    stateName: row.stateName,
    population: row.population,
    parent: row.parent,
    sameCode: row.sameCode,
    timeZone: row.timeZone,
    approximate: row.boundaryApproximate,
    latitude: row.latitude,
    longitude: row.longitude,
    areas: row.memberOf.map(({ area }) => area),
    members: row.members.map(({ place }) => place).sort((left, right) => left.name.localeCompare(right.name)),
    neighbors,
    stewards: stewards.get(id) ?? [],
    conflicts: conflicts.map(({ says }) => says),
    fallbacks: candidates.get(id)?.fallbacks ?? [],
    helpOptions: row.helpOptions.map(({ id: optionId, kind, works, hours, wording, preference }) => ({
      id: optionId,
      kind: kind as HelpOptionKind,
      works,
      hours,
      wording: translations.of(optionId, "wording", wording),
      preference,
    })),
    numbers: numbers.filter(({ retired }) => !retired),
    retired: numbers.filter(({ retired }) => retired),
    mayVerify,
    mayEdit,
    mayReport,
    mayRetire,
    retiredAt: row.retiredAt?.getTime() ?? null,
    mergedInto: row.mergedInto && { id: row.mergedInto.id, name: formatPlace(row.mergedInto) },
  };
}

export type PlaceDetail = NonNullable<Awaited<ReturnType<typeof getPlace>>>;
export type PlaceNumber = PlaceDetail["numbers"][number];

/** The outline of a place: its own, the atlas's for a state or county, that of its members for an area. */
export async function loadOutlines(
  client: Reader,
  ids: readonly string[],
): Promise<{ id: string; name: string; geometry: Polygon | MultiPolygon }[]> {
  const rows = await client.place.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      kind: true,
      name: true,
      boundary: true,
      members: { select: { place: { select: { id: true, boundary: true } } } },
    },
  });
  const shape = (id: string, boundary: unknown) => (boundary as Polygon | MultiPolygon | null) ?? boundaryFromAtlas(id);
  return rows.flatMap(({ id, name, boundary, members }) => {
    const own = shape(id, boundary);
    if (own) return [{ id, name, geometry: own }];
    const parts = members.flatMap(({ place }) => shape(place.id, place.boundary) ?? []);
    if (parts.length === 0) return [];
    const coordinates = parts.flatMap((part) => (part.type === "Polygon" ? [part.coordinates] : part.coordinates));
    return [{ id, name, geometry: { type: "MultiPolygon" as const, coordinates } }];
  });
}
