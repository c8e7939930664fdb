"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { askAccessSchema } from "../../lib/people/grants/schema";
import type { Action } from "../../lib/platform/result";
import { type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

/** Asks for a change of access, in words, with a reason and proof of who asks. */
export function RequestForm({
  asked,
  title,
  consequence,
  others,
  ways,
  ask,
}: {
  asked: Omit<z.input<typeof askAccessSchema>, "reason" | "password" | "code">;
  title: string;
  consequence: string;
  /** Names of administrators who can confirm it. */
  others: readonly string[];
  ways: ProofWays;
  ask: Action<z.input<typeof askAccessSchema>, { id: string }>;
}) {
  const router = useRouter();
  const [reason, setReason] = useState("");
  const { run, busy, problem } = useAction(ask, () => router.push("/admin/requests"));
  const { fields, given, proof, missing } = useProof(ways, "Asked because this changes who has access.", problem);
  return (
    <form
      className="narrow-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run({ ...asked, reason, ...proof });
      }}
    >
      <h1>{title}?</h1>
      <p>{consequence}</p>
      <p>
        Nothing changes until another administrator confirms it, within seven days.{" "}
        {others.length > 0 ? (
          <>Who can: {others.join(", ")}.</>
        ) : (
          <strong>
            There is no other administrator now. Whoever runs the machine grants the first one on its command line:
            “callbox grant”.
          </strong>
        )}
      </p>
      <ErrorSummary problem={problem} />
      <Field id="reason" label="Why" hint="The other administrator reads it first." error={problem?.fields?.reason}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={reason}
            maxLength={300}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {fields}
      <p>
        <Button type="submit" disabled={busy || !given || reason.trim() === ""}>
          Ask another administrator to confirm
        </Button>
      </p>
      {!given && <p className="why-not">{missing} to ask.</p>}
    </form>
  );
}
