import Link from "next/link";
import { ChannelForm } from "../../../components/channels/channel-form";
import { State } from "../../../components/ui/state";
import { formatMoment } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { listChannels } from "../../../lib/delivery/data";
import { CHANNEL_STATES } from "../../../lib/delivery/schema";
import { listAgencies } from "../../../lib/people/data";
import { publicUrl } from "../../../lib/platform/env";
import { getSite } from "../../../lib/platform/site/data";
import { getProofWays } from "../../account/proof-ways";
import { saveChannelAction } from "./actions";

export const metadata = { title: "Channels" };

export default async function ChannelsPage() {
  const actor = await requireActor("people:manage");
  const [site, channels, agencies] = await Promise.all([getSite(), listChannels(actor), listAgencies(actor)]);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link>
      </p>
      <h1>{channels.length === 1 ? "1 channel" : `${channels.length} channels`}</h1>
      <p>
        Where alerts go when they are published. The public reads{" "}
        <a href={publicUrl()} target="_blank" rel="noreferrer">
          the public site
        </a>
        . A channel begins turned off, and goes live when one administrator asks and another confirms.
      </p>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col">Carries the alerts of</th>
            <th scope="col">State</th>
            <th scope="col">Last taken</th>
            <th scope="col">Waiting</th>
            <th scope="col">Failed</th>
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.id}>
              <th scope="row">
                <Link href={`/admin/channels/${channel.id}`}>{channel.name}</Link>
                {channel.name !== channel.label && <span className="hint"> {channel.label}</span>}
              </th>
              <td data-label="Alerts of">{channel.agency}</td>
              <td data-label="State">
                <State
                  shape={channel.failures >= 3 ? "triangle" : channel.state === "off" ? "dash" : "disc"}
                  tone={channel.failures >= 3 ? "bad" : channel.state === "off" ? "quiet" : "good"}
                >
                  {CHANNEL_STATES[channel.state]}
                  {channel.failures >= 3 && ", keeps failing"}
                  {channel.asked && ", waits for a confirmation"}
                </State>
              </td>
              <td data-label="Last taken">
                {channel.succeededAt === null ? "never" : formatMoment(channel.succeededAt, site.timeZone)}
              </td>
              <td data-label="Waiting">{channel.waiting}</td>
              <td data-label="Failed">{channel.failed}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="rule">
        <h2>Add a channel</h2>
      </div>
      <ChannelForm
        agencies={agencies.map(({ id, name, allowance }) => ({ id, name, withheld: allowance.effective.channels }))}
        ways={await getProofWays(actor, Date.now())}
        save={saveChannelAction}
      />
    </div>
  );
}
