import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client } from "pg";
import { prepareJobs } from "./worker";
import { listMigrations } from "./migration-list";

/**
 * Applies the migrations with Prisma's own schema engine, compiled to
 * WebAssembly, through the driver adapter: history and checksums are those of
 * `prisma migrate`, and no engine is downloaded.
 */

interface Engine {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
  diff(input: object): Promise<{ stdout: string | null }>;
  free(): void;
}

/**
 * The adapter would cut a script at every semicolon, function bodies included,
 * and spread the pieces over connections. Sent whole, PostgreSQL runs it as one
 * transaction: a migration is applied entirely or not at all.
 */
class WholeScripts extends PrismaPg {
  readonly opened: { dispose(): Promise<void> }[] = [];

  override async connect() {
    const adapter = await super.connect();
    this.opened.push(adapter);
    adapter.executeScript = async (script: string) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}

const NO_FILTER = { externalTables: [], externalEnums: [] };

interface Glue {
  __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
  SchemaEngine: { new: (options: object, log: () => void, adapter: object) => Promise<Engine> };
}

/** One instance a process: the package's glue keeps views of the first one's memory. */
let loaded: Promise<Glue> | undefined;

function loadGlue(): Promise<Glue> {
  loaded ??= (async () => {
    const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
    const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as Glue;
    const bytes = fs.readFileSync(path.join(folder, "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, {
      "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
    });
    glue.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    return glue;
  })();
  return loaded;
}

async function openEngine(connectionString: string, schema: string): Promise<Engine & { close(): Promise<void> }> {
  const glue = await loadGlue();
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  const factory = new WholeScripts({ connectionString });
  const engine = await glue.SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  return Object.assign(engine, {
    // The engine leaves its connections open.
    close: async () => {
      engine.free();
      for (const adapter of factory.opened) await adapter.dispose();
    },
  });
}

/**
 * Applies what is missing and gives the application's role its rights.
 * @param options.through the last migration to apply, for a test that begins with an older schema; no rights are given then
 * @param options.only the migrations to apply, for the tables that a backup was made of; no rights are given then
 * @returns the names of the migrations applied now
 */
export async function applyMigrations(
  ownerUrl: string,
  prismaFolder: string,
  options: { through?: string; only?: readonly string[] } = {},
): Promise<string[]> {
  const baseDir = path.join(prismaFolder, "migrations");
  const engine = await openEngine(ownerUrl, fs.readFileSync(path.join(prismaFolder, "schema.prisma"), "utf8"));
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      filters: NO_FILTER,
      migrationsList: {
        baseDir,
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: listMigrations(prismaFolder)
          .filter((name) => options.through === undefined || name <= options.through)
          .filter((name) => options.only?.includes(name) ?? true)
          .map((name) => ({
            path: name,
            migrationFile: {
              path: "migration.sql",
              content: { tag: "ok", value: fs.readFileSync(path.join(baseDir, name, "migration.sql"), "utf8") },
            },
          })),
      },
    });
    if (options.through === undefined && options.only === undefined) {
      await prepareJobs(ownerUrl);
      await grantRights(ownerUrl, fs.readFileSync(path.join(prismaFolder, "grants.sql"), "utf8"));
    }
    return appliedMigrationNames;
  } finally {
    await engine.close();
  }
}

/** Gives the console's role the rights it needs in one database, and no others. */
export async function grantRights(ownerUrl: string, grants: string): Promise<void> {
  const client = new Client(ownerUrl);
  await client.connect();
  try {
    await client.query(grants);
  } finally {
    await client.end();
  }
}

/** SQL that leads from one Prisma schema to another, for authoring a migration. */
export async function diffSchemas(ownerUrl: string, from: string | undefined, to: string): Promise<string> {
  const engine = await openEngine(ownerUrl, to);
  try {
    const file = (content: string) => ({
      tag: "schemaDatamodel",
      files: [{ path: "schema.prisma", content }],
    });
    const { stdout } = await engine.diff({
      from: from === undefined ? { tag: "empty" } : file(from),
      to: file(to),
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    return stdout ?? "";
  } finally {
    await engine.close();
  }
}
