"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Opens the cancellation, already written. It needs a second official like everything else. */
export function CancelButton({ id, prepare }: { id: string; prepare: Action<{ id: string }, { id: string }> }) {
  const router = useRouter();
  const { run, busy, problem } = useAction(prepare, (value) => router.push(`/alerts/${value.id}/edit`));
  return (
    <>
      <ErrorSummary problem={problem} />
      <Button type="button" outline disabled={busy} onClick={() => run({ id })}>
        {busy ? "Preparing the cancellation" : "Cancel this alert"}
      </Button>
    </>
  );
}
