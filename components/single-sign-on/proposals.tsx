"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { isSensitive } from "../../lib/access/permissions";
import type { Proposal } from "../../lib/people/single-sign-on/data";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Roles that groups at a provider stand for. Administrators ask for them and grant them as ever. */
export function Proposals({
  proposals,
  dismiss,
}: {
  proposals: readonly Proposal[];
  dismiss: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const { run, busy, problem } = useAction(dismiss, () => router.refresh());
  return (
    <section aria-labelledby="proposals">
      <div className="rule">
        <h2 id="proposals">Proposed by single sign-on</h2>
        <span>nothing is granted by it</span>
      </div>
      <ErrorSummary problem={problem} />
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Group</th>
            <th scope="col">Stands for</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {proposals.map(({ id, personId, person, agencyId, agency, role, group, provider }) => (
            <tr key={id}>
              <th scope="row">{person}</th>
              <td data-label="Group">
                {group} <span className="hint">at {provider}</span>
              </td>
              <td data-label="Stands for">
                {role}, {agency}
              </td>
              <td data-label="What to do">
                {isSensitive(role) ? (
                  <Link
                    href={`/admin/requests/new?${new URLSearchParams({ kind: "role", person: personId, role, agency: agencyId })}`}
                  >
                    Ask for it
                    <span className="visually-hidden">
                      , {person}, {role}
                    </span>
                  </Link>
                ) : (
                  <Link href={`/admin/people/${personId}`}>
                    Give it<span className="visually-hidden"> to {person}</span>
                  </Link>
                )}{" "}
                <Button type="button" unstyled disabled={busy} onClick={() => run({ id })}>
                  Dismiss
                  <span className="visually-hidden">
                    {" "}
                    {role} for {person}
                  </span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
