import Link from "next/link";
import { formatSpan, type Interval, type PersonResult } from "../../lib/exercises/measure";
import { PARTS } from "../../lib/exercises/schema";
import { formatSeconds } from "../ui/time";
import { VerdictSign } from "./exercise-state";

const formatTarget = (target: number | null) => (target === null ? "–" : `${target} min`);

/** Stages against their targets, as the record has them. */
export function StageTable({
  caption,
  intervals,
  timeZone,
}: {
  caption: string;
  intervals: readonly Interval[];
  timeZone: string;
}) {
  return (
    <table className="lines stacks">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Reached</th>
          <th scope="col" className="right">
            Time
          </th>
          <th scope="col" className="right">
            Target
          </th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {intervals.map(({ stage, label, reached, ms, target, verdict }) => (
          <tr key={stage}>
            <th scope="row">{label}</th>
            <td data-label="Reached" className="tabular">
              {reached ? `${formatSeconds(reached.at, timeZone)}, ${reached.by}` : "–"}
            </td>
            <td data-label="Time" className="right tabular">
              {reached && ms !== null ? formatSpan(ms) : "–"}
            </td>
            <td data-label="Target" className="right tabular">
              {formatTarget(target)}
            </td>
            <td>
              <VerdictSign verdict={verdict} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What each player did of their part. */
export function PeopleTable({
  exerciseId,
  people,
  closed,
}: {
  exerciseId: string;
  people: readonly PersonResult[];
  closed: boolean;
}) {
  return (
    <table className="lines stacks">
      <caption className="visually-hidden">Times of each player</caption>
      <thead>
        <tr>
          <th scope="col">Player</th>
          <th scope="col">Part and time</th>
          <th scope="col">Injects acknowledged</th>
          {closed && <th scope="col">Certificate</th>}
        </tr>
      </thead>
      <tbody>
        {people.map(({ personId, name, parts, measured, injects, completed }) => (
          <tr key={personId}>
            <th scope="row">{name}</th>
            <td data-label="Part and time">
              <ul className="plain">
                {measured.map(({ part, own, interval }) => (
                  <li key={part}>
                    {PARTS[part].label}:{" "}
                    {own && interval.ms !== null ? (
                      <>
                        <span className="tabular">
                          {formatSpan(interval.ms)} of {formatTarget(interval.target)}
                        </span>{" "}
                        <VerdictSign verdict={interval.verdict} />
                      </>
                    ) : interval.reached ? (
                      `${interval.reached.by} did it`
                    ) : (
                      <VerdictSign verdict={interval.verdict} />
                    )}
                  </li>
                ))}
                {parts.includes("watches") && <li>{PARTS.watches.label}</li>}
              </ul>
            </td>
            <td data-label="Injects acknowledged" className="tabular">
              {injects.given === 0
                ? "none given out"
                : `${injects.acknowledged} of ${injects.given}${injects.slowestMs === null ? "" : `, the slowest in ${formatSpan(injects.slowestMs)}`}`}
            </td>
            {closed && (
              <td data-label="Certificate">
                {completed ? (
                  <Link href={`/exercises/${exerciseId}/certificate?person=${personId}`}>Certificate of {name}</Link>
                ) : measured.length === 0 ? (
                  "none for watching"
                ) : (
                  "none: their part was not finished by them"
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
