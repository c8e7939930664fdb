import Link from "next/link";
import type { ExerciseSummary } from "../../lib/exercises/data";
import { formatMoment, formatZone } from "../ui/time";
import { ExerciseStateSign } from "./exercise-state";

/** How many of the stages with a target were reached in time. */
function describeResult({ state, intervals }: ExerciseSummary): string {
  if (state !== "closed") return "–";
  const counted = intervals.filter(({ target }) => target !== null);
  const within = counted.filter(({ verdict }) => verdict === "within").length;
  const missed = counted.filter(({ verdict }) => verdict === "not-reached").length;
  return `${within} of ${counted.length} within the target${missed > 0 ? `, ${missed} not reached` : ""}`;
}

/** Exercises, each with how it stands. */
export function ExerciseTable({ caption, exercises }: { caption: string; exercises: readonly ExerciseSummary[] }) {
  return (
    <table className="lines stacks">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Exercise</th>
          <th scope="col">Planned for</th>
          <th scope="col" className="right">
            Players
          </th>
          <th scope="col">Result</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {exercises.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <Link href={`/exercises/${one.id}`}>{one.title}</Link>
              <div className="hint">{one.agency}</div>
            </th>
            <td data-label="Planned for" className="tabular">
              {formatMoment(one.startsAt, one.timeZone)} {formatZone(one.startsAt, one.timeZone)}
            </td>
            <td data-label="Players" className="right tabular">
              {one.players}
            </td>
            <td data-label="Result">{describeResult(one)}</td>
            <td>
              <ExerciseStateSign state={one.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
