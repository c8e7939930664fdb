import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { appendAudit } from "../audit/mutations";
import { canonicalJson } from "../audit/canonical-json";
import type { Actor } from "../auth/actor";
import { changeAs } from "../auth/mint";
import type { Permission } from "../auth/permissions";
import { loadOutlines, regionsFor } from "../directory/data";
import { type Service, SERVICES } from "../directory/schema";
import { findNeighbours } from "../geography/neighbours";
import { shortenName } from "../geography/short-name";
import { inTransaction, type Prisma, type PrismaClient, type Transaction } from "../platform/db";
import { refuse, type Result, success } from "../platform/result";
import { FileRefused, decodeFile, readCsv } from "./csv-file";
import { readHeader } from "./columns";
import { decideFate, type Entry, type Existing, keyOf, type PlanContext, readRow } from "./number-plan";
import { RegionIndex } from "./region-index";
import { type CountyOutline, type Mapping, planFeature, type PlannedRegion, readGeoJson } from "./region-plan";
import type { BeginImport, ImportFate } from "./schema";

/**
 * Files in: first every row's fate is worked out and kept, then a person looks,
 * then all of it is written or none. Reading writes nothing but the preview.
 */

/** Who imports. The command line has no person behind it and acts for an agency. */
export interface Importer {
  actor: Actor | null;
  agencyId: string;
}

const nameOf = ({ actor }: Importer) => actor?.name ?? "the command line";

/** Rows that are looked at and kept at a time. */
const BATCH = 2500;

/** Makes an empty import, so that its progress can be asked for while the file is read. */
export async function beginImport(
  client: PrismaClient,
  importer: Importer,
  { kind, fileName, mapping }: BeginImport,
  now: Date,
): Promise<string> {
  const row = await client.directoryImport.create({
    data: {
      kind,
      fileName,
      agencyId: importer.agencyId,
      byId: importer.actor?.personId ?? null,
      by: nameOf(importer),
      at: now,
      state: "reading",
      counts: {},
      ...(mapping ? { mapping } : {}),
    },
  });
  return row.id;
}

/** Ids of the regions an importer may do this in; undefined for all, where no person imports. */
const regionsOf = (client: PrismaClient | Transaction, { actor }: Importer, permission: Permission) =>
  actor ? regionsFor(client, actor, permission) : undefined;

async function openContext(client: PrismaClient, importer: Importer): Promise<PlanContext> {
  const [regions, agencies, site, covered] = await Promise.all([
    client.region.findMany({
      select: {
        id: true,
        kind: true,
        name: true,
        label: true,
        stateName: true,
        stateCode: true,
        parentId: true,
        sameCode: true,
        parent: { select: { name: true } },
      },
    }),
    client.agency.findMany({ select: { id: true, code: true, name: true } }),
    client.site.findUniqueOrThrow({ where: { id: 1 } }),
    regionsOf(client, importer, "directory:edit"),
  ]);
  return {
    index: new RegionIndex(regions.map(({ parent, ...region }) => ({ ...region, parentName: parent?.name ?? null }))),
    demonstration: site.mode === "demonstration",
    agencies: new Map(
      agencies.flatMap(({ id, code, name }) => [
        [code.toLowerCase(), id],
        [name.toLowerCase(), id],
      ]),
    ),
    mayEdit: (regionId) => covered === undefined || covered.has(regionId),
  };
}

interface PlannedRow {
  fate: ImportFate;
  why: string;
  subject: string;
  data: Prisma.InputJsonObject;
}

/** Somebody dropped the import while its file was read. */
class ImportDropped extends Error {}

/** Keeps planned rows, counts them, and says how far it is. */
class Preview {
  readonly counts: Record<string, number> = {};
  private position = 0;
  private readonly hash = createHash("sha256");

  constructor(
    private readonly client: PrismaClient,
    private readonly importId: string,
  ) {}

  async add(rows: readonly PlannedRow[], total: number): Promise<void> {
    const data = rows.map((row) => {
      this.position += 1;
      this.counts[row.fate] = (this.counts[row.fate] ?? 0) + 1;
      this.hash.update(canonicalJson({ position: this.position, fate: row.fate, data: row.data })).update("\n");
      return { importId: this.importId, position: this.position, ...row };
    });
    await this.client.$executeRaw`
      insert into "ImportRow" ("importId", position, fate, why, subject, data)
      select "importId", position, fate, why, subject, data
      from jsonb_to_recordset(${JSON.stringify(data)}::jsonb)
        as row("importId" text, position int, fate text, why text, subject text, data jsonb)`;
    const { count } = await this.client.directoryImport.updateMany({
      where: { id: this.importId, state: "reading" },
      data: { progress: this.position, total: Math.max(total, this.position), counts: this.counts },
    });
    if (count === 0) throw new ImportDropped();
  }

