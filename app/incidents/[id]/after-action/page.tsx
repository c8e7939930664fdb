import Link from "next/link";
import { notFound } from "next/navigation";
import { Entries } from "../../../../components/incidents/entries";
import { ModeFrame, modeTitle } from "../../../../components/layout/mode-frame";
import { Timeline } from "../../../../components/incidents/timeline";
import { State } from "../../../../components/ui/state";
import { formatCount, formatMoment, formatPlaces, formatSeconds } from "../../../../components/ui/time";
import { requireActor } from "../../../../lib/access/session";
import { getAfterAction } from "../../../../lib/evidence/after-action/data";
import { LANES } from "../../../../lib/evidence/after-action/report";
import { getIncident } from "../../../../lib/incidents/data";
import { recordEntryAction } from "../../actions";

export const metadata = { title: "After-action report" };

export default async function AfterActionPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("incident:read");
  const { id } = await params;
  const now = Date.now();
  const [report, incident] = [await getAfterAction(actor, id, new Date(now)), await getIncident(actor, id)];
  if (!report || !incident) notFound();
  const { timeZone } = report;
  const findings = incident.entries.filter(({ kind }) => kind === "finding");
  return (
    <ModeFrame mode={report.incident.mode} incidentId={id}>
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/incidents">Incidents</Link> / <Link href={`/incidents/${id}`}>{report.incident.title}</Link>
        </p>
        <div className="spread">
          <h1>{modeTitle(report.incident.mode, `After-action: ${report.incident.title}`)}</h1>
          <p className="row">
            <a className="usa-button" href={`/api/incidents/${id}/after-action/pdf`} download>
              Save the report, PDF
            </a>
            <a href={`/api/incidents/${id}/after-action/csv`} download>
              CSV
            </a>
            <a href={`/api/incidents/${id}/after-action/json`} download>
              JSON
            </a>
          </p>
        </div>
        <p className="second">
          {report.incident.closedAt === null ? "The incident is still open: this is what is known so far." : ""} Made
          from the record up to entry {report.record.split(":")[0]},{" "}
          <span className="mono">{report.record.split(":")[1]?.slice(0, 16)}</span>.
        </p>
        <Timeline rows={report.timeline} timeZone={timeZone} />
        <div className="rule">
          <h2>How long it took</h2>
        </div>
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">Interval</th>
              <th scope="col" className="right">
                Minutes
              </th>
              <th scope="col" className="right">
                Target
              </th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {report.intervals.map(({ name, minutes, target, verdict }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="right tabular" data-label="Minutes">
                  {minutes ?? "–"}
                </td>
                <td className="right tabular" data-label="Target">
                  {target ?? "–"}
                </td>
                <td>
                  <State
                    shape={verdict.endsWith("over") ? "triangle" : verdict.startsWith("within") ? "tick" : "dash"}
                    tone={verdict.endsWith("over") ? "bad" : verdict.startsWith("within") ? "good" : "quiet"}
                  >
                    {verdict}
                  </State>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="hint">
          For comparison: on June 18, 2024 the first alert in Massachusetts took 67 minutes, and the all-clear came 65
          minutes after 911 worked again.
        </p>
        <Entries
          heading="Findings"
          incident={{ id, closedAt: now, entries: findings }}
          now={now}
          mayChange={incident.mayChange}
          record={recordEntryAction}
        />
        <div className="rule">
          <h2>What happened</h2>
          <span>{formatCount(report.timeline.length)}</span>
        </div>
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Lane</th>
              <th scope="col">What</th>
              <th scope="col">Who</th>
              <th scope="col">Entry</th>
            </tr>
          </thead>
          <tbody>
            {report.timeline.map((row, index) => (
              <tr key={index}>
                <td className="tabular">{formatSeconds(row.at, timeZone)}</td>
                <td>{LANES[row.lane]}</td>
                <td data-verbatim>{row.what}</td>
                <td>{row.by}</td>
                <td className="tabular" data-label="Entry">
                  {row.entry ?? "–"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="rule">
          <h2>What was published</h2>
        </div>
        {report.published.length === 0 && <p>No alert was published.</p>}
        {report.published.map((alert) => (
          <section key={alert.alertId} aria-label={`${alert.title}, ${formatSeconds(alert.publishedAt, timeZone)}`}>
            <h3>
              <Link href={`/alerts/${alert.alertId}`}>{alert.title}</Link>
            </h3>
            <p className="hint">
              {formatMoment(alert.publishedAt, timeZone)}; {formatPlaces(alert.places)}; approved by {alert.approvedBy}
            </p>
            <div className="texts-received">
              {alert.texts.map((text) => (
                <p className="received" key={`${text.language} ${text.place} ${text.count}`} lang={text.language}>
                  {text.short}
                  {"\n\n"}
                  {text.long}
                </p>
              ))}
            </div>
          </section>
        ))}
        <div className="rule">
          <h2>Publication log</h2>
          <span>{formatCount(report.publications.length)}</span>
        </div>
        <details>
          <summary>Every message and channel</summary>
          <div className="scroller" tabIndex={0} role="region" aria-label="Publication log">
            <table className="lines stacks">
              <thead>
                <tr>
                  <th scope="col">Time</th>
                  <th scope="col">Identifier</th>
                  <th scope="col">Type</th>
                  <th scope="col">Place</th>
                  <th scope="col">Channel</th>
                  <th scope="col">Fingerprint</th>
                </tr>
              </thead>
              <tbody>
                {report.publications.map((row) => (
                  <tr key={`${row.identifier} ${row.channel}`}>
                    <td className="tabular">{formatSeconds(row.publishedAt, timeZone)}</td>
                    <td className="mono">{row.identifier}</td>
                    <td>{row.msgType}</td>
                    <td>{row.place}</td>
                    <td>{row.channel}</td>
                    <td className="mono">{row.sha256.slice(0, 16)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </ModeFrame>
  );
}
