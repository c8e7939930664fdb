import Link from "next/link";
import { notFound } from "next/navigation";
import { ChannelActs } from "../../../../components/channels/channel-acts";
import { LiveRequest } from "../../../../components/channels/live-request";
import { ChannelForm } from "../../../../components/channels/channel-form";
import { formatDuration, formatMoment } from "../../../../components/ui/time";
import { requireActor } from "../../../../lib/access/session";
import { getChannel } from "../../../../lib/delivery/data";
import { publicUrl } from "../../../../lib/platform/env";
import { getSite } from "../../../../lib/platform/site/data";
import { getProofWays } from "../../../account/proof-ways";
import {
  askLiveAction,
  confirmLiveAction,
  endAskAction,
  retireChannelAction,
  saveChannelAction,
  setChannelStateAction,
  testChannelAction,
} from "../actions";

export const metadata = { title: "Channel" };

const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ["under-way", "under way"],
  ["handed-over", "handed over"],
  ["accepted", "accepted"],
  ["confirmed", "read back"],
  ["failed", "failed"],
  ["refused", "refused"],
]);

export default async function ChannelPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("people:manage");
  const [site, channel] = await Promise.all([getSite(), getChannel(actor, (await params).id)]);
  if (!channel) notFound();
  const own = channel.agencyId !== null;
  const ways = await getProofWays(actor, Date.now());
  const embed = `<iframe src="${publicUrl()}/embed/PLACE.html" title="911" width="100%" height="340"></iframe>`;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link> / <Link href="/admin/channels">Channels</Link>
      </p>
      <h1>{channel.name}</h1>
      <p className="hint">
        {channel.label}, {channel.agency}
      </p>
      {channel.withheld !== null && (
        <p className="quote reason">
          {channel.withheld} New alerts of the agency do not go to it. What follows an alert that it carried still does,
          unless you turn it off.
        </p>
      )}
      <ChannelActs
        channel={{ id: channel.id, name: channel.name, state: channel.state, own, waits: channel.asked !== null }}
        ways={ways}
        turn={setChannelStateAction}
        ask={askLiveAction}
        test={testChannelAction}
        retire={retireChannelAction}
      />
      {channel.asked && (
        <LiveRequest
          id={channel.id}
          asked={{ ...channel.asked, when: formatMoment(channel.asked.at, site.timeZone) }}
          others={channel.others}
          ways={ways}
          confirm={confirmLiveAction}
          end={endAskAction}
        />
      )}
      {channel.confirmed && (
        <p className="hint">
          {channel.confirmed.asker} asked for it to go live. {channel.confirmed.by} confirmed,{" "}
          {formatMoment(channel.confirmed.at, site.timeZone)}.
        </p>
      )}
      {own ? (
        <>
          <div className="rule">
            <h2>Settings</h2>
          </div>
          <ChannelForm channel={channel} agencies={[]} ways={ways} save={saveChannelAction} />
        </>
      ) : (
        <>
          <div className="rule">
            <h2>On the web sites of others</h2>
          </div>
          <p>
            A town can show its number in a frame on its own site, without a script. The last part is the address of its
            page here, such as ma/granby; add .json for programs.
          </p>
          <p data-verbatim>
            <code>{embed}</code>
          </p>
        </>
      )}
      <div className="rule">
        <h2>Attempts</h2>
        <span>the newest first</span>
      </div>
      {channel.attempts.length === 0 ? (
        <p>No alert has gone to it yet. A test sends none, so it leaves nothing here.</p>
      ) : (
        <div className="scroller" tabIndex={0} role="region" aria-label="Attempts">
          <table className="lines stacks">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Alert</th>
                <th scope="col">Try</th>
                <th scope="col">Outcome</th>
                <th scope="col">What came back</th>
              </tr>
            </thead>
            <tbody>
              {channel.attempts.map((attempt) => (
                <tr key={attempt.id}>
                  <td className="tabular" data-label="When">
                    {formatMoment(attempt.startedAt, site.timeZone)}
                    {attempt.endedAt !== null && `, ${formatDuration(attempt.endedAt - attempt.startedAt)}`}
                  </td>
                  <th scope="row">
                    <Link href={`/alerts/${attempt.alertId}`}>{attempt.alert}</Link>
                    {attempt.exercise && <strong> EXERCISE</strong>}
                    {attempt.place && <span className="hint"> {attempt.place}</span>}
                  </th>
                  <td data-label="Try">{attempt.number}</td>
                  <td data-label="Outcome">{OUTCOMES.get(attempt.outcome) ?? attempt.outcome}</td>
                  <td data-label="What came back" data-verbatim>
                    {attempt.answer}
                    <span className="hint"> {attempt.key}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
