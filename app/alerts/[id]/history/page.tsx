import Link from "next/link";
import { notFound } from "next/navigation";
import { CompareSaved } from "../../../../components/editor/compare-saved";
import { VersionChanges } from "../../../../components/editor/version-changes";
import { ModeFrame, modeTitle } from "../../../../components/layout/mode-frame";
import { formatMoment, formatSeconds } from "../../../../components/ui/time";
import { getAlertHistory } from "../../../../lib/alerts/history/data";
import { requireActor } from "../../../../lib/access/session";
import { getSite } from "../../../../lib/platform/site/data";

export const metadata = { title: "History" };

/** The number of a version in the address of the page. */
const versionIn = (value: string | string[] | undefined): number =>
  typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : 0;

export default async function HistoryPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ from?: string | string[]; to?: string | string[] }>;
}) {
  const actor = await requireActor("alert:read");
  const { from, to } = await searchParams;
  const wanted = from === undefined && to === undefined ? null : { from: versionIn(from), to: versionIn(to) };
  const [site, history] = await Promise.all([getSite(), getAlertHistory(actor, (await params).id, wanted)]);
  if (!history) notFound();
  const { compared, versions, revisions } = history;
  const newest = versions[0]?.version ?? 1;
  const goOn = (version: number) => (
    <Link href={`/alerts/${history.id}/edit?version=${version}`} prefetch={false}>
      Go on from version {version}
    </Link>
  );
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
        {versions.length > 1 && (
          <section className="stack" aria-labelledby="compare">
            <div className="rule">
              <h2 id="compare">
                {compared
                  ? `What changed from version ${compared.older.version} to version ${compared.newer.version}`
                  : "Compare two versions"}
              </h2>
            </div>
            <CompareSaved
              alertId={history.id}
              versions={versions}
              from={compared?.older.version ?? 1}
              to={compared?.newer.version ?? newest}
              timeZone={site.timeZone}
            />
            {wanted && !compared && <p className="usa-error-message">Choose two different versions of this alert.</p>}
            {compared && (
              <>
                <VersionChanges before={compared.older} now={compared.newer} names={history.names} />
                {history.mayEdit && (
                  <p className="row">
                    {[compared.older.version, compared.newer.version]
                      .filter((version) => version !== newest)
                      .map((version) => (
                        <span key={version}>{goOn(version)}</span>
                      ))}
                  </p>
                )}
              </>
            )}
          </section>
        )}
        <div className="rule">
          <h2>
            {revisions.length < versions.length ? `The newest ${revisions.length} versions` : "Every saved version"}
          </h2>
        </div>
        {revisions.map((revision, index) => (
          <details className="finding" key={revision.version}>
            <summary>
              Version {revision.version}, {revision.by}, {formatMoment(revision.at, site.timeZone)}
            </summary>
            <VersionChanges before={revisions[index + 1] ?? null} now={revision} names={history.names} />
            {history.mayEdit && index > 0 && (
              <p>
                {goOn(revision.version)} <span className="hint">The newer versions stay in this list.</span>
              </p>
            )}
          </details>
        ))}
      </div>
    </ModeFrame>
  );
}
