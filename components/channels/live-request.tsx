"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { Action } from "../../lib/platform/result";
import { type Proof, type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Who asked for a channel to go live, and what the reader can do about it: confirm another's, take back one's own. */
export function LiveRequest({
  id,
  asked: { by, at, when, own },
  others,
  ways,
  confirm,
  end,
}: {
  id: string;
  asked: { by: string; at: number; when: string; own: boolean };
  others: readonly string[];
  ways: ProofWays;
  confirm: Action<{ id: string; askedAt: number } & Proof, null>;
  end: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const confirming = useAction(confirm, () => router.refresh());
  const ending = useAction(end, () => router.refresh());
  const proof = useProof(ways, "Asked because live alerts will go to this channel.", confirming.problem);
  return (
    <section aria-label="Waits for a confirmation">
      <ErrorSummary problem={proof.shown ?? ending.problem} />
      <p>
        <strong>{own ? "You" : by}</strong> asked for it to go live, {when}. Until another administrator confirms, no
        live alert goes to it.
      </p>
      {own ? (
        <p className="row">
          <span>
            {others.length === 0
              ? "There is no other administrator. Invite one, who can confirm it then."
              : `${new Intl.ListFormat("en-US", { type: "disjunction" }).format(others)} can confirm it.`}
          </span>
          <Button type="button" outline disabled={ending.busy} onClick={() => ending.run({ id })}>
            Take the request back
          </Button>
        </p>
      ) : (
        <form
          className="narrow-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            confirming.run({ id, askedAt: at, ...proof.proof });
          }}
        >
          <p>Check where it leads, below. Once confirmed, every published alert goes to it.</p>
          {proof.fields}
          <p className="row">
            <Button type="submit" disabled={confirming.busy || !proof.given}>
              Confirm and turn it live
            </Button>
            <Button type="button" outline disabled={ending.busy} onClick={() => ending.run({ id })}>
              Turn the request down
            </Button>
          </p>
        </form>
      )}
    </section>
  );
}
