import Link from "next/link";
import { ReadyTable } from "../../../components/ready/ready-table";
import { can } from "../../../lib/access/actor";
import { requireActor } from "../../../lib/access/session";
import { listReadyDrafts } from "../../../lib/alerts/ready/data";
import { db } from "../../../lib/platform/db";

export const metadata = { title: "Ready drafts" };

function describeAll(total: number, stale: number): string {
  if (total === 0) return "No draft is ready yet";
  if (stale === 0) return total === 1 ? "1 draft is ready" : `${total} drafts are ready`;
  return stale === 1
    ? `1 of ${total} ready ${total === 1 ? "draft needs" : "drafts needs"} attention`
    : `${stale} of ${total} ready drafts need attention`;
}

export default async function ReadyPage() {
  const actor = await requireActor("alert:read");
  const drafts = await listReadyDrafts(db(), actor);
  const stale = drafts.filter(({ problems }) => problems.length > 0).length;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/alerts">Alerts</Link>
      </p>
      <h1>{describeAll(drafts.length, stale)}</h1>
      <p className="second">
        A ready draft is written while 911 works and checked every night. It is never sent. When an outage is declared,
        its alert can begin from it.
      </p>
      {can(actor, "alert:draft") && (
        <p>
          <Link className="usa-button usa-button--outline" href="/alerts/ready/new">
            Make a ready draft
          </Link>
        </p>
      )}
      {drafts.length > 0 && <ReadyTable drafts={drafts} />}
    </div>
  );
}
