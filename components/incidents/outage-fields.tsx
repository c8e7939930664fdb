"use client";

import { TextInput } from "@trussworks/react-uswds";
import type { FAILURES } from "../../lib/incidents/schema";
import { useTimeZone } from "../layout/providers";
import { Field } from "../ui/field";
import { formatZone } from "../ui/time";
import type { Answer, DeclareState } from "./declare-state";
import { FailureTiles, TextTo911Choice } from "./outage-choices";
import { WhenFields } from "./when-fields";

const WORDING: Record<keyof typeof FAILURES, string> = {
  full: "“911 is not working”, and the direct number to call",
  partial: "“Call 911 first. If it fails, call…”, because some calls still get through",
  intermittent: "“911 works on and off. Call 911 first.”",
  carrier: "“Phones of this carrier may not reach 911. Call 911 first.”",
  landline: "“Landlines may not reach 911. Use a cell phone. If you can’t, call…”",
  wireless: "“Cell phones may not reach 911. Use a landline. If you can’t, call…”",
  location: "“Call 911. Say the address first, then your number. Stay on the line.”",
};

interface Props {
  state: DeclareState;
  now: number;
  error: (name: string) => string | undefined;
  onAnswer: (change: Answer) => void;
  /** The form begins here, so the first answer has the focus. */
  begins?: boolean;
}

/** What is answered most often, by one press. */
const USUAL_EVIDENCE = ["A dispatch center reported it", "The provider reported it", "Our own test calls failed"];

/** What fails, since when, and how that is known. */
export function OutageFields({ state, now, begins = false, error, onAnswer }: Props) {
  const text = (name: "carrier" | "evidence" | "cause", label: string, most: number, hint?: string) => (
    <Field id={name} label={label} error={error(name)} {...(hint ? { hint } : {})}>
      {(aria) => (
        <TextInput
          {...aria}
          name={name}
          type="text"
          maxLength={most}
          value={state[name]}
          onChange={(event) => onAnswer({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <FailureTiles
        legend="What fails"
        value={state.failure}
        begins={begins}
        error={error("failure")}
        onChoose={(failure) => onAnswer({ failure })}
      />
      {state.failure === "carrier" &&
        text("carrier", "Which carrier", 12, "The name customers know, 12 characters or fewer.")}
      <div className="declare-row">
        <TextTo911Choice value={state.textTo911} onChoose={(textTo911) => onAnswer({ textTo911 })} />
        <Began state={state} now={now} error={error("beganAt")} onAnswer={onAnswer} />
      </div>
      {text("evidence", "How do you know", 500)}
      {state.evidence === "" && (
        <p className="row usual" role="group" aria-label="Usual answers to how you know">
          {USUAL_EVIDENCE.map((evidence) => (
            <button key={evidence} type="button" className="text-button" onClick={() => onAnswer({ evidence })}>
              {evidence}
            </button>
          ))}
        </p>
      )}
      {state.failure && <p className="quote">The texts will say {WORDING[state.failure]}.</p>}
      {text("cause", "Cause, if known (optional)", 300, "For the record. It is not in the alert.")}
    </>
  );
}

function Began({
  state: { began },
  now,
  error,
  onAnswer,
}: Pick<Props, "state" | "now" | "onAnswer"> & { error: string | undefined }) {
  const timeZone = useTimeZone();
  return (
    <fieldset className="usa-fieldset" id="beganAt">
      <legend className="usa-legend">Began ({formatZone(now, timeZone)})</legend>
      {error && <p className="usa-error-message">{error}</p>}
      <div className="row">
        <WhenFields
          value={began}
          dateId="began-date"
          timeId="began-time"
          onChange={(value) => onAnswer({ began: value })}
        />
      </div>
    </fieldset>
  );
}
