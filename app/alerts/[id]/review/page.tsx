import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { ModeFrame, modeTitle } from "../../../../components/layout/mode-frame";
import { ReviewPanel, ReviewTitle } from "../../../../components/review/review-panel";
import { getAlertForReview } from "../../../../lib/alerts/data";
import { checkBundle } from "../../../../lib/alerts/checked";
import { requireActor } from "../../../../lib/access/session";
import { getProofWays } from "../../../account/proof-ways";
import { askEmergencyAction, commentAction, decideAlertAction, withdrawAlertAction } from "../../actions";

export const metadata = { title: "Review" };

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("alert:read");
  const alert = await getAlertForReview(actor, (await params).id);
  if (!alert) notFound();
  if (alert.state !== "submitted" || !alert.bundle || !alert.contentHash) {
    redirect(alert.state === "draft" ? `/alerts/${alert.id}/edit` : `/alerts/${alert.id}`);
  }
  const now = Date.now();
  const { incident } = alert.facts;
  return (
    <ModeFrame mode={incident.mode} incidentId={incident.id}>
      <div className="wrap page">
        <p className="crumbs">
          <Link href={`/incidents/${incident.id}`}>{incident.title}</Link> / <Link href="/alerts">Alerts</Link>
        </p>
        <h1>{modeTitle(incident.mode, `Review: ${alert.title}`)}</h1>
        <ReviewTitle alert={alert} now={now} />
        <ReviewPanel
          alert={{
            ...alert,
            bundle: alert.bundle,
            contentHash: alert.contentHash,
            // Its findings were made here: the browser has no use for all wordings of the template.
            facts: { ...alert.facts, held: {} },
          }}
          problems={await checkBundle(alert.bundle, alert.contentHash, {
            facts: alert.facts,
            content: alert.content,
            now,
          })}
          now={now}
          ways={await getProofWays(actor, now)}
          decide={decideAlertAction}
          withdraw={withdrawAlertAction}
          askEmergency={askEmergencyAction}
          comment={commentAction}
        />
      </div>
    </ModeFrame>
  );
}
