import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "./env";
import { Prisma, PrismaClient } from "./prisma-client/client";

/** The one connection pool of this process. */
const holder = globalThis as { callboxDb?: PrismaClient };

export function db(): PrismaClient {
  holder.callboxDb ??= connect(env().DATABASE_URL);
  return holder.callboxDb;
}

/** How long a change may take, from its first statement to its commit. */
const CHANGE_MS = 20_000;

/**
 * A client of its own for a command or a test. The caller disconnects it. No
 * statement, no wait for a lock and no wait for an answer is without an end.
 * @param options.connections the most connections it opens
 */
export function connect(connectionString: string, options: { connections?: number } = {}): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString,
      max: options.connections ?? 10,
      connectionTimeoutMillis: 5000,
      lock_timeout: 8000,
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      query_timeout: 65_000,
    }),
  });
}

export type Transaction = Prisma.TransactionClient;
export type Reader = PrismaClient | Transaction;
export type { PrismaClient } from "./prisma-client/client";
export { Prisma } from "./prisma-client/client";

/** The number of the lock that every writer takes first. */
const WRITERS = 911_911;

/** The database did not answer in time, so whether a change was made has to be looked up. */
export class DatabaseSilent extends Error {
  override name = "DatabaseSilent";
}

/**
 * Runs a change. Writers stand in one line: the first statement takes a lock
 * that ends with the transaction, so each sees all that the ones before it
 * committed, and the record grows as one chain. Readers never wait.
 *
 * The transaction carries the moment by which it must end. A commit that comes
 * through later, out of a frozen database, is refused there (trigger
 * a_change_ends_in_time), so what was answered as failed never happens later.
 * @param options.ms how long it may take, in milliseconds
 * @throws DatabaseSilent when no answer came in that time
 */
export async function inTransaction<Value>(
  client: PrismaClient,
  run: (transaction: Transaction) => Promise<Value>,
  options: { ms?: number } = {},
): Promise<Value> {
  const ms = options.ms ?? CHANGE_MS;
  const change = client.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`select set_config('callbox.ends_by',
        (clock_timestamp() + make_interval(secs => ${ms / 1000}::float8))::text, true)`;
      await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(${WRITERS})) as lock`;
      return run(transaction);
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted, maxWait: 8000, timeout: ms },
  );
  return withDeadline(change, ms + 10_000);
}

/** @throws DatabaseSilent when the work is not done in time; the work itself is left to end by its own limits */
async function withDeadline<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseSilent("No answer in time.")), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // Whatever comes of it later has nobody who waits for it.
    work.catch(() => undefined);
  }
}

/** SQLSTATE of PostgreSQL behind an error of Prisma or of the driver, if there is one. */
function sqlState(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 4) return undefined;
  const { code, originalCode, meta, cause } = error as Record<string, unknown>;
  for (const one of [originalCode, code]) if (typeof one === "string" && /^[0-9A-Z]{5}$/.test(one)) return one;
  return (
    sqlState(meta, depth + 1) ??
    sqlState((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError, depth + 1) ??
    sqlState(cause, depth + 1)
  );
}

const BUSY =
  "Somebody else's change is taking unusually long, so yours was given up. Nothing was changed. What you wrote is still here; try again.";
const SILENT =
  "The database does not answer, so nothing can be said for certain. What you wrote is still here. Reload to see what was saved before you try again.";
const FULL =
  "The database's disk is full. Nothing was changed, and nothing can be until there is room. What you wrote is still here. Tell whoever runs this console.";

/** What to tell a person about trouble with the database; null for any other error. */
export function describeTrouble(error: unknown): string | null {
  if (error instanceof DatabaseSilent) return SILENT;
  const state = sqlState(error);
  if (state === "55P03") return BUSY;
  if (state === "53100" || state === "25006") return FULL;
  if (state?.startsWith("08") || state?.startsWith("57")) return SILENT;
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (code === "P2028" || code === "P1001" || code === "P1002" || code === "P1008" || code === "P1017") return SILENT;
  return /timeout|ECONNREFUSED|ECONNRESET|Connection terminated|reach database/i.test(message ?? "") ? SILENT : null;
}
