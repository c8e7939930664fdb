import Link from "next/link";
import { describeAsked } from "../components/access/asked-to-turn-on";
import { Alarms } from "../components/alerts/alarms";
import { AlertsTable } from "../components/alerts/alerts-table";
import { NeedsList } from "../components/alerts/needs-list";
import { IncidentClocks } from "../components/incidents/incident-clocks";
import { ReadinessSummary } from "../components/directory/readiness-summary";
import { formatDuration, formatPlaces, formatWhen } from "../components/ui/time";
import { listAlarms } from "../lib/alerts/alarms/data";
import { listClocksFor } from "../lib/alerts/clocks/data";
import { describeSigner } from "../lib/alerts/signing/data";
import { State } from "../components/ui/state";
import { signingSettings } from "../lib/platform/env";
import { listStaleReady } from "../lib/alerts/ready/data";
import { listAlerts } from "../lib/alerts/data";
import { listOwnExercises } from "../lib/exercises/data";
import { listAskedChannels, listFailingChannels } from "../lib/delivery/data";
import { can } from "../lib/access/actor";
import { requireActor } from "../lib/access/session";
import { listOpenIncidents } from "../lib/incidents/data";
import { getReadinessCounts } from "../lib/directory/readiness/data";
import { unserved } from "../lib/directory/readiness/readiness";
import { db } from "../lib/platform/db";
import { listRequests } from "../lib/people/grants/data";
import { listAskedProviders } from "../lib/people/single-sign-on/data";
import { getReviewState } from "../lib/people/review/data";
import { getSite } from "../lib/platform/site/data";

export const metadata = { title: "Home" };

/** An empty directory is not one in which every town has a number. */
function describeReadiness(total: number, without: number): string {
  if (total === 0) return "No places are in the directory yet";
  if (without === 0) return "Every place has a usable number";
  return `${without} of ${formatPlaces(total)} have no usable number of their own`;
}

export default async function HomePage() {
  const actor = await requireActor("any");
  const now = Date.now();
  const concerned = can(actor, "alert:approve") || can(actor, "alert:draft") || can(actor, "people:manage");
  const administers = can(actor, "people:manage");
  const [
    site,
    alerts,
    incidents,
    readiness,
    alarms,
    clocks,
    signer,
    failing,
    requests,
    asked,
    review,
    staleReady,
    exercises,
  ] = await Promise.all([
    getSite(),
    listAlerts(actor),
    listOpenIncidents(actor),
    getReadinessCounts(actor, new Date(now)),
    listAlarms(db(), actor, new Date(now)),
    can(actor, "alert:read") ? listClocksFor(actor, new Date(now)) : [],
    concerned ? describeSigner(signingSettings(), new Date(now)) : null,
    administers ? listFailingChannels(actor) : [],
    administers ? listRequests(actor, new Date(now)) : [],
    administers ? Promise.all([listAskedChannels(actor), listAskedProviders(actor)]) : null,
    administers ? getReviewState(actor, new Date(now)) : null,
    can(actor, "alert:draft") ? listStaleReady(db(), actor) : [],
    listOwnExercises(db(), actor, new Date(now)),
  ]);
  const without = unserved(readiness);
  // A live outage goes before an exercise, however new that is, and the two are never mixed.
  const incident = incidents.find(({ mode }) => mode === "live") ?? incidents[0];
  const running = clocks.filter((one) => one.clocks.length > 0);
  return (
    <div className="wrap page">
      <Alarms alarms={alarms} />
      {signer && (
        <div className="box" role="alert">
          <State shape="triangle" tone="bad">
            {signer}
          </State>
        </div>
      )}
      {failing.length > 0 && (
        <div className="box" role="alert">
          <State shape="triangle" tone="bad">
            {failing.length === 1 ? "A channel keeps failing" : `${failing.length} channels keep failing`}:{" "}
            {failing.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 && ", "}
                <Link href={`/admin/channels/${id}`}>{name}</Link>
              </span>
            ))}
          </State>
        </div>
      )}
      <h1>{incident ? "What needs you now" : describeReadiness(readiness.total, without)}</h1>
      {site.mode === "real" && can(actor, "people:manage") && (
        <p>
          <Link href="/setup">What this site still needs</Link>
        </p>
      )}
      {incident && (
        <div className="clock-row" role="group" aria-label={`Times of ${incident.title}`}>
          <div>
            <div>Outage began</div>
            <div className="big">{formatWhen(incident.beganAt, now, site.timeZone)}</div>
            <div className="hint">{formatDuration(now - incident.beganAt)} ago</div>
          </div>
          <div>
            <div>Declared</div>
            <div className="big">{formatWhen(incident.declaredAt, now, site.timeZone)}</div>
            <div className="hint">{formatDuration(now - incident.declaredAt)} ago</div>
          </div>
          <div>
            <div>{incident.mode === "exercise" ? "Players notified" : "First published"}</div>
            <div className="big">
              {incident.publicToldAt ? formatWhen(incident.publicToldAt, now, site.timeZone) : "Not yet"}
            </div>
            <div className="hint">
              {incident.publicToldAt
                ? `${formatDuration(incident.publicToldAt - incident.beganAt)} after it began`
                : "Nothing has been published."}
            </div>
          </div>
        </div>
      )}
      <div className="columns">
        <div>
          <NeedsList
            alerts={alerts}
            now={now}
            outages={clocks.map(({ id, title, mode, standing }) => ({ id, title, mode, standing }))}
            mayRead={can(actor, "alert:read")}
            mayDraft={can(actor, "alert:draft")}
            mayDeclare={can(actor, "incident:declare")}
            mayVerify={can(actor, "directory:verify")}
            mayReadLog={can(actor, "log:read")}
            mayManagePeople={can(actor, "people:manage")}
            accessRequests={requests.filter(({ isMine, isAboutMe }) => !isMine && !isAboutMe).length}
            asked={asked ? describeAsked(...asked).filter(({ isMine }) => !isMine) : []}
            reviewDue={review?.due ?? false}
            demonstration={site.mode === "demonstration"}
            unserved={without}
            staleReady={staleReady}
            exercises={exercises}
          />
          {running.length > 0 && (
            <section aria-labelledby="clocks-heading">
              <div className="rule">
                <h2 id="clocks-heading">Clocks</h2>
              </div>
              <div className="clock-lists">
                {running.map((one) => (
                  <IncidentClocks key={one.id} incident={one} now={now} link />
                ))}
              </div>
            </section>
          )}
          {can(actor, "alert:read") && (
            <>
              <div className="rule">
                <h2>Alerts</h2>
                <Link href="/alerts">All alerts</Link>
              </div>
              <AlertsTable initial={alerts} now={now} limit={8} mayDeclare={can(actor, "incident:declare")} />
            </>
          )}
        </div>
        <aside className="beside-needs" aria-labelledby="readiness-heading">
          <div className="rule">
            <h2 id="readiness-heading">Numbers</h2>
            <Link href="/directory">Directory</Link>
          </div>
          <ReadinessSummary readiness={readiness} />
        </aside>
      </div>
    </div>
  );
}
