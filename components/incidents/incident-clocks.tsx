"use client";

import Link from "next/link";
import { CLOCKS, formatDue, type IncidentClock } from "../../lib/incidents/clocks";
import { useTimeZone } from "../layout/providers";
import { useNow } from "../layout/ticking";
import { State } from "../ui/state";
import { formatPlaces, formatWhen } from "../ui/time";

/** The clocks of one outage, the worst first. They always name their outage. */
export function IncidentClocks({
  incident,
  now: initial,
  link,
}: {
  incident: { id: string; title: string; mode: "live" | "exercise"; clocks: readonly IncidentClock[] };
  now: number;
  /** Whether the name leads to the outage: on other pages than its own. */
  link: boolean;
}) {
  const timeZone = useTimeZone();
  const now = useNow(initial);
  if (incident.clocks.length === 0) return null;
  return (
    <section aria-label={`Clocks of ${incident.title}`}>
      <p>
        <strong>{incident.mode === "exercise" ? "EXERCISE " : "LIVE "}</strong>
        {link ? <Link href={`/incidents/${incident.id}`}>{incident.title}</Link> : incident.title}
      </p>
      <ul className="plain clocks-list">
        {incident.clocks.map(({ name, dueAt, places }) => {
          const late = dueAt < now;
          return (
            <li key={name} className="spread">
              <span>
                {CLOCKS[name]}
                {places > 0 && <span className="hint"> {formatPlaces(places)}</span>}
              </span>
              <State shape={late ? "triangle" : "clock"} tone={late ? "bad" : "plain"}>
                <span className="tabular">
                  {formatDue(dueAt, now)}, {formatWhen(dueAt, now, timeZone)}
                </span>
              </State>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
