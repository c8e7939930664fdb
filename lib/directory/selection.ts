import { type NumberFacts, TEST_CALL_RESULTS, type TestCall, VERIFICATION_DAYS } from "./schema";

/**
 * Which number does this place give out right now, and why? One pure function,
 * used by preparation, preview, review and readiness.
 */

const DAY = 86_400_000;

export type Failure = "full" | "partial" | "intermittent" | "carrier" | "landline" | "wireless";

/** What an official decided for one place; recorded with a reason. */
export type NumberChoice =
  { choice: "override"; numberId: string; reason: string } | { choice: "places-only"; reason: string };

export type Readiness = "verified" | "never-answered" | "expired" | "failed-twice" | "down" | "on-failed-system";

export interface Selection {
  /**
   * ready: the first number; alternate: a later one; override: an unverified one, on a recorded reason;
   * places: no number, the text names places; blocked: somebody has to decide first.
   */
  outcome: "ready" | "alternate" | "override" | "places" | "blocked";
  number?: NumberFacts;
  /** One plain sentence. */
  why: string;
}

const isGood = (call: TestCall) => call.result === "right-desk" || call.result === "right-desk-limited";

/** The newest good test call. */
export function lastGoodCall(number: NumberFacts): TestCall | undefined {
  return number.calls.find(isGood);
}

/** When the number's verification ends, in milliseconds since 1970. */
export function verifiedUntil(number: NumberFacts): number | undefined {
  const good = lastGoodCall(number);
  return good && good.at + VERIFICATION_DAYS * DAY;
}

/** Whether a number may be given out at this moment, and if not, why. */
export function assessNumber(number: NumberFacts, now: number, failure?: Failure): Readiness {
  if (number.status === "down") return "down";
  const until = verifiedUntil(number);
  if (until === undefined) return "never-answered";
  if (number.calls.length >= 2 && number.calls.slice(0, 2).every((call) => !isGood(call))) return "failed-twice";
  if (until <= now) return "expired";
  if (number.sharedWith911 && (failure === "full" || failure === "landline")) return "on-failed-system";
  return "verified";
}

const REASONS: Record<Exclude<Readiness, "verified">, (number: NumberFacts) => string> = {
  "never-answered": () => "nobody has ever answered a test call on it",
  expired: () => `nobody has answered a test call on it in the last ${VERIFICATION_DAYS} days`,
  "failed-twice": (number) =>
    `the last two test calls failed (${TEST_CALL_RESULTS[number.calls[0]!.result].toLowerCase()})`,
  down: () => "it is reported down",
  "on-failed-system": () => "it runs on the system that failed",
};

/** Why a number is not given out, as the end of a sentence. */
export function whyNot(number: NumberFacts, readiness: Readiness): string {
  return readiness === "verified" ? "it is overloaded" : REASONS[readiness](number);
}

/**
 * Chooses. Order: verified and in service, in the order the directory gives;
 * then verified but overloaded; then what an official decided; never an
 * unverified number by itself.
 */
export function selectNumber(
  numbers: readonly NumberFacts[],
  situation: { now: number; failure?: Failure; choice?: NumberChoice },
): Selection {
  const { now, failure, choice } = situation;
  if (choice?.choice === "places-only") {
    return { outcome: "places", why: `No number is given, by decision: ${choice.reason}` };
  }
  const ordered = [...numbers].sort((left, right) => left.preference - right.preference);
  if (choice?.choice === "override") {
    const number = ordered.find((candidate) => candidate.id === choice.numberId);
    if (number) return { outcome: "override", number, why: choice.reason };
  }
  const first = ordered[0];
  if (!first) {
    return { outcome: "places", why: "The directory has no number. The text names places to go instead." };
  }
  const assessed = ordered.map((number) => ({ number, readiness: assessNumber(number, now, failure) }));
  const usable = assessed.filter((entry) => entry.readiness === "verified").map((entry) => entry.number);
  const number = usable.find((candidate) => candidate.status === "in-service") ?? usable[0];
  if (!number) {
    const why = whyNot(first, assessed[0]!.readiness);
    return { outcome: "blocked", why: `Its number cannot be given out: ${why}, and there is no alternate.` };
  }
  if (number === first) {
    const load = number.status === "overloaded" ? " It is overloaded, and there is no alternate." : "";
    return { outcome: "ready", number, why: `Answered a test call in the last ${VERIFICATION_DAYS} days.${load}` };
  }
  return {
    outcome: "alternate",
    number,
    why: `On an alternate: for the first number, ${whyNot(first, assessed[0]!.readiness)}.`,
  };
}
