"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { formatNumber } from "../../lib/directory/schema";
import type { ConflictList } from "../../lib/directory/data";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import type { settleConflictSchema } from "../../lib/directory/schema";

type Conflict = ConflictList["open"][number];

/** One choice for a conflict: all are right, or one stays. The reason is read afterwards. */
export function SettleForm({
  conflict,
  settle,
}: {
  conflict: Conflict;
  settle: Action<z.input<typeof settleConflictSchema>, null>;
}) {
  const router = useRouter();
  const id = useId();
  const [choice, setChoice] = useState("");
  const [reason, setReason] = useState("");
  const { run, busy, problem, setProblem } = useAction(settle, () => router.refresh());
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (choice === "") {
      return setProblem({ message: "Nothing was changed.", fields: { [`${id}-choice`]: "Choose one." } });
    }
    run({
      key: conflict.key,
      reason,
      ...(choice === "both" ? { decision: "both-right" } : { decision: "kept-one", keepId: choice }),
    });
  };
  const several = conflict.numbers.length > 1;
  // Of two agencies the choice is between what each gives; else between numbers.
  const choices =
    conflict.kind === "two-agencies"
      ? [...new Map(conflict.numbers.map((number) => [number.owner, number])).values()].map((number) => ({
          id: number.id,
          words: `Keep what ${number.owner} gives (${conflict.numbers
            .filter(({ owner }) => owner === number.owner)
            .map(({ e164, extension }) => formatNumber({ e164, extension }))
            .join(", ")}) and retire the others`,
        }))
      : conflict.numbers.map(({ id: numberId, e164, extension, placeName }) => ({
          id: numberId,
          words: `Keep ${formatNumber({ e164, extension })} of ${placeName} and retire the others`,
        }));
  return (
    <form onSubmit={submit} noValidate aria-label={`Settle: ${conflict.says}`}>
      <ErrorSummary
        problem={
          problem && {
            ...problem,
            fields: problem.fields?.reason ? { [`${id}-reason`]: problem.fields.reason } : (problem.fields ?? {}),
          }
        }
      />
      <fieldset className="usa-fieldset" id={`${id}-choice`}>
        <legend className="usa-legend">What is right?</legend>
        <div className="tiles">
          {several &&
            choices.map(({ id: numberId, words }) => (
              <label className="tile" key={numberId}>
                <input
                  type="radio"
                  name={`${id}-choice`}
                  checked={choice === numberId}
                  onChange={() => setChoice(numberId)}
                />
                <span>{words}</span>
              </label>
            ))}
          <label className="tile">
            <input type="radio" name={`${id}-choice`} checked={choice === "both"} onChange={() => setChoice("both")} />
            <span>{several ? "All are correct" : "It is correct"}</span>
          </label>
        </div>
      </fieldset>
      <Field id={`${id}-reason`} label="Why?" hint="Who told you, and when" error={problem?.fields?.reason}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={reason}
            maxLength={600}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <p>
        <Button type="submit" disabled={busy}>
          Settle conflict
        </Button>
      </p>
    </form>
  );
}
