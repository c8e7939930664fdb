import "server-only";
import { capitalize } from "../../platform/capitalize";
import { randomUUID } from "node:crypto";
import { placesOfAgency } from "../../access/jurisdiction";
import { formatHours, parseHours } from "../../directory/hours";
import { HOURS_NOT_KNOWN, MOST_PER_SERVICE, type Service, SERVICES } from "../../directory/schema";
import { formatCounty } from "../../places/county-kinds";
import { type IndexedPlace, PlaceIndex } from "../../places/place-index";
import type { Prisma, PrismaClient } from "../../platform/db";
import { type ColumnMap, describeColumns, type FileColumn, readHeader, settleAgency } from "../columns";
import { FileRefused, readCsv } from "../csv-file";
import { planRow, type Entry, type Existing, keyOf, type PlanContext, readRow, type Retired } from "../number-plan";
import { type Importer, placesOf } from "./importer";
import { type PlannedRow, Preview } from "./preview";

/** Who answers where a file does not say: no name of an office is made up, and languages have words for these. */
const DESKS: Readonly<Record<Service, string>> = {
  dispatch: "dispatch center",
  police: "police department",
  fire: "fire department",
  ambulance: "ambulance service",
  "poison-control": "poison control center",
  "non-emergency": "dispatch center",
};

/** Rows that are looked at and kept at a time. */
const BATCH = 2500;

