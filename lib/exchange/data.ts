import "server-only";
import { type Actor, agenciesFor, can } from "../access/actor";
import { loadOutlines } from "../directory/data";
import { formatDigits, formatNumber, type Service, SERVICES } from "../directory/schema";
import { db, type Reader } from "../platform/db";
import { getSite } from "../platform/site/data";
import { writeCsvRow, writeDay } from "../platform/csv-row";
import { ROW_RESULTS, rowCountsSchema, type RowResult, type ImportProgress } from "./schema";
import { formatPlace } from "../places/county-kinds";

const MAY: ReadonlyMap<string, "directory:edit" | "place:import"> = new Map(
  Object.entries({ numbers: "directory:edit", places: "place:import" }),
);

/** An import this person may see: of an agency in which they may do it. */
async function findImport(actor: Actor, id: string) {
  const row = await db().directoryImport.findUnique({ where: { id } });
  return row && can(actor, MAY.get(row.kind)!, row.agencyId) ? row : null;
}

export async function getImportProgress(actor: Actor, id: string): Promise<ImportProgress | null> {
  const row = await findImport(actor, id);
  return (
    row && {
      state: row.state as ImportProgress["state"],
      problem: row.problem,
      progress: row.progress,
      total: row.total,
      counts: rowCountsSchema.parse(row.counts),
    }
  );
}

const PAGE = 100;

/** An import with a page of its rows, refused ones first. */
export async function getImport(actor: Actor, id: string, result: string, page: number) {
  const row = await findImport(actor, id);
  if (!row) return null;
  const counts = rowCountsSchema.parse(row.counts);
  const chosen = Object.hasOwn(ROW_RESULTS, result)
    ? result
    : (["rejected", "changed", "new", "unchanged", "skipped"].find((name) => (counts[name] ?? 0) > 0) ?? "new");
  const rows = await db().importRow.findMany({
    where: { importId: id, result: chosen },
    orderBy: { position: "asc" },
    skip: (page - 1) * PAGE,
    take: PAGE,
  });
  return {
    id: row.id,
    kind: row.kind as "numbers" | "places",
    fileName: row.fileName,
    by: row.by,
    at: row.at.getTime(),
    state: row.state as ImportProgress["state"],
    problem: row.problem,
    progress: row.progress,
    total: row.total,
    appliedAt: row.appliedAt?.getTime() ?? null,
    counts,
    result: chosen as RowResult,
    page,
    pages: Math.max(1, Math.ceil((counts[chosen] ?? 0) / PAGE)),
    strays: (row.mapping as { strays?: string } | null)?.strays ?? null,
    unknown: ((row.mapping as { unknown?: string[] } | null)?.unknown ?? []) as string[],
    rows: rows.map(({ position, why, subject, data }) => ({
      position,
      line: (data as { line?: number }).line ?? position,
      subject,
      why,
      before: (data as { changes?: Record<string, unknown> }).changes ?? {},
    })),
  };
}

export type ImportDetail = NonNullable<Awaited<ReturnType<typeof getImport>>>;

/** Outlines an import would add or change, as far as a page can show them. */
export async function getImportOutlines(actor: Actor, id: string) {
  const row = await findImport(actor, id);
  if (!row) return [];
  const rows = await db().importRow.findMany({
    where: { importId: id, result: { in: ["new", "changed", "unchanged"] } },
    orderBy: { position: "asc" },
    take: 500,
  });
  return rows.flatMap(({ result, subject, data }) => {
    // Rows of people and areas draw nothing.
    const { id: place, boundary } = data as { id: string; boundary?: never };
    return boundary ? [{ id: place, name: subject, result: result as RowResult, geometry: boundary }] : [];
  });
}

