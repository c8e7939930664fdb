import { VERDICTS, type Verdict } from "../../lib/exercises/measure";
import { EXERCISE_STATES, type ExerciseState } from "../../lib/exercises/schema";
import { type Shape, State, type Tone } from "../ui/state";

const STATES: Readonly<Record<ExerciseState, readonly [Shape, Tone]>> = {
  planned: ["circle", "plain"],
  running: ["disc", "plain"],
  closed: ["dashed", "quiet"],
  "called-off": ["slashed", "quiet"],
};

/** How an exercise stands. */
export function ExerciseStateSign({ state }: { state: ExerciseState }) {
  const [shape, tone] = STATES[state];
  return (
    <State shape={shape} tone={tone}>
      {EXERCISE_STATES[state]}
    </State>
  );
}

const SIGNS: Readonly<Record<Verdict, readonly [Shape, Tone]>> = {
  within: ["tick", "good"],
  over: ["triangle", "bad"],
  "no-target": ["dash", "quiet"],
  "not-reached": ["cross", "bad"],
  running: ["clock", "plain"],
  "not-yet": ["dots", "quiet"],
  "not-asked": ["dash", "quiet"],
};

/** How a measured time stands against its target. */
export function VerdictSign({ verdict }: { verdict: Verdict }) {
  const [shape, tone] = SIGNS[verdict];
  return (
    <State shape={shape} tone={tone}>
      {VERDICTS[verdict]}
    </State>
  );
}
