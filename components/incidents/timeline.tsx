import { LANES, type Lane, type TimelineRow } from "../../lib/evidence/after-action/report";
import { formatMoment, formatWhen } from "../ui/time";

const WIDTH = 900;
const LEFT = 130;
const ROW = 36;
const LANE_NAMES = Object.keys(LANES) as Lane[];

/** The same as the table below it, as five lanes over time. One image with one text for who cannot see it. */
export function Timeline({ rows, timeZone }: { rows: readonly TimelineRow[]; timeZone: string }) {
  const [first, last] = [rows[0]?.at ?? 0, rows.at(-1)?.at ?? 0];
  const span = Math.max(last - first, 60_000);
  const x = (at: number) => LEFT + ((at - first) / span) * (WIDTH - LEFT - 40);
  const height = LANE_NAMES.length * ROW + 34;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => first + part * span);
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label="Timeline">
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        width={WIDTH}
        height={height}
        role="img"
        aria-label={`Timeline from ${formatMoment(first, timeZone)} to ${formatMoment(last, timeZone)}: ${LANE_NAMES.map(
          (lane) => `${LANES[lane]}, events: ${rows.filter((row) => row.lane === lane).length}`,
        ).join("; ")}. The table below says the same.`}
      >
        {LANE_NAMES.map((lane, index) => (
          <g key={lane}>
            <text x={0} y={index * ROW + 26} fontSize={14} fill="currentColor">
              {LANES[lane]}
            </text>
            <line
              x1={LEFT}
              x2={WIDTH - 30}
              y1={index * ROW + 21}
              y2={index * ROW + 21}
              stroke="currentColor"
              strokeWidth={1}
              opacity={0.35}
            />
            {rows
              .filter((row) => row.lane === lane)
              .map((row, place) => (
                <circle
                  key={place}
                  cx={x(row.at)}
                  cy={index * ROW + 21}
                  r={lane === "public" ? 7 : 5}
                  fill="currentColor"
                />
              ))}
          </g>
        ))}
        {ticks.map((at) => (
          <text key={at} x={x(at)} y={height - 6} fontSize={13} textAnchor="middle" fill="currentColor">
            {formatWhen(at, last, timeZone)}
          </text>
        ))}
      </svg>
    </div>
  );
}
