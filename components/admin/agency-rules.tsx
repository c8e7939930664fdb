import type { z } from "zod";
import type { agencyRuleSchema, ClockLimits as Limits, verificationDaysSchema } from "../../lib/directory/schema";
import type { alternatesSchema, factorRuleSchema } from "../../lib/people/agency-schema";
import type { Action } from "../../lib/platform/result";
import type { ProofWays } from "../auth/use-proof";
import { AgencyRule } from "./agency-rule";
import { Alternates } from "./alternates";
import { ClockLimits } from "./clock-limits";
import { FactorRule } from "./factor-rule";
import { VerificationDays } from "./verification-days";

export interface RuledAgency extends Record<Exclude<keyof Limits, "agencyId">, number> {
  id: string;
  name: string;
  everyoneNeedsFactor: boolean;
  verificationDays: number;
  numbersCountAsWork: boolean;
  othersVerify: boolean;
  emergencyRelease: boolean;
  escalationMinutes: number;
  alternateIds: readonly string[];
  approvers: readonly { id: string; name: string }[];
}

/** How the rules of an agency stand, in one line: what an administrator looks for before opening them. */
function describeRules(agency: RuledAgency): string {
  const alternates = agency.alternateIds.flatMap((id) => agency.approvers.find((one) => one.id === id)?.name ?? []);
  return [
    agency.everyoneNeedsFactor ? "second factor for everyone" : "second factor for approvers and administrators",
    `test calls count ${agency.verificationDays} ${agency.verificationDays === 1 ? "day" : "days"}`,
    alternates.length === 0 ? "no alternates" : `alternates: ${alternates.join(", ")}`,
    agency.emergencyRelease ? "emergency release allowed" : "no emergency release",
  ].join(" · ");
}

/** The rules of one agency, folded to a line that says how they stand. */
export function AgencyRules({
  agency,
  ways,
  open,
  actions,
}: {
  agency: RuledAgency;
  ways: ProofWays;
  /** Where it is the only agency, there is nothing to read past. */
  open: boolean;
  actions: {
    factor: Action<z.input<typeof factorRuleSchema>, null>;
    days: Action<z.input<typeof verificationDaysSchema>, null>;
    rule: Action<z.input<typeof agencyRuleSchema>, null>;
    clocks: Action<Limits, null>;
    alternates: Action<z.input<typeof alternatesSchema>, null>;
  };
}) {
  return (
    <details className="channel agency-rules" open={open}>
      <summary>
        <h3>{agency.name}</h3> <span className="hint">{describeRules(agency)}</span>
      </summary>
      <h4>Who needs a second factor</h4>
      <p className="second">
        On a real site approvers and administrators need an authenticator app or a passkey. An agency can ask it of
        everyone with a role in it, or in an agency below it.
      </p>
      <FactorRule agency={agency} ways={ways} save={actions.factor} />
      <h4>How long a test call keeps a number verified</h4>
      <p className="second">
        Ninety days unless an agency decides otherwise. A change is for calls made from now on; those made before keep
        the date they set.
      </p>
      <VerificationDays agency={agency} save={actions.days} />
      <h4>Who can approve a number</h4>
      <p className="second">
        Someone who made the only test call behind a number, or who changed which number a place gives out in the last
        30 days, is looking at their own work when they approve it. The review always says so.
      </p>
      <AgencyRule
        agency={agency}
        rule="numbersCountAsWork"
        says="people whose own work decided a number can’t approve alerts that give it out"
        save={actions.rule}
      />
      <p className="second">
        Whoever enters a number can also make its first test call; the number’s page says when it was so.
      </p>
      <AgencyRule
        agency={agency}
        rule="othersVerify"
        says="a number is verified by someone else than who entered it"
        save={actions.rule}
      />
      <h4>Clocks and emergencies</h4>
      <ClockLimits agency={agency} save={actions.clocks} />
      <h4>When nobody approves</h4>
      <p className="second">
        Everyone who may approve is told as soon as an alert is sent for approval. When it still waits after some
        minutes, the people named here are called on: in the console, and by email where the site has a mail server.
      </p>
      <Alternates agency={agency} save={actions.alternates} />
      <p className="second">
        An alert takes two people. Where a rule allows it, one person may release it when nobody else can be reached:
        with a reason, two confirmations two minutes apart, and everyone told.
      </p>
      <AgencyRule
        agency={agency}
        rule="emergencyRelease"
        says="one person may release an alert in an emergency"
        save={actions.rule}
      />
    </details>
  );
}
