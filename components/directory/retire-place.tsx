"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import { retirePlaceSchema } from "../../lib/directory/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

/** Takes a city or town out of use, alone or because it became part of another. */
export function RetirePlace({
  id,
  name,
  retire,
}: {
  id: string;
  name: string;
  retire: Action<z.input<typeof retirePlaceSchema>, { numbers: number }>;
}) {
  const router = useRouter();
  const [form, setForm] = useState({ into: "", reason: "" });
  const { run, busy, problem, setProblem } = useAction(retire, () => router.push("/directory"));
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const input = { ...form, id };
    const checked = retirePlaceSchema.safeParse(input);
    if (checked.success) return run(input);
    setProblem({ message: "Nothing was changed.", fields: fieldMessages(checked.error, (field) => `retire-${field}`) });
  };
  const text = (field: keyof typeof form, label: string, hint: string) => (
    <Field
      id={`retire-${field}`}
      label={label}
      hint={hint}
      error={problem?.fields?.[`retire-${field}`] ?? problem?.fields?.[field]}
    >
      {(aria) => (
        <input
          {...aria}
          className="usa-input"
          value={form[field]}
          maxLength={500}
          onChange={(event) => setForm((before) => ({ ...before, [field]: event.target.value }))}
        />
      )}
    </Field>
  );
  return (
    <form onSubmit={submit} noValidate aria-label={`Retire ${name}`}>
      <ErrorSummary problem={problem} />
      <p>
        No alert can be for {name} any more, and its numbers are retired: nobody verified them for another place. What
        was said of it stays. Importing its outline again brings it back.
      </p>
      {text("into", "Now part of", "A city, town or county of the state; empty if of none")}
      {text("reason", "Why?", "For example: merged on January 1, 2026")}
      <p>
        <Button type="submit" outline disabled={busy}>
          Retire {name}
        </Button>
      </p>
    </form>
  );
}
