import type { NumberFacts } from "./schema";
import { selectNumber, verifiedUntil } from "./selection";

/** Which places could give out a number at this moment, in classes people can count. */

export type ReadinessClass = "ready" | "soon" | "alternate" | "unverified" | "none";

const SOON = 14 * 86_400_000;

/** The class of one place, with the reason selection gives. */
export function classify(
  numbers: readonly NumberFacts[],
  now: number,
): { readiness: ReadinessClass; why: string; number?: NumberFacts } {
  const selection = selectNumber(numbers, { now });
  const { number, why } = selection;
  if (selection.outcome === "places") return { readiness: "none", why };
  if (selection.outcome === "blocked" || !number) return { readiness: "unverified", why };
  if (selection.outcome === "alternate") return { readiness: "alternate", why, number };
  const until = verifiedUntil(number) ?? 0;
  return until - now < SOON
    ? { readiness: "soon", why: "Its check ends within 14 days.", number }
    : { readiness: "ready", why, number };
}

export interface ReadinessCounts extends Record<ReadinessClass, number> {
  total: number;
  /** Places that could not give out any number. */
  unserved: number;
}

/** Counts of every class. */
export function summarizeReadiness(
  places: readonly { numbers: readonly NumberFacts[] }[],
  now: number,
): ReadinessCounts {
  const counts: ReadinessCounts = {
    ready: 0,
    soon: 0,
    alternate: 0,
    unverified: 0,
    none: 0,
    total: places.length,
    unserved: 0,
  };
  for (const { numbers } of places) counts[classify(numbers, now).readiness] += 1;
  counts.unserved = counts.unverified + counts.none;
  return counts;
}
