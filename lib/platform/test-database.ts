import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { openEmbeddedPostgres } from "./embedded-postgres";
import { applyMigrations } from "./migrations";
import { prepareJobs } from "./worker";

/** A real PostgreSQL for the tests: one server a run, one fresh copy of the demonstration for each test file. */

declare module "vitest" {
  export interface ProvidedContext {
    /** The demonstration, to be copied: whoever connects to it keeps others from doing so. */
    databases: { owner: string; app: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-test-"));
  // The account PostgreSQL runs under must be able to enter.
  fs.chmodSync(home, 0o755);
  const database = await openEmbeddedPostgres(home);
  await forgetPowerCuts(database.ownerUrl);
  await applyMigrations(database.ownerUrl, "prisma");
  await keepEmpty(database.ownerUrl);
  const { connect } = await import("./db");
  const { seedDemonstration } = await import("../../prisma/seed");
  const client = connect(database.appUrl);
  await seedDemonstration(client, new Date());
  await client.$disconnect();
  project.provide("databases", { owner: database.ownerUrl, app: database.appUrl });
  return async () => {
    await database.stop();
    fs.rmSync(home, { recursive: true, force: true });
  };
}

/** The tables alone, before the demonstration is in them, to be copied where a test begins with nothing. */
const EMPTY = "callbox_empty";

const inPostgres = async (ownerUrl: string, ...statements: string[]): Promise<void> => {
  const admin = new URL(ownerUrl);
  admin.pathname = "/postgres";
  const client = new Client(admin.href);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

const keepEmpty = (ownerUrl: string) =>
  inPostgres(ownerUrl, `create database ${EMPTY} template ${new URL(ownerUrl).pathname.slice(1)}`);

/** Nothing here outlives the run, so nothing waits for the disk. Tests of kills have a server of their own. */
async function forgetPowerCuts(ownerUrl: string): Promise<void> {
  const client = new Client(ownerUrl);
  await client.connect();
  try {
    for (const setting of ["fsync", "synchronous_commit", "full_page_writes"])
      await client.query(`alter system set ${setting} = off`);
    await client.query("select pg_reload_conf()");
  } finally {
    await client.end();
  }
}

export interface TestDatabase {
  ownerUrl: string;
  appUrl: string;
}

export interface Fixture {
  /** The commit whose code made it. */
  madeBy: string;
  /** The last migration that code knew. */
  through: string;
  /** Fingerprint of its last entry, as that code verified it. */
  head: string;
  tables: Record<string, unknown[]>;
  /** What its worker had not done yet; none before there was a worker. */
  jobs?: { task: string; payload: unknown; queue: string | null; key: string | null; maxAttempts: number }[];
}

/**
 * A database as an older version left it, brought up to date by the migrations
 * since. Of places it has those of one state, without outlines.
 * @param name of a file in prisma/fixtures, made by the code of that commit
 * @param options.unmigrated leaves it as that version knew it
 */
export async function restoreFixture(
  provided: { owner: string; app: string },
  name: string,
  options: { unmigrated?: boolean } = {},
): Promise<TestDatabase & { fixture: Fixture }> {
  const fixture = JSON.parse(
    gunzipSync(fs.readFileSync(path.join("prisma", "fixtures", `${name}.json.gz`))).toString("utf8"),
  ) as Fixture;
  const made = await copyDatabase(provided, { bare: true });
  await applyMigrations(made.ownerUrl, "prisma", { through: fixture.through });
  const owner = new Client(made.ownerUrl);
  await owner.connect();
  try {
    // The rows are put back as they were; the promises about writing them were kept when they were written.
    await owner.query("set session_replication_role = replica");
    for (const [table, rows] of Object.entries(fixture.tables)) {
      // What its migrations had filled in is among the rows.
      await owner.query(`delete from "${table}"`);
      const sql = `insert into "${table}" select * from jsonb_populate_recordset(null::"${table}", $1::jsonb)`;
      await owner.query(sql, [JSON.stringify(rows)]);
    }
    if (fixture.jobs) await leaveJobs(owner, made.ownerUrl, fixture.jobs);
  } finally {
    await owner.end();
  }
  if (!options.unmigrated) await applyMigrations(made.ownerUrl, "prisma");
  return { ...made, fixture };
}

async function leaveJobs(owner: Client, ownerUrl: string, jobs: NonNullable<Fixture["jobs"]>): Promise<void> {
  await prepareJobs(ownerUrl);
  for (const { task, payload, queue, key, maxAttempts } of jobs)
    await owner.query(
      `select graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4, max_attempts := $5)`,
      [task, JSON.stringify(payload), queue, key, maxAttempts],
    );
}

/**
 * A database of its own, copied from the demonstration, or empty but for the tables.
 * @param options.bare without the tables, too
 * @param options.from another database to copy, which nobody may be connected to
 */
export async function copyDatabase(
  provided: { owner: string; app: string },
  options: { empty?: boolean; bare?: boolean; from?: string } = {},
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const copied = options.empty ? EMPTY : new URL(options.from ?? provided.owner).pathname.slice(1);
  await inPostgres(
    provided.owner,
    options.bare ? `create database ${name}` : `create database ${name} template ${copied}`,
    // Rights on the database itself are not copied with it: those of prisma/grants.sql.
    ...(options.bare
      ? []
      : [
          `revoke temporary, create on database ${name} from public`,
          `grant connect on database ${name} to callbox_app`,
        ]),
  );
  const rename = (url: string) => {
    const other = new URL(url);
    other.pathname = `/${name}`;
    return other.href;
  };
  return { ownerUrl: rename(provided.owner), appUrl: rename(provided.app) };
}
