import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { applyMigrations } from "../migrations";
import { listMigrations } from "../migration-list";
import { prepareJobs } from "../worker";
import { EXACT, quote } from "./dump";
import type { BackupTable, Manifest } from "./schema";

/**
 * Files of a backup into a database. Only the rights of the owner of the tables
 * are needed: foreign keys are taken away and put back, which checks every row
 * against them, and triggers sleep while rows are put back that they watched
 * when these were written first.
 */

/** A refusal in plain words: nothing was changed. */
export class CannotRestore extends Error {}

/** @throws CannotRestore when the backup is of a Callbox with other migrations than this checkout has */
function checkMigrations({ migrations }: Manifest, prismaFolder: string): void {
  const known = new Set(listMigrations(prismaFolder));
  const unknown = migrations.filter(({ name }) => !known.has(name));
  if (unknown.length > 0)
    throw new CannotRestore(
      `The backup is of a newer Callbox: this one does not know ${unknown[0]?.name}. Restore with the version that made it, or a later one.`,
    );
}

const ASIDE = "callbox_before_restore";
const SCHEMAS = ["public", "graphile_worker"] as const;

/**
 * Puts the rows of a backup into a database, and brings it up to date for this
 * checkout. What the database held is moved aside first and dropped only after
 * everything is there; when anything fails, it is moved back.
 * @param options.replace the name of the database, where it holds a site that is to be replaced
 * @throws CannotRestore with a plain sentence, before anything is changed
 */
export async function loadDatabase(
  ownerUrl: string,
  manifest: Manifest,
  folder: string,
  prismaFolder: string,
  options: { replace?: string | undefined } = {},
): Promise<void> {
  checkMigrations(manifest, prismaFolder);
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(EXACT);
    await checkTarget(client, options.replace);
    await moveAside(client);
    try {
      const only = manifest.migrations.map(({ name }) => name);
      await applyMigrations(ownerUrl, prismaFolder, { only });
      await prepareJobs(ownerUrl);
      await checkSame(client, manifest);
      await putRows(client, manifest.tables, folder);
      await applyMigrations(ownerUrl, prismaFolder);
    } catch (error) {
      await client.query("rollback");
      await moveBack(client);
      throw error;
    }
    for (const schema of SCHEMAS) await client.query(`drop schema if exists ${ASIDE}_${schema} cascade`);
  } finally {
    await client.end();
  }
}

/** @throws CannotRestore when it holds something and was not named, or someone uses it */
async function checkTarget(client: Client, replace: string | undefined): Promise<void> {
  const { rows } = await client.query<{ name: string; has: boolean; others: string; left: boolean }>(
    `select current_database() as name, to_regclass('public."Site"') is not null as has,
       exists (select 1 from pg_namespace where nspname like '${ASIDE}%') as left,
       (select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and backend_type = 'client backend') as others`,
  );
  const [found] = rows;
  if (!found) throw new Error("The database does not say what it is.");
  const holds = found.has && (await client.query(`select 1 from "Site"`)).rowCount !== 0;
  if (holds && replace !== found.name)
    throw new CannotRestore(
      replace === undefined
        ? `The database “${found.name}” holds a site. To put the backup in its place, say so by name: --replace ${found.name}`
        : `The database is called “${found.name}”, not “${replace}”. Nothing was changed.`,
    );
  if (Number(found.others) > 0)
    throw new CannotRestore("Someone is connected to this database. Stop the console and the worker first.");
  if (found.left)
    throw new CannotRestore(
      `An earlier restore was killed: what the database held before lies in the schemas “${ASIDE}_…”. ` +
        "Move it back or drop it first, as docs/backup.md says.",
    );
}

async function moveAside(client: Client): Promise<void> {
  await client.query("begin");
  for (const schema of SCHEMAS) {
    const there = await client.query("select 1 from pg_namespace where nspname = $1", [schema]);
    if (there.rowCount) await client.query(`alter schema ${schema} rename to ${ASIDE}_${schema}`);
  }
  await client.query("create schema public; grant usage on schema public to public; commit");
}

async function moveBack(client: Client): Promise<void> {
  await client.query("begin");
  for (const schema of SCHEMAS) {
    await client.query(`drop schema if exists ${schema} cascade`);
    const there = await client.query("select 1 from pg_namespace where nspname = $1", [`${ASIDE}_${schema}`]);
    if (there.rowCount) await client.query(`alter schema ${ASIDE}_${schema} rename to ${schema}`);
  }
  await client.query("commit");
}

