import type { Localized } from "../platform/language";
import {
  type Fallback,
  HOURS_NOT_KNOWN,
  isGoodResult,
  type NumberFacts,
  type Service,
  TEST_CALL_RESULTS,
  type TestCall,
} from "./schema";
import { openBetween, type Opening, parseHours } from "./hours";

/**
 * Which number does this place give out right now, for this service, and why?
 * One pure function, used by preparation, preview, review, readiness and the kit.
 *
 * Order: the place's own numbers as the directory orders them; those of the
 * dispatch center that serves it; of the county; of the state; then helpOptions.
 * Of these the first one that nothing speaks against: a number that may not
 * answer while the alert is valid stands behind every one that will.
 * Never a number nobody verified, unless an override with a reason is on record.
 */

const DAY = 86_400_000;

/** What fails; of "location", calls get through without what tells a dispatcher where they come from. */
export type Failure = "full" | "partial" | "intermittent" | "carrier" | "landline" | "wireless" | "location";

/** What an official decided for one place; recorded with a reason. */
export type NumberChoice =
  { choice: "override"; numberId: string; reason: string } | { choice: "no-number"; reason: string };

export type Readiness =
  "verified" | "never-answered" | "expired" | "failed-twice" | "down" | "on-failed-system" | "closed";

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
  /** What speaks against it, where it is verified. */
  doubt: Doubt;
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
  /** IANA name of the place's time zone, by which hours are read. */
  timeZone?: string;
  numbers: readonly NumberFacts[];
  fallbacks?: readonly Fallback[];
  helpOptions?: readonly HelpOptionFacts[];
}

