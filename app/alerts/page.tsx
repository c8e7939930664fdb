import Link from "next/link";
import { AlertsTable } from "../../components/alerts/alerts-table";
import { listAlerts } from "../../lib/alerts/data";
import { can } from "../../lib/access/actor";
import { requireActor } from "../../lib/access/session";

export const metadata = { title: "Alerts" };

export default async function AlertsPage() {
  const actor = await requireActor("alert:read");
  const alerts = await listAlerts(actor);
  const waiting = alerts.filter(({ state }) => state === "submitted").length;
  return (
    <div className="wrap page">
      <h1>
        {waiting === 0
          ? "No alert is waiting for approval"
          : `${waiting} ${waiting === 1 ? "alert waits" : "alerts wait"} for an approver`}
      </h1>
      <p>
        <Link href="/alerts/ready">Ready drafts</Link>
      </p>
      <AlertsTable initial={alerts} now={Date.now()} mayDeclare={can(actor, "incident:declare")} />
    </div>
  );
}
