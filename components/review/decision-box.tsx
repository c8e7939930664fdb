"use client";

import { Button } from "@trussworks/react-uswds";
import { useState } from "react";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { Field } from "../ui/field";
import { type ProofWays, useProof } from "../auth/use-proof";

type Choice = "approve" | "return" | "reject";

export interface DecisionInput {
  decision: Choice;
  reason?: string;
  password?: string;
  code?: string;
  phrase?: string;
}

/** One radio group. The red button says what it does; until everything is confirmed the box names what is missing. */
export function DecisionBox({
  mode,
  publishLabel,
  consequence,
  missing,
  changed,
  author,
  busy,
  problem,
  ways,
  onDecide,
}: {
  mode: "live" | "exercise";
  publishLabel: string;
  consequence: string;
  missing: readonly { name: string; label: string }[];
  /** What it is made of changed since it was sent, so that it can go back only. */
  changed: boolean;
  author: string;
  busy: boolean;
  problem: FormProblem | null;
  ways: ProofWays;
  onDecide: (input: DecisionInput) => void;
}) {
  const [chosen, choose] = useState<Choice>("approve");
  const choice = changed && chosen === "approve" ? "return" : chosen;
  const [reason, setReason] = useState("");
  const [phrase, setPhrase] = useState("");
  const exercise = mode === "exercise";
  const again = useProof(ways, "Asked again because this publishes an alert.", problem);
  const given = exercise ? phrase !== "" : again.given;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (choice !== "approve") onDecide({ decision: choice, reason });
    else onDecide({ decision: choice, ...(exercise ? { phrase } : again.proof) });
  };
  const tile = (value: Choice, label: string, hint: string) => (
    <label className="tile">
      <input type="radio" name="decision" value={value} checked={choice === value} onChange={() => choose(value)} />
      <span>
        <span className="strong">{label}</span>
        <span className="hint">{hint}</span>
      </span>
    </label>
  );
  return (
    <form className="box" onSubmit={submit} noValidate aria-labelledby="decision-heading">
      <ErrorSummary problem={problem} />
      <fieldset className="usa-fieldset">
        <legend className="visually-hidden">Your decision</legend>
        {!changed &&
          tile("approve", exercise ? "Approve and publish in the exercise" : "Approve and publish now", consequence)}
        {tile("return", `Return to ${author} for changes`, "Nothing goes out. The author sees your reason first.")}
        {tile("reject", "Reject", "Ends this alert for good. A new one has to be started.")}
      </fieldset>
      {choice === "approve" ? (
        <>
          {exercise ? (
            <Field id="phrase" label="Type EXERCISE" error={problem?.fields?.phrase}>
              {(aria) => (
                <input
                  {...aria}
                  className="usa-input"
                  autoComplete="off"
                  value={phrase}
                  onChange={(event) => setPhrase(event.target.value)}
                />
              )}
            </Field>
          ) : (
            again.fields
          )}
          <p>
            <Button
              type="submit"
              className={exercise ? "exercise-button" : "public"}
              disabled={busy || missing.length > 0 || !given}
            >
              {busy ? "Publishing" : publishLabel}
            </Button>
          </p>
          {missing.length === 0 && !given && (
            <p className="why-not">{exercise ? "Type EXERCISE to publish." : `${again.missing} to publish.`}</p>
          )}
          {missing.length > 0 && (
            <p className="why-not">
              <strong>
                {missing.length} {missing.length === 1 ? "confirmation is" : "confirmations are"} missing:
              </strong>{" "}
              {missing.map(({ name, label }, index) => (
                <span key={name}>
                  {index > 0 && ", "}
                  <a href={`#confirm-${name}`}>{label}</a>
                </span>
              ))}
              .
            </p>
          )}
        </>
      ) : (
        <>
          <Field id="reason" label="Reason" error={problem?.fields?.reason}>
            {(aria) => (
              <textarea
                {...aria}
                className="usa-textarea"
                value={reason}
                maxLength={1200}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <p>
            <Button type="submit" disabled={busy}>
              {choice === "return" ? "Return it with this reason" : "Reject it with this reason"}
            </Button>
          </p>
        </>
      )}
    </form>
  );
}
