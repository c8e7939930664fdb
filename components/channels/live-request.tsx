"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { Action } from "../../lib/platform/result";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Who asked for a channel to go live, and what the reader can do about it: confirm another's, take back one's own. */
export function LiveRequest({
  id,
  asked: { by, at, when, own },
  others,
  confirm,
  end,
}: {
  id: string;
  asked: { by: string; at: number; when: string; own: boolean };
  others: readonly string[];
  confirm: Action<{ id: string; askedAt: number }, null>;
  end: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const confirming = useAction(confirm, () => router.refresh());
  const ending = useAction(end, () => router.refresh());
  return (
    <section aria-label="Waits for a confirmation">
      <ErrorSummary problem={confirming.problem ?? ending.problem} />
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
        <p className="row">
          <AskedButton
            label="Confirm and turn it live"
            question="Check where it leads, below. From now on every published alert goes to it. Turn it live?"
            yes="Turn it live"
            no="Leave it"
            disabled={confirming.busy}
            onYes={() => confirming.run({ id, askedAt: at })}
          />
          <Button type="button" outline disabled={ending.busy} onClick={() => ending.run({ id })}>
            Turn the request down
          </Button>
        </p>
      )}
    </section>
  );
}
