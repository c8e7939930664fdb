import type { PrismaClient } from "../../platform/db";
import { manyRows } from "../../exchange/many-rows-for-tests";
import { type Figure, median } from "./measure";

/** The directory at the size of a large state: pages over HTTP, and files in. */

const PLACES = 3500;
const SIZES = [1000, 10_000, 100_000] as const;
const PAGE_LIMIT_MS = 300;
const IMPORT_ROWS = 50_000;
const IMPORT_LIMIT_MS = 10_000;

/** Invented towns in real counties, until there are as many as a large state has. */
export async function growPlaces(client: PrismaClient): Promise<string[]> {
  const there = await client.place.count({ where: { kind: "municipality" } });
  const counties = await client.place.findMany({
    where: { kind: "county", id: { not: { startsWith: "25" } } },
    take: 400,
  });
  await client.place.createMany({
    data: Array.from({ length: PLACES - there }, (_, index) => {
      const county = counties[index % counties.length]!;
      const { id, stateName, stateCode, sameCode, latitude, longitude, timeZone } = county;
      return {
        id: `${id}${String(10_000 + index)}`,
        kind: "municipality",
        // Without it no draft is for them, and nothing that is measured grows.
        alertable: true,
        name: `Town ${index}`,
        label: "town",
        stateName,
        stateCode,
        shortName: `Town ${index}`,
        parentId: id,
        sameCode,
        population: 1000 + index,
        latitude: latitude + (index % 7) / 50,
        longitude: longitude + (index % 11) / 50,
        timeZone,
      };
    }),
  });
  const rows = await client.place.findMany({
    where: { kind: "municipality" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ id }) => id);
}

const SERVICES = ["dispatch", "police", "fire", "ambulance", "poison-control", "non-emergency"];

/** Adds numbers, each with two test calls, until there are so many in all. */
export async function growNumbers(client: PrismaClient, placeIds: readonly string[], size: number): Promise<void> {
  const there = await client.directNumber.count();
  const now = Date.now();
  for (let from = there; from < size; from += 5000) {
    const numbers = Array.from({ length: Math.min(5000, size - from) }, (_, offset) => {
      const index = from + offset;
      return {
        id: `bench-${index}`,
        placeId: placeIds[index % placeIds.length]!,
        service: SERVICES[Math.floor(index / placeIds.length) % SERVICES.length]!,
        e164: `+1${413 + (index % 380)}5550${100 + (index % 100)}`.replace(/^\+1(\d)11/, "+1$112"),
        extension: String(index),
        desk: `Desk ${index}`,
        hours: "day and night",
        lines: 2,
        preference: 1 + (index % 3),
        isDemonstration: true,
      };
    });
    await client.directNumber.createMany({ data: numbers });
    await client.testCall.createMany({
      data: numbers.flatMap(({ id }, offset) =>
        [0, 60].map((back) => ({
          numberId: id,
          calledBy: "Bench",
          answeredBy: "desk",
          calledAt: new Date(now - (back + ((from + offset) % 100)) * 86_400_000),
          result: (from + offset) % 23 === 0 ? "no-answer" : "right-desk",
        })),
      ),
    });
  }
}

type Get = (path: string) => Promise<number>;

/** Rows that were just written are slow to read once, for the marks the database leaves on them. */
const WARM_UPS = 3;

async function timePage(get: Get, path: string, runs: number): Promise<number> {
  for (let run = 0; run < WARM_UPS; run += 1) await get(path);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await get(path));
  return median(times);
}

async function measureImport(client: PrismaClient, placeIds: readonly string[]): Promise<Figure> {
  const { applyImport } = await import("../../exchange/commands/apply");
  const { beginImport } = await import("../../exchange/commands/begin");
  const { readImport } = await import("../../exchange/commands/read");
  const importer = { actor: null, agencyId: "state-911" };
  const file = Buffer.from(manyRows(placeIds, IMPORT_ROWS));
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const id = await beginImport(client, importer, { kind: "numbers", fileName: "bench.csv" }, new Date());
  await readImport(client, importer, id, file);
  const result = await applyImport(client, importer, id, new Date());
  const milliseconds = performance.now() - began;
  if (!result.ok || result.value.written !== IMPORT_ROWS)
    throw new Error("The import of the bench did not go through.");
  const memory = Math.round((process.memoryUsage().rss - before) / 2 ** 20);
  return {
    name: `import ${IMPORT_ROWS.toLocaleString("en-US")} rows: read, preview, write`,
    milliseconds,
    runs: 1,
    against: { name: "the limit", milliseconds: IMPORT_LIMIT_MS, times: 1 },
    note: `${memory} MiB more memory than before`,
  };
}

/**
 * @param settle lets the database tidy up and count what was written
 * @param get answers how many milliseconds a page took, signed in as someone who may see all of it
 */
export async function measureDirectory(client: PrismaClient, settle: () => Promise<void>, get: Get): Promise<Figure[]> {
  const towns = await client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
  const imported = await measureImport(
    client,
    towns.map(({ id }) => id),
  );
  // The import's rows are not part of the growth: they are retired, as a directory's history is.
  await client.directNumber.updateMany({
    where: { changes: { some: { importId: { not: null } } } },
    data: { retiredAt: new Date(), retiredBy: "bench", retiredWhy: "measured" },
  });
  const placeIds = await growPlaces(client);
  const pages = [
    "/directory",
    "/directory?county=25017&readiness=all",
    "/directory?find=413-555&readiness=all",
    "/directory/2501526535",
    "/directory/call-round",
    "/directory/conflicts",
    "/directory/kit",
    "/directory/import",
  ];
  const times = new Map<string, number[]>(pages.map((page) => [page, []]));
  for (const size of SIZES) {
    await growNumbers(client, placeIds, size + IMPORT_ROWS);
    await settle();
    for (const page of pages) times.get(page)!.push(await timePage(get, page, 7));
  }
  return [
    imported,
    ...pages.map((page): Figure => {
      const measured = times.get(page)!;
      return {
        name: `growth of page ${page}`,
        milliseconds: measured.at(-1)!,
        runs: 7,
        against: {
          name: `the same with ${SIZES[0].toLocaleString("en-US")} numbers`,
          milliseconds: measured[0]!,
          times: 2,
        },
      };
    }),
    ...pages.map((page): Figure => {
      const measured = times.get(page)!;
      return {
        name: `page ${page} with ${SIZES.at(-1)!.toLocaleString("en-US")} numbers in ${PLACES.toLocaleString("en-US")} places`,
        milliseconds: measured.at(-1)!,
        runs: 7,
        against: { name: "the limit", milliseconds: PAGE_LIMIT_MS, times: 1 },
        note: SIZES.map((size, index) => `${size.toLocaleString("en-US")}: ${measured[index]!.toFixed(0)} ms`).join(
          ", ",
        ),
      };
    }),
  ];
}
