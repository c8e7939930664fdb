import Link from "next/link";
import { CallRound } from "../../../components/directory/call-round";
import { requireActor } from "../../../lib/access/session";
import { db } from "../../../lib/platform/db";
import { listDue } from "../../../lib/directory/readiness/data";
import { getSite } from "../../../lib/platform/site/data";
import { sendKeptCallsAction } from "../actions";

export const metadata = { title: "Call round" };

export default async function CallRoundPage() {
  const actor = await requireActor("directory:verify");
  const now = new Date();
  const [site, due] = await Promise.all([getSite(), listDue(db(), actor, now)]);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link>
      </p>
      <h1>Call round</h1>
      <CallRound
        due={due}
        person={actor.name}
        demonstration={site.mode === "demonstration"}
        now={now.getTime()}
        send={sendKeptCallsAction}
      />
    </div>
  );
}
