import Link from "next/link";
import { notFound } from "next/navigation";
import { VersionChanges } from "../../../../components/editor/version-changes";
import { ModeFrame, modeTitle } from "../../../../components/layout/mode-frame";
import { formatMoment, formatSeconds } from "../../../../components/ui/time";
import { getAlertHistory } from "../../../../lib/alerts/data";
import { requireActor } from "../../../../lib/access/session";
import { getSite } from "../../../../lib/platform/site/data";

export const metadata = { title: "History" };

export default async function HistoryPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("alert:read");
  const [site, history] = await Promise.all([getSite(), getAlertHistory(actor, (await params).id)]);
  if (!history) notFound();
  return (
    <ModeFrame mode={history.mode} incidentId={history.incidentId}>
      <div className="wrap page">
        <p className="crumbs">
          <Link href={`/incidents/${history.incidentId}`}>{history.incident}</Link> /{" "}
          <Link href={`/alerts/${history.id}`}>{history.title}</Link>
        </p>
        <h1>{modeTitle(history.mode, `History: ${history.title}`)}</h1>
        <div className="rule">
          <h2>What happened</h2>
        </div>
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">Time</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {history.events.map((event) => (
              <tr key={event.seq}>
                <td className="tabular">{event.seq}</td>
                <td className="tabular">{formatSeconds(event.at, site.timeZone)}</td>
                <td>{event.actor}</td>
                <td>{event.summary}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="rule">
          <h2>Every saved version</h2>
        </div>
        {history.revisions.map((revision, index) => (
          <details className="finding" key={revision.version}>
            <summary>
              Version {revision.version}, {revision.by}, {formatMoment(revision.at, site.timeZone)}
            </summary>
            <VersionChanges
              before={history.revisions[index + 1]?.content ?? null}
              now={revision.content}
              names={history.names}
            />
            {history.mayEdit && index > 0 && (
              <p>
                <Link href={`/alerts/${history.id}/edit?version=${revision.version}`} prefetch={false}>
                  Go on from version {revision.version}
                </Link>{" "}
                <span className="hint">The newer versions stay in this list.</span>
              </p>
            )}
          </details>
        ))}
      </div>
    </ModeFrame>
  );
}
