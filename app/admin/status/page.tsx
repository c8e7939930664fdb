import Link from "next/link";
import { StatusTable } from "../../../components/operations/status-table";
import { requireActor } from "../../../lib/access/session";
import { readStatus } from "../../../lib/operations/data";
import { mailSettings } from "../../../lib/platform/env";

export const metadata = { title: "Status" };

export default async function StatusPage() {
  const actor = await requireActor("people:manage");
  const conditions = await readStatus(actor, new Date());
  const bad = conditions.filter(({ state }) => state === "attention").length;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link>
      </p>
      <h1>{bad === 0 ? "Everything is good" : `${bad} of ${conditions.length} parts need attention`}</h1>
      <p>
        As this console sees it now; reload the page to look again.{" "}
        {mailSettings()
          ? "Administrators of the agency at the top are told by email when a part needs attention for more than a minute, once."
          : "Nobody is told by email, since no mail server is set up."}
      </p>
      <StatusTable conditions={conditions} />
    </div>
  );
}
