import Link from "next/link";
import type { listAlertsWith } from "../../lib/alerts/templates/data";
import { AlertState } from "../alerts/alert-state";
import { formatCount, formatMoment } from "../ui/time";

/** Which alerts were written with a version, as far as their reader may open them. */
export function AlertsWith({
  total,
  alerts,
  timeZone,
  now,
}: Awaited<ReturnType<typeof listAlertsWith>> & { timeZone: string; now: number }) {
  return (
    <section aria-labelledby="alerts-with">
      <div className="rule">
        <h2 id="alerts-with">
          {total === 0
            ? "No alert of yours was written with it"
            : `${formatCount(total)} ${total === 1 ? "alert was" : "alerts were"} written with it`}
        </h2>
      </div>
      {total > alerts.length && <p className="hint">The newest {alerts.length} are listed.</p>}
      {alerts.length > 0 && (
        <ul className="plain stack">
          {alerts.map(({ id, title, state, expiresAt, createdAt, incident, mode }) => (
            <li className="row" key={id}>
              <Link href={`/alerts/${id}`}>{title}</Link>
              <AlertState alert={{ state, expiresAt }} now={now} />
              <span className="hint">
                {mode === "exercise" && "Exercise: "}
                {incident}, begun {formatMoment(createdAt, timeZone)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
