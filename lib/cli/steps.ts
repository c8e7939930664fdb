import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { dataHome, type Database, openEmbeddedPostgres } from "../platform/embedded-postgres";
import { launcherEnv } from "../platform/env";
import { writeWhole } from "../platform/owner-lock";

/** What several commands need: the checkout, the database, the generated client, the build. */

export const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
export const PRISMA = path.join(CHECKOUT, "prisma");
const OLDER_NODE = path.join(CHECKOUT, "lib", "cli", "older-node.cjs");

/** Progress goes to standard error, so that standard output stays data. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The script behind a package's command, to be run by this Node. */
export function binOf(packageName: string, bin = packageName, checkout = CHECKOUT): string {
  const folder = path.join(checkout, "node_modules", packageName);
  const declared = readJson(path.join(folder, "package.json")).bin as string | Record<string, string>;
  return path.join(folder, typeof declared === "string" ? declared : declared[bin]!);
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, unknown>;
}

/** What every child gets: no telemetry, no engine download. */
export function childEnv(more: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  return {
    ...launcherEnv().all,
    NODE_OPTIONS: "",
    NEXT_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    // `prisma generate` only asks that this exists; without it, it tries a download.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    // Only migrations may use it.
    DATABASE_OWNER_URL: undefined,
    ...more,
  };
}

export interface Ran {
  code: number;
  output: string;
}

const running = new Set<ChildProcess>();

/** Ends every script that runs, for whoever was told to stop: each fails then. */
export function endScripts(): void {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Runs a script with this Node to its end; every ten seconds a sign of life.
 * @param options.patient takes what others leave of the processors
 */
export function runScript(
  script: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; show?: boolean; folder?: string; patient?: boolean } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--require", OLDER_NODE, script, ...args], {
      cwd: options.folder ?? CHECKOUT,
      env: options.env ?? childEnv(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    if (options.patient && child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
    const began = Date.now();
    const alive = setInterval(() => say(`  … ${Math.round((Date.now() - began) / 1000)} s`), 10_000);
    let output = "";
    const take = (chunk: Buffer) => {
      output += chunk;
      if (options.show) process.stderr.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(alive);
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

function hashFiles(roots: readonly string[]): string {
  const hash = createHash("sha256");
  const walk = (at: string) => {
    const stat = fs.statSync(at);
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(at).sort()) {
        if (name !== "prisma-client" && name !== "node_modules") walk(path.join(at, name));
      }
    } else {
      hash.update(path.relative(CHECKOUT, at)).update("\0").update(fs.readFileSync(at)).update("\0");
    }
  };
  for (const root of roots) if (fs.existsSync(path.join(CHECKOUT, root))) walk(path.join(CHECKOUT, root));
  return hash.digest("hex");
}

/** Does a step only when its inputs changed since the mark was left. */
async function whenChanged(mark: string, inputs: readonly string[], step: () => Promise<void>): Promise<void> {
  const now = hashFiles(inputs);
  if (fs.existsSync(mark) && fs.readFileSync(mark, "utf8") === now) return;
  await step();
  fs.mkdirSync(path.dirname(mark), { recursive: true });
  fs.writeFileSync(mark, now);
}

/** Writes the database client from the schema. Needs no database. */
export async function generateClient(): Promise<void> {
  const mark = path.join(CHECKOUT, "lib", "platform", "prisma-client", ".made-from");
  await whenChanged(mark, ["prisma/schema.prisma", "package-lock.json"], async () => {
    say("Writing the database client");
    const { code, output } = await runScript(binOf("prisma"), ["generate"]);
    if (code !== 0) throw new Error(`The database client could not be written.\n${output}`);
  });
}

const BUILT = path.join(CHECKOUT, ".next", "callbox-built-from");

/** Names the build that is there. */
export function buildMark(): string {
  return fs.readFileSync(BUILT, "utf8");
}

/** Builds the console when a source changed. */
export async function buildConsole(): Promise<void> {
  await whenChanged(
    BUILT,
    [
      "app",
      "components",
      "lib",
      "prisma",
      "instrumentation.ts",
      "proxy.ts",
      "next.config.ts",
      "tsconfig.json",
      "package-lock.json",
    ],
    async () => {
      say("Building the console (about a minute)");
      const { code, output } = await runScript(binOf("next"), ["build"]);
      if (code !== 0) throw new Error(`The console could not be built.\n${output}`);
    },
  );
}

export interface OpenDatabase extends Database {
  bundled: boolean;
}

/** The database of this checkout: the bundled one, or what DATABASE_URL names. */
export async function openDatabase(kind: "console" | "command" = "command"): Promise<OpenDatabase> {
  const { databaseUrl, databaseOwnerUrl } = launcherEnv();
  if (databaseUrl) {
    return {
      appUrl: databaseUrl,
      ownerUrl: databaseOwnerUrl ?? databaseUrl,
      home: home(),
      bundled: false,
      untouched: false,
      markTouched: () => undefined,
      lock: null,
      failed: () => new Promise(() => undefined),
      restart: async () => undefined,
      stop: async () => undefined,
    };
  }
  return { ...(await openEmbeddedPostgres(home(), kind)), bundled: true };
}

/** Where this checkout keeps what is not code. */
export function home(): string {
  return launcherEnv().dataDirectory ?? dataHome(CHECKOUT, process.getuid?.() === 0);
}

/** Where signed checkpoints of the record are kept. */
export function checkpointFolder(): string {
  return launcherEnv().checkpointFolder ?? path.join(home(), "checkpoints");
}

/** A secret made for this installation alone, kept readable by its owner only. */
export function sessionSecret(folder: string): string {
  const given = launcherEnv().secret;
  if (given) return given;
  const file = path.join(folder, "session-secret");
  fs.mkdirSync(folder, { recursive: true });
  if (!fs.existsSync(file)) writeWhole(file, randomBytes(48).toString("base64url"));
  const secret = fs.readFileSync(file, "utf8");
  if (secret.length >= 32) return secret;
  throw new Error(`${file} is damaged. Delete it; everybody signs in again with a new one.`);
}

/**
 * Adds the templates this version ships with, as the owner of the tables: a new version of a template that the
 * console's role adds comes from a draft that two people approved.
 * @returns how many were added
 */
export async function shipAsOwner(ownerUrl: string, now: Date): Promise<number> {
  const { connect } = await import("../platform/db");
  const { shipTemplates } = await import("../wording/commands/ship-templates");
  const owner = connect(ownerUrl, { connections: 1 });
  try {
    return await shipTemplates(owner, now);
  } finally {
    await owner.$disconnect();
  }
}

/** Opens the migrated database for one command and closes it afterwards. */
export async function withDatabase<Value>(
  run: (client: import("../platform/db").PrismaClient, database: OpenDatabase) => Promise<Value>,
): Promise<Value> {
  await generateClient();
  const database = await openDatabase();
  try {
    const { applyMigrations } = await import("../platform/migrations");
    const { connect } = await import("../platform/db");
    const { ensureBaseline } = await import("../record/append");
    if (database.lock || !database.bundled) await applyMigrations(database.ownerUrl, PRISMA);
    const client = connect(database.appUrl);
    try {
      await ensureBaseline(client, new Date());
      await shipAsOwner(database.ownerUrl, new Date());
      return await run(client, database);
    } finally {
      await client.$disconnect();
    }
  } finally {
    await database.stop();
  }
}
