import "server-only";
import fs from "node:fs/promises";
import path from "node:path";
import { connect, type PrismaClient } from "./db";
import { env } from "./env";
import { CONSOLE_BEAT, WORKER_BEAT, WORKER_SILENT_MS } from "./heartbeat";
import { log } from "./log";
import { listMigrations } from "./migration-list";

export interface Health {
  ok: boolean;
  database: "answers" | "cannot write" | "does not answer";
  migrations: "current" | "missing" | "unknown";
  disk: "has room" | "nearly full" | "unknown";
}

/** With less than this the database may stop writing at any moment, in bytes. */
const LEAST_FREE = 256 * 1024 * 1024;
/** An answer is given again for so long: anybody may ask. */
const KEPT_MS = 2000;
const PATIENCE_MS = 4000;

const holder = globalThis as { callboxHealth?: { client: PrismaClient; at: number; answer: Promise<Health> | null } };

/** A connection of its own, so that a full pool or a lock that someone holds says nothing about health. */
function own() {
  holder.callboxHealth ??= {
    client: connect(env().DATABASE_URL, { connections: 1, ms: PATIENCE_MS }),
    at: -Infinity,
    answer: null,
  };
  return holder.callboxHealth;
}

/**
 * Healthy only when the database answers and writes, every migration of this checkout is applied, and there is room.
 * @param now by the clock of the process: one that was set back would keep an old answer for hours
 */
export async function checkHealth(now = performance.now()): Promise<Health> {
  const kept = own();
  if (!kept.answer || now - kept.at > KEPT_MS) {
    kept.at = now;
    kept.answer = look(kept.client);
  }
  return kept.answer;
}

export interface Ready {
  ok: boolean;
  database: Health["database"];
  migrations: Health["migrations"];
  worker: "alive" | "silent" | "unknown";
}

/**
 * Ready only when an alert that is approved now would go out: the database answers and writes, every migration
 * is applied, and a worker was heard of within three minutes.
 */
export async function checkReady(now = performance.now()): Promise<Ready> {
  const { database, migrations } = await checkHealth(now);
  const worker = database === "does not answer" ? "unknown" : await askWorker(own().client);
  return { ok: database === "answers" && migrations === "current" && worker === "alive", database, migrations, worker };
}

async function askWorker(client: PrismaClient): Promise<Ready["worker"]> {
  try {
    // By the database's clock, which wrote it.
    const rows = await client.$queryRaw<{ young: boolean }[]>`
      select at > now() - make_interval(secs => ${WORKER_SILENT_MS / 1000}::float8) as young from "Heartbeat" where id = ${WORKER_BEAT}`;
    return rows[0]?.young === true ? "alive" : "silent";
  } catch (error) {
    log.error({ event: "health", error });
    return "unknown";
  }
}

async function look(client: PrismaClient): Promise<Health> {
  const [database, disk] = await Promise.all([askDatabase(client), askDisk()]);
  const ok = database.database === "answers" && database.migrations === "current" && disk !== "nearly full";
  return { ok, ...database, disk };
}

async function askDatabase(client: PrismaClient): Promise<Pick<Health, "database" | "migrations">> {
  let migrations: Health["migrations"];
  try {
    const rows = await client.$queryRaw<{ name: string }[]>`
      select migration_name as name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null`;
    const applied = new Set(rows.map(({ name }) => name));
    const missing = listMigrations(path.join(process.cwd(), "prisma")).filter((name) => !applied.has(name));
    migrations = missing.length === 0 ? "current" : "missing";
  } catch (error) {
    log.error({ event: "health", error });
    return { database: "does not answer", migrations: "unknown" };
  }
  try {
    await client.$executeRaw`insert into "Heartbeat" (id, at) values (${CONSOLE_BEAT}, now()) on conflict (id) do update set at = now()`;
    return { database: "answers", migrations };
  } catch (error) {
    log.error({ event: "health", error });
    return { database: "cannot write", migrations };
  }
}

async function askDisk(): Promise<Health["disk"]> {
  const { CALLBOX_DATA } = env();
  if (!CALLBOX_DATA) return "unknown";
  try {
    const { bavail, bsize } = await fs.statfs(CALLBOX_DATA);
    return bavail * bsize < LEAST_FREE ? "nearly full" : "has room";
  } catch {
    return "unknown";
  }
}
