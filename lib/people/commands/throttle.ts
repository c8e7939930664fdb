import "server-only";
import { randomUUID } from "node:crypto";
import { Lane } from "../../platform/lane";
import type { PrismaClient, Reader } from "../../platform/db";
import { checkPassword } from "../passwords";
import { type Bucket, HOUR, secondsToWait } from "../throttle";

/** Counting attempts at passwords. Nothing here takes the lock of the authors. */

export interface CountedBucket {
  kind: Bucket["kind"];
  key: string;
}

export interface Admission {
  /** Seconds to wait; 0 when the attempt is let through. */
  wait: number;
  /** Rows to take back when the password turns out right. */
  counted: string[];
}

/** Only so many connections to the database are taken up by attempts of strangers, and of browsers that are known. */
const COUNTING = { known: new Lane(3, 200), stranger: new Lane(2, 500) };

export type Origin = keyof typeof COUNTING;

/**
 * Counts an attempt before the password is looked at, so that many at once
 * cannot all slip through. Attempts of one bucket stand in line for a moment;
 * nobody else waits for them, the authors least of all.
 * @returns `full` when too many attempts are being counted already
 */
export async function admitAttempt(
  client: PrismaClient,
  origin: Origin,
  buckets: readonly CountedBucket[],
  now: Date,
): Promise<Admission | "full"> {
  // Most of a flood ends here, with one read.
  const early = await waitFor(client, buckets, now);
  if (early > 0) return { wait: early, counted: [] };
  return COUNTING[origin].run(() =>
    client.$transaction(async (transaction) => {
      // In one order for all, so that two attempts never wait for each other.
      for (const lock of buckets.map(({ key }) => BigInt.asIntN(64, BigInt(`0x${key.slice(0, 16)}`))).sort(ascending)) {
        await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(${lock}::bigint)) as lock`;
      }
      const wait = await waitFor(transaction, buckets, now);
      if (wait > 0) return { wait, counted: [] };
      const rows = buckets.map(({ key }) => ({ id: randomUUID(), bucket: key, at: now }));
      await transaction.signInFailure.createMany({ data: rows });
      return { wait, counted: rows.map(({ id }) => id) };
    }),
  );
}

const ascending = (left: bigint, right: bigint) => (left < right ? -1 : left > right ? 1 : 0);

async function waitFor(client: Reader, buckets: readonly CountedBucket[], now: Date): Promise<number> {
  const rows = await client.signInFailure.findMany({
    where: { bucket: { in: buckets.map(({ key }) => key) }, at: { gt: new Date(now.getTime() - HOUR) } },
    select: { bucket: true, at: true },
  });
  return secondsToWait(
    buckets.map(({ kind, key }) => ({
      kind,
      failures: rows.filter(({ bucket }) => bucket === key).map(({ at }) => at.getTime()),
    })),
    now.getTime(),
  );
}

/** An attempt that was counted as a failure was none. */
export async function takeBack(client: PrismaClient, counted: readonly string[]): Promise<void> {
  if (counted.length > 0) await client.signInFailure.deleteMany({ where: { id: { in: [...counted] } } });
}

/** Failures that count no longer. */
export async function forgetOldFailures(client: PrismaClient, now: Date): Promise<void> {
  await client.signInFailure.deleteMany({ where: { at: { lte: new Date(now.getTime() - HOUR) } } });
}

/** Hashing a password takes a core and 19 MiB. Browsers that are known never wait behind strangers. */
const HASHING = { known: new Lane(2, 40), stranger: new Lane(1, 20) };

/** Checks a password, or says `full` when too many are being checked. */
export function checkInLane(
  origin: Origin,
  stored: string | null | undefined,
  password: string,
): Promise<boolean | "full"> {
  return HASHING[origin].run(() => checkPassword(stored, password));
}