  async close(): Promise<void> {
    const { count } = await this.client.directoryImport.updateMany({
      where: { id: this.importId, state: "reading" },
      data: { state: "read", total: this.position, progress: this.position, planHash: this.hash.digest("hex") },
    });
    if (count === 0) throw new ImportDropped();
  }
}

/** Ends an import that cannot be read, unless it was dropped or read in the meantime. */
export async function failImport(client: PrismaClient, id: string, problem: string): Promise<void> {
  const { count } = await client.directoryImport.updateMany({
    where: { id, state: "reading" },
    data: { state: "failed", problem, counts: {} },
  });
  if (count > 0) await client.importRow.deleteMany({ where: { importId: id } });
}

/**
 * Takes the one file of an import. @returns false when it has a file already, or is not waiting for one
 */
export async function claimImport(client: PrismaClient, id: string, bytes: Uint8Array): Promise<boolean> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { count } = await client.directoryImport.updateMany({
    where: { id, state: "reading", sha256: null },
    data: { sha256, size: bytes.length },
  });
  return count === 1;
}

/**
 * Reads the file of an import, unless it has another one already, and keeps what would
 * become of every row. Expected trouble ends in the state "failed"; an import
 * that is dropped meanwhile stays dropped.
 */
export async function readImport(
  client: PrismaClient,
  importer: Importer,
  id: string,
  bytes: Uint8Array,
): Promise<void> {
  await claimImport(client, id, bytes);
  const row = await client.directoryImport.findUniqueOrThrow({ where: { id } });
  // Another file that came second is not read under the first one's name.
  if (row.state !== "reading" || row.sha256 !== createHash("sha256").update(bytes).digest("hex")) return;
  try {
    const preview = new Preview(client, id);
    if (row.kind === "numbers") await planNumbers(client, importer, id, bytes, preview);
    else await planRegions(client, importer, bytes, row.mapping as unknown as Mapping, preview);
    await preview.close();
  } catch (error) {
    if (error instanceof ImportDropped) {
      await client.importRow.deleteMany({ where: { importId: id } });
      return;
    }
    if (!(error instanceof FileRefused)) {
      await failImport(client, id, "Something went wrong on our side while reading. Try again.");
      throw error;
    }
    await failImport(client, id, error.message);
  }
}

type Kept = Existing & { regionId: string; service: string };

async function loadExisting(client: PrismaClient, entries: readonly Entry[]): Promise<Map<string, Kept>> {
  const regionIds = [...new Set(entries.flatMap(({ region }) => region?.id ?? []))];
  const rows = await client.directNumber.findMany({ where: { regionId: { in: regionIds }, retiredAt: null } });
  return new Map(rows.map((row) => [keyOf(row), row]));
}

const placeOf = ({ regionId, service }: { regionId: string; service: string }) => `${regionId} ${service}`;

function countByPlace(numbers: Iterable<Kept>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const number of numbers) counts.set(placeOf(number), (counts.get(placeOf(number)) ?? 0) + 1);
  return counts;
}

async function planNumbers(
  client: PrismaClient,
  importer: Importer,
  id: string,
  bytes: Uint8Array,
  preview: Preview,
): Promise<void> {
  const context = await openContext(client, importer);
  const seen = new Map<string, number>();
  /** How many numbers each place and service has, to put new ones behind them. */
  const lengths = new Map<string, number>();
  let header: ReturnType<typeof readHeader>;
  let passed = 0;
  let batch: Entry[] = [];
  const total = Math.max(1, bytes.filter((byte) => byte === 10 || byte === 13).length);
  const flush = async () => {
    if (batch.length === 0) return;
    const existing = await loadExisting(client, batch);
    for (const [place, there] of countByPlace(existing.values())) {
      if (!lengths.has(place)) lengths.set(place, there);
    }
    const rows = batch.map((entry) => planEntry(entry, existing, seen, lengths, importer));
    batch = [];
    await preview.add(rows, total);
  };
  for await (const row of readCsv(bytes)) {
    if (!header) {
      header = readHeader(row.cells);
      passed += 1;
      if (!header && passed >= 10) break;
      if (header?.unknown.length) {
        await client.directoryImport.update({ where: { id }, data: { mapping: { unknown: header.unknown } } });
      }
      continue;
    }
    batch.push(...readRow(row, header, context));
    if (batch.length >= BATCH) await flush();
  }
  if (!header) {
    throw new FileRefused(
      "No row names the columns. One of the first ten rows needs a column “number” and a column “region” or “geoid”.",
    );
  }
  await flush();
}

