import Link from "next/link";
import type { IncidentSummary } from "../../lib/incidents/data";
import { sayClock } from "../ui/time";
import { Clock } from "./ticking";

/** Under the header, on every page, while an incident is open: what it is, and its clocks. */
export function IncidentBar({
  incidents,
  now,
  timeZone,
}: {
  incidents: readonly IncidentSummary[];
  now: number;
  timeZone: string;
}) {
  return (
    <div role="region" aria-label="Open incidents">
      {incidents.slice(0, 3).map((incident) => (
        <div
          key={incident.id}
          className={incident.mode === "exercise" ? "incident-bar exercise-bar" : "incident-bar"}
          data-mode={incident.mode}
        >
          <div className="wrap">
            <span className="mode">{incident.mode === "exercise" ? "▨ EXERCISE" : "● LIVE"}</span>
            <Link href={`/incidents/${incident.id}`} prefetch={false}>
              {incident.title}
            </Link>
            <span className="clocks">
              <span>
                Began <strong>{sayClock(incident.beganAt, timeZone)}</strong>
              </span>
              <span>
                {incident.mode === "exercise" ? "Players told" : "Public told"}{" "}
                <strong>{incident.publicToldAt ? sayClock(incident.publicToldAt, timeZone) : "not yet"}</strong>
              </span>
              <Clock now={now} />
            </span>
          </div>
        </div>
      ))}
    </div>
  );
}
