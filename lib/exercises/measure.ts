import { type Part, PARTS, type Stage, STAGE_NAMES, STAGES, type Targets } from "./schema";

/** The times of an exercise, worked out from who did what when. Nobody types one in. Pure. */

/** That a stage was reached, by whom, in milliseconds since 1970. */
export interface Reached {
  at: number;
  personId: string | null;
  by: string;
}
export type ReachedStages = Readonly<Record<Stage, Reached | null>>;

export interface Course {
  /** When it started; null while it is planned. */
  startedAt: number | null;
  closedAt: number | null;
  reached: ReachedStages;
}

export const VERDICTS = {
  within: "Within the target",
  over: "Over the target",
  "no-target": "No target",
  "not-reached": "Not reached",
  running: "Running",
  "not-yet": "Not yet",
  "not-asked": "Not part of it",
} as const;
export type Verdict = keyof typeof VERDICTS;

export interface Interval {
  stage: Stage;
  label: string;
  /** When it was reached, and by whom; null where it was not. */
  reached: Reached | null;
  /** Milliseconds it took, or has taken so far; null where there is nothing to measure from. */
  ms: number | null;
  /** In minutes; null for none. */
  target: number | null;
  verdict: Verdict;
}

const MINUTE = 60_000;

/** Each stage against its target, measured from the stage before it, the first from the start. */
export function measureStages({ startedAt, closedAt, reached }: Course, targets: Targets, now: number): Interval[] {
  return STAGE_NAMES.map((stage, index): Interval => {
    const before = STAGE_NAMES[index - 1];
    const from = before === undefined ? startedAt : (reached[before]?.at ?? null);
    const done = reached[stage];
    const target = targets[stage];
    const base = { stage, label: STAGES[stage].label, reached: done, target };
    if (done) {
      const ms = from === null ? null : Math.max(0, done.at - from);
      if (target === null || ms === null) return { ...base, ms, verdict: "no-target" };
      return { ...base, ms, verdict: ms <= target * MINUTE ? "within" : "over" };
    }
    if (target === null) return { ...base, ms: null, verdict: "not-asked" };
    if (closedAt !== null) return { ...base, ms: null, verdict: "not-reached" };
    if (from === null) return { ...base, ms: null, verdict: "not-yet" };
    return { ...base, ms: Math.max(0, now - from), verdict: "running" };
  });
}

/** Stages that count and that were not reached, once it is closed. */
const listMissed = (intervals: readonly Interval[]): Interval[] =>
  intervals.filter(({ verdict }) => verdict === "not-reached");

/** Whether an agency did the whole exercise: it is closed, and every stage with a target was reached. */
export function isCompleted({ closedAt }: Course, intervals: readonly Interval[]): boolean {
  return closedAt !== null && intervals.every(({ target, reached }) => target === null || reached !== null);
}

export interface Inject {
  id: string;
  text: string;
  afterMinutes: number | null;
  stage: Exclude<Stage, "update"> | null;
}

/**
 * When each inject is given out, in order: none before the one in front of it. Null for those that nothing has released
 * yet, or that the end of the exercise came before.
 */
export function releaseInjects<One extends Inject>(
  injects: readonly One[],
  { startedAt, closedAt, reached }: Course,
  now: number,
): (One & { releasedAt: number | null })[] {
  const until = Math.min(now, closedAt ?? now);
  let before: number | null = startedAt;
  return injects.map((inject) => {
    const own: number | null =
      startedAt === null
        ? null
        : inject.stage === null
          ? startedAt + (inject.afterMinutes ?? 0) * MINUTE
          : (reached[inject.stage]?.at ?? null);
    const at = before === null || own === null ? null : Math.max(before, own);
    before = at !== null && at <= until ? at : null;
    return { ...inject, releasedAt: before };
  });
}

export interface PlayerFacts {
  personId: string;
  name: string;
  parts: readonly Part[];
}

/** That a player acknowledged an inject. */
export interface Acknowledgment {
  injectId: string;
  personId: string;
  at: number;
}

export interface PersonPart {
  part: Part;
  stage: Stage;
  interval: Interval;
  /** Whether this person reached the stage. */
  own: boolean;
}

export interface PersonResult {
  personId: string;
  name: string;
  parts: readonly Part[];
  measured: PersonPart[];
  /** Injects given out, how many of them this person acknowledged, and the longest time one took. */
  injects: { given: number; acknowledged: number; slowestMs: number | null };
  /** Whether every measured stage of this person's parts was reached by this person, in a closed exercise. */
  completed: boolean;
}

/** What each player did of their part. */
export function measurePeople(
  players: readonly PlayerFacts[],
  course: Course,
  intervals: readonly Interval[],
  released: readonly { id: string; releasedAt: number | null }[],
  acknowledgments: readonly Acknowledgment[],
): PersonResult[] {
  const given = released.filter((one): one is { id: string; releasedAt: number } => one.releasedAt !== null);
  return players.map(({ personId, name, parts }) => {
    const measured = parts.flatMap((part): PersonPart[] => {
      const { stage } = PARTS[part];
      const interval = intervals.find((one) => one.stage === stage);
      if (!stage || !interval) return [];
      return [{ part, stage, interval, own: interval.reached?.personId === personId }];
    });
    const times = given.flatMap(({ id, releasedAt }) => {
      const found = acknowledgments.find((one) => one.injectId === id && one.personId === personId);
      return found ? [found.at - releasedAt] : [];
    });
    const counted = measured.filter(({ interval }) => interval.target !== null);
    return {
      personId,
      name,
      parts,
      measured,
      injects: {
        given: given.length,
        acknowledged: times.length,
        slowestMs: times.length > 0 ? Math.max(...times) : null,
      },
      completed: course.closedAt !== null && counted.length > 0 && counted.every(({ own }) => own),
    };
  });
}

/** 4 min 5 s, 1 h 2 min 5 s */
export function formatSpan(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return [hours > 0 ? `${hours} h` : "", hours > 0 || minutes > 0 ? `${minutes} min` : "", `${rest} s`]
    .filter(Boolean)
    .join(" ");
}

/** What was not reached when an exercise is closed, as one sentence; empty where nothing was missed. */
export function describeMissed(intervals: readonly Interval[], held: number): string {
  const missed = listMissed(intervals).map(({ label }) => label.toLowerCase());
  return [
    missed.length > 0 ? `Not reached: ${missed.join(", ")}.` : "",
    held > 0 ? `${held} ${held === 1 ? "inject was" : "injects were"} not given out.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}
