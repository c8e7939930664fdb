"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { ProviderRow } from "../../lib/people/single-sign-on/data";
import type { Action } from "../../lib/platform/result";
import { type Proof, type ProofWays, useProof } from "../auth/use-proof";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Turns a provider on by two administrators, and off by one; takes it away. */
export function ProviderActs({
  provider,
  when,
  others,
  ways,
  ask,
  confirm,
  end,
  turnOff,
  remove,
}: {
  provider: ProviderRow;
  /** When it was asked for, in words. */
  when: string;
  /** Administrators who could confirm. */
  others: readonly string[];
  ways: ProofWays;
  ask: Action<{ id: string } & Proof, null>;
  confirm: Action<{ id: string; askedAt: number } & Proof, null>;
  end: Action<{ id: string }, null>;
  turnOff: Action<{ id: string }, null>;
  remove: Action<{ id: string }, null>;
}) {
  const { id, asked, isOn } = provider;
  const router = useRouter();
  const refresh = () => router.refresh();
  const asking = useAction(ask, refresh);
  const confirming = useAction(confirm, refresh);
  const ending = useAction(end, refresh);
  const turning = useAction(turnOff, refresh);
  const removing = useAction(remove, () => router.push("/admin/single-sign-on"));
  const proof = useProof(
    ways,
    "Asked because people will be signed in by it.",
    asking.problem ?? confirming.problem,
    "turn-",
  );
  const mayConfirm = asked !== null && !asked.own;
  return (
    <section aria-label="On or off">
      <ErrorSummary problem={proof.shown ?? ending.problem ?? turning.problem ?? removing.problem} />
      <p>
        Now: <strong>{isOn ? "on" : asked ? "off, waits for a confirmation" : "off"}</strong>
      </p>
      {asked && (
        <p>
          <strong>{asked.own ? "You" : asked.by}</strong> asked for it to be turned on, {when}.{" "}
          {asked.own &&
            (others.length === 0
              ? "There is no other administrator. Invite one, who can confirm it then."
              : `${new Intl.ListFormat("en-US", { type: "disjunction" }).format(others)} can confirm it.`)}
          {mayConfirm &&
            "Check the issuer and the settings below. Once confirmed, whoever linked it is signed in by it."}
        </p>
      )}
      {!isOn && (!asked || mayConfirm) && (
        <form
          className="narrow-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (asked) confirming.run({ id, askedAt: asked.at, ...proof.proof });
            else asking.run({ id, ...proof.proof });
          }}
        >
          {proof.fields}
          <p>
            <Button type="submit" disabled={asking.busy || confirming.busy || !proof.given}>
              {asked ? "Confirm and turn it on" : "Ask to turn it on"}
            </Button>
          </p>
          {!proof.given && <p className="why-not">{proof.missing} to go on.</p>}
        </form>
      )}
      <p className="row">
        {asked && (
          <Button type="button" outline disabled={ending.busy} onClick={() => ending.run({ id })}>
            {asked.own ? "Take the request back" : "Turn the request down"}
          </Button>
        )}
        {isOn && (
          <Button type="button" outline disabled={turning.busy} onClick={() => turning.run({ id })}>
            Turn it off
          </Button>
        )}
        <AskedButton
          label="Remove"
          question={`Remove ${provider.name}, with its secret? Nobody can sign in with it then.`}
          yes="Remove"
          no="Keep it"
          disabled={removing.busy}
          onYes={() => removing.run({ id })}
        />
      </p>
    </section>
  );
}
