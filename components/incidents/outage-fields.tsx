"use client";

import { TextInput } from "@trussworks/react-uswds";
import { useTimeZone } from "../layout/providers";
import { Field } from "../ui/field";
import { formatZone } from "../ui/time";
import { CarrierField } from "./carrier-field";
import type { Answer, DeclareState } from "./declare-state";
import { describeTexts } from "./how-texts-read";
import { FailureTiles, TextTo911Choice } from "./outage-choices";
import { WhenFields } from "./when-fields";

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
  const text = (name: "evidence" | "cause", label: string, most: number, hint?: string) => (
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
      {state.failure === "carrier" && (
        <CarrierField value={state.carrier} error={error("carrier")} onChange={(carrier) => onAnswer({ carrier })} />
      )}
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
      {state.failure && (
        <div className="quote texts-read">
          {describeTexts(state.failure).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
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
