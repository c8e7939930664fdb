import { MessageTable } from "../../../components/alerts/message-table";
import { Outcomes } from "../../../components/alerts/outcomes";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { AlertState } from "../../../components/alerts/alert-state";
import { FollowUps } from "../../../components/alerts/follow-ups";
import { PressKit } from "../../../components/press/press-kit";
import { ModeFrame, modeTitle } from "../../../components/layout/mode-frame";
import { Facts, Fingerprint } from "../../../components/ui/facts";
import { State } from "../../../components/ui/state";
import { formatDuration, formatPeople, formatSeconds, formatPlaces } from "../../../components/ui/time";
import { getPublishedAlert } from "../../../lib/alerts/data";
import { findReplacedAlerts, loadFollowUpFacts } from "../../../lib/alerts/in-force/data";
import { db } from "../../../lib/platform/db";
import { can } from "../../../lib/access/actor";
import { requireActor } from "../../../lib/access/session";
import { getSite } from "../../../lib/platform/site/data";
import { listPagePaths } from "../../../lib/delivery/channels/public-site/data";
import { listOutcomes } from "../../../lib/delivery/data";
import { getPressChoices } from "../../../lib/delivery/press/data";
import { publicUrl } from "../../../lib/platform/env";
import { beginFollowUpAction, republishAction } from "../actions";

export const metadata = { title: "Alert" };

