"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

/** Takes the alert back before a decision, with a reason that the approver sees. */
export function WithdrawForm({ id, withdraw }: { id: string; withdraw: Action<{ id: string; reason: string }, null> }) {
  const router = useRouter();
  const [asked, ask] = useState(false);
  const [reason, setReason] = useState("");
  const { run, busy, problem } = useAction(withdraw, () => {
    router.push(`/alerts/${id}/edit`);
    router.refresh();
  });
  if (!asked) {
    return (
      <p>
        <Button type="button" unstyled onClick={() => ask(true)}>
          Take it back from the approver
        </Button>
      </p>
    );
  }
  return (
    <form
      className="stack"
      noValidate
      aria-label="Take it back"
      onSubmit={(event) => {
        event.preventDefault();
        run({ id, reason });
      }}
    >
      <ErrorSummary problem={problem && { message: problem.message }} />
      <Field id="withdraw-reason" label="Why do you take it back?" error={problem?.fields?.reason}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            autoFocus
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <p className="row">
        <Button type="submit" outline disabled={busy}>
          Take it back
        </Button>
        <Button type="button" unstyled onClick={() => ask(false)}>
          Leave it with the approver
        </Button>
      </p>
    </form>
  );
}