function planEntry(
  entry: Entry,
  existing: ReadonlyMap<string, Existing>,
  seen: Map<string, number>,
  lengths: Map<string, number>,
  importer: Importer,
): PlannedRow {
  const { line, subject, region, service, e164, extension, said } = entry;
  const known =
    region && existing.get(keyOf({ regionId: region.id, service: service!, e164: e164!, extension: extension! }));
  const { fate, why, changes } = decideFate(entry, known, seen);
  if (fate === "refused") return { fate, why, subject, data: { line } };
  const place = placeOf({ regionId: region!.id, service: service! });
  const length = (lengths.get(place) ?? 0) + (fate === "new" ? 1 : 0);
  lengths.set(place, length);
  const data = {
    line,
    id: known?.id ?? randomUUID(),
    version: known?.version ?? 0,
    regionId: region!.id,
    service: service!,
    e164: e164!,
    extension: extension!,
    desk: said.desk ?? known?.desk ?? `${region!.name} dispatch`,
    hours: said.hours ?? known?.hours ?? "hours not known",
    lines: said.lines ?? known?.lines ?? 1,
    languages: said.languages ?? known?.languages ?? ["en"],
    takesTexts: said.takesTexts ?? known?.takesTexts ?? false,
    sharedWith911: said.sharedWith911 ?? known?.sharedWith911 ?? false,
    ownerId: said.ownerId ?? (known ? known.ownerId : importer.agencyId),
    preference: said.preference ?? known?.preference ?? Math.min(50, length),
    status: said.status ?? known?.status ?? "in-service",
    changes: changes as Prisma.InputJsonObject,
  };
  return { fate, why: fate === "new" ? `${describeEntry(data)} ${why}` : why, subject, data };
}

/** What a new number would be, so that a person sees it before it is written. */
function describeEntry(data: {
  service: Service;
  desk: string;
  hours: string;
  lines: number;
  languages: string[];
}): string {
  const { service, desk, hours, lines, languages } = data;
  return `${SERVICES[service]}; ${desk}; ${hours}; ${lines} ${lines === 1 ? "line" : "lines"}; ${languages.join(", ")}.`;
}

async function loadCounties(client: PrismaClient, importer: Importer): Promise<CountyOutline[]> {
  const covered = await regionsOf(client, importer, "region:import");
  const rows = await client.region.findMany({ where: { kind: "county" } });
  const outlines = new Map(
    (
      await loadOutlines(
        client,
        rows.map(({ id }) => id),
      )
    ).map(({ id, geometry }) => [id, geometry]),
  );
  return rows.flatMap(({ id, name, stateName, stateCode, sameCode, timeZone }) => {
    const geometry = outlines.get(id);
    const allowed = covered === undefined || covered.has(id);
    return geometry ? [{ id, name, stateName, stateCode, sameCode, timeZone, geometry, allowed }] : [];
  });
}

async function planRegions(
  client: PrismaClient,
  importer: Importer,
  bytes: Uint8Array,
  mapping: Mapping,
  preview: Preview,
): Promise<void> {
  const features = readGeoJson(decodeFile(bytes));
  const [counties, known] = await Promise.all([
    loadCounties(client, importer),
    client.region.findMany({ where: { kind: "municipality" } }),
  ]);
  const context = { counties, known: new Map(known.map((region) => [region.id, region])), seen: new Map() };
  for (let from = 0; from < features.length; from += 100) {
    const planned = features
      .slice(from, from + 100)
      .map((feature, index) => planFeature(feature, from + index + 1, mapping, context));
    await preview.add(
      planned.map(({ fate, why, subject, position, data }) => ({
        fate,
        why,
        subject,
        data: { line: position, ...data } as unknown as Prisma.InputJsonObject,
      })),
      features.length,
    );
  }
}

const STALE =
  "The directory changed since this preview was made. Nothing was written. Give the file again to see what it would do now.";

