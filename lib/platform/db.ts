import "server-only";
import { ConnectionPool, noteLost, PatientPg } from "./connections";
import { env } from "./env";
import { DatabaseSilent, DatabaseSwitching, isLost, isUnreached } from "./trouble";
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
 * @param options.ms patience with the database, in milliseconds, for a client that only asks how it is
 * @param options.switchMs how long it waits while no server takes changes, in milliseconds
 */
export function connect(
  connectionString: string,
  options: { connections?: number; ms?: number; switchMs?: number } = {},
): PrismaClient {
  const pool = new ConnectionPool(
    {
      connectionString,
      max: options.connections ?? 10,
      // Includes the wait for a free one of the pool.
      connectionTimeoutMillis: options.ms ?? 20_000,
      lock_timeout: options.ms ?? 8000,
      statement_timeout: options.ms ?? 60_000,
      idle_in_transaction_session_timeout: 60_000,
      query_timeout: options.ms ?? 65_000,
    },
    // Who only asks how the database is does not wait for it.
    options.ms === undefined ? options.switchMs : 0,
  );
  return new PrismaClient({ adapter: new PatientPg(pool) });
}

export type Transaction = Prisma.TransactionClient;
export type Reader = PrismaClient | Transaction;
export type { PrismaClient } from "./prisma-client/client";
export { Prisma } from "./prisma-client/client";

/** The number of the lock on the tail of the record. */
const RECORD = 911_911;

/** Work that belongs to the end of a transaction, by transaction. */
const endings = new WeakMap<Transaction, (() => Promise<void>)[]>();

/** Does something as the last thing of a transaction, in the order it was asked for. */
export function beforeCommit(transaction: Transaction, work: () => Promise<void>): void {
  const list = endings.get(transaction);
  if (list) list.push(work);
  else endings.set(transaction, [work]);
}

/** Takes the one lock that all writers share; it ends with the transaction. */
export async function lockRecord(transaction: Transaction): Promise<void> {
  await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(${RECORD})) as lock`;
}

/**
 * Runs a change. A database that is being switched over is waited for a little,
 * and a connection that broke before the change began is replaced. It locks the rows it changes, by their own; what all writers
 * share is the tail of the record, which is locked as the last thing, for the
 * append alone (beforeCommit).
 *
 * The transaction carries the moment by which it must end. A commit that comes
 * through later, out of a frozen database, is refused there (trigger
 * a_change_ends_in_time), so what was answered as failed never happens later.
 * @param options.ms how long it may take, in milliseconds
 * @throws DatabaseSwitching when the connection broke before the commit was asked for: nothing was changed
 * @throws DatabaseSilent when no answer came in that time
 */
export async function inTransaction<Value>(
  client: PrismaClient,
  run: (transaction: Transaction) => Promise<Value>,
  options: { ms?: number } = {},
): Promise<Value> {
  const ms = options.ms ?? CHANGE_MS;
  let reached: "nothing" | "change" | "commit" = "nothing";
  const attempt = () =>
    client.$transaction(
      async (transaction) => {
        await transaction.$queryRaw`select set_config('callbox.ends_by',
        (clock_timestamp() + make_interval(secs => ${ms / 1000}::float8))::text, true)`;
        reached = "change";
        const value = await run(transaction);
        for (const work of endings.get(transaction) ?? []) await work();
        reached = "commit";
        return value;
      },
      { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted, maxWait: 8000, timeout: ms },
    );
  const change = attempt()
    .catch((error: unknown) => {
      if (reached === "nothing" && isLost(error) && !isUnreached(error)) return attempt();
      throw error;
    })
    .catch((error: unknown) => {
      if (!isLost(error)) throw error;
      noteLost();
      throw reached === "commit" ? error : new DatabaseSwitching({ cause: error });
    });
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
