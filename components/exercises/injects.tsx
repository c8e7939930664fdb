"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { ExerciseForPage } from "../../lib/exercises/data";
import { STAGES } from "../../lib/exercises/schema";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { State } from "../ui/state";
import { formatSeconds } from "../ui/time";
import { useAction } from "../ui/use-action";

type Inject = ExerciseForPage["injects"][number];

const formatMoment = ({ afterMinutes, stage }: Inject) =>
  stage === null
    ? afterMinutes === 0
      ? "at the start"
      : `${afterMinutes} min after the start`
    : `once reached: ${STAGES[stage].label.toLowerCase()}`;

/** What players were told, the first one first; a player acknowledges each. */
export function Injects({
  injects,
  mayAcknowledge,
  closed,
  timeZone,
  acknowledge,
}: {
  injects: readonly Inject[];
  mayAcknowledge: boolean;
  closed: boolean;
  timeZone: string;
  acknowledge: Action<{ injectId: string }, null>;
}) {
  const router = useRouter();
  const { run, busy, problem } = useAction(acknowledge, () => router.refresh());
  return (
    <>
      <ErrorSummary problem={problem} />
      <ol className="plain injects">
        {injects.map((inject) => {
          const { id, text, releasedAt, acknowledged, mine } = inject;
          return (
            <li key={id}>
              <p className="strong">
                {releasedAt !== null ? (
                  <span className="tabular">{formatSeconds(releasedAt, timeZone)}</span>
                ) : closed ? (
                  "Not given out"
                ) : (
                  "Not given out yet"
                )}
                <span className="hint"> {formatMoment(inject)}</span>
              </p>
              <p className="inject-text">{text}</p>
              {acknowledged.length > 0 && (
                <State shape="tick" tone="good">
                  {acknowledged.map(({ name, at }) => `${name} ${formatSeconds(at, timeZone)}`).join(", ")}
                </State>
              )}
              {mayAcknowledge && releasedAt !== null && !mine && (
                <p>
                  <Button type="button" outline disabled={busy} onClick={() => run({ injectId: id })}>
                    I have read this
                  </Button>
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
