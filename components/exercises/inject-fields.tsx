"use client";

import { Button, Textarea, TextInput } from "@trussworks/react-uswds";
import { INJECT_STAGES, injectStageSchema, STAGES } from "../../lib/exercises/schema";
import { Field } from "../ui/field";
import type { PlanState } from "./plan-state";

type Injects = PlanState["injects"];

/** What players are told while it runs, in order. */
export function InjectFields({
  injects,
  error,
  onChange,
}: {
  injects: Injects;
  error: (name: string) => string | undefined;
  onChange: (injects: Injects) => void;
}) {
  const set = (at: number, change: Partial<Injects[number]>) =>
    onChange(injects.map((inject, index) => (index === at ? { ...inject, ...change } : inject)));
  const errorOf = (name: string) => (error(name) ? { error: error(name)! } : {});
  return (
    <section aria-labelledby="injects-heading" id="injects">
      <div className="rule">
        <h2 id="injects-heading">Injects</h2>
      </div>
      <p className="second">
        What players are told while it runs, in this order: a call, a report, a question from the press. None is shown
        before the one in front of it.
      </p>
      {error("injects") && <p className="usa-error-message">{error("injects")}</p>}
      {injects.map(({ text, minutes, stage }, index) => {
        const name = (field: string) => `injects.${index}.${field}`;
        return (
          <fieldset className="usa-fieldset inject" key={index}>
            <legend className="usa-legend strong">Inject {index + 1}</legend>
            <Field id={name("text")} label="What players are told" {...errorOf(name("text"))}>
              {(aria) => (
                <Textarea
                  {...aria}
                  name={name("text")}
                  rows={2}
                  maxLength={600}
                  value={text}
                  onChange={(event) => set(index, { text: event.target.value })}
                />
              )}
            </Field>
            <div className="inject-when">
              <Field id={name("stage")} label="When">
                {(aria) => (
                  <select
                    {...aria}
                    className="usa-select"
                    value={stage ?? ""}
                    onChange={(event) => {
                      const chosen = injectStageSchema.safeParse(event.target.value);
                      set(index, { stage: chosen.success ? chosen.data : null });
                    }}
                  >
                    <option value="">Minutes after the start</option>
                    {INJECT_STAGES.map((one) => (
                      <option key={one} value={one}>
                        {`Once reached: ${STAGES[one].label.toLowerCase()}`}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              {stage === null && (
                <Field id={name("afterMinutes")} label="Minutes" {...errorOf(name("afterMinutes"))}>
                  {(aria) => (
                    <TextInput
                      {...aria}
                      name={name("afterMinutes")}
                      type="text"
                      inputMode="numeric"
                      maxLength={4}
                      value={minutes}
                      onChange={(event) => set(index, { minutes: event.target.value })}
                    />
                  )}
                </Field>
              )}
            </div>
            <p>
              <Button
                type="button"
                unstyled
                aria-label={`Remove inject ${index + 1}`}
                onClick={() => onChange(injects.filter((_, at) => at !== index))}
              >
                Remove
              </Button>
            </p>
          </fieldset>
        );
      })}
      <p>
        <Button type="button" outline onClick={() => onChange([...injects, { text: "", minutes: "", stage: null }])}>
          Add an inject
        </Button>
      </p>
    </section>
  );
}
