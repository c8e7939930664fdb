import type { NumberDifference } from "../../lib/alerts/ready/schema";
import { formatCount } from "../ui/time";

/** Rows before the rest is folded. */
const SHOWN = 5;

const describe = ({ before, now }: NumberDifference) =>
  before === null
    ? `no number then, ${now ?? "no number"} now`
    : now === null
      ? `${before} then, no usable number now`
      : `${before} then, ${now} now`;

function Rows({ differences }: { differences: readonly NumberDifference[] }) {
  return (
    <ul>
      {differences.map((one) => (
        <li key={one.place}>
          <strong>{one.place}:</strong> {describe(one)}
        </li>
      ))}
    </ul>
  );
}

/** Places whose number is another one than when a ready draft was made. */
export function Differences({ differences }: { differences: readonly NumberDifference[] }) {
  if (differences.length === 0) return <p className="hint">Every place would give out the same number as then.</p>;
  return (
    <>
      <p>
        {differences.length === 1
          ? "1 place gives out another number than then. A new draft takes today’s."
          : `${formatCount(differences.length)} places give out another number than then. A new draft takes today’s.`}
      </p>
      <Rows differences={differences.slice(0, SHOWN)} />
      {differences.length > SHOWN && (
        <details>
          <summary>Show the other {formatCount(differences.length - SHOWN)}</summary>
          <Rows differences={differences.slice(SHOWN)} />
        </details>
      )}
    </>
  );
}