/** The last imports of the agencies in which this person imports. */
export async function listImports(actor: Actor) {
  const rows = await db().directoryImport.findMany({
    where: {
      OR: [
        { kind: "numbers", agencyId: { in: agenciesFor(actor, "directory:edit") } },
        { kind: "places", agencyId: { in: agenciesFor(actor, "place:import") } },
      ],
    },
    orderBy: { at: "desc" },
    take: 10,
  });
  return rows.map(({ id, kind, fileName, by, at, state, counts }) => ({
    id,
    kind,
    fileName,
    by,
    at: at.getTime(),
    state,
    counts: rowCountsSchema.parse(counts),
  }));
}

const HEAD = [
  "place", "geoid", "county", "state", "service", "number", "extension", "desk", "hours", "lines", "languages",
  "takes texts", "same network as 911", "agency", "order", "status", "entry", "last called", "good until",
]; // prettier-ignore

const BATCH = 5000;

/**
 * Every number in use as CSV, batch by batch. What an import of the same file
 * finds the same; the last two columns are for people to read.
 */
export async function* writeNumbers(client: Reader): AsyncGenerator<string> {
  const { timeZone } = await getSite(client);
  yield `\uFEFF${writeCsvRow(HEAD)}`;
  let after: string | undefined;
  for (;;) {
    const rows = await client.directNumber.findMany({
      where: { retiredAt: null, ...(after ? { id: { gt: after } } : {}) },
      orderBy: { id: "asc" },
      take: BATCH,
      include: {
        place: {
          select: { id: true, name: true, kind: true, stateCode: true, parent: { select: { name: true, kind: true } } },
        },
        owner: { select: { code: true } },
      },
    });
    if (rows.length === 0) return;
    yield rows
      .map(({ place, ...row }) =>
        writeCsvRow([
          formatPlace(place),
          place.id,
          place.parent?.kind === "county" ? place.parent.name : "",
          place.stateCode,
          SERVICES[row.service as Service].toLowerCase(),
          formatDigits(row.e164),
          row.extension,
          row.desk,
          row.hours,
          row.lines,
          row.languages.join(", "),
          row.takesTexts ? "yes" : "no",
          row.sharedWith911 ? "yes" : "no",
          row.owner?.code ?? "",
          row.preference,
          row.status,
          row.id,
          writeDay(row.lastCalledAt, timeZone),
          writeDay(row.verifiedUntil, timeZone),
        ]),
      )
      .join("");
    after = rows.at(-1)!.id;
  }
}

/** Places with their outlines and what they give out, as GeoJSON (RFC 7946). */
export async function writeGeoJson(client: Reader): Promise<string> {
  const rows = await client.place.findMany({
    where: { OR: [{ kind: { in: ["municipality", "psap", "custom"] } }, { numbers: { some: { retiredAt: null } } }] },
    select: {
      id: true,
      kind: true,
      name: true,
      stateCode: true,
      sameCode: true,
      population: true,
      boundaryApproximate: true,
      parent: { select: { name: true } },
      numbers: {
        where: { retiredAt: null },
        orderBy: [{ preference: "asc" }, { id: "asc" }],
        select: { service: true, e164: true, extension: true, desk: true, status: true, verifiedUntil: true },
      },
    },
    orderBy: { id: "asc" },
  });
  const outlines = new Map(
    (
      await loadOutlines(
        client,
        rows.map(({ id }) => id),
      )
    ).map(({ id, geometry }) => [id, geometry]),
  );
  return JSON.stringify({
    type: "FeatureCollection",
    features: rows.map(({ id, numbers, parent, ...place }) => ({
      type: "Feature",
      id,
      geometry: outlines.get(id) ?? null,
      properties: {
        geoid: id,
        name: place.name,
        kind: place.kind,
        county: parent?.name ?? null,
        state: place.stateCode,
        same: place.sameCode,
        population: place.population || null,
        approximate: place.boundaryApproximate,
        numbers: numbers.map(({ e164, extension, verifiedUntil, ...number }) => ({
          ...number,
          number: formatNumber({ e164, extension }),
          verifiedUntil: verifiedUntil?.toISOString() ?? null,
        })),
      },
    })),
  });
}
