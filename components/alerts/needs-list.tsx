"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { AlertSummary } from "../../lib/alerts/data";
import { useTimeZone } from "../layout/providers";
import { useNow } from "../layout/ticking";
import { useAlerts } from "./alerts-table";
import { listNeeds, type NeedsProps } from "./needs";

/** What waits for the person who reads it; it follows the clock and what others do. */
export function NeedsList({ now: initial, ...props }: NeedsProps & { now: number }) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const now = useNow(initial);
  const alerts = useAlerts(props.alerts, props.mayRead).data as AlertSummary[];
  const steps = (list: readonly AlertSummary[]) =>
    list.map(({ id, state, replaced }) => `${id} ${state} ${replaced?.isWhole}`).join();
  // How an outage stands comes with the page: it is read anew when an alert has taken a step.
  const [current, shown] = [steps(alerts), steps(props.alerts)];
  useEffect(() => {
    if (current !== shown) router.refresh();
  }, [current, shown, router]);
  const needs = listNeeds(props, alerts, { now, timeZone });
  return (
    <section aria-labelledby="needs-heading" aria-live="polite">
      <h2 id="needs-heading" className="visually-hidden">
        Waiting for you
      </h2>
      {needs.length === 0 && <p>Nothing is waiting for you.</p>}
      {needs.map((need, index) => (
        <div className="need" key={need.key}>
          <div>
            <h3>{need.title}</h3>
            <p className="second">{need.says}</p>
          </div>
          <Link
            className={index === 0 ? "usa-button" : "usa-button usa-button--outline"}
            href={need.href}
            prefetch={false}
          >
            {need.act}
          </Link>
        </div>
      ))}
    </section>
  );
}
