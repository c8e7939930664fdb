import { createGzip } from "node:zlib";
import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { writeFile } from "./files";
import type { BackupFile, BackupTable, Manifest } from "./schema";

/**
 * The database as files: one COPY of each table, all of one moment. The bundled
 * PostgreSQL comes without pg_dump, and a pg_dump that is older than the server
 * refuses it; COPY is the server's own, and any later version reads it.
 */

/** What is made anew by the migrations and never copied. */
const MADE_ANEW = ["public._prisma_migrations", "graphile_worker.migrations"];

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** How values are written, so that they are read back as they were whatever a server is set to. */
export const EXACT = `set client_encoding to 'UTF8'; set datestyle to iso; set intervalstyle to postgres;
  set timezone to 'UTC'; set extra_float_digits to 3; set bytea_output to hex; set statement_timeout to 0`;

export type Dumped = Pick<Manifest, "takenAt" | "site" | "head" | "postgres" | "migrations" | "tables"> & {
  files: BackupFile[];
};

/**
 * Reads every table in one transaction that sees one moment. The console's own
 * role may do it: it reads everything and alters nothing.
 * @param folder of the backup; its `database` is filled
 * @throws when the database holds no site
 */
export async function dumpDatabase(databaseUrl: string, folder: string): Promise<Dumped> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(EXACT);
    await client.query("begin isolation level repeatable read read only");
    const about = await describeDatabase(client);
    const { rows: found } = await client.query<Omit<BackupTable, "rows" | "file">>(
      `select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker')
         and n.nspname || '.' || c.relname <> all ($1) group by 1, 2 order by 1, 2`,
      [MADE_ANEW],
    );
    const [tables, files]: [BackupTable[], BackupFile[]] = [[], []];
    for (const { schema, name, columns } of found) {
      const stream = client.query(
        copyTo(`copy ${quote(schema)}.${quote(name)} (${columns.map(quote).join(", ")}) to stdout`),
      );
      const file = `database/${schema}.${name}.copy.gz`;
      // Level 1: most of it are outlines and texts, and a better one takes four times as long for a tenth.
      files.push(await writeFile(folder, file, () => stream, [createGzip({ level: 1 })]));
      tables.push({ schema, name, columns, rows: stream.rowCount, file });
    }
    await client.query("commit");
    return { ...about, tables, files };
  } finally {
    await client.end();
  }
}

async function describeDatabase(
  client: Client,
): Promise<Pick<Manifest, "takenAt" | "site" | "head" | "postgres" | "migrations">> {
  const { rows: there } = await client.query<{ there: boolean }>(
    `select to_regclass('public."Site"') is not null and to_regclass('public."AuditEvent"') is not null as there`,
  );
  const ask = async <Row extends object>(sql: string) =>
    there[0]?.there === true ? (await client.query<Row>(sql)).rows : [];
  const [site] = await ask<Manifest["site"]>(`select name, mode from "Site"`);
  const [head] = await ask<{ seq: string; hash: string }>(
    `select seq::text, hash from "AuditEvent" order by "AuditEvent".seq desc limit 1`,
  );
  if (!site || !head) throw new Error("The database holds no site, so there is nothing to back up.");
  const [server] = await ask<{ version: string; at: Date }>(
    `select current_setting('server_version') as version, now() as at`,
  );
  const migrations = await ask<Manifest["migrations"][number]>(
    `select migration_name as name, checksum from "_prisma_migrations"
     where finished_at is not null and rolled_back_at is null order by migration_name`,
  );
  return {
    takenAt: (server?.at ?? new Date()).toISOString(),
    site,
    head: { seq: Number(head.seq), hash: head.hash },
    postgres: server?.version ?? "",
    migrations,
  };
}
