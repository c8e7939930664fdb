"use client";

import { Button } from "@trussworks/react-uswds";
import { useEffect, useId, useRef, useState } from "react";
import {
  isGoodResult,
  type RecordTestCall,
  recordTestCallSchema,
  SERVICES,
  formatNumber,
  type TestCallResult,
} from "../../lib/directory/schema";
import { fieldMessages } from "../../lib/platform/result";
import type { DueNumber } from "../../lib/directory/readiness/data";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { Field } from "../ui/field";
import { formatDay } from "../ui/time";
import { OutcomeTiles } from "./outcome-tiles";

const DAY = 86_400_000;
/** Two presses within it are one, as desktops count them. */
const DOUBLE_PRESS_MS = 500;

const FLOW: Partial<Record<TestCallResult, string>> = {
  "somebody-else": "Save: the wrong desk answered",
  "no-answer": "Save: try again after 15 minutes",
  busy: "Save: try again after 15 minutes",
  "out-of-service": "Save: out of service",
};

/** One test call: the number, what to say, what came of it. The button says the effect of the chosen outcome. */
export function OneCall({
  number,
  person,
  demonstration,
  now,
  timeZone,
  busy,
  heading,
  skip,
  save,
}: {
  number: DueNumber;
  person: string;
  demonstration: boolean;
  now: number;
  timeZone: string;
  busy: boolean;
  heading: React.RefObject<HTMLHeadingElement | null>;
  skip: () => void;
  save: (call: RecordTestCall) => void;
}) {
  const id = useId();
  const [result, setResult] = useState<TestCallResult | "">("");
  const [answeredBy, setAnsweredBy] = useState("");
  const [lines, setLines] = useState(Math.min(4, number.lines));
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const shownAt = useRef(Infinity);
  useEffect(() => {
    shownAt.current = performance.now();
  }, []);
  const said = formatNumber(number);
  const good = result !== "" && isGoodResult(result);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    // The second press of a double press on the number before it, which has nothing to save here.
    if (result === "" && answeredBy === "" && performance.now() - shownAt.current < DOUBLE_PRESS_MS) return;
    const input = {
      numberId: number.id,
      result,
      answeredBy,
      ...(good ? { lines } : {}),
      ...(note.trim() ? { note } : {}),
      calledAt: new Date().toISOString(),
      clientKey: crypto.randomUUID(),
    };
    const checked = recordTestCallSchema.safeParse(input);
    if (checked.success) return save(checked.data);
    const fields = fieldMessages(checked.error, (name) => `${id}-${name}`);
    setProblem({ message: "Not saved yet.", fields });
  };
  const error = (name: string) => problem?.fields?.[`${id}-${name}`];
  const why =
    number.failures >= 2
      ? "two test calls failed"
      : number.verifiedUntil === null
        ? "never answered a test call"
        : number.verifiedUntil <= now
          ? `expired ${formatDay(number.verifiedUntil, timeZone)}`
          : `expires ${formatDay(number.verifiedUntil, timeZone)}`;
  return (
    <form onSubmit={submit} noValidate aria-label={`Test call to ${number.name}`}>
      <h2 ref={heading} tabIndex={-1}>
        {number.name}
      </h2>
      <p className="second">
        {number.within && `${number.within}. `}On the list: {why}.
      </p>
      {number.also.length > 0 && (
        <p>
          Also the number of {number.also.slice(0, 3).join(", ")}
          {number.also.length > 3 && ` and ${number.also.length - 3} more`}: this one call counts for all of them.
        </p>
      )}
      <p>
        {demonstration ? (
          <button type="button" className="usa-button call-button" onClick={() => dialog.current?.showModal()}>
            Call {said}
          </button>
        ) : (
          <a
            className="usa-button call-button"
            href={`tel:${number.e164}${number.extension ? `;ext=${number.extension}` : ""}`}
          >
            Call {said}
          </a>
        )}
      </p>
      <p className="hint">
        {number.desk}, {SERVICES[number.service].toLowerCase()}, {number.hours}.{" "}
        {number.lastCalledAt && `Last called ${formatDay(number.lastCalledAt, timeZone)}. `}
        Avoid busy hours, such as a shift change or a storm. Never call 911 to test it.
      </p>
      <p className="quote">
        <strong>Say:</strong> “This is {person}, testing the number for a 911 outage. No emergency. Would this desk take
        emergency calls, day and night, if 911 failed?”
      </p>
      <ErrorSummary problem={problem} />
      <OutcomeTiles
        id={`${id}-result`}
        legend="What happened?"
        error={error("result")}
        chosen={result}
        onChoose={setResult}
      />
      <Field
        id={`${id}-answeredBy`}
        label="Who answered"
        hint="A role is enough. Write “nobody” if no one answered."
        error={error("answeredBy")}
      >
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={answeredBy}
            maxLength={200}
            onChange={(event) => setAnsweredBy(event.target.value)}
          />
        )}
      </Field>
      {good && (
        <fieldset className="usa-fieldset">
          <legend className="usa-legend">Number of lines</legend>
          <div className="segmented">
            {[1, 2, 3, 4].map((value) => (
              <label key={value}>
                <input type="radio" name={`${id}-lines`} checked={lines === value} onChange={() => setLines(value)} />
                {value === 4 ? "4 or more" : value}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <Field id={`${id}-note`} label="Anything else" error={error("note")}>
        {(aria) => (
          <textarea
            {...aria}
            className="usa-textarea"
            rows={2}
            value={note}
            maxLength={600}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div className="foot row">
        <Button type="submit" disabled={busy}>
          {result === ""
            ? "Save test call"
            : good
              ? `Save: good until ${formatDay(now + number.validDays * DAY, timeZone)}`
              : FLOW[result]!}
        </Button>
        <Button type="button" unstyled onClick={skip}>
          Skip {number.name} for now
        </Button>
      </div>
      <dialog ref={dialog} aria-labelledby={`${id}-pretend`}>
        <h3 id={`${id}-pretend`}>Practice call to {said}</h3>
        <p>
          This is a demonstration. The number is invented and nothing is dialed. Imagine that the dispatcher on duty
          answers.
        </p>
        <Button
          type="button"
          onClick={() => {
            setAnsweredBy((before) => before || "dispatcher on duty (pretended)");
            dialog.current?.close();
          }}
        >
          Hang up
        </Button>
      </dialog>
    </form>
  );
}
