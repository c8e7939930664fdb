"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { isGoodResult, recordTestCallSchema, type TestCallResult } from "../../lib/directory/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { formatDay } from "../ui/time";
import { useTimeZone } from "../layout/providers";
import { useAction } from "../ui/use-action";
import { OutcomeTiles } from "./outcome-tiles";
import type { z } from "zod";

const DAY = 86_400_000;

/** What came of a test call. The button says the effect of the chosen outcome. */
export function TestCallForm({
  numberId,
  label,
  now,
  validDays,
  record,
}: {
  numberId: string;
  label: string;
  now: number;
  /** For how long a good call keeps verified the number. */
  validDays: number;
  record: Action<z.input<typeof recordTestCallSchema>, { validDays: number }>;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const [result, setResult] = useState<TestCallResult | "">("");
  const [answeredBy, setAnsweredBy] = useState("");
  const [note, setNote] = useState("");
  const [saved, setSaved] = useState(false);
  const { run, busy, problem, setProblem } = useAction(record, () => {
    setSaved(true);
    setResult("");
    setAnsweredBy("");
    setNote("");
    router.refresh();
  });
  const good = isGoodResult(result);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setSaved(false);
    const input = { numberId, result, answeredBy, ...(note.trim() ? { note } : {}) };
    const checked = recordTestCallSchema.safeParse(input);
    if (checked.success) return run(checked.data);
    const fields = fieldMessages(checked.error, (name) => `${name}-${numberId}`);
    setProblem({ message: "Not saved yet.", fields });
  };
  const error = (name: string) => problem?.fields?.[`${name}-${numberId}`] ?? problem?.fields?.[name];
  return (
    <form onSubmit={submit} noValidate aria-label={`Record a test call, ${label}`}>
      <ErrorSummary problem={problem} />
      <p className="hint">
        Call the number itself, never 911, and not at busy hours. Say: “This is a test of your number for people who
        cannot reach 911. Who is this, and may it be given out day and night?”
      </p>
      <OutcomeTiles
        id={`result-${numberId}`}
        legend="Result"
        error={error("result")}
        chosen={result}
        onChoose={setResult}
      />
      <Field id={`answeredBy-${numberId}`} label="Who answered" error={error("answeredBy")}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={answeredBy}
            maxLength={200}
            onChange={(event) => setAnsweredBy(event.target.value)}
          />
        )}
      </Field>
      <Field id={`note-${numberId}`} label="Note (optional)" error={error("note")}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={note}
            maxLength={600}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <p className="row">
        <Button type="submit" disabled={busy}>
          {result === ""
            ? "Save test call"
            : good
              ? `Save: good until ${formatDay(now + validDays * DAY, timeZone)}`
              : "Save: this call did not work"}
        </Button>
        <span role="status">{saved && "Test call saved."}</span>
      </p>
    </form>
  );
}
