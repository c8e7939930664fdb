"use client";

import { Button, TextInput } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { labSchema, type RecordLab } from "../../lib/exercises/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

export interface LabAgency {
  id: string;
  name: string;
  people: readonly { id: string; name: string }[];
}

/** Notes that someone demonstrated proficiency in the IPAWS lab. */
export function LabForm({
  agencies,
  record,
}: {
  agencies: readonly LabAgency[];
  record: Action<RecordLab, { id: string }>;
}) {
  const router = useRouter();
  const [agencyId, setAgency] = useState(agencies[0]?.id ?? "");
  const [personId, setPerson] = useState("");
  const [day, setDay] = useState("");
  const [note, setNote] = useState("");
  const [said, setSaid] = useState("");
  const { run, busy, problem, setProblem } = useAction(record, () => {
    setSaid("Noted.");
    setPerson("");
    setDay("");
    setNote("");
    router.refresh();
  });
  const people = agencies.find(({ id }) => id === agencyId)?.people ?? [];
  const errorOf = (name: string) => (problem?.fields?.[name] ? { error: problem.fields[name] } : {});
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setSaid("");
    const checked = labSchema.safeParse({ agencyId, personId, day, note });
    if (checked.success) return run(checked.data);
    setProblem({ message: "Not noted yet.", fields: fieldMessages(checked.error) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problem={problem} />
      <p role="status">{said}</p>
      {agencies.length > 1 && (
        <Field id="agencyId" label="Agency" {...errorOf("agencyId")}>
          {(aria) => (
            <select
              {...aria}
              className="usa-select"
              value={agencyId}
              onChange={(event) => {
                setAgency(event.target.value);
                setPerson("");
              }}
            >
              {agencies.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field id="personId" label="Who demonstrated it" {...errorOf("personId")}>
        {(aria) => (
          <select {...aria} className="usa-select" value={personId} onChange={(event) => setPerson(event.target.value)}>
            <option value="">Choose a person</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="day" label="Day" {...errorOf("day")}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            type="date"
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      <Field
        id="note"
        label="Note (optional)"
        hint="Such as the identifier of the message in the lab."
        {...errorOf("note")}
      >
        {(aria) => (
          <TextInput
            {...aria}
            name="note"
            type="text"
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <p>
        <Button type="submit" outline disabled={busy}>
          Note the demonstration
        </Button>
      </p>
    </form>
  );
}

/** Takes a noted demonstration back. */
export function WithdrawLab({ id, withdraw }: { id: string; withdraw: Action<{ id: string }, null> }) {
  const router = useRouter();
  const { run, busy, problem } = useAction(withdraw, () => router.refresh());
  return (
    <>
      <ErrorSummary problem={problem} />
      <AskedButton
        label="Take back"
        question="Take this note back? Both stay in the activity log."
        yes="Take it back"
        no="Keep it"
        disabled={busy}
        onYes={() => run({ id })}
      />
    </>
  );
}
