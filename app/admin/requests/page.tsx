import Link from "next/link";
import { describeAsked } from "../../../components/access/asked-to-turn-on";
import { WaitingElsewhere } from "../../../components/access/waiting-elsewhere";
import { WaitingRequests } from "../../../components/access/waiting-requests";
import { Proposals } from "../../../components/single-sign-on/proposals";
import { requireActor } from "../../../lib/access/session";
import { listAskedChannels } from "../../../lib/delivery/data";
import { listRequests } from "../../../lib/people/grants/data";
import { listAskedProviders, listProposals } from "../../../lib/people/single-sign-on/data";
import { getProofWays } from "../../account/proof-ways";
import { decideAccessAction } from "../actions";
import { dismissProposalAction } from "../single-sign-on/actions";

export const metadata = { title: "Access requests" };

export default async function RequestsPage() {
  const actor = await requireActor("people:manage");
  const now = Date.now();
  const [requests, proposals, channels, providers] = await Promise.all([
    listRequests(actor, new Date(now)),
    listProposals(actor),
    listAskedChannels(actor),
    listAskedProviders(actor),
  ]);
  const asked = describeAsked(channels, providers);
  const mine =
    requests.filter(({ isMine, isAboutMe }) => !isMine && !isAboutMe).length +
    asked.filter(({ isMine }) => !isMine).length;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link>
      </p>
      <h1>{mine === 1 ? "1 request waits for you" : `${mine === 0 ? "No" : mine} requests wait for you`}</h1>
      <p>
        One administrator asks and another confirms, to make someone an approver or administrator, to let such an
        account in again or make it a new one-time link, to reset a second factor, to let one person release an alert,
        and to turn on a live channel or single sign-on. Both people are on record.
      </p>
      <WaitingRequests
        requests={requests}
        ways={await getProofWays(actor, now)}
        decide={decideAccessAction}
        waitsElse={asked.length > 0}
      />
      <WaitingElsewhere asked={asked} />
      {proposals.length > 0 && <Proposals proposals={proposals} dismiss={dismissProposalAction} />}
    </div>
  );
}
