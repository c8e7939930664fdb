"use client";

import { TextInput } from "@trussworks/react-uswds";
import { STAGE_NAMES, STAGES } from "../../lib/exercises/schema";
import { Field } from "../ui/field";
import type { PlanState } from "./plan-state";

/** The times it aims at, in minutes from one stage to the next. */
export function TargetFields({
  targets,
  error,
  onChange,
}: {
  targets: PlanState["targets"];
  error: (name: string) => string | undefined;
  onChange: (targets: PlanState["targets"]) => void;
}) {
  return (
    <section aria-labelledby="targets-heading" id="targets">
      <div className="rule">
        <h2 id="targets-heading">Targets, in minutes</h2>
      </div>
      <p className="second">Leave a stage empty that is no part of this exercise.</p>
      {error("targets") && <p className="usa-error-message">{error("targets")}</p>}
      <div className="targets">
        {STAGE_NAMES.map((stage) => {
          const name = `targets.${stage}`;
          return (
            <Field
              key={stage}
              id={name}
              label={STAGES[stage].measured}
              {...(error(name) ? { error: error(name)! } : {})}
            >
              {(aria) => (
                <TextInput
                  {...aria}
                  name={name}
                  type="text"
                  inputMode="numeric"
                  maxLength={4}
                  value={targets[stage]}
                  onChange={(event) => onChange({ ...targets, [stage]: event.target.value })}
                />
              )}
            </Field>
          );
        })}
      </div>
    </section>
  );
}
