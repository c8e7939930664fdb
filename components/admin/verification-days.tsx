"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import type { verificationDaysSchema } from "../../lib/directory/schema";

/** For how many days a good test call keeps verified the numbers of one agency, from now on. */
export function VerificationDays({
  agency,
  save,
}: {
  agency: { id: string; name: string; verificationDays: number };
  save: Action<z.input<typeof verificationDaysSchema>, null>;
}) {
  const router = useRouter();
  const [days, setDays] = useState(String(agency.verificationDays));
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, () => {
    setSaid("Saved. Calls made before keep the date they set.");
    router.refresh();
  });
  const field = `days-${agency.id}`;
  return (
    <form
      noValidate
      aria-label={`How long a test call counts, ${agency.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        run({ agencyId: agency.id, days });
      }}
    >
      <ErrorSummary
        problem={problem && { ...problem, fields: problem.fields?.days ? { [field]: problem.fields.days } : {} }}
      />
      <Field id={field} label={`${agency.name}: a test call is good for so many days`} error={problem?.fields?.days}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            inputMode="numeric"
            value={days}
            maxLength={6}
            onChange={(event) => setDays(event.target.value)}
          />
        )}
      </Field>
      <p className="row">
        <Button type="submit" outline disabled={busy}>
          Save
        </Button>
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
