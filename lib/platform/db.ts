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

/** A client of its own for a command or a test. The caller disconnects it. */
export function connect(connectionString: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }) });
}

export type Transaction = Prisma.TransactionClient;
export type Reader = PrismaClient | Transaction;
export type { PrismaClient } from "./prisma-client/client";
export { Prisma } from "./prisma-client/client";

/** The number of the lock that every writer takes first. */
const WRITERS = 911_911;

/**
 * Runs a change. Writers stand in one line: the first statement takes a lock
 * that ends with the transaction, so each sees all that the ones before it
 * committed, and the record grows as one chain. Readers never wait.
 */
export function inTransaction<Value>(
  client: PrismaClient,
  run: (transaction: Transaction) => Promise<Value>,
): Promise<Value> {
  return client.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(${WRITERS})) as lock`;
      return run(transaction);
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted, maxWait: 30_000, timeout: 60_000 },
  );
}
