"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { AskedButton } from "../ui/asked-button";
import { useAction } from "../ui/use-action";

/** Makes the drafts. The button says for how many; while it works, so does it. */
export function PrepareButton({
  incidentId,
  label,
  filled,
  prepare,
}: {
  incidentId: string;
  label: string;
  filled: boolean;
  prepare: Action<{ incidentId: string }, { id: string }>;
}) {
  const router = useRouter();
  const { run, busy, problem } = useAction(prepare, ({ id }) => router.push(`/alerts/${id}/edit`), { leaves: true });
  return (
    <>
      <ErrorSummary problem={problem} />
      <Button type="button" outline={!filled} disabled={busy} onClick={() => run({ incidentId })}>
        {busy ? "Preparing the alert" : label}
      </Button>
    </>
  );
}

export function CloseButton({
  id,
  exercise,
  close,
}: {
  id: string;
  /** An exercise is closed at any time, with what is not finished. */
  exercise: boolean;
  close: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const { run, busy, problem } = useAction(close, () => router.refresh());
  return (
    <>
      <ErrorSummary problem={problem} />
      <AskedButton
        label="Close incident"
        question={exercise ? "Close this exercise for good? Its drafts end with it." : "Close this incident for good?"}
        yes="Close it"
        no="Leave it open"
        disabled={busy}
        onYes={() => run({ id })}
      />
    </>
  );
}
