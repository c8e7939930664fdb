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
    <ul className="plain">
      {problems.map(({ kind, says, places }, index) => (
        <li key={`${kind} ${index}`}>
          <State shape="triangle" tone="bad">
            {says}
          </State>
          {places.length > 0 && <span className="hint"> {places.join(", ")}</span>}
        </li>
      ))}
    </ul>
  );
}
