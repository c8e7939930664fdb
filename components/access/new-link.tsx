"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useState } from "react";
import type { z } from "zod";
import type { ManagedPerson } from "../../lib/people/grants/data";
import type { provenPersonActSchema } from "../../lib/people/schema";
import type { Action } from "../../lib/platform/result";
import { ProofForm } from "../auth/proof-form";
import { type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";
import { OneTimeLink } from "./one-time-link";

/** A one-time link, and what became of the email with it; null where none is sent. */
export interface MadeLink {
  token: string;
  mailed: string | null;
}

/** A new one-time link for someone who lost the password; of whoever holds power it is asked for. */
export function NewLink({
  person,
  ways,
  renew,
}: {
  person: ManagedPerson;
  ways: ProofWays;
  renew: Action<z.input<typeof provenPersonActSchema>, MadeLink>;
}) {
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<MadeLink | null>(null);
  const { run, busy, problem } = useAction(renew, (made) => {
    setOpen(false);
    setLink(made);
  });
  const proof = useProof(ways, "Asked because whoever holds the link sets the password.", problem, "link-");
  if (person.disabled) return <p>{person.name} is disabled, and gets no link.</p>;
  if (person.roles.length === 0) return <p>{person.name} has no role. Give one first, then a link.</p>;
  if (person.holdsPower) {
    return (
      <p>
        {person.name} decides who has access or what the public is told, so a new link takes two administrators.{" "}
        <Link href={`/admin/requests/new?kind=link&person=${person.id}`} prefetch={false}>
          Ask for a one-time link
        </Link>
      </p>
    );
  }
  return (
    <>
      {link && <OneTimeLink name={person.name} {...link} />}
      {open ? (
        <ProofForm
          proof={proof}
          busy={busy}
          yes="Make the link"
          onYes={() => run({ personId: person.id, ...proof.proof })}
          onNo={() => setOpen(false)}
        >
          <p>Earlier links of {person.name} end. The password stays until the new link is used.</p>
          <ErrorSummary problem={proof.shown} />
        </ProofForm>
      ) : (
        <p>
          <Button type="button" outline onClick={() => setOpen(true)}>
            New one-time link
          </Button>
        </p>
      )}
    </>
  );
}
