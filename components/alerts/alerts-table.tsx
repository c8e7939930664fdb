"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { z } from "zod";
import type { AlertSummary } from "../../lib/alerts/data";
import { useTimeZone } from "../layout/providers";
import { useNow } from "../layout/ticking";
import { PollError, POLL_MS, pollOptions } from "../ui/poll";
import { formatSeconds, formatPlaces } from "../ui/time";
import { AlertState } from "./alert-state";

const summarySchema = z.object({
  id: z.string(),
  title: z.string(),
  state: z.string(),
  purpose: z.string(),
  version: z.number(),
  updatedAt: z.number(),
  updatedBy: z.string(),
  submittedBy: z.string().nullable(),
  submittedAt: z.number().nullable(),
  publishedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  towns: z.number(),
  incidentId: z.string(),
  incident: z.string(),
  mode: z.enum(["live", "exercise"]),
  returned: z.object({ by: z.string(), reason: z.string(), at: z.number() }).nullable(),
  replaced: z.object({ isWhole: z.boolean(), left: z.number(), of: z.number() }).nullable(),
  /** Who asked to release it alone, because nobody else can be reached. */
  emergency: z.object({ by: z.string(), reason: z.string(), at: z.number() }).nullable(),
  /** Whether this person is called on, because nobody approved it in time. */
  calledOn: z.boolean(),
  mayApprove: z.boolean(),
  mayDraft: z.boolean(),
});
const listSchema = z.array(summarySchema);
type Row = z.infer<typeof summarySchema>;

/** Alerts, kept fresh: one query for the list and for what needs this person. */
export function useAlerts(initial: readonly AlertSummary[], mayRead = true) {
  const options = pollOptions(["alerts"], "/api/alerts", listSchema, initial as Row[]);
  // Whoever may read none asks for none.
  return useQuery({ ...options, enabled: mayRead });
}

/** Where a press on an alert leads this person. */
export function alertHref(alert: Row): string {
  if (alert.state === "draft") return `/alerts/${alert.id}/edit`;
  if (alert.state === "submitted") return `/alerts/${alert.id}/review`;
  return `/alerts/${alert.id}`;
}

function whoActs(alert: Row): string {
  if (alert.state === "draft") return alert.mayDraft ? "You or another drafter" : "A drafter";
  if (alert.state === "submitted") return alert.mayApprove ? "You: review it" : "An approver";
  return "Nobody";
}

/** Says until when the list is known to be right. */
function AsOf({ at, failed, now: initial }: { at: number; failed: boolean; now: number }) {
  const timeZone = useTimeZone();
  const now = useNow(initial);
  if (failed && now - at > 2 * POLL_MS) {
    return <strong>not updated for {Math.round((now - at) / 1000)} s</strong>;
  }
  return <span className="hint">as of {formatSeconds(at, timeZone)}</span>;
}

export function AlertsTable({
  initial,
  now,
  limit,
  mayDeclare,
}: {
  initial: readonly AlertSummary[];
  now: number;
  limit?: number;
  mayDeclare: boolean;
}) {
  const timeZone = useTimeZone();
  const query = useAlerts(initial);
  const alerts = (query.data as Row[]).slice(0, limit);
  if (query.error instanceof PollError && query.error.status === 401) {
    return (
      <p role="alert">
        <strong>You are signed out.</strong> Everything you saved is kept. <Link href="/sign-in">Sign in again</Link>.
      </p>
    );
  }
  if (alerts.length === 0) {
    return <p>No alerts yet. {mayDeclare && "Declare an outage and Callbox prepares the first one."}</p>;
  }
  return (
    <>
      <p className="right">
        <AsOf at={query.isFetchedAfterMount ? query.dataUpdatedAt : now} failed={query.isError} now={now} />
      </p>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Alert</th>
            <th scope="col">State</th>
            <th scope="col">Reaches</th>
            <th scope="col">Last change</th>
            <th scope="col" className="right">
              Next step
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr key={alert.id}>
              <th scope="row">
                <Link href={alertHref(alert)} prefetch={false}>
                  {alert.title}
                </Link>
                <div className="hint">{alert.incident}</div>
              </th>
              <td>
                <AlertState alert={alert} now={now} />
                {alert.returned && (
                  <div className="hint breaks">
                    {alert.returned.by}: “{alert.returned.reason}”
                  </div>
                )}
              </td>
              <td data-label="Reaches">{formatPlaces(alert.towns)}</td>
              <td data-label="Last change" className="tabular">
                {formatSeconds(alert.updatedAt, timeZone)}, {alert.updatedBy}
              </td>
              <td className="right" data-label="Next">
                {whoActs(alert)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
