import type { Overview } from "../../lib/directory/readiness/data";
import { formatCount, formatDay } from "../ui/time";

const WIDTH = 320;
const HEIGHT = 90;

/** The share of places that could give out a number, week by week: a line, and the same as a table. */
export function ReadinessHistory({ history, of }: { history: Overview["history"]; of: string }) {
  if (history.length < 2) return <p className="hint">The history begins when the figure has been taken on two days.</p>;
  const shares = history.map(({ ready, total }) => (total === 0 ? 0 : ready / total));
  const x = (index: number) => (index / (history.length - 1)) * WIDTH;
  const y = (share: number) => HEIGHT - share * (HEIGHT - 10);
  const percent = (share: number) => `${Math.floor(share * 100)}%`;
  const [first, last] = [shares[0]!, shares.at(-1)!];
  return (
    <figure className="history">
      <svg
        viewBox={`-4 0 ${WIDTH + 8} ${HEIGHT + 4}`}
        role="img"
        aria-label={`${of}: ${percent(first)} at first, ${percent(last)} at last`}
      >
        <path d={`M0 ${HEIGHT}H${WIDTH}`} stroke="#71767a" strokeWidth="1" />
        <path
          d={shares
            .map((share, index) => `${index === 0 ? "M" : "L"}${x(index).toFixed(1)} ${y(share).toFixed(1)}`)
            .join("")}
          fill="none"
          stroke="#005ea2"
          strokeWidth="2.5"
        />
        <circle cx={x(shares.length - 1)} cy={y(last)} r="4" fill="#005ea2" />
      </svg>
      <figcaption>
        <details>
          <summary>
            {percent(last)} on {formatDay(history.at(-1)!.day, "UTC")}, {percent(first)} on{" "}
            {formatDay(history[0]!.day, "UTC")}
          </summary>
          <table className="lines">
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" className="right">
                  Ready
                </th>
                <th scope="col" className="right">
                  Of
                </th>
              </tr>
            </thead>
            <tbody>
              {[...history].reverse().map(({ day, ready, total }) => (
                <tr key={day}>
                  <th scope="row">{formatDay(day, "UTC")}</th>
                  <td className="right tabular">{formatCount(ready)}</td>
                  <td className="right tabular">{formatCount(total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="hint">Worked out from the test calls. Lines reported down on a past day are not known to it.</p>
        </details>
      </figcaption>
    </figure>
  );
}