/** Writes what the preview showed: all of it in one transaction, or nothing. */
export async function applyImport(
  client: PrismaClient,
  importer: Importer,
  id: string,
  now: Date,
): Promise<Result<{ written: number }>> {
  const { actor } = importer;
  const ms = { ms: 120_000 };
  return actor
    ? changeAs(
        client,
        actor,
        (transaction, current) => applyWithin(transaction, { ...importer, actor: current }, id, now),
        ms,
      )
    : inTransaction(client, (transaction) => applyWithin(transaction, importer, id, now), ms);
}

async function applyWithin(
  transaction: Transaction,
  importer: Importer,
  id: string,
  now: Date,
): Promise<Result<{ written: number }>> {
  const row = await transaction.directoryImport.findUnique({ where: { id } });
  if (!row || row.state !== "read") {
    return refuse("gone", "This import is not waiting any more: it was applied or dropped. Nothing was written.");
  }
  const written =
    row.kind === "numbers"
      ? await applyNumbers(transaction, importer, id, now)
      : await applyRegions(transaction, importer, id);
  if (typeof written === "string") return refuse("stale", written);
  await transaction.directoryImport.update({ where: { id }, data: { state: "applied", appliedAt: now } });
  await appendAudit(
    transaction,
    {
      actor: importer.actor,
      agencyId: row.agencyId,
      action: row.kind === "numbers" ? "directory.imported" : "region.imported",
      subject: { type: "import", id },
      summary: `Imported ${row.fileName}: ${written} ${row.kind} written.`,
      data: { sha256: row.sha256, planHash: row.planHash, counts: row.counts as Prisma.InputJsonObject },
      ...(row.kind === "numbers" && written > 0 ? { touched: { importChanges: [id] } } : {}),
    },
    now,
  );
  return success({ written });
}

/** @returns how many rows were written, or why none may be */
async function applyNumbers(
  transaction: Transaction,
  importer: Importer,
  id: string,
  now: Date,
): Promise<number | string> {
  const covered = await regionsOf(transaction, importer, "directory:edit");
  if (covered) {
    const places = await transaction.$queryRaw<{ regionId: string }[]>`
      select distinct data->>'regionId' as "regionId" from "ImportRow"
      where "importId" = ${id} and fate in ('new', 'changed')`;
    if (places.some(({ regionId }) => !covered.has(regionId))) {
      return "A place in it is no longer in your agency's area. Nothing was written.";
    }
  }
  const [{ stale } = { stale: 0n }] = await transaction.$queryRaw<{ stale: bigint }[]>`
    select count(*) as stale from "ImportRow" row left join "DirectNumber" n on n."retiredAt" is null and (
      (row.fate = 'changed' and n.id = row.data->>'id') or (row.fate = 'new' and n."regionId" = row.data->>'regionId'
        and n.service = row.data->>'service' and n.e164 = row.data->>'e164' and n.extension = row.data->>'extension'))
    where row."importId" = ${id} and (
      (row.fate = 'new' and n.id is not null)
      or (row.fate = 'changed' and (n.id is null or n.version <> (row.data->>'version')::int)))`;
  if (stale > 0n) return STALE;
  const by = { id: importer.actor?.personId ?? null, name: nameOf(importer) };
  await transaction.$executeRaw`
    insert into "NumberChange" (id, "numberId", action, before, after, "byId", by, at, "importId")
    select gen_random_uuid()::text, n.id, 'changed',
      jsonb_build_object('service', n.service, 'desk', n.desk, 'hours', n.hours, 'lines', n.lines,
        'languages', n.languages, 'takesTexts', n."takesTexts", 'sharedWith911', n."sharedWith911",
        'ownerId', n."ownerId", 'preference', n.preference, 'status', n.status),
      row.data - 'changes' - 'line' - 'id' - 'version' - 'regionId', ${by.id}, ${by.name}, ${now}, ${id}
    from "ImportRow" row join "DirectNumber" n on n.id = row.data->>'id'
    where row."importId" = ${id} and row.fate = 'changed'`;
  const changed = await transaction.$executeRaw`
    update "DirectNumber" n set desk = row.data->>'desk', hours = row.data->>'hours', lines = (row.data->>'lines')::int,
      languages = array(select jsonb_array_elements_text(row.data->'languages')),
      "takesTexts" = (row.data->>'takesTexts')::boolean, "sharedWith911" = (row.data->>'sharedWith911')::boolean,
      "ownerId" = row.data->>'ownerId', preference = (row.data->>'preference')::int, status = row.data->>'status',
      "statusBy" = case when n.status = row.data->>'status' then n."statusBy" else ${by.name} end,
      "statusAt" = case when n.status = row.data->>'status' then n."statusAt" else ${now} end,
      version = n.version + 1
    from "ImportRow" row
    where row."importId" = ${id} and row.fate = 'changed' and n.id = row.data->>'id'`;
  const added = await transaction.$executeRaw`
    insert into "DirectNumber" (id, "regionId", service, e164, extension, desk, hours, lines, languages, "takesTexts",
      "sharedWith911", "ownerId", preference, status, "isDemonstration")
    select data->>'id', data->>'regionId', data->>'service', data->>'e164', data->>'extension', data->>'desk',
      data->>'hours', (data->>'lines')::int, array(select jsonb_array_elements_text(data->'languages')),
      (data->>'takesTexts')::boolean, (data->>'sharedWith911')::boolean, data->>'ownerId', (data->>'preference')::int,
      data->>'status', (select mode = 'demonstration' from "Site" where id = 1)
    from "ImportRow" where "importId" = ${id} and fate = 'new' order by position`;
  await transaction.$executeRaw`
    insert into "NumberChange" (id, "numberId", action, after, "byId", by, at, "importId")
    select gen_random_uuid()::text, data->>'id', 'added', data - 'changes' - 'line' - 'id' - 'version' - 'regionId',
      ${by.id}, ${by.name}, ${now}, ${id}
    from "ImportRow" where "importId" = ${id} and fate = 'new'`;
  return changed + added;
}