async function openContext(client: PrismaClient, importer: Importer): Promise<PlanContext> {
  const [places, agencies, site, covered] = await Promise.all([
    client.place.findMany({
      where: { retiredAt: null },
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
    placesOf(client, importer, "directory:edit"),
  ]);
  return {
    index: PlaceIndex.ofRows(places),
    home: [...new Set((await placesOfAgency(client, importer.agencyId)).map(({ stateCode }) => stateCode))],
    demonstration: site.mode === "demonstration",
    agencies: new Map(
      agencies.flatMap(({ id, code, name }) => [
        [code.toLowerCase(), id],
        [name.toLowerCase(), id],
      ]),
    ),
    mayEdit: (placeId) => covered === undefined || covered.has(placeId),
  };
}

type Kept = Existing & Retired & { placeId: string; service: string };

async function loadExisting(client: PrismaClient, entries: readonly Entry[]): Promise<Map<string, Kept>> {
  const placeIds = [...new Set(entries.flatMap((entry) => ("why" in entry ? [] : entry.place.id)))];
  const rows = await client.directNumber.findMany({ where: { placeId: { in: placeIds }, retiredAt: null } });
  return new Map(rows.map((row) => [keyOf(row), row]));
}

const placeOf = ({ placeId, service }: { placeId: string; service: string }) => `${placeId} ${service}`;

function countByPlace(numbers: Iterable<Kept>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const number of numbers) counts.set(placeOf(number), (counts.get(placeOf(number)) ?? 0) + 1);
  return counts;
}

export async function planNumbers(
  client: PrismaClient,
  importer: Importer,
  id: string,
  bytes: Uint8Array,
  preview: Preview,
  columns?: ColumnMap,
): Promise<void> {
  const context = await openContext(client, importer);
  const seen = new Map<string, number>();
  /** How many numbers each place and service has, to put new ones behind them. */
  const lengths = new Map<string, number>();
  let header: ReturnType<typeof readHeader>;
  let headings: readonly string[] = [];
  const first: string[][] = [];
  const byState = new Map<string, number>();
  let kept: Prisma.InputJsonObject = {};
  let batch: Entry[] = [];
  const total = Math.max(1, bytes.filter((byte) => byte === 10 || byte === 13).length);
  const flush = async () => {
    if (batch.length === 0) return;
    const existing = await loadExisting(client, batch);
    for (const [place, there] of countByPlace(existing.values())) {
      if (!lengths.has(place)) lengths.set(place, there);
    }
    const listed = new Set(
      batch.flatMap((entry) => ("why" in entry ? [] : keyOf({ ...entry, placeId: entry.place.id }))),
    );
    const known = new Known(existing, listed);
    const rows = batch.map((entry) => planEntry(entry, known, seen, lengths, importer));
    batch = [];
    await preview.add(rows, total);
  };
  for await (const row of readCsv(bytes)) {
    if (!header) {
      header = readHeader(row.cells, columns);
      headings = row.cells;
      first.push(row.cells);
      if (!header && first.length >= 10) break;
      continue;
    }
    if (headings.length > 0) {
      const at = header.places.get("owner");
      if (at !== undefined && !columns)
        header = settleAgency(header, headings[at] ?? "", row.cells[at] ?? "", context.agencies);
      headings = [];
      kept = { ...(columns ? { columns } : {}), unknown: header.unknown };
      await client.directoryImport.update({ where: { id }, data: { mapping: kept } });
    }
    const entries = readRow(row, header, context);
    for (const entry of entries) {
      if (!("why" in entry)) byState.set(entry.place.stateCode, (byState.get(entry.place.stateCode) ?? 0) + 1);
    }
    batch.push(...entries);
    if (batch.length >= BATCH) await flush();
  }
  if (!header) {
    throw new FileRefused(
      `No row names the columns. One of the first ten rows needs a column “number” and a column “place” or “geoid”; say which column is which. ${nameColumns(describeColumns(first))}`,
    );
  }
  await flush();
  const strays = describeStrays(byState);
  if (strays) await client.directoryImport.update({ where: { id }, data: { mapping: { ...kept, strays } } });
}

/** "Its columns: Town (Taos), 24-Hour Phone (575-555-0201)." */
function nameColumns(columns: readonly FileColumn[]): string {
  const named = columns.map(({ name, samples: [sample] }) => (sample ? `${name} (${sample.slice(0, 40)})` : name));
  return named.length === 0 ? "" : `Its columns: ${named.join(", ").slice(0, 600)}.`;
}

/** What the directory has of the places of a batch, and which of it the batch lists. */
class Known {
  private readonly byId: ReadonlyMap<string, Kept>;
  private readonly unlisted = new Map<string, Kept[]>();

  constructor(
    private readonly byKey: ReadonlyMap<string, Kept>,
    listed: ReadonlySet<string>,
  ) {
    this.byId = new Map([...byKey.values()].map((number) => [number.id, number]));
    for (const [key, number] of byKey) {
      if (listed.has(key)) continue;
      const list = this.unlisted.get(placeOf(number));
      if (list) list.push(number);
      else this.unlisted.set(placeOf(number), [number]);
    }
  }

  of(entry: Exclude<Entry, { why: string }>) {
    const key = { ...entry, placeId: entry.place.id };
    const same = this.byKey.get(keyOf(key));
    const named = this.byId.get(entry.entryId);
    const replaced = named && named !== same && placeOf(named) === placeOf(key) ? named : undefined;
    return { same, replaced, unlisted: this.unlisted.get(placeOf(key)) ?? [] };
  }
}

const NOTHING = { same: undefined, replaced: undefined, unlisted: [] };

function planEntry(
  entry: Entry,
  existing: Known,
  seen: Map<string, number>,
  lengths: Map<string, number>,
  importer: Importer,
): PlannedRow {
  const { line, subject } = entry;
  const there = "why" in entry ? NOTHING : existing.of(entry);
  const known = there.same;
  const { result, why, changes, retires } = planRow(entry, there, seen);
  if ("why" in entry || result === "rejected") return { result: "rejected", why, subject, data: { line } };
  const { place, service, e164, extension, said } = entry;
  const slot = placeOf({ placeId: place.id, service });
  const length = (lengths.get(slot) ?? 0) + (result === "new" ? 1 : 0);
  if (length > MOST_PER_SERVICE) {
    return {
      result: "rejected",
      why: `${place.name} has ${MOST_PER_SERVICE} numbers of this service already.`,
      subject,
      data: { line },
    };
  }
  lengths.set(slot, length);
  const data = {
    line,
    id: known?.id ?? randomUUID(),
    version: known?.version ?? 0,
    placeId: place.id,
    service,
    e164,
    extension,
    desk: said.desk ?? known?.desk ?? DESKS[service],
    hours: said.hours ?? known?.hours ?? HOURS_NOT_KNOWN,
    lines: said.lines ?? known?.lines ?? 1,
    languages: said.languages ?? known?.languages ?? ["en"],
    takesTexts: said.takesTexts ?? known?.takesTexts ?? false,
    sharedWith911: said.sharedWith911 ?? known?.sharedWith911 ?? false,
    ownerId: said.ownerId ?? (known ? known.ownerId : importer.agencyId),
    preference: said.preference ?? known?.preference ?? Math.min(50, length),
    status: said.status ?? known?.status ?? "in-service",
    changes: changes as Prisma.InputJsonObject,
    ...(retires ? { retires: { id: retires.id, version: retires.version } } : {}),
  };
  const where = describePlace(place);
  return {
    result,
    why: result === "new" ? `${where} ${describeEntry(data)} ${why}` : `${where} ${why}`.trim(),
    subject,
    data,
  };
}

/** What a row's place is, so that a person sees which one was meant: "Town in Hampshire County, MA (2501501325)." */
function describePlace({ id, kind, label, name, parentId, parentName, stateCode }: IndexedPlace): string {
  const what = kind === "county" ? formatCounty({ id, name }) : capitalize(label);
  const within =
    kind === "municipality" && parentId && parentName ? ` in ${formatCounty({ id: parentId, name: parentName })}` : "";
  return `${what}${within}, ${stateCode} (${id}).`;
}

/** Counts of rows by state, where a few lie elsewhere than the others; null where all are of one. */
function describeStrays(byState: ReadonlyMap<string, number>): string | null {
  const [[most, count] = ["", 0], ...others] = [...byState].sort(([, left], [, right]) => right - left);
  const strays = others.reduce((sum, [, one]) => sum + one, 0);
  if (strays === 0 || strays * 5 > count) return null;
  return `${strays} ${strays === 1 ? "row is" : "rows are"} for ${others.map(([state]) => state).join(", ")}, while ${count} are for ${most}. Look at ${strays === 1 ? "it" : "them"} twice.`;
}

/** Hours as written, and as Callbox reads them where that is not the same. */
function describeHours(written: string): string {
  if (written === HOURS_NOT_KNOWN) return written;
  const hours = parseHours(written);
  if (hours === null) return `${written} (hours that can’t be read: an approver is asked)`;
  const read = formatHours(hours);
  return read.toLowerCase() === written.toLowerCase() ? written : `${written} (read as ${read})`;
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
  return `${SERVICES[service]}; ${desk}; ${describeHours(hours)}; ${lines} ${lines === 1 ? "line" : "lines"}; ${languages.join(", ")}.`;
}
