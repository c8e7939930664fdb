"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { ManagedPerson } from "../../lib/people/grants/data";
import type { Action } from "../../lib/platform/result";
import { type Proof, type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** What a person signs in with elsewhere, for an administrator, who can end it. */
export function PersonLinks({
  person,
  ways,
  unlink,
}: {
  person: ManagedPerson;
  ways: ProofWays;
  unlink: Action<{ personId: string; issuer: string; subject: string } & Proof, null>;
}) {
  const router = useRouter();
  const { run, busy, problem } = useAction(unlink, () => router.refresh());
  const proof = useProof(ways, "Asked because this changes how someone signs in.", problem, "links-");
  return (
    <>
      <ErrorSummary problem={proof.shown} />
      <div className="narrow-form">{proof.fields}</div>
      {person.linked.map(({ issuer, subject, provider }) => (
        <p key={`${issuer} ${subject}`} className="row">
          <span>
            {provider}{" "}
            <span className="hint" data-verbatim>
              {issuer}, {subject}
            </span>
          </span>
          <Button
            type="button"
            outline
            disabled={busy || !proof.given}
            onClick={() => run({ personId: person.id, issuer, subject, ...proof.proof })}
          >
            Unlink<span className="visually-hidden"> {provider}</span>
          </Button>
        </p>
      ))}
      {!proof.given && <p className="why-not">{proof.missing} to unlink.</p>}
    </>
  );
}
