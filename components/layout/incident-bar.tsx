"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { z } from "zod";
import type { IncidentSummary } from "../../lib/incidents/data";
import { pollOptions } from "../ui/poll";
import { usePageIncident } from "./providers";
import { Clock, When } from "./ticking";

const barSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    mode: z.enum(["live", "exercise"]),
    beganAt: z.number(),
    publicToldAt: z.number().nullable(),
  }),
);

const SHOWN = 3;

/** How many open incidents are not in the bar. */
function More({ count, where }: { count: number; where: string }) {
  if (count <= 0) return null;
  return (
    <div className={`incident-bar ${where}`}>
      <div className="wrap">
        <Link href="/incidents" prefetch={false}>
          {count} more open {count === 1 ? "incident" : "incidents"}
        </Link>
      </div>
    </div>
  );
}

/** Under the header, on every page, while an incident is open: what it is, and its clocks. It appears by itself. */
export function IncidentBar({ initial, now }: { initial: readonly IncidentSummary[]; now: number }) {
  const start = initial.map(({ id, title, mode, beganAt, publicToldAt }) => ({
    id,
    title,
    mode,
    beganAt,
    publicToldAt,
  }));
  const open = useQuery(pollOptions(["incidents"], "/api/incidents", barSchema, start)).data;
  const own = usePageIncident();
  // The page's own incident first; then live ones, and exercises after them.
  const rank = ({ id, mode }: (typeof open)[number]) => (id === own ? 0 : mode === "live" ? 1 : 2);
  const incidents = [...open].sort((left, right) => rank(left) - rank(right));
  if (incidents.length === 0) return null;
  return (
    <div role="region" aria-label="Open incidents">
      {incidents.slice(0, SHOWN).map((incident, index) => (
        <div
          key={incident.id}
          className={`incident-bar${incident.mode === "exercise" ? " exercise-bar" : ""}${index > 0 ? " where-wide" : ""}`}
          data-mode={incident.mode}
        >
          <div className="wrap">
            <span className="mode">{incident.mode === "exercise" ? "▨ EXERCISE" : "● LIVE"}</span>
            <Link href={`/incidents/${incident.id}`} prefetch={false}>
              {incident.title}
            </Link>
            <span className="clocks">
              <span>
                Began{" "}
                <strong>
                  <When at={incident.beganAt} now={now} />
                </strong>
              </span>
              <span>
                {incident.mode === "exercise" ? "Players notified" : "First published"}{" "}
                <strong>{incident.publicToldAt ? <When at={incident.publicToldAt} now={now} /> : "not yet"}</strong>
              </span>
              <span className="where-wide">
                <Clock now={now} />
              </span>
            </span>
          </div>
        </div>
      ))}
      <More count={incidents.length - SHOWN} where="where-wide" />
      <More count={incidents.length - 1} where="where-narrow" />
    </div>
  );
}
