"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ClockLimits as Limits } from "../../lib/directory/schema";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

type Name = Exclude<keyof Limits, "agencyId">;
const LABELS: Readonly<Record<Name, string>> = {
  firstAlertMinutes: "A first alert is late after",
  allClearMinutes: "An all-clear is late after",
  idleMinutes: "An outage nobody acts on is late after",
  emergencyMinutes: "An emergency release opens after",
};

/** After how many minutes the clocks of one agency are late. */
export function ClockLimits({
  agency,
  save,
}: {
  agency: { id: string; name: string } & Record<Name, number>;
  save: Action<Limits, null>;
}) {
  const router = useRouter();
  const [values, setValues] = useState<Record<Name, string>>({
    firstAlertMinutes: String(agency.firstAlertMinutes),
    allClearMinutes: String(agency.allClearMinutes),
    idleMinutes: String(agency.idleMinutes),
    emergencyMinutes: String(agency.emergencyMinutes),
  });
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, () => {
    setSaid("Saved.");
    router.refresh();
  });
  return (
    <form
      noValidate
      aria-label={`Clocks, ${agency.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        run({ agencyId: agency.id, ...values });
      }}
    >
      <ErrorSummary problem={problem && { message: problem.message }} />
      <div className="row">
        {(Object.keys(LABELS) as Name[]).map((name) => (
          <Field
            key={name}
            id={`${name}-${agency.id}`}
            label={`${LABELS[name]} (minutes)`}
            error={problem?.fields?.[name]}
          >
            {(aria) => (
              <input
                {...aria}
                className="usa-input"
                inputMode="numeric"
                maxLength={4}
                value={values[name]}
                onChange={(event) => setValues({ ...values, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <p className="row">
        <Button type="submit" outline disabled={busy}>
          Save<span className="visually-hidden"> the clocks of {agency.name}</span>
        </Button>
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
