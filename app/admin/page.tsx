import Link from "next/link";
import { AgencyRules } from "../../components/admin/agency-rules";
import { PeopleAdmin } from "../../components/admin/people-admin";
import { requireActor } from "../../lib/access/session";
import { listPeople } from "../../lib/people/data";
import { listRequests } from "../../lib/people/grants/data";
import { getProofWays } from "../account/proof-ways";
import {
  disablePersonAction,
  enablePersonAction,
  invitePersonAction,
  setAgencyRuleAction,
  setAlternatesAction,
  setClockLimitsAction,
  setFactorRuleAction,
  setVerificationDaysAction,
} from "./actions";

export const metadata = { title: "People" };

export default async function AdminPage() {
  const actor = await requireActor("people:manage");
  const now = Date.now();
  const [{ people, agencies }, requests, ways] = await Promise.all([
    listPeople(actor),
    listRequests(actor, new Date(now)),
    getProofWays(actor, now),
  ]);
  const approvers = people.filter(
    ({ disabled, roles }) => !disabled && roles.some(({ role }) => role === "approver"),
  ).length;
  return (
    <div className="wrap page">
      <h1>
        {people.length} {people.length === 1 ? "person" : "people"}, {approvers} of them may approve
      </h1>
      <p>
        <Link href="/admin/requests">
          {requests.length === 0
            ? "Access requests"
            : `${requests.length} access ${requests.length === 1 ? "request" : "requests"} waiting`}
        </Link>{" "}
        · <Link href="/admin/access-review">Access review</Link> ·{" "}
        <Link href="/admin/agencies">Agencies you manage</Link> ·{" "}
        <Link href="/admin/channels">Channels, and the public site</Link> ·{" "}
        <Link href="/admin/single-sign-on">Single sign-on</Link> ·{" "}
        <Link href="/admin/languages">Languages of the public site</Link> · <Link href="/admin/status">Status</Link>
      </p>
      {approvers < 2 && (
        <p className="quote reason">
          {approvers === 0
            ? "Nobody can approve alerts, so nothing can be published."
            : "There is only one approver. Nothing can be published while that person is away."}
        </p>
      )}
      <PeopleAdmin
        people={people}
        agencies={agencies}
        self={actor.personId}
        actions={{
          invite: invitePersonAction,
          disable: disablePersonAction,
          enable: enablePersonAction,
        }}
      />
      <div className="rule">
        <h2>Rules of each agency</h2>
      </div>
      {agencies.map((agency) => (
        <AgencyRules
          key={agency.id}
          agency={agency}
          ways={ways}
          open={agencies.length === 1}
          actions={{
            factor: setFactorRuleAction,
            days: setVerificationDaysAction,
            rule: setAgencyRuleAction,
            clocks: setClockLimitsAction,
            alternates: setAlternatesAction,
          }}
        />
      ))}
    </div>
  );
}
