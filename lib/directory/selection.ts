import type { Localized } from "../platform/language";
import {
  type Fallback,
  isGoodResult,
  type NumberFacts,
  type Service,
  TEST_CALL_RESULTS,
  type TestCall,
} from "./schema";

/**
 * Which number does this place give out right now, for this service, and why?
 * One pure function, used by preparation, preview, review, readiness and the kit.
 *
 * Order: the place's own numbers as the directory orders them; those of the
 * dispatch center that serves it; of the county; of the state; then helpOptions.
 * Never a number nobody verified, unless an override with a reason is on record.
 */

const DAY = 86_400_000;

export type Failure = "full" | "partial" | "intermittent" | "carrier" | "landline" | "wireless";

/** What an official decided for one place; recorded with a reason. */
export type NumberChoice =
  { choice: "override"; numberId: string; reason: string } | { choice: "no-number"; reason: string };

export type Readiness = "verified" | "never-answered" | "expired" | "failed-twice" | "down" | "on-failed-system";

/** Which desks answer for a service, the asked one first: a police desk never goes before dispatch. */
export const SERVICE_ANSWERS: Readonly<Record<Service, readonly Service[]>> = {
  dispatch: ["dispatch", "police", "fire", "ambulance"],
  police: ["police", "dispatch"],
  fire: ["fire", "dispatch"],
  ambulance: ["ambulance", "dispatch"],
  "poison-control": ["poison-control"],
  "non-emergency": ["non-emergency"],
};

/** What was found about one number, in the order it was looked at. */
export interface Reason {
  number: NumberFacts;
  /** Whose number it is; the place's own without it. */
  of?: Pick<Fallback, "kind" | "name">;
  readiness: Readiness;
  /** The end of a sentence: why it is not given out, or that it may be. */
  why: string;
}

export interface HelpOptionFacts {
  kind: string;
  works: boolean;
  wording: Localized;
}

export interface Selection {
  /**
   * ready: the first number; alternate: a later one, or one of a larger place;
   * override: an unverified one, on a recorded reason; no-number: the text
   * tells people where to go; blocked: someone has to decide first.
   */
  outcome: "ready" | "alternate" | "override" | "no-number" | "blocked";
  number?: NumberFacts;
  /** Set when the number is that of a larger place. */
  of?: Pick<Fallback, "kind" | "name">;
  /** The first other way to get help that works in this outage. */
  helpOption?: HelpOptionFacts;
  /** One plain sentence. */
  why: string;
  reasons: Reason[];
}

export interface Candidates {
  numbers: readonly NumberFacts[];
  fallbacks?: readonly Fallback[];
  helpOptions?: readonly HelpOptionFacts[];
}

export interface Situation {
  /** Milliseconds since 1970. */
  now: number;
  failure?: Failure;
  textTo911?: "works" | "fails" | "unknown";
  /** Dispatch when it is not named: the desk that takes any emergency. */
  service?: Service;
  choice?: NumberChoice;
}

/** The newest good test call. */
export function lastGoodCall(number: Pick<NumberFacts, "calls">): TestCall | undefined {
  return number.calls.find(({ result }) => isGoodResult(result));
}

/** When the number's verification ends, in milliseconds since 1970. */
export function verifiedUntil(number: Pick<NumberFacts, "calls">): number | undefined {
  const good = lastGoodCall(number);
  return good && good.at + good.validDays * DAY;
}

/** Whether a number may be given out at this moment, and if not, why. */
export function assessNumber(number: NumberFacts, now: number, failure?: Failure): Readiness {
  if (number.status === "down") return "down";
  if (number.calls.length >= 2 && number.calls.slice(0, 2).every(({ result }) => !isGoodResult(result)))
    return "failed-twice";
  const until = verifiedUntil(number);
  if (until === undefined) return "never-answered";
  if (until <= now) return "expired";
  if (number.sharedWith911 && (failure === "full" || failure === "landline")) return "on-failed-system";
  return "verified";
}

/** What came of the newest call, in small letters. */
const describeLastResult = ({ calls: [last] }: NumberFacts) =>
  last ? TEST_CALL_RESULTS[last.result].toLowerCase() : "";

/** Why a number is not given out, as the end of a sentence. */
export function whyNot(number: NumberFacts, readiness: Readiness): string {
  switch (readiness) {
    case "verified":
      return number.status === "overloaded"
        ? "it is overloaded"
        : `the last test call to it failed (${describeLastResult(number)})`;
    case "never-answered":
      return "the right desk has never answered a test call on it";
    case "expired":
      return `the right desk has not answered a test call on it in the last ${lastGoodCall(number)?.validDays ?? 0} days`;
    case "failed-twice":
      return `the last two test calls failed (${describeLastResult(number)})`;
    case "down":
      return "it is out of service";
    case "on-failed-system":
      return "it is on the 911 network that failed";
  }
}

/** The numbers of a list that answer for a service: by service, then in the directory's order. */
export function numbersFor(numbers: readonly NumberFacts[], service: Service): NumberFacts[] {
  const answers = SERVICE_ANSWERS[service];
  return numbers
    .filter((number) => answers.includes(number.service))
    .sort(
      (left, right) =>
        answers.indexOf(left.service) - answers.indexOf(right.service) ||
        left.preference - right.preference ||
        (left.id < right.id ? -1 : 1),
    );
}

