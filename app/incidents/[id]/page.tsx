import Link from "next/link";
import { notFound } from "next/navigation";
import { Alarms } from "../../../components/alerts/alarms";
import { AlertState } from "../../../components/alerts/alert-state";
import { CloseButton, PrepareButton } from "../../../components/incidents/incident-actions";
import { ModeFrame } from "../../../components/layout/mode-frame";
import { Facts } from "../../../components/ui/facts";
import { formatMoment, formatPeople, formatSeconds, formatPlaces } from "../../../components/ui/time";
import { listAlarms } from "../../../lib/alerts/alarms/data";
import { db } from "../../../lib/platform/db";
import { requireActor } from "../../../lib/access/session";
import { getIncident } from "../../../lib/incidents/data";
import { FAILURES, TEXT_TO_911 } from "../../../lib/incidents/schema";
import { getSite } from "../../../lib/platform/site/data";
import { closeIncidentAction, prepareAlertAction } from "../actions";

export const metadata = { title: "Incident" };

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("incident:read");
  const { id } = await params;
  const [site, incident] = await Promise.all([getSite(), getIncident(actor, id)]);
  if (!incident) notFound();
  const now = Date.now();
  const alarms = await listAlarms(db(), actor, new Date(now), id);
  const people = formatPeople(incident.places.map(({ population }) => population));
  const prepared = incident.alerts.some(
    ({ purpose, state }) => purpose === "outage" && state !== "rejected" && state !== "discarded",
  );
  return (
    <ModeFrame mode={incident.mode}>
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/incidents">Incidents</Link>
        </p>
        <Alarms alarms={alarms} />
        <div className="spread">
          <h1>{incident.title}</h1>
          {incident.mayDraft && incident.closedAt === null && (
            <PrepareButton
              incidentId={incident.id}
              filled={!prepared}
              label={
                prepared ? "Prepare another alert" : `Prepare the alert for ${formatPlaces(incident.places.length)}`
              }
              prepare={prepareAlertAction}
            />
          )}
        </div>
        <div className="columns">
          <div>
            <div className="rule">
              <h2>Alerts</h2>
            </div>
            {incident.alerts.length === 0 ? (
              <p>
                No alert yet. Preparing one writes a text for each place with its own number. Nothing is published by
                it.
              </p>
            ) : (
              <table className="lines stacks">
                <thead>
                  <tr>
                    <th scope="col">Alert</th>
                    <th scope="col">State</th>
                    <th scope="col">Last change</th>
                  </tr>
                </thead>
                <tbody>
                  {incident.alerts.map((alert) => (
                    <tr key={alert.id}>
                      <th scope="row">
                        <Link
                          href={
                            alert.state === "draft"
                              ? `/alerts/${alert.id}/edit`
                              : alert.state === "submitted"
                                ? `/alerts/${alert.id}/review`
                                : `/alerts/${alert.id}`
                          }
                        >
                          {alert.title}
                        </Link>
                      </th>
                      <td>
                        <AlertState alert={alert} now={now} />
                      </td>
                      <td className="tabular">
                        {formatSeconds(alert.updatedAt, site.timeZone)}, {alert.updatedBy}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            <div className="rule">
              <h2>Places</h2>
              <span>
                {formatPlaces(incident.places.length)}, {people}
              </span>
            </div>
            <details open={incident.places.length <= 12}>
              <summary>{formatPlaces(incident.places.length)}</summary>
              <p>{incident.places.map(({ name }) => name).join(", ")}</p>
            </details>
          </div>
          <aside aria-labelledby="facts-heading">
            <div className="rule">
              <h2 id="facts-heading">Facts</h2>
            </div>
            <Facts
              items={[
                ["What fails", FAILURES[incident.failure].label + (incident.carrier ? `: ${incident.carrier}` : "")],
                ["Text-to-911", TEXT_TO_911[incident.textTo911]],
                ["Began", formatMoment(incident.beganAt, site.timeZone)],
                ["How we know", incident.evidence],
                ["Cause", incident.cause ?? "not known"],
                ["Declared by", `${incident.declaredBy}, ${formatMoment(incident.declaredAt, site.timeZone)}`],
                ["Agency", incident.agency],
                ...(incident.closedAt === null
                  ? []
                  : [["Closed", formatMoment(incident.closedAt, site.timeZone)] as const]),
              ]}
            />
            {incident.mayDraft && incident.closedAt === null && (
              <p>
                <CloseButton id={incident.id} close={closeIncidentAction} />
              </p>
            )}
          </aside>
        </div>
      </div>
    </ModeFrame>
  );
}
