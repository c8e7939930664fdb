import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { openEmbeddedPostgres } from "./embedded-postgres";
import { applyMigrations, grantRights } from "./migrations";

/** A real PostgreSQL for the tests: one server a run, one fresh copy of the demonstration for each test file. */

declare module "vitest" {
  export interface ProvidedContext {
    databases: { owner: string; app: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-test-"));
  // The account PostgreSQL runs under must be able to enter.
  fs.chmodSync(home, 0o755);
  const database = await openEmbeddedPostgres(home);
  await applyMigrations(database.ownerUrl, "prisma");
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

export interface TestDatabase {
  ownerUrl: string;
  appUrl: string;
}

/**
 * A database of its own, copied from the demonstration, or empty but for the tables.
 * @param options.from another database to copy, which nobody may be connected to
 */
export async function copyDatabase(
  provided: { owner: string; app: string },
  options: { empty?: boolean; from?: string } = {},
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const template = options.from ? new URL(options.from).pathname.slice(1) : "callbox";
  const admin = new URL(provided.owner);
  admin.pathname = "/postgres";
  const client = new Client(admin.href);
  await client.connect();
  try {
    await client.query(`create database ${name} ${options.empty ? "" : `template ${template}`}`);
  } finally {
    await client.end();
  }
  const rename = (url: string) => {
    const other = new URL(url);
    other.pathname = `/${name}`;
    return other.href;
  };
  const made = { ownerUrl: rename(provided.owner), appUrl: rename(provided.app) };
  if (options.empty) await applyMigrations(made.ownerUrl, "prisma");
  // Rights on the database itself are not copied with it.
  else await grantRights(made.ownerUrl, fs.readFileSync("prisma/grants.sql", "utf8"));
  return made;
}
