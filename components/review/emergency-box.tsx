"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { AlertForReview } from "../../lib/alerts/data";
import type { emergencySchema } from "../../lib/alerts/schema";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { useNow } from "../layout/ticking";
import { type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { Field } from "../ui/field";
import { formatDuration, formatSeconds } from "../ui/time";
import { useAction } from "../ui/use-action";

type Again = { password?: string; code?: string; phrase?: string };

/**
 * Release by one person, when nobody else can be reached: asked for with a
 * reason, and confirmed minutes later. Everyone sees both.
 */
export function EmergencyBox({
  alert,
  mode,
  contentHash,
  missing,
  now: initial,
  busy: publishing,
  problem: refused,
  ways,
  ask,
  onRelease,
}: {
  alert: Pick<AlertForReview, "id" | "emergency">;
  mode: "live" | "exercise";
  contentHash: string;
  /** Confirmations that are still to be ticked. */
  missing: number;
  now: number;
  busy: boolean;
  problem: FormProblem | null;
  ways: ProofWays;
  ask: Action<z.input<typeof emergencySchema>, { from: number }>;
  onRelease: (again: Again) => void;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const now = useNow(initial);
  const { opensAt, confirmFrom, asked } = alert.emergency;
  const [reason, setReason] = useState("");
  const [phrase, setPhrase] = useState("");
  const { run, busy, problem } = useAction(ask, () => {
    own.clear();
    setPhrase("");
    router.refresh();
  });
  const own = useProof(ways, "Asked because this publishes an alert.", problem ?? refused, "emergency-");
  const again: Again = mode === "exercise" ? { phrase } : own.proof;
  const given = mode === "exercise" ? phrase !== "" : own.given;
  const proof =
    mode === "exercise" ? (
      <Field id="emergency-phrase" label="Type EXERCISE" error={problem?.fields?.phrase ?? refused?.fields?.phrase}>
        {(aria) => (
          <input {...aria} className="usa-input" value={phrase} onChange={(event) => setPhrase(event.target.value)} />
        )}
      </Field>
    ) : (
      own.fields
    );
  return (
    <section className="box" aria-labelledby="emergency-heading" id="emergency">
      <h2 id="emergency-heading">Emergency release by one person</h2>
      <p>
        Only when nobody else can be reached. Everyone is told, and the log, the timeline and the after-action report
        say for ever that one person released it.
      </p>
      {asked.map((one) => (
        <p key={one.at}>
          <strong>{one.by}</strong> asked for it, {formatSeconds(one.at, timeZone)}: “{one.reason}”
        </p>
      ))}
      <ErrorSummary problem={own.shown} />
      {now < opensAt ? (
        <p>It opens in {formatDuration(opensAt - now)}. Call an approver until then.</p>
      ) : confirmFrom === null ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            run({ id: alert.id, contentHash, reason, ...again });
          }}
        >
          <Field
            id="emergency-reason"
            label="Whom did you try to reach, and why can’t it wait?"
            error={problem?.fields?.reason}
          >
            {(aria) => (
              <input
                {...aria}
                className="usa-input"
                value={reason}
                maxLength={500}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          {proof}
          <p>
            <Button type="submit" outline disabled={busy || !given}>
              Ask to release it alone
            </Button>
          </p>
        </form>
      ) : now < confirmFrom ? (
        <p role="status">
          You can confirm it in {Math.ceil((confirmFrom - now) / 1000)} seconds. Try to reach an approver until then.
        </p>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            onRelease(again);
          }}
        >
          {proof}
          <p>
            <Button
              type="submit"
              className={mode === "exercise" ? "exercise-button" : "public"}
              disabled={publishing || !given || missing > 0}
            >
              Release it alone
            </Button>
          </p>
          {missing > 0 && <p className="why-not">{missing} confirmations above are missing.</p>}
        </form>
      )}
    </section>
  );
}