/** @throws CannotRestore when the tables are other ones than those that were backed up */
async function checkSame(client: Client, manifest: Manifest): Promise<void> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from "_prisma_migrations"`,
  );
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const other = manifest.migrations.find(({ name, checksum }) => applied.get(name) !== checksum);
  if (other) throw new CannotRestore(`The migration ${other.name} is another one than in the backup.`);
  for (const { schema, name, columns } of manifest.tables) {
    const { rows: there } = await client.query<{ name: string }>(
      "select column_name as name from information_schema.columns where table_schema = $1 and table_name = $2",
      [schema, name],
    );
    const known = new Set(there.map((column) => column.name));
    const missing = columns.find((column) => !known.has(column));
    if (missing) throw new CannotRestore(`${schema}.${name} has no column ${missing} here, as it has in the backup.`);
  }
}

interface Constraint {
  on: string;
  name: string;
  says: string;
}

/** Rows of every table, in one transaction. @throws when a row breaks a constraint or a count differs */
async function putRows(client: Client, tables: readonly BackupTable[], folder: string): Promise<void> {
  await client.query("begin");
  const names = tables.map(({ schema, name }) => `${quote(schema)}.${quote(name)}`);
  const { rows: keys } = await client.query<Constraint>(
    `select conrelid::regclass::text as on, quote_ident(conname) as name, pg_get_constraintdef(oid) as says
     from pg_constraint where contype = 'f' and connamespace::regnamespace::text = any ($1) order by 1, 2`,
    [SCHEMAS],
  );
  const { rows: triggers } = await client.query<{ on: string; name: string; state: "O" | "A" | "R" }>(
    `select tgrelid::regclass::text as on, quote_ident(tgname) as name, tgenabled as state from pg_trigger t
     join pg_class c on c.oid = tgrelid where not tgisinternal and tgenabled <> 'D'
       and c.relnamespace::regnamespace::text = any ($1)`,
    [SCHEMAS],
  );
  for (const { on, name } of keys) await client.query(`alter table ${on} drop constraint ${name}`);
  for (const { on, name } of triggers) await client.query(`alter table ${on} disable trigger ${name}`);
  // Migrations leave rows of their own in some tables; those of the backup take their place.
  await client.query(`truncate ${names.join(", ")}`);
  for (const { schema, name, columns, rows, file } of tables) {
    const stream = client.query(
      copyFrom(`copy ${quote(schema)}.${quote(name)} (${columns.map(quote).join(", ")}) from stdin`),
    );
    await pipeline(fs.createReadStream(path.join(folder, file)), createGunzip(), stream);
    if (stream.rowCount !== rows) throw new Error(`${name} has ${stream.rowCount} rows instead of ${rows}.`);
  }
  await endWhatOutlived(client);
  for (const { on, name, says } of keys) await client.query(`alter table ${on} add constraint ${name} ${says}`);
  const words = { O: "enable", A: "enable always", R: "enable replica" } as const;
  for (const { on, name, state } of triggers) await client.query(`alter table ${on} ${words[state]} trigger ${name}`);
  await goOnCounting(client);
  await client.query("commit");
}

/**
 * What was ended after the backup would live again: sessions and one-time links
 * end here. Jobs that a worker held are nobody's.
 */
async function endWhatOutlived(client: Client): Promise<void> {
  await client.query(`update "Session" set "revokedAt" = now() where "revokedAt" is null`);
  await client.query(`update "SetupLink" set "usedAt" = now() where "usedAt" is null`);
  await client.query("update graphile_worker._private_jobs set locked_at = null, locked_by = null");
  await client.query("update graphile_worker._private_job_queues set locked_at = null, locked_by = null");
}

/** Numbers that a column gives out by itself go on after the greatest there is. */
async function goOnCounting(client: Client): Promise<void> {
  const { rows } = await client.query<{ on: string; column: string; sequence: string }>(
    `select c.oid::regclass::text as on, quote_ident(a.attname) as column,
       pg_get_serial_sequence(c.oid::regclass::text, a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace::regnamespace::text = any ($1)
       and pg_get_serial_sequence(c.oid::regclass::text, a.attname) is not null`,
    [SCHEMAS],
  );
  for (const { on, column, sequence } of rows)
    await client.query(
      `select setval($1, coalesce((select max(${column}) from ${on}), 1), exists (select 1 from ${on}))`,
      [sequence],
    );
}
