"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { OwnLink } from "../../lib/people/single-sign-on/data";
import type { Action } from "../../lib/platform/result";
import { type Proof, type ProofWays, useProof } from "../auth/use-proof";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { formatMoment } from "../ui/time";
import { useAction } from "../ui/use-action";
import { SingleSignOnButton } from "./single-sign-on-button";

/** What a person signs in with elsewhere: linked, and unlinked, after proof of who they are. */
export function OwnLinks({
  links,
  providers,
  cameBack,
  ways,
  begin,
  unlink,
}: {
  links: readonly OwnLink[];
  providers: readonly { id: string; name: string }[];
  /** After a way to a provider and back: `done`, or what went wrong. */
  cameBack: string | null;
  ways: ProofWays;
  begin: Action<{ provider: string } & Proof, null>;
  unlink: Action<{ issuer: string; subject: string } & Proof, null>;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const [problem, setProblem] = useState<FormProblem | null>(
    cameBack && cameBack !== "done" ? { message: cameBack } : null,
  );
  const [said, setSaid] = useState(cameBack === "done" ? "Linked. You can sign in with it from now on." : "");
  const ending = useAction(unlink, () => {
    setSaid("Unlinked.");
    proof.clear();
    router.refresh();
  });
  const proof = useProof(ways, "Asked because this changes how you sign in.", problem ?? ending.problem, "linking-");
  const unproven = (): FormProblem | null => (proof.given ? null : { message: `${proof.missing} first.` });
  return (
    <>
      <ErrorSummary problem={proof.shown} />
      <p role="status">{said}</p>
      {links.length === 0 ? (
        <p>Nothing is linked to your account yet.</p>
      ) : (
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">Linked</th>
              <th scope="col">Since</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <span className="visually-hidden">Unlink it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {links.map(({ issuer, subject, provider, since, lastUsedAt }) => (
              <tr key={`${issuer} ${subject}`}>
                <th scope="row">
                  {provider}{" "}
                  <span className="hint" data-verbatim>
                    {issuer}, {subject}
                  </span>
                </th>
                <td data-label="Since" className="tabular">
                  {formatMoment(since, timeZone)}
                </td>
                <td data-label="Last used" className="tabular">
                  {lastUsedAt === null ? "never" : formatMoment(lastUsedAt, timeZone)}
                </td>
                <td className="right">
                  <Button
                    type="button"
                    unstyled
                    disabled={ending.busy}
                    onClick={() => {
                      setSaid("");
                      setProblem(unproven());
                      if (proof.given) ending.run({ issuer, subject, ...proof.proof });
                    }}
                  >
                    Unlink<span className="visually-hidden"> {provider}</span>
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="narrow-form">{proof.fields}</div>
      {providers.map(({ id, name }) => (
        <p key={id} className="row">
          <SingleSignOnButton
            label={`Sign in with ${name} from now on`}
            provider={id}
            to="/account"
            before={async () => {
              setSaid("");
              const missing = unproven();
              return missing
                ? { ok: false, code: "confirm-first", ...missing }
                : begin({ provider: id, ...proof.proof });
            }}
            onProblem={setProblem}
          />
        </p>
      ))}
    </>
  );
}
