"use client";

import { FAILURES, TEXT_TO_911 } from "../../lib/incidents/schema";

type Failure = keyof typeof FAILURES;
type TextTo911 = keyof typeof TEXT_TO_911;

/** What fails, one tile for each kind of outage. */
export function FailureTiles({
  legend,
  value: chosen,
  leaveOut,
  begins = false,
  error,
  onChoose,
}: {
  legend: string;
  value: Failure | null;
  /** A kind that can't be chosen here. */
  leaveOut?: Failure;
  /** The form begins here, so the first tile has the focus. */
  begins?: boolean;
  error: string | undefined;
  onChoose: (failure: Failure) => void;
}) {
  return (
    <fieldset className="usa-fieldset" id="failure">
      <legend className="rule">
        <h2>{legend}</h2>
      </legend>
      {error && <p className="usa-error-message">{error}</p>}
      <div className="tiles">
        {Object.entries(FAILURES)
          .filter(([value]) => value !== leaveOut)
          .map(([value, { label, hint }]) => (
            <label className="tile" key={value}>
              <input
                type="radio"
                name="failure"
                value={value}
                checked={chosen === value}
                autoFocus={begins && value === "full"}
                onChange={() => onChoose(value as Failure)}
              />
              <span>
                <span className="strong">{label}</span>
                <span className="hint">{hint}</span>
              </span>
            </label>
          ))}
      </div>
    </fieldset>
  );
}

/** What is known of text-to-911. */
export function TextTo911Choice({
  value: chosen,
  onChoose,
}: {
  value: TextTo911;
  onChoose: (textTo911: TextTo911) => void;
}) {
  return (
    <fieldset className="usa-fieldset">
      <legend className="usa-legend">Text-to-911</legend>
      <div className="segmented">
        {Object.entries(TEXT_TO_911).map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name="textTo911"
              value={value}
              checked={chosen === value}
              onChange={() => onChoose(value as TextTo911)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
