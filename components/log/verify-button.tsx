"use client";

import { Button } from "@trussworks/react-uswds";
import { useState } from "react";
import type { Verification } from "../../lib/evidence/verify";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { State } from "../ui/state";
import { formatCount, formatSeconds } from "../ui/time";
import { useAction } from "../ui/use-action";

/** Checks the record from the first entry to the last, and every published byte, and says what it found. */
export function VerifyRecord({ verify }: { verify: Action<Record<string, never>, Verification> }) {
  const timeZone = useTimeZone();
  const [found, setFound] = useState<Verification | null>(null);
  const { run, busy, problem } = useAction(verify, setFound);
  return (
    <div className={found && !found.ok ? "box" : ""} aria-live="polite">
      <ErrorSummary problem={problem} />
      {found?.ok && (
        <p>
          <State shape="tick" tone="good">
            Unbroken: {formatCount(found.entries)} entries, {formatCount(found.publications)} publications.
          </State>{" "}
          Checked {formatSeconds(Date.parse(found.checkedAt), timeZone)} from the first entry to the last, and every
          published byte, and every row the record speaks of. Last entry, to be noted somewhere else:{" "}
          <span className="mono whole-hash">{found.head}</span>
        </p>
      )}
      {found && !found.ok && (
        <>
          <p>
            <State shape="octagon" tone="bad">
              Broken: {found.problems.length} {found.problems.length === 1 ? "thing does" : "things do"} not fit.
            </State>{" "}
            Tell your administrator and the state auditor; keep this page.
          </p>
          <ul>
            {found.problems.slice(0, 20).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      <Button type="button" outline disabled={busy} onClick={() => run({})}>
        {busy ? "Verifying" : found ? "Verify again" : "Verify the log"}
      </Button>
    </div>
  );
}
