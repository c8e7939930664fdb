"use client";

import { Button, TextInput } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callOffSchema } from "../../lib/exercises/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

/** Starts a planned exercise, or calls it off. */
export function PlannedActs({
  id,
  live,
  start,
  callOff,
}: {
  id: string;
  /** A real outage that is open, so that nobody practices. */
  live: { title: string } | null;
  start: Action<{ id: string }, null>;
  callOff: Action<{ id: string; why: string }, null>;
}) {
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const [why, setWhy] = useState("");
  const starting = useAction(start, () => router.refresh());
  const { run, busy, problem, setProblem } = useAction(callOff, () => router.refresh());
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const checked = callOffSchema.safeParse({ id, why });
    if (checked.success) return run(checked.data);
    setProblem({ message: "Not called off yet.", fields: fieldMessages(checked.error) });
  };
  return (
    <>
      <ErrorSummary problem={starting.problem ?? problem} />
      <p className="row">
        <Button type="button" disabled={starting.busy || live !== null} onClick={() => starting.run({ id })}>
          {starting.busy ? "Starting" : "Start the exercise"}
        </Button>
        {!leaving && (
          <Button type="button" unstyled onClick={() => setLeaving(true)}>
            Call it off
          </Button>
        )}
      </p>
      {leaving && (
        <form onSubmit={submit} noValidate className="box">
          <Field
            id="why"
            label="Why is it called off?"
            {...(problem?.fields?.why ? { error: problem.fields.why } : {})}
          >
            {(aria) => (
              <TextInput
                {...aria}
                name="why"
                type="text"
                maxLength={300}
                value={why}
                onChange={(event) => setWhy(event.target.value)}
              />
            )}
          </Field>
          <p className="row">
            <Button type="submit" outline disabled={busy}>
              Call off the exercise
            </Button>
            <Button type="button" unstyled onClick={() => setLeaving(false)}>
              Keep it planned
            </Button>
          </p>
        </form>
      )}
    </>
  );
}

/** Closes an exercise that runs, at any time. */
export function CloseExercise({
  id,
  missing,
  close,
}: {
  id: string;
  /** Stages that were not reached yet. */
  missing: number;
  close: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const { run, busy, problem } = useAction(close, () => router.refresh());
  return (
    <>
      <ErrorSummary problem={problem} />
      <AskedButton
        label="Close the exercise"
        question={
          missing === 0
            ? "Every stage was reached. Close the exercise?"
            : `${missing === 1 ? "1 stage was" : `${missing} stages were`} not reached. Close it all the same? Its drafts end with it.`
        }
        yes="Close it"
        no="Go on"
        disabled={busy}
        onYes={() => run({ id })}
      />
    </>
  );
}
