import "server-only";
import type { MultiPolygon, Polygon } from "geojson";
import type { Actor } from "../auth/actor";
import { can } from "../auth/actor";
import { writePolygons } from "../geography/cells";
import type { PlaceFacts } from "../geography/schema";
import { db, type Reader } from "../platform/db";
import type { NumberFacts } from "./schema";

/** How many test calls of a number are looked at; two failures in a row take it out of use. */
const CALLS = 5;

const numberInclude = {
  numbers: {
    where: { retiredAt: null },
    orderBy: { preference: "asc" },
    include: { verifications: { orderBy: { calledAt: "desc" }, take: CALLS } },
  },
  routes: true,
} as const;

interface NumberRow {
  id: string;
  e164: string;
  desk: string;
  hours: string;
  lines: number;
  sharedWith911: boolean;
  preference: number;
  status: string;
  verifications: { calledAt: Date; calledBy: string; answeredBy: string; result: string }[];
}

function toNumberFacts(row: NumberRow): NumberFacts {
  return {
    id: row.id,
    e164: row.e164,
    desk: row.desk,
    hours: row.hours,
    lines: row.lines,
    sharedWith911: row.sharedWith911,
    preference: row.preference,
    status: row.status as NumberFacts["status"],
    calls: row.verifications.map((call) => ({
      at: call.calledAt.getTime(),
      by: call.calledBy,
      answeredBy: call.answeredBy,
      result: call.result as NumberFacts["calls"][number]["result"],
    })),
  };
}

/** CAP polygons of a boundary, computed once for each stored boundary. */
const polygonCache = new Map<string, { key: string; polygons: string[] }>();

function polygonsOf(regionId: string, boundary: unknown): string[] {
  if (!boundary) return [];
  const key = JSON.stringify(boundary);
  const cached = polygonCache.get(regionId);
  if (cached?.key === key) return cached.polygons;
  const polygons = writePolygons(boundary as Polygon | MultiPolygon);
  polygonCache.set(regionId, { key, polygons });
  return polygons;
}

/**
 * Everything an alert needs to know of these cities and towns, by name within
 * county. For mutations and alert pages, which have checked the actor.
 */
export async function loadPlaces(client: Reader, regionIds: readonly string[]): Promise<PlaceFacts[]> {
  const [rows, counties] = await Promise.all([
    client.region.findMany({
      where: { id: { in: [...regionIds] }, kind: "municipality" },
      include: numberInclude,
      orderBy: [{ parentId: "asc" }, { name: "asc" }],
    }),
    client.region.findMany({
      where: { kind: "county" },
      select: { id: true, name: true, population: true, _count: { select: { children: true } } },
    }),
  ]);
  const byId = new Map(counties.map((county) => [county.id, county]));
  return rows.map((row) => {
    const county = byId.get(row.parentId ?? "");
    if (!county) throw new Error(`${row.name} lies in no county.`);
    return {
      id: row.id,
      name: row.name,
      shortName: row.shortName,
      label: row.label,
      stateName: row.stateName,
      stateCode: row.stateCode,
      countyId: county.id,
      countyName: county.name,
      countySize: county._count.children,
      countyPopulation: county.population,
      sameCode: row.sameCode,
      population: row.population,
      polygons: polygonsOf(row.id, row.boundary),
      approximate: row.boundaryApproximate,
      numbers: row.numbers.map(toNumberFacts),
      routes: row.routes.map(({ kind, wording, wordingEs }) => ({ kind, wording, wordingEs })),
    };
  });
}

/** Ids of all cities and towns within a region: itself, or all below it. */
export async function municipalitiesWithin(client: Reader, regionId: string): Promise<Set<string>> {
  const rows = await client.region.findMany({
    where: {
      kind: "municipality",
      OR: [{ id: regionId }, { parentId: regionId }, { parent: { parentId: regionId } }],
    },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** The whole directory as officials browse it. Numbers are public reference to everybody signed in. */
export async function listDirectory(actor: Actor) {
  if (!can(actor, "directory:read")) return [];
  const rows = await db().region.findMany({
    where: { kind: "municipality" },
    select: {
      id: true,
      name: true,
      label: true,
      population: true,
      parentId: true,
      parent: { select: { name: true } },
      ...numberInclude,
    },
    orderBy: { name: "asc" },
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    label: row.label,
    population: row.population,
    countyId: row.parentId ?? "",
    county: row.parent?.name ?? "",
    numbers: row.numbers.map(toNumberFacts),
    routes: row.routes.map(({ kind, wording }) => ({ kind, wording })),
  }));
}

export type DirectoryEntry = Awaited<ReturnType<typeof listDirectory>>[number];

/** One city or town with its numbers and every test call ever made. */
export async function getRegion(actor: Actor, id: string) {
  if (!can(actor, "directory:read")) return null;
  const row = await db().region.findFirst({
    where: { id, kind: "municipality" },
    include: {
      parent: { select: { name: true, population: true } },
      routes: true,
      numbers: {
        where: { retiredAt: null },
        orderBy: { preference: "asc" },
        include: { verifications: { orderBy: { calledAt: "desc" } } },
      },
    },
  });
  if (!row) return null;
  const mayVerify = await mayVerifyRegion(db(), actor, id);
  return {
    id: row.id,
    name: row.name,
    label: row.label,
    population: row.population,
    county: row.parent?.name ?? "",
    countyPopulation: row.parent?.population ?? 0,
    sameCode: row.sameCode,
    approximate: row.boundaryApproximate,
    routes: row.routes.map(({ kind, wording }) => ({ kind, wording })),
    numbers: row.numbers.map(toNumberFacts),
    mayVerify,
  };
}

/** Whether a region lies in the jurisdiction of an agency in which the actor may record test calls. */
export async function mayVerifyRegion(client: Reader, actor: Actor, regionId: string): Promise<boolean> {
  for (const { agencyId, jurisdictionId } of actor.memberships) {
    if (!can(actor, "directory:verify", agencyId)) continue;
    if ((await municipalitiesWithin(client, jurisdictionId)).has(regionId)) return true;
  }
  return false;
}
