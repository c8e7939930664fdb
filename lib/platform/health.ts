import "server-only";
import path from "node:path";
import { db } from "./db";
import { log } from "./log";
import { listMigrations } from "./migration-list";

export interface Health {
  ok: boolean;
  database: "answers" | "does not answer";
  migrations: "current" | "missing" | "unknown";
}

/** Healthy only when the database answers and every migration of this checkout is applied. */
export async function checkHealth(): Promise<Health> {
  try {
    const rows = await db().$queryRaw<{ name: string }[]>`
      select migration_name as name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null`;
    const applied = new Set(rows.map(({ name }) => name));
    const missing = listMigrations(path.join(process.cwd(), "prisma")).filter((name) => !applied.has(name));
    return { ok: missing.length === 0, database: "answers", migrations: missing.length === 0 ? "current" : "missing" };
  } catch (error) {
    log.error({ event: "health", error });
    return { ok: false, database: "does not answer", migrations: "unknown" };
  }
}