/** What the last call to a number that may be given out leaves in doubt, as a sentence, or nothing. */
export function doubtOf(number: NumberFacts): string | undefined {
  const [last] = number.calls;
  if (!last) return undefined;
  if (!isGoodResult(last.result)) return `The last test call failed: ${TEST_CALL_RESULTS[last.result].toLowerCase()}.`;
  if (last.result === "right-desk-limited" && /day and night|24/i.test(number.hours)) {
    return `It was not answered at all hours, though the directory says “${number.hours}”.`;
  }
  return undefined;
}

/** Whether the newest call to a number, which may still be given out, did not reach the right desk. */
const failedLast = ({ calls: [last] }: NumberFacts) => last !== undefined && !isGoodResult(last.result);

/**
 * Of one list: the first verified one in service that the last call reached;
 * else one in service whose last call failed; else one that is overloaded.
 */
function firstUsable(reasons: readonly Reason[]): NumberFacts | undefined {
  const usable = reasons.filter(({ readiness }) => readiness === "verified").map(({ number }) => number);
  const inService = usable.filter(({ status }) => status === "in-service");
  return inService.find((number) => !failedLast(number)) ?? inService[0] ?? usable[0];
}

/** Whether a helpOption helps in this outage: it works, and it is not text-to-911 where that fails too. */
function usableHelpOption(
  helpOptions: readonly HelpOptionFacts[],
  textTo911: Situation["textTo911"],
): HelpOptionFacts | undefined {
  return helpOptions.find(({ kind, works }) => works && !(kind === "text-to-911" && textTo911 !== "works"));
}

const KINDS = { psap: "the dispatch center that serves it", county: "its county", state: "its state" } as const;

/** Chooses, and says why. */
export function selectNumber(place: Candidates, situation: Situation): Selection {
  const { now, failure, choice, service = "dispatch" } = situation;
  const helpOption = usableHelpOption(place.helpOptions ?? [], situation.textTo911);
  const withHelpOption = helpOption ? { helpOption } : {};
  const own = numbersFor(place.numbers, service);
  const assess = (number: NumberFacts, of?: Reason["of"]): Reason => {
    const readiness = assessNumber(number, now, failure);
    const good = readiness === "verified" && number.status === "in-service";
    return { number, ...(of ? { of } : {}), readiness, why: good ? "it can be given out" : whyNot(number, readiness) };
  };
  const reasons = own.map((number) => assess(number));
  if (choice?.choice === "no-number") {
    return {
      outcome: "no-number",
      why: `No number by decision: ${choice.reason}`,
      reasons,
      ...withHelpOption,
    };
  }
  if (choice?.choice === "override") {
    const number = own.find(({ id }) => id === choice.numberId);
    if (number) return { outcome: "override", number, why: choice.reason, reasons, ...withHelpOption };
  }
  /** Looked for only when it is told: nearly every number is in service. */
  const describeOther = () => {
    const larger = place.fallbacks?.find(({ numbers }) =>
      firstUsable(numbersFor(numbers, service).map((candidate) => assess(candidate))),
    );
    return larger ? `the only other is that of ${larger.name}` : "there is no alternate";
  };
  const [first] = own;
  const whyNotFirst = reasons[0] ? whyNot(reasons[0].number, reasons[0].readiness) : "there is none";
  const number = firstUsable(reasons);
  if (number && number === first) {
    const load = number.status === "overloaded" ? ` It is overloaded, and ${describeOther()}.` : "";
    const days = lastGoodCall(number)?.validDays ?? 0;
    const doubt = doubtOf(number);
    const why = `Answered a test call in the last ${days} days.${load}${doubt ? ` ${doubt}` : ""}`;
    return { outcome: "ready", number, why, reasons, ...withHelpOption };
  }
  if (number) {
    const why = `This is the alternate number. About the first number: ${whyNotFirst}.`;
    return { outcome: "alternate", number, why, reasons, ...withHelpOption };
  }
  for (const { kind, name, numbers } of place.fallbacks ?? []) {
    const of = { kind, name };
    const theirs = numbersFor(numbers, service).map((candidate) => assess(candidate, of));
    reasons.push(...theirs);
    const fallback = firstUsable(theirs);
    if (!fallback) continue;
    const because = first ? `its own number can’t be given out: ${whyNotFirst}` : "it has no number of its own";
    const why = `This is the number of ${name}, ${KINDS[kind]}, because ${because}.`;
    return { outcome: "alternate", number: fallback, of, why, reasons, ...withHelpOption };
  }
  if (!first) {
    const tried = reasons.length > 0 ? " Numbers of larger places can’t be given out either." : "";
    const why = `The directory has no number.${tried} The text tells people where to go instead.`;
    return { outcome: "no-number", why, reasons, ...withHelpOption };
  }
  const why = `Its number can’t be given out: ${whyNotFirst}, and there is no alternate.`;
  return { outcome: "blocked", why, reasons, ...withHelpOption };
}