export default async function AlertPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("alert:read");
  const [site, alert] = await Promise.all([getSite(), getPublishedAlert(actor, (await params).id)]);
  if (!alert) notFound();
  if (alert.state === "draft") redirect(`/alerts/${alert.id}/edit`);
  if (alert.state === "submitted") redirect(`/alerts/${alert.id}/review`);
  const now = Date.now();
  const published = alert.publishedAt !== null;
  const valid = alert.state === "published" && (alert.expiresAt ?? 0) > now;
  const phones = alert.messages.filter(
    ({ audience, msgType }) => audience === "phones" && !(alert.purpose === "cancellation" && msgType === "Alert"),
  );
  const replaced = (await findReplacedAlerts(db(), [alert.id])).get(alert.id) ?? null;
  const ended = alert.messages.filter(({ endedBy }) => endedBy !== null).length;
  const facts =
    published && !alert.incidentClosed ? await loadFollowUpFacts(db(), actor, alert.incidentId, new Date(now)) : null;
  const followUp = facts && facts.told > 0 ? facts : null;
  const outcomes = published ? await listOutcomes(actor, alert.id) : [];
  const press =
    published && alert.mayExport
      ? await getPressChoices(db(), actor, { alertId: alert.id, url: publicUrl() }, new Date(now))
      : null;
  const paths =
    published && alert.mode === "live"
      ? await listPagePaths(
          db(),
          alert.messages.map(({ placeId }) => placeId),
        )
      : new Map<string, string>();
  const people = formatPeople(phones.map(({ population }) => population));
  return (
    <ModeFrame mode={alert.mode} incidentId={alert.incidentId}>
      <div className="wrap page">
        <p className="crumbs">
          <Link href={`/incidents/${alert.incidentId}`}>{alert.incident}</Link> / <Link href="/alerts">Alerts</Link>
        </p>
        <h1>{modeTitle(alert.mode, alert.title)}</h1>
        <p className="row hint">
          <AlertState alert={{ ...alert, replaced }} now={now} />
          {published && <span>Published {formatSeconds(alert.publishedAt!, site.timeZone)}</span>}
          {valid && (
            <span>
              Ends {formatSeconds(alert.expiresAt!, site.timeZone)}, in {formatDuration(alert.expiresAt! - now)}
            </span>
          )}
          <span>
            {formatPlaces(phones.length)}, {people}
          </span>
        </p>
        {alert.follows.map((earlier) => (
          <p key={earlier.id}>
            It follows <Link href={`/alerts/${earlier.id}`}>{earlier.title}</Link>.
          </p>
        ))}
        {alert.followedBy
          .filter(({ state }) => state === "published")
          .map((later) => (
            <p key={later.id}>
              Followed by <Link href={`/alerts/${later.id}`}>{later.title}</Link>.
            </p>
          ))}
        {published && ended > 0 && (
          <p className="second">
            {ended === alert.messages.length
              ? "All of its messages were replaced or canceled since."
              : `${ended} of its ${alert.messages.length} messages were replaced or canceled since.`}
          </p>
        )}
        <div className="columns">
          <div>
            {followUp && (
              <FollowUps
                incidentId={alert.incidentId}
                {...followUp}
                agency={alert.agency}
                mayFollowUp={alert.mayFollowUp}
                exercise={alert.mode === "exercise"}
                begin={beginFollowUpAction}
              />
            )}
            {published && !followUp && (
              <p className="second">
                {alert.incidentClosed
                  ? "The incident is closed."
                  : "No message of this outage is in force any more, so there is nothing to follow up."}
              </p>
            )}
            <div className="rule">
              <h2>What is out</h2>
            </div>
            {published ? (
              <p>
                <State shape="tick" tone="good">
                  CAP export: {alert.messages.length} of {alert.messages.length} stored
                </State>{" "}
                <span className="hint">
                  Stored means saved for good and ready to download.{" "}
                  {alert.capStatus === "Exercise"
                    ? "It is an exercise: look at the files, and send them to nobody."
                    : outcomes.some(({ kind }) => kind === "ipaws")
                      ? "A channel leads to IPAWS, below: hand in again by hand only what it says was not taken."
                      : "No channel leads to IPAWS: hand the files to your IPAWS tool."}
                </span>
              </p>
            ) : (
              <p>Nothing was published.</p>
            )}
            <Outcomes
              alertId={alert.id}
              outcomes={outcomes}
              mayRepublish={valid && alert.mayExport}
              republish={republishAction}
            />
            {press && <PressKit key={alert.id} alertId={alert.id} {...press} />}
            <div className="rule">
              <h2>Messages</h2>
              <span>{alert.messages.length}</span>
            </div>
            <MessageTable
              messages={alert.messages.map((message) => ({
                ...message,
                page:
                  message.audience === "phones" && paths.has(message.placeId)
                    ? `${publicUrl()}/${paths.get(message.placeId)}`
                    : null,
              }))}
              cancellation={alert.purpose === "cancellation"}
              mayExport={published && alert.mayExport}
            />
          </div>
          <aside aria-label="Downloads and details">
            {published && alert.mayExport && (
              <>
                <div className="rule">
                  <h2>Downloads</h2>
                </div>
                <p>
                  <a href={`/api/alerts/${alert.id}/cap.zip`} download>
                    CAP XML, all {alert.messages.length} messages
                  </a>{" "}
                  <span className="hint">ZIP, with fingerprints</span>
                </p>
              </>
            )}
            {published && paths.size > 0 && (
              <p>
                <a href={publicUrl()}>The public site</a> <span className="hint">as residents see it</span>
              </p>
            )}
            <div className="rule">
              <h2>Details</h2>
            </div>
            <Facts
              items={[
                ["Written by", alert.writtenBy.join(", ")],
                [
                  alert.releasedAlone ? "Released alone in an emergency by" : "Approved by",
                  alert.approvedBy ?? "nobody",
                ],
                ["CAP status", alert.capStatus],
                ["Fingerprint", alert.contentHash ? <Fingerprint sha256={alert.contentHash} /> : "none"],
              ]}
            />
            <p>
              <Link href={`/alerts/${alert.id}/history`}>History of this alert</Link>
            </p>
            {published && can(actor, "log:read") && (
              <p>
                <Link href={`/alerts/${alert.id}/proof`}>Prove what was published</Link>
              </p>
            )}
          </aside>
        </div>
      </div>
    </ModeFrame>
  );
}
