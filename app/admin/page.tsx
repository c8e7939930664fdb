import Link from "next/link";
import { AgencyRule } from "../../components/admin/agency-rule";
import { Alternates } from "../../components/admin/alternates";
import { ClockLimits } from "../../components/admin/clock-limits";
import { FactorRule } from "../../components/admin/factor-rule";
import { VerificationDays } from "../../components/admin/verification-days";
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
        <h2>Who needs a second factor</h2>
      </div>
      <p className="second">
        On a real site approvers and administrators need an authenticator app or a passkey. An agency can ask it of
        everyone with a role in it, or in an agency below it.
      </p>
      {agencies.map((agency) => (
        <FactorRule key={agency.id} agency={agency} ways={ways} save={setFactorRuleAction} />
      ))}
      <div className="rule">
        <h2>How long a test call keeps a number verified</h2>
      </div>
      <p className="second">
        Ninety days unless an agency decides otherwise. A change is for calls made from now on; those made before keep
        the date they set.
      </p>
      {agencies.map((agency) => (
        <VerificationDays key={agency.id} agency={agency} save={setVerificationDaysAction} />
      ))}
      <div className="rule">
        <h2>Who can approve a number</h2>
      </div>
      <p className="second">
        Someone who made the only test call behind a number, or who changed which number a place gives out in the last
        30 days, is looking at their own work when they approve it. The review always says so.
      </p>
      {agencies.map((agency) => (
        <AgencyRule
          key={agency.id}
          agency={agency}
          rule="numbersCountAsWork"
          says="people whose own work decided a number can’t approve alerts that give it out"
          save={setAgencyRuleAction}
        />
      ))}
      <p className="second">
        Whoever enters a number can also make its first test call; the number’s page says when it was so.
      </p>
      {agencies.map((agency) => (
        <AgencyRule
          key={agency.id}
          agency={agency}
          rule="othersVerify"
          says="a number is verified by someone else than who entered it"
          save={setAgencyRuleAction}
        />
      ))}
      <div className="rule">
        <h2>Clocks and emergencies</h2>
      </div>
      {agencies.map((agency) => (
        <ClockLimits key={agency.id} agency={agency} save={setClockLimitsAction} />
      ))}
      <div className="rule">
        <h2>When nobody approves</h2>
      </div>
      <p className="second">
        Everyone who may approve is told as soon as an alert is sent for approval. When it still waits after some
        minutes, the people named here are called on: in the console, and by email where the site has a mail server.
      </p>
      {agencies.map((agency) => (
        <Alternates key={agency.id} agency={agency} save={setAlternatesAction} />
      ))}
      <p className="second">
        An alert takes two people. Where a rule allows it, one person may release it when nobody else can be reached:
        with a reason, two confirmations two minutes apart, and everyone told.
      </p>
      {agencies.map((agency) => (
        <AgencyRule
          key={agency.id}
          agency={agency}
          rule="emergencyRelease"
          says="one person may release an alert in an emergency"
          save={setAgencyRuleAction}
        />
      ))}
    </div>
  );
}
