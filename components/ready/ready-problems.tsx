import { describeProblem } from "../../lib/alerts/ready/describe";
import type { ReadyProblem } from "../../lib/alerts/ready/schema";
import { State } from "../ui/state";

/** Why a ready draft needs attention, or that it does not. */
export function ReadyProblems({ problems }: { problems: readonly ReadyProblem[] }) {
  if (problems.length === 0)
    return (
      <p>
        <State shape="tick" tone="good">
          Ready
        </State>
      </p>
    );
  return (
    <>
      <p>
        <State shape="triangle" tone="bad">
          Needs attention
        </State>
      </p>
      <ul>
        {problems.map((problem, index) => (
          <li key={`${problem.kind} ${index}`}>{describeProblem(problem)}</li>
        ))}
      </ul>
    </>
  );
}
