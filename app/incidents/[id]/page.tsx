import Link from "next/link";
import { notFound } from "next/navigation";
import { Alarms } from "../../../components/alerts/alarms";
import { AlertState } from "../../../components/alerts/alert-state";
import { FollowUps } from "../../../components/alerts/follow-ups";
import { Entries } from "../../../components/incidents/entries";
import { FactsForm } from "../../../components/incidents/facts-form";
import { CloseButton, PrepareButton } from "../../../components/incidents/incident-actions";
import { IncidentClocks } from "../../../components/incidents/incident-clocks";
import { PlaceStates } from "../../../components/incidents/place-states";
import { ModeFrame } from "../../../components/layout/mode-frame";
import { ReadyOffers } from "../../../components/ready/ready-offers";
import { Facts } from "../../../components/ui/facts";
import { formatMoment, formatSeconds, formatPlaces } from "../../../components/ui/time";
import { describeForbidden } from "../../../lib/alerts/allowed/data";
import { listAlarms } from "../../../lib/alerts/alarms/data";
import { previewAllClear } from "../../../lib/alerts/all-clear/data";
import { listClocksFor } from "../../../lib/alerts/clocks/data";
import { findReadyFor } from "../../../lib/alerts/ready/data";
import { findReplacedAlerts, loadFollowUpFacts } from "../../../lib/alerts/in-force/data";
import { db } from "../../../lib/platform/db";
import { requireActor } from "../../../lib/access/session";
import { getIncident, listPlacesToJoin } from "../../../lib/incidents/data";
import { findExerciseOf } from "../../../lib/exercises/data";
import { FAILURES, isOut, TEXT_TO_911 } from "../../../lib/incidents/schema";
import { listPlaces } from "../../../lib/places/data";
import { getSite } from "../../../lib/platform/site/data";
import { beginFollowUpAction } from "../../alerts/actions";
import {
  changeFactsAction,
  closeIncidentAction,
  findInOutlineAction,
  movePlacesAction,
  prepareAlertAction,
  recordEntryAction,
} from "../actions";

