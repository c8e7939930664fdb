"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { ManagedPerson } from "../../lib/people/grants/data";
import type { provenPersonActSchema } from "../../lib/people/schema";
import type { Action } from "../../lib/platform/result";
import { ProofForm } from "../auth/proof-form";
import { type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** What ends when a person leaves, as lines. */
function listEnding(person: ManagedPerson): string[] {
  return [
    ...person.roles.map(({ role, agency }) => `the role ${role} in ${agency}`),
    ...person.alternateOf.map((agency) => `the place as a named alternate of ${agency}`),
    ...person.playsIn.map((title) => `the part in the exercise “${title}”`),
    ...person.asks.map((name) => `the request to turn on “${name}”`),
    ...(person.sessions > 0 ? [many(person.sessions, "open session")] : []),
    ...(person.links > 0 ? [many(person.links, "one-time link")] : []),
    ...(person.app ? ["the authenticator app"] : []),
    ...(person.passkeys > 0 ? [many(person.passkeys, "passkey")] : []),
    ...person.linked.map(({ provider }) => `the link to single sign-on with ${provider}`),
    ...(person.requests > 0 ? [`${many(person.requests, "request")} for access that still wait`] : []),
    ...(person.hasPassword ? ["the password"] : []),
  ];
}

/** Someone leaves: everything that ends is listed, and ends with one confirmation. */
export function Leaving({
  person,
  ways,
  leave,
}: {
  person: ManagedPerson;
  ways: ProofWays;
  leave: Action<z.input<typeof provenPersonActSchema>, null>;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { run, busy, problem } = useAction(leave, () => {
    setOpen(false);
    router.refresh();
  });
  const proof = useProof(ways, "Asked because this ends someone’s access.", problem, "leave-");
  const ending = listEnding(person);
  if (ending.length === 0 && person.disabled) return <p>{person.name} has no access of any kind.</p>;
  if (!open) {
    return (
      <p>
        <Button type="button" outline onClick={() => setOpen(true)}>
          {person.name} leaves…
        </Button>
      </p>
    );
  }
  return (
    <ProofForm
      proof={proof}
      busy={busy}
      yes="End all of it"
      onYes={() => run({ personId: person.id, ...proof.proof })}
      onNo={() => setOpen(false)}
    >
      <h3>When {person.name} leaves, this ends at once</h3>
      <ul>
        {ending.map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>signing in: the account is disabled</li>
      </ul>
      <p>What {person.name} did stays on record. Numbers belong to agencies, so none changes.</p>
      <ErrorSummary problem={proof.shown} />
    </ProofForm>
  );
}
