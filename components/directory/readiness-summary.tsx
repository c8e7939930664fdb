import {
  READINESS,
  type ReadinessClass,
  type ReadinessCounts,
  unserved,
} from "../../lib/directory/readiness/readiness";
import { formatCount } from "../ui/time";

const ORDER: readonly ReadinessClass[] = ["ready", "expiring", "expired", "failing", "missing"];
const FILLS: Record<ReadinessClass, string> = {
  ready: "#73b3e7",
  expiring: "url(#meter-soon)",
  expired: "url(#meter-bad)",
  failing: "url(#meter-failing)",
  missing: "#1b1b1b",
};

/** Hatches that stay apart in grey and in print. */
export function Patterns({ prefix = "" }: { prefix?: string }) {
  return (
    <defs>
      <pattern id={`${prefix}soon`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" fill="#d9e8f6" />
        <rect width="3" height="7" fill="#005ea2" />
      </pattern>
      <pattern id={`${prefix}failing`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" fill="#fff" />
        <rect width="5" height="1.8" fill="#9c3d10" />
        <rect width="1.8" height="5" fill="#9c3d10" />
      </pattern>
      <pattern id={`${prefix}bad`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-30)">
        <rect width="5" height="5" fill="#fff" />
        <rect width="3" height="5" fill="#9c3d10" />
      </pattern>
      <pattern id={`${prefix}foreign`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="#f0f0f0" />
        <rect width="1.5" height="6" fill="#71767a" />
      </pattern>
      <pattern id={`${prefix}waits`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" fill="#fee685" />
        <rect width="3" height="7" fill="#936f38" />
      </pattern>
    </defs>
  );
}

/** One bar and the same counts in words. */
export function ReadinessSummary({ readiness }: { readiness: ReadinessCounts }) {
  const widths = ORDER.map((name) => (readiness.total === 0 ? 0 : (readiness[name] / readiness.total) * 100));
  const starts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0));
  if (readiness.total === 0) {
    return <p>No places yet. Import places to start.</p>;
  }
  return (
    <>
      <p>
        <strong className="tabular">
          {formatCount(readiness.total - unserved(readiness))} of {formatCount(readiness.total)}
        </strong>{" "}
        places have a verified number of their own.
      </p>
      <svg className="meter" aria-hidden="true">
        <Patterns prefix="meter-" />
        {ORDER.map((name, index) => (
          <rect key={name} x={`${starts[index]}%`} y="0" width={`${widths[index]}%`} height="100%" fill={FILLS[name]} />
        ))}
      </svg>
      <table className="lines">
        <tbody>
          {ORDER.filter((name) => readiness[name] > 0).map((name) => (
            <tr key={name}>
              <td className="fill">
                <svg className="meter" aria-hidden="true">
                  <rect width="100%" height="100%" fill={FILLS[name]} />
                </svg>
              </td>
              <td className="right tabular strong">{formatCount(readiness[name])}</td>
              <td>{READINESS[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