async function applyRegions(transaction: Transaction, importer: Importer, id: string): Promise<number | string> {
  const rows = await transaction.importRow.findMany({ where: { importId: id, fate: { in: ["new", "changed"] } } });
  const regions = rows.map(({ data }) => data as unknown as PlannedRegion);
  const countyIds = [...new Set(regions.map(({ countyId }) => countyId))];
  const covered = await regionsOf(transaction, importer, "region:import");
  if (covered && countyIds.some((county) => !covered.has(county))) {
    return "A county in it is no longer in your agency's area. Nothing was written.";
  }
  const counties = new Map(
    (await transaction.region.findMany({ where: { id: { in: countyIds } } })).map((county) => [county.id, county]),
  );
  for (const { id: regionId, name, label, countyId, population, latitude, longitude, boundary } of regions) {
    const { stateName, stateCode, sameCode, timeZone } = counties.get(countyId)!;
    const drawn = {
      name,
      label,
      population,
      boundary: boundary as unknown as Prisma.InputJsonObject,
      boundaryApproximate: false,
    };
    await transaction.region.upsert({
      where: { id: regionId },
      update: drawn,
      create: {
        ...drawn,
        id: regionId,
        kind: "municipality",
        shortName: shortenName(name),
        parentId: countyId,
        latitude,
        longitude,
        stateName,
        stateCode,
        sameCode,
        timeZone,
      },
    });
  }
  await renewNeighbours(transaction, countyIds);
  return regions.length;
}

/** Works out again which municipalities of these counties, and of those around them, touch. */
async function renewNeighbours(transaction: Transaction, countyIds: readonly string[]): Promise<void> {
  const counties = await transaction.region.findMany({
    where: { id: { in: [...countyIds] } },
    select: { neighbourIds: true },
  });
  const around = [...new Set([...countyIds, ...counties.flatMap(({ neighbourIds }) => neighbourIds)])];
  const towns = await transaction.region.findMany({
    where: { kind: "municipality", parentId: { in: around } },
    select: { id: true, parentId: true, boundary: true },
  });
  const found = findNeighbours(
    towns.flatMap(({ id, boundary }) => (boundary ? [{ id, geometry: boundary as never }] : [])),
  );
  const inside = new Set(countyIds);
  const renewed = towns
    .filter(({ parentId }) => inside.has(parentId ?? ""))
    .map(({ id }) => ({ id, neighbours: found.get(id) ?? [] }));
  await transaction.$executeRaw`
    update "Region" r set "neighbourIds" = array(select jsonb_array_elements_text(row.neighbours))
    from jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb) as row(id text, neighbours jsonb) where r.id = row.id`;
}

/** Drops a preview. Nothing was written. */
export async function dropImport(client: PrismaClient, id: string): Promise<Result<null>> {
  const { count } = await client.directoryImport.updateMany({
    where: { id, state: { in: ["read", "reading", "failed"] } },
    data: { state: "dropped" },
  });
  if (count === 0) return refuse("gone", "This import was applied or dropped already.");
  await client.importRow.deleteMany({ where: { importId: id } });
  return success(null);
}
