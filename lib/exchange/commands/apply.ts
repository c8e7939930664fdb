import "server-only";
import { changeAs } from "../../access/mint";
import { inTransaction, Prisma, type PrismaClient, type Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { type Applied, applyPlaces, GONE } from "./apply-places";
import { type Importer, nameOf, placesOf } from "./importer";

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
  await transaction.$queryRaw`select id from "DirectoryImport" where id = ${id} for update`;
  const row = await transaction.directoryImport.findUnique({ where: { id } });
  if (!row || !(row.state === "read" || row.state === "writing")) {
    return refuse("gone", "This import is not waiting any more: it was applied or dropped. Nothing was written.");
  }
  const applied =
    row.kind === "numbers"
      ? await applyNumbers(transaction, importer, id, now)
      : await applyPlaces(transaction, importer, id);
  if ("why" in applied) return refuse("stale", applied.why);
  const { written } = applied;
  await transaction.directoryImport.update({ where: { id }, data: { state: "applied", appliedAt: now } });
  await appendAudit(
    transaction,
    {
      actor: importer.actor,
      agencyId: row.agencyId,
      action: row.kind === "numbers" ? "directory.imported" : "place.imported",
      subject: { type: "import", id },
      summary: `Imported ${row.fileName}: ${written} ${row.kind} written.`,
      data: { sha256: row.sha256, planHash: row.planHash, counts: row.counts as Prisma.InputJsonObject },
      ...(applied.touched ? { touched: applied.touched } : {}),
    },
    now,
  );
  return success({ written });
}

async function applyNumbers(transaction: Transaction, importer: Importer, id: string, now: Date): Promise<Applied> {
  const covered = await placesOf(transaction, importer, "directory:edit");
  if (covered) {
    const places = await transaction.$queryRaw<{ placeId: string }[]>`
      select distinct data->>'placeId' as "placeId" from "ImportRow"
      where "importId" = ${id} and result in ('new', 'changed')`;
    if (places.some(({ placeId }) => !covered.has(placeId))) {
      return { why: GONE };
    }
  }
  // The database has not counted these new rows yet, takes them for few, and would lay every row beside every number.
  await transaction.$executeRaw`set local enable_nestloop = off`;
  // Nobody changes one of these numbers between the look and the writing.
  await transaction.$queryRaw`select n.id from "DirectNumber" n where n.id in (
      select data->>'id' from "ImportRow" where "importId" = ${id} and result = 'changed'
      union select data->'retires'->>'id' from "ImportRow" where "importId" = ${id} and data ? 'retires')
    order by n.id for update of n`;
  // Two joins on equality: one with "or" lays every row beside every number.
  const [{ stale } = { stale: 0n }] = await transaction.$queryRaw<{ stale: bigint }[]>`
    select (select count(*) from "ImportRow" row join "DirectNumber" n on n."retiredAt" is null
        and n."placeId" = row.data->>'placeId' and n.service = row.data->>'service'
        and n.e164 = row.data->>'e164' and n.extension = row.data->>'extension'
      where row."importId" = ${id} and row.result = 'new')
    + (select count(*) from "ImportRow" row left join "DirectNumber" n
        on n."retiredAt" is null and n.id = row.data->>'id'
      where row."importId" = ${id} and row.result = 'changed'
        and (n.id is null or n.version <> (row.data->>'version')::int)) as stale`;
  if (stale > 0n) return { why: STALE };
  const [{ gone } = { gone: 0n }] = await transaction.$queryRaw<{ gone: bigint }[]>`
    select count(*) as gone from "ImportRow" row left join "DirectNumber" n
      on n.id = row.data->'retires'->>'id' and n."retiredAt" is null
    where row."importId" = ${id} and row.data ? 'retires'
      and (n.id is null or n.version <> (row.data->'retires'->>'version')::int)`;
  if (gone > 0n) return { why: STALE };
  const by = { id: importer.actor?.personId ?? null, name: nameOf(importer) };
  await transaction.$executeRaw`
    insert into "NumberChange" (id, "numberId", action, before, after, "byId", by, at, "importId")
    select gen_random_uuid()::text, n.id, 'changed',
      jsonb_build_object('service', n.service, 'desk', n.desk, 'hours', n.hours, 'lines', n.lines,
        'languages', n.languages, 'takesTexts', n."takesTexts", 'sharedWith911', n."sharedWith911",
        'ownerId', n."ownerId", 'preference', n.preference, 'status', n.status),
      row.data - 'changes' - 'line' - 'id' - 'version' - 'placeId' - 'retires', ${by.id}, ${by.name}, ${now}, ${id}
    from "ImportRow" row join "DirectNumber" n on n.id = row.data->>'id'
    where row."importId" = ${id} and row.result = 'changed' and not row.data ? 'retires'`;
  const retired = await retireNumbers(transaction, id, by, now);
  const changed = await transaction.$executeRaw`
    update "DirectNumber" n set desk = row.data->>'desk', hours = row.data->>'hours', lines = (row.data->>'lines')::int,
      languages = array(select jsonb_array_elements_text(row.data->'languages')),
      "takesTexts" = (row.data->>'takesTexts')::boolean, "sharedWith911" = (row.data->>'sharedWith911')::boolean,
      "ownerId" = row.data->>'ownerId', preference = (row.data->>'preference')::int, status = row.data->>'status',
      "statusBy" = case when n.status = row.data->>'status' then n."statusBy" else ${by.name} end,
      "statusAt" = case when n.status = row.data->>'status' then n."statusAt" else ${now} end,
      version = n.version + 1
    from "ImportRow" row
    where row."importId" = ${id} and row.result = 'changed' and not row.data ? 'retires' and n.id = row.data->>'id'`;
  const added = await transaction.$executeRaw`
    insert into "DirectNumber" (id, "placeId", service, e164, extension, desk, hours, lines, languages, "takesTexts",
      "sharedWith911", "ownerId", preference, status, "isDemonstration")
    select data->>'id', data->>'placeId', data->>'service', data->>'e164', data->>'extension', data->>'desk',
      data->>'hours', (data->>'lines')::int, array(select jsonb_array_elements_text(data->'languages')),
      (data->>'takesTexts')::boolean, (data->>'sharedWith911')::boolean, data->>'ownerId', (data->>'preference')::int,
      data->>'status', (select mode = 'demonstration' from "Site" where id = 1)
    from "ImportRow" where "importId" = ${id} and result = 'new' order by position`;
  await transaction.$executeRaw`
    insert into "NumberChange" (id, "numberId", action, after, "byId", by, at, "importId")
    select gen_random_uuid()::text, data->>'id', 'added', data - 'changes' - 'line' - 'id' - 'version' - 'placeId' - 'retires',
      ${by.id}, ${by.name}, ${now}, ${id}
    from "ImportRow" where "importId" = ${id} and result = 'new'`;
  const written = changed + added + retired.alone;
  return { written, ...(written > 0 ? { touched: { importChanges: [id], importNumbers: [id] } } : {}) };
}

