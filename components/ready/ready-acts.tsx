"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { Action } from "../../lib/platform/result";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Checks a ready draft again, or takes it out of use. */
export function ReadyActs({
  id,
  recheck,
  retire,
}: {
  id: string;
  recheck: Action<{ id: string }, { problems: number }>;
  retire: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const checking = useAction(recheck, () => router.refresh());
  const retiring = useAction(retire, () => router.push("/alerts/ready"));
  const busy = checking.busy || retiring.busy;
  return (
    <>
      <ErrorSummary problem={checking.problem ?? retiring.problem} />
      <p className="row">
        <Button type="button" outline disabled={busy} onClick={() => checking.run({ id })}>
          {checking.busy ? "Checking" : "Check now"}
        </Button>
        <AskedButton
          label="Retire"
          question="Take this ready draft out of use?"
          yes="Retire it"
          no="Keep it"
          disabled={busy}
          onYes={() => retiring.run({ id })}
        />
      </p>
    </>
  );
}
