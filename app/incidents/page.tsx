import Link from "next/link";
import { State } from "../../components/ui/state";
import { formatMoment, formatPlaces, formatZone } from "../../components/ui/time";
import { can } from "../../lib/access/actor";
import { requireActor } from "../../lib/access/session";
import { listIncidents } from "../../lib/incidents/data";
import { FAILURES } from "../../lib/incidents/schema";
import { getSite } from "../../lib/platform/site/data";

export const metadata = { title: "Incidents" };

export default async function IncidentsPage() {
  const actor = await requireActor("incident:read");
  const [site, incidents] = await Promise.all([getSite(), listIncidents(actor)]);
  const open = incidents.filter(({ closedAt }) => closedAt === null).length;
  return (
    <div className="wrap page">
      <div className="spread">
        <h1>{open === 0 ? "No open incidents" : `${open} ${open === 1 ? "incident is" : "incidents are"} open`}</h1>
        <div className="row">
          {can(actor, "incident:declare") && (
            <>
              <Link className="usa-button" href="/incidents/new">
                Declare an outage
              </Link>
              <Link href="/exercises/new">Start an exercise</Link>
            </>
          )}
          <Link href="/exercises">Exercises</Link>
        </div>
      </div>
      {incidents.length === 0 ? (
        <p>No incidents yet. Declaring one takes under a minute.</p>
      ) : (
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">Incident</th>
              <th scope="col">What</th>
              <th scope="col">Places</th>
              <th scope="col">Began, {formatZone(Date.now(), site.timeZone)}</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {incidents.map((incident) => (
              <tr key={incident.id}>
                <th scope="row">
                  <Link href={`/incidents/${incident.id}`}>{incident.title}</Link>
                  <div className="hint">{incident.agency}</div>
                </th>
                <td data-label="What">{FAILURES[incident.failure].label}</td>
                <td data-label="Places">{formatPlaces(incident.towns)}</td>
                <td data-label="Began" className="tabular">
                  {formatMoment(incident.beganAt, site.timeZone)}
                </td>
                <td>
                  {incident.closedAt !== null ? (
                    <State shape="dashed" tone="quiet">
                      Closed
                    </State>
                  ) : incident.mode === "exercise" ? (
                    <State shape="disc">Exercise, open</State>
                  ) : (
                    <State shape="disc" tone="live">
                      Live, open
                    </State>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
