"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { OwnSession } from "../../lib/people/data";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { formatSeconds } from "../ui/time";
import { useAction } from "../ui/use-action";
import { type Proof, type ProofWays, useProof } from "./use-proof";

/** Every browser a person is signed in with; each is ended alone, or all but this one. */
export function OwnSessions({
  sessions,
  ways,
  end,
  signOutElsewhere,
}: {
  sessions: readonly OwnSession[];
  ways: ProofWays;
  end: Action<{ id: string } & Proof, null>;
  signOutElsewhere: Action<Proof, { ended: number }>;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(signOutElsewhere, ({ ended }) => {
    setSaid(
      ended === 0
        ? "You were not signed in anywhere else."
        : `Signed out in ${ended} other ${ended === 1 ? "place" : "places"}.`,
    );
    router.refresh();
  });
  const one = useAction(end, () => {
    setSaid("That session ended.");
    router.refresh();
  });
  const { fields, given, proof, shown } = useProof(
    ways,
    "Asked because this signs you out elsewhere.",
    problem ?? one.problem,
    "sessions-",
  );
  const others = sessions.some(({ isThisOne }) => !isThisOne);
  return (
    <>
      <ErrorSummary problem={shown} />
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Browser</th>
            <th scope="col">Network</th>
            <th scope="col">Signed in</th>
            <th scope="col">Last used</th>
            <th scope="col">
              <span className="visually-hidden">End it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <th scope="row">
                {session.browser || "Unknown browser"} {session.isThisOne && <span className="hint">this one</span>}
              </th>
              <td data-label="Network">{session.address || "not kept"}</td>
              <td data-label="Signed in" className="tabular">
                {formatSeconds(session.createdAt, timeZone)}
              </td>
              <td data-label="Last used" className="tabular">
                {formatSeconds(session.lastSeenAt, timeZone)}
              </td>
              <td className="right">
                {!session.isThisOne && (
                  <Button
                    type="button"
                    unstyled
                    disabled={one.busy || !given}
                    onClick={() => one.run({ id: session.id, ...proof })}
                  >
                    Sign out
                    <span className="visually-hidden">
                      {" "}
                      of {session.browser || "an unknown browser"}, signed in{" "}
                      {formatSeconds(session.createdAt, timeZone)}
                    </span>
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {others && <div className="narrow-form">{fields}</div>}
      <p className="row">
        <Button type="button" outline disabled={busy || !others || !given} onClick={() => run(proof)}>
          Sign out everywhere else
        </Button>
        <span role="status">{said}</span>
        {!others && said === "" && <span className="hint">You are signed in nowhere else.</span>}
      </p>
    </>
  );
}