export const metadata = { title: "Incident" };

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("incident:read");
  const { id } = await params;
  const [site, incident] = await Promise.all([getSite(), getIncident(actor, id)]);
  if (!incident) notFound();
  const now = Date.now();
  const alarms = await listAlarms(db(), actor, new Date(now), id);
  const out = incident.places.filter(({ state }) => isOut(state)).length;
  const open = incident.closedAt === null;
  const replaced = await findReplacedAlerts(
    db(),
    incident.alerts.map((alert) => alert.id),
  );
  const [followUp, allClear, [clocks], joinable, picker] = [
    await loadFollowUpFacts(db(), actor, id, new Date(now)),
    open ? await previewAllClear(db(), id, new Date(now)) : null,
    await listClocksFor(actor, new Date(now), id),
    open && incident.mayChange
      ? await listPlacesToJoin(
          incident.jurisdictionId,
          incident.places.map((place) => place.id),
        )
      : [],
    open && incident.mayChange ? await listPlaces(actor) : null,
  ];
  // What ended or was canceled tells nobody anything, so that a first alert is offered again.
  const prepared =
    followUp.told > 0 ||
    incident.alerts.some(({ purpose, state }) => purpose === "outage" && ["draft", "submitted"].includes(state));
  const exercise = incident.mode === "exercise" ? await findExerciseOf(db(), actor, id) : null;
  const forbidden = await describeForbidden(db(), { agencyId: incident.agencyId, purpose: "outage", incident });
  const offers =
    open && !prepared && out > 0 && forbidden === null ? await findReadyFor(db(), actor, id, new Date(now)) : [];
  return (
    <ModeFrame mode={incident.mode} incidentId={incident.id}>
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/incidents">Incidents</Link>
        </p>
        <Alarms alarms={alarms} />
        <div className="spread">
          <h1>{incident.title}</h1>
          {incident.mayDraft && incident.closedAt === null && !prepared && out > 0 && forbidden === null && (
            <PrepareButton
              incidentId={incident.id}
              filled
              label={`Prepare the alert for ${formatPlaces(out)}`}
              prepare={prepareAlertAction}
            />
          )}
        </div>
        {open && !prepared && out > 0 && forbidden !== null && (
          <p className="quote reason">{forbidden} What happens is recorded here all the same.</p>
        )}
        <div className="columns">
          <div>
            {clocks && clocks.clocks.length > 0 && (
              <div className="where-narrow">
                <IncidentClocks incident={clocks} now={now} link={false} />
              </div>
            )}
            {open && followUp.told > 0 && (
              <FollowUps
                incidentId={incident.id}
                {...followUp}
                agency={incident.agency}
                mayFollowUp={incident.mayDraft}
                exercise={incident.mode === "exercise"}
                begin={beginFollowUpAction}
              />
            )}
            {offers.length > 0 && <ReadyOffers incidentId={incident.id} offers={offers} prepare={prepareAlertAction} />}
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
                        <AlertState alert={{ ...alert, replaced: replaced.get(alert.id) ?? null }} now={now} />
                      </td>
                      <td className="tabular">
                        {formatSeconds(alert.updatedAt, site.timeZone)}, {alert.updatedBy}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            <PlaceStates
              incidentId={incident.id}
              places={incident.places}
              now={now}
              toldIds={followUp.toldIds}
              joinable={joinable}
              picker={picker}
              agencyName={incident.agency}
              findInOutline={findInOutlineAction}
              mayChange={incident.mayChange && incident.closedAt === null}
              move={movePlacesAction}
            />
            {incident.closedAt === null && allClear && (
              <section aria-labelledby="all-clear-heading">
                <div className="rule">
                  <h2 id="all-clear-heading">The all-clear, ready</h2>
                  <span>as {allClear.place} would get it</span>
                </div>
                <p className="second">
                  Nothing of it goes out before you record where 911 works again, and a second official approves it.
                </p>
                <div className="texts-received">
                  {allClear.texts.map(({ language, short, long }) => (
                    <p className="received" key={language} lang={language}>
                      {short}
                      {"\n\n"}
                      {long}
                    </p>
                  ))}
                </div>
              </section>
            )}
            <Entries incident={incident} now={now} mayChange={incident.mayChange} record={recordEntryAction} />
          </div>
          <aside aria-labelledby="facts-heading">
            {clocks && clocks.clocks.length > 0 && (
              <div className="where-wide">
                <div className="rule">
                  <h2>Clocks</h2>
                </div>
                <IncidentClocks incident={clocks} now={now} link={false} />
              </div>
            )}
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
                [
                  "Expected end",
                  incident.expectedEndAt === null ? "not known" : formatMoment(incident.expectedEndAt, site.timeZone),
                ],
                ["Declared by", `${incident.declaredBy}, ${formatMoment(incident.declaredAt, site.timeZone)}`],
                ["Agency", incident.agency],
                ...(exercise
                  ? [
                      [
                        "Exercise",
                        <Link key="exercise" href={`/exercises/${exercise.id}`}>
                          {exercise.title}
                        </Link>,
                      ] as const,
                    ]
                  : []),
                ...(incident.closedAt === null
                  ? []
                  : [["Closed", formatMoment(incident.closedAt, site.timeZone)] as const]),
              ]}
            />
            {incident.mayChange && incident.closedAt === null && (
              <p>
                <FactsForm incident={incident} now={now} change={changeFactsAction} />
              </p>
            )}
            <p>
              <Link href={`/incidents/${incident.id}/after-action`}>After-action report</Link>
            </p>
            {incident.mayChange && incident.closedAt === null && (
              <p>
                <CloseButton id={incident.id} exercise={incident.mode === "exercise"} close={closeIncidentAction} />
              </p>
            )}
          </aside>
        </div>
      </div>
    </ModeFrame>
  );
}
