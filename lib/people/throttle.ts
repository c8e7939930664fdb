/**
 * Limits on wrong passwords. Attempts from a browser that once signed in as
 * this person are counted apart from all others, so a stranger who tries to
 * lock someone out locks out strangers only.
 */

export const HOUR = 3_600_000;

/** The most failures in an hour, by kind of bucket. */
export const LIMITS = { device: 15, account: 20, address: 60 } as const;
export type BucketKind = keyof typeof LIMITS;

export interface Bucket {
  kind: BucketKind;
  /** Failures in the last hour, in milliseconds since 1970. */
  failures: readonly number[];
}

/** Seconds until another attempt is let through; 0 when now. After five failures each costs more patience. */
export function secondsToWait(buckets: readonly Bucket[], now: number): number {
  return Math.max(0, ...buckets.map((bucket) => wait(bucket, now)));
}

function wait({ kind, failures }: Bucket, now: number): number {
  const recent = failures.filter((at) => at > now - HOUR).sort((left, right) => left - right);
  if (recent.length >= LIMITS[kind]) return Math.ceil((recent[recent.length - LIMITS[kind]]! + HOUR - now) / 1000);
  if (kind === "address" || recent.length < 5) return 0;
  const pause = Math.min(30_000 * 2 ** (recent.length - 5), 600_000);
  return Math.max(0, Math.ceil((recent.at(-1)! + pause - now) / 1000));
}
