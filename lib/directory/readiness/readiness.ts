import type { NumberFacts, Service } from "../schema";
import { numbersFor, selectNumber, verifiedUntil } from "../selection";

/**
 * Which places could give out a number of their own at this moment, in classes
 * people can count. lib/directory/readiness/data.ts asks the database the same question
 * for many places at once; a test keeps the two answers equal.
 */

export const READINESS = {
  ready: "verified",
  expiring: "expires soon",
  expired: "expired or never answered",
  failing: "failing or out of service",
  missing: "no number",
} as const;
export type ReadinessClass = keyof typeof READINESS;
/** Problems first. */
export const READINESS_CLASSES: readonly ReadinessClass[] = ["missing", "failing", "expired", "expiring", "ready"];

export const SOON_DAYS = 14;
const SOON = SOON_DAYS * 86_400_000;

export interface Classified {
  readiness: ReadinessClass;
  /** The number that is given out, or the first that should be. */
  number?: NumberFacts;
  why: string;
}

/** The class of one place for one service, by its own numbers alone. */
export function classify(numbers: readonly NumberFacts[], now: number, service: Service = "dispatch"): Classified {
  const { number, why, reasons } = selectNumber({ numbers }, { now, service });
  if (number) {
    const readiness = (verifiedUntil(number) ?? 0) - now < SOON ? "expiring" : "ready";
    return { readiness, number, why };
  }
  const [first] = numbersFor(numbers, service);
  if (!first) return { readiness: "missing", why };
  const verdict = reasons[0]!.readiness;
  const readiness = verdict === "down" || verdict === "failed-twice" ? "failing" : "expired";
  return { readiness, number: first, why };
}

export type ReadinessCounts = Record<ReadinessClass, number> & { total: number };

export const NO_COUNTS: ReadinessCounts = { ready: 0, expiring: 0, expired: 0, failing: 0, missing: 0, total: 0 };

/** Adds counts of several places up. */
export function addCounts(counts: readonly ReadinessCounts[]): ReadinessCounts {
  const sum = { ...NO_COUNTS };
  for (const one of counts) for (const key of Object.keys(sum) as (keyof ReadinessCounts)[]) sum[key] += one[key];
  return sum;
}

/** Places that could give out no number of their own. */
export const unserved = ({ expired, failing, missing }: ReadinessCounts): number => expired + failing + missing;

/** Share of places that could, in whole percent, rounded down so that 100 means all. */
export const readyPercent = (counts: ReadinessCounts): number =>
  counts.total === 0 ? 0 : Math.floor(((counts.total - unserved(counts)) / counts.total) * 100);