/**
 * Takes out of use what the file says is no longer so, or what it replaces.
 * @returns how many rows did nothing else
 */
async function retireNumbers(
  transaction: Transaction,
  id: string,
  by: { id: string | null; name: string },
  now: Date,
): Promise<{ alone: number }> {
  await transaction.$executeRaw`
    insert into "NumberChange" (id, "numberId", action, before, "byId", by, at, "importId")
    select gen_random_uuid()::text, n.id, 'retired',
      jsonb_build_object('service', n.service, 'desk', n.desk, 'hours', n.hours, 'lines', n.lines,
        'languages', n.languages, 'takesTexts', n."takesTexts", 'sharedWith911', n."sharedWith911",
        'ownerId', n."ownerId", 'preference', n.preference, 'status', n.status),
      ${by.id}, ${by.name}, ${now}, ${id}
    from "ImportRow" row join "DirectNumber" n on n.id = row.data->'retires'->>'id'
    where row."importId" = ${id} and row.data ? 'retires'`;
  await transaction.$executeRaw`
    update "DirectNumber" n set "retiredAt" = ${now}, "retiredBy" = ${by.name}, version = n.version + 1,
      "retiredWhy" = case when row.result = 'new' then 'Replaced by another number in a file.' else 'A file says that it is out of use.' end
    from "ImportRow" row where row."importId" = ${id} and n.id = row.data->'retires'->>'id'`;
  return {
    alone: await transaction.importRow.count({
      where: { importId: id, result: "changed", data: { path: ["retires"], not: Prisma.AnyNull } },
    }),
  };
}
