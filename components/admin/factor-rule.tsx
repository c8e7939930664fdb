"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { factorRuleSchema } from "../../lib/people/agency-schema";
import type { Action } from "../../lib/platform/result";
import { ProofForm } from "../auth/proof-form";
import { type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Whether everyone of an agency and those below it needs a second factor; changed after proof of who changes it. */
export function FactorRule({
  agency,
  ways,
  save,
}: {
  agency: { id: string; name: string; everyoneNeedsFactor: boolean };
  ways: ProofWays;
  save: Action<z.input<typeof factorRuleSchema>, null>;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const on = agency.everyoneNeedsFactor;
  const { run, busy, problem } = useAction(save, () => {
    setOpen(false);
    setSaid("Saved.");
    router.refresh();
  });
  const proof = useProof(ways, "Asked because this changes how people sign in.", problem, `factor-${agency.id}-`);
  return (
    <>
      <p className="row">
        <span>
          {agency.name} and agencies below it:{" "}
          <strong>{on ? "everyone needs one" : "approvers and administrators need one"}</strong>
        </span>
        {!open && (
          <Button
            type="button"
            unstyled
            onClick={() => {
              setSaid("");
              setOpen(true);
            }}
          >
            {on ? "Ask it of approvers and administrators alone" : "Ask it of everyone"}
            <span className="visually-hidden">, {agency.name}</span>
          </Button>
        )}
        <span role="status">{said}</span>
      </p>
      {open && (
        <ProofForm
          proof={proof}
          busy={busy}
          isNarrow
          yes={on ? "Lift the rule" : "Make it a rule"}
          onYes={() => run({ agencyId: agency.id, on: !on, ...proof.proof })}
          onNo={() => setOpen(false)}
        >
          <p>
            {on
              ? "Drafters, stewards and auditors may sign in with a password alone from then on."
              : "Whoever has none sets one up at once, and can open nothing before."}
          </p>
          <ErrorSummary problem={proof.shown} />
        </ProofForm>
      )}
    </>
  );
}
