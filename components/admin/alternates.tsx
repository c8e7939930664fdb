"use client";

import { Button, Checkbox } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { alternatesSchema } from "../../lib/people/agency-schema";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

/** Whom one agency calls on when an alert waits too long for approval, and after how many minutes. */
export function Alternates({
  agency,
  save,
}: {
  agency: {
    id: string;
    name: string;
    escalationMinutes: number;
    alternateIds: readonly string[];
    approvers: readonly { id: string; name: string }[];
  };
  save: Action<z.input<typeof alternatesSchema>, null>;
}) {
  const router = useRouter();
  const [minutes, setMinutes] = useState(String(agency.escalationMinutes));
  const [chosen, setChosen] = useState(
    agency.alternateIds.filter((id) => agency.approvers.some((one) => one.id === id)),
  );
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, () => {
    setSaid("Saved.");
    router.refresh();
  });
  return (
    <form
      noValidate
      aria-label={`Alternates, ${agency.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        run({ agencyId: agency.id, minutes, personIds: chosen });
      }}
    >
      <ErrorSummary problem={problem && { message: problem.message }} />
      {agency.approvers.length === 0 ? (
        <p>Nobody may approve alerts of this agency, so nobody can be called on.</p>
      ) : (
        <>
          <fieldset className="usa-fieldset">
            <legend className="usa-legend">Called on, in the order chosen</legend>
            {agency.approvers.map(({ id, name }) => (
              <Checkbox
                key={id}
                id={`alternate-${agency.id}-${id}`}
                name={`alternate-${agency.id}`}
                label={chosen.includes(id) ? `${name} (${chosen.indexOf(id) + 1})` : name}
                checked={chosen.includes(id)}
                onChange={(event) =>
                  setChosen(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
                }
              />
            ))}
          </fieldset>
          <Field
            id={`escalation-${agency.id}`}
            label="After an alert has waited (minutes)"
            error={problem?.fields?.minutes}
          >
            {(aria) => (
              <input
                {...aria}
                className="usa-input"
                inputMode="numeric"
                maxLength={4}
                value={minutes}
                onChange={(event) => setMinutes(event.target.value)}
              />
            )}
          </Field>
          <p className="row">
            <Button type="submit" outline disabled={busy}>
              Save<span className="visually-hidden"> the alternates of {agency.name}</span>
            </Button>
            <span role="status">{said}</span>
          </p>
        </>
      )}
    </form>
  );
}