export interface Situation {
  /** Milliseconds since 1970. */
  now: number;
  /** When the alert ends; hours are looked at only where there is one. Milliseconds since 1970. */
  until?: number;
  /** For use at an hour nobody knows yet: only a number that is always answered has nothing against it. */
  anyHour?: boolean;
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

/** What speaks against a number that may be given out, the least first. */
const DOUBTS = ["none", "network", "last-call", "overloaded", "closing"] as const;
type Doubt = (typeof DOUBTS)[number];

const ALWAYS_OPEN: Opening = { open: true, throughout: true };

/** Whether someone answers now, and until the alert ends; taken for granted where nobody said when. */
function openingOf(number: NumberFacts, { now, until, anyHour }: Situation, timeZone: string | undefined): Opening {
  if (anyHour) {
    const hours = parseHours(number.hours);
    return { open: true, throughout: hours === null || hours === "always" };
  }
  if (until === undefined || timeZone === undefined) return ALWAYS_OPEN;
  const hours = parseHours(number.hours);
  if (hours !== null) return openBetween(hours, now, until, timeZone);
  // Someone said that it is not answered at all hours, and nobody can tell at which: that is for a person to decide.
  return lastGoodCall(number)?.result === "right-desk-limited" && number.hours !== HOURS_NOT_KNOWN
    ? { open: false, throughout: false }
    : ALWAYS_OPEN;
}

/** Outages in which a number on the 911 network may still ring, and may not. */
const UNSURE: readonly (Failure | undefined)[] = ["partial", "intermittent"];

/** The worst that speaks against a number that is verified. */
function doubtsOf(number: NumberFacts, situation: Situation, timeZone: string | undefined): Doubt {
  if (!openingOf(number, situation, timeZone).throughout) return "closing";
  if (number.status === "overloaded") return "overloaded";
  if (failedLast(number)) return "last-call";
  return number.sharedWith911 && UNSURE.includes(situation.failure) ? "network" : "none";
}

/** What speaks against a verified number, as the end of a sentence. */
function describeDoubt(number: NumberFacts, doubt: Doubt): string {
  switch (doubt) {
    case "none":
      return "it can be given out";
    case "network":
      return "it is on the 911 network, which fails for some";
    case "last-call":
      return `the last test call to it failed (${describeLastResult(number)})`;
    case "overloaded":
      return "it is overloaded";
    case "closing":
      return `it is not answered as long as the alert is valid (${number.hours})`;
  }
}

/** Why a number is not given out, as the end of a sentence. */
export function whyNot(number: NumberFacts, readiness: Exclude<Readiness, "verified">): string {
  switch (readiness) {
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
    case "closed":
      return parseHours(number.hours) === null
        ? `it is not answered at all hours, and when can’t be read from “${number.hours}”`
        : `nobody answers it at this hour (${number.hours})`;
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
  if (last.result === "right-desk-limited" && parseHours(number.hours) === null) {
    return "It is not answered at all hours, and the directory does not say when.";
  }
  return undefined;
}

/** Whether the newest call to a number, which may still be given out, did not reach the right desk. */
const failedLast = ({ calls: [last] }: NumberFacts) => last !== undefined && !isGoodResult(last.result);

/** The first of those that may be given out with the least that speaks against them. */
function bestOf(reasons: readonly Reason[]): Reason | undefined {
  const usable = reasons.filter(({ readiness }) => readiness === "verified");
  for (const doubt of DOUBTS) {
    const found = usable.find((reason) => reason.doubt === doubt);
    if (found) return found;
  }
  return undefined;
}

/** Whether the directory says of a place that texts to 911 do not arrive there. */
export const takesNoTexts = ({ helpOptions = [] }: Pick<Candidates, "helpOptions">): boolean =>
  helpOptions.some(({ kind, works }) => kind === "text-to-911" && !works);

/** Whether a helpOption helps in this outage: it works, and it is not text-to-911 where that fails too. */
function usableHelpOption(
  helpOptions: readonly HelpOptionFacts[],
  textTo911: Situation["textTo911"],
): HelpOptionFacts | undefined {
  return helpOptions.find(({ kind, works }) => works && !(kind === "text-to-911" && textTo911 !== "works"));
}

/** Why the first number goes out although something speaks against it: nothing better is there. */
function describeOthers(reasons: readonly Reason[], best: Reason): string {
  const other = reasons.find((reason) => reason !== best && reason.readiness === "verified");
  if (!other) return "There is no alternate.";
  return `${other.of ? `That of ${other.of.name}` : "The alternate"} is no better: ${other.why}.`;
}

const KINDS = { psap: "the dispatch center that serves it", county: "its county", state: "its state" } as const;

/** Chooses, and says why. */
export function selectNumber(place: Candidates, situation: Situation): Selection {
  const { now, failure, choice, service = "dispatch" } = situation;
  const helpOption = usableHelpOption(place.helpOptions ?? [], situation.textTo911);
  const withHelpOption = helpOption ? { helpOption } : {};
  const own = numbersFor(place.numbers, service);
  const assess = (number: NumberFacts, of?: Reason["of"]): Reason => {
    const verified = assessNumber(number, now, failure);
    const closed = verified === "verified" && !openingOf(number, situation, place.timeZone).open;
    const readiness = closed ? "closed" : verified;
    const doubt = readiness === "verified" ? doubtsOf(number, situation, place.timeZone) : "none";
    const why = readiness === "verified" ? describeDoubt(number, doubt) : whyNot(number, readiness);
    return { number, ...(of ? { of } : {}), readiness, doubt, why };
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
  const [first] = own;
  const [firstReason] = reasons;
  const ofOwn = bestOf(reasons);
  // Nearly always the place's own number has nothing against it, and no other need be looked at.
  if (ofOwn?.doubt !== "none") {
    for (const { kind, name, numbers } of place.fallbacks ?? []) {
      reasons.push(...numbersFor(numbers, service).map((candidate) => assess(candidate, { kind, name })));
    }
  }
  const best = ofOwn?.doubt === "none" ? ofOwn : bestOf(reasons);
  if (best?.of) {
    const because = firstReason
      ? `its own number can’t be given out: ${firstReason.why}`
      : "it has no number of its own";
    const instead = firstReason?.readiness === "verified" ? `about its own number: ${firstReason.why}` : because;
    const why = `This is the number of ${best.of.name}, ${KINDS[best.of.kind]}, because ${instead}.`;
    return { outcome: "alternate", number: best.number, of: best.of, why, reasons, ...withHelpOption };
  }
  if (best && best.number === first) {
    const days = lastGoodCall(best.number)?.validDays ?? 0;
    const doubt = doubtOf(best.number);
    const against = best.doubt === "none" || best.doubt === "last-call" ? "" : ` But ${best.why}.`;
    const others = best.doubt === "none" ? "" : ` ${describeOthers(reasons, best)}`;
    const why = `Answered a test call in the last ${days} days.${against}${doubt ? ` ${doubt}` : ""}${others}`;
    return { outcome: "ready", number: best.number, why, reasons, ...withHelpOption };
  }
  if (best) {
    const why = `This is the alternate number. About the first number: ${firstReason?.why ?? ""}.`;
    return { outcome: "alternate", number: best.number, why, reasons, ...withHelpOption };
  }
  if (!first) {
    const tried = reasons.length > 0 ? " Numbers of larger places can’t be given out either." : "";
    const why = `The directory has no number.${tried} The text tells people where to go instead.`;
    return { outcome: "no-number", why, reasons, ...withHelpOption };
  }
  const why = `Its number can’t be given out: ${firstReason?.why ?? ""}, and there is no alternate.`;
  return { outcome: "blocked", why, reasons, ...withHelpOption };
}
