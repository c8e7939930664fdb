"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { z } from "zod";
import type { proofSchema } from "../../lib/people/sign-in/schema";
import type { Action } from "../../lib/platform/result";
import { type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Asks who is there before a page of sensitive acts opens. */
export function ConfirmBox({ ways, confirm }: { ways: ProofWays; confirm: Action<z.input<typeof proofSchema>, null> }) {
  const router = useRouter();
  const { run, busy, problem } = useAction(confirm, () => router.refresh());
  const { fields, given, proof } = useProof(ways, "Asked because this changes how you sign in.", problem);
  return (
    <form
      className="narrow-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A passkey was taken already: the page only has to be asked for again.
        if (proof.password === undefined) router.refresh();
        else run({ password: proof.password, ...(proof.code === undefined ? {} : { code: proof.code }) });
      }}
    >
      <h2>First, confirm that it is you</h2>
      <ErrorSummary problem={problem} />
      {fields}
      <p>
        <Button type="submit" disabled={busy || !given}>
          Continue
        </Button>
      </p>
    </form>
  );
}
