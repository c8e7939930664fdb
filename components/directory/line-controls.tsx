"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import type { NumberStatus } from "../../lib/directory/schema";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import type { reportStatusSchema } from "../../lib/directory/schema";
import type { retireNumberSchema } from "../../lib/directory/schema";

const STATES: Record<NumberStatus, string> = {
  "in-service": "It works",
  overloaded: "It is overloaded",
  down: "It is out of service",
};

/** Says how a line is now. It acts at once, on open drafts too. */
export function ReportStatus({
  id,
  label,
  status,
  report,
}: {
  id: string;
  label: string;
  status: NumberStatus;
  report: Action<z.input<typeof reportStatusSchema>, null>;
}) {
  const router = useRouter();
  const { run, busy, problem } = useAction(report, () => router.refresh());
  return (
    <div>
      <ErrorSummary problem={problem} />
      <div className="segmented" role="group" aria-label={`How ${label} is now`}>
        {(Object.keys(STATES) as NumberStatus[]).map((value) => (
          <button
            key={value}
            type="button"
            aria-pressed={status === value}
            disabled={busy}
            onClick={() => status !== value && run({ id, status: value })}
          >
            {STATES[value]}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Takes a number out of use, for a reason. Its history stays. */
export function RetireNumber({
  id,
  label,
  retire,
}: {
  id: string;
  label: string;
  retire: Action<z.input<typeof retireNumberSchema>, null>;
}) {
  const router = useRouter();
  const field = useId();
  const [reason, setReason] = useState("");
  const { run, busy, problem } = useAction(retire, () => router.refresh());
  return (
    <form
      noValidate
      aria-label={`Retire ${label}`}
      onSubmit={(event) => {
        event.preventDefault();
        run({ id, reason });
      }}
    >
      <ErrorSummary
        problem={problem && { ...problem, fields: problem.fields?.reason ? { [field]: problem.fields.reason } : {} }}
      />
      <Field id={field} label={`Why are you retiring ${label}?`} error={problem?.fields?.reason}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={reason}
            maxLength={600}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <p>
        <Button type="submit" outline disabled={busy}>
          Retire {label}
        </Button>
      </p>
    </form>
  );
}
