"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRef, useState } from "react";
import { nameListed } from "../../lib/alerts/plan";
import { numberChoiceSchema } from "../../lib/alerts/schema";
import { formatNumber, type recordTestCallSchema } from "../../lib/directory/schema";
import type { Action } from "../../lib/platform/result";
import { lastGoodCall, type NumberChoice, numbersFor } from "../../lib/directory/selection";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import type { z } from "zod";
import { TestCallForm } from "../directory/test-call-form";
import { useTimeZone } from "../layout/providers";
import { formatDay } from "../ui/time";

export type RecordCall = Action<z.input<typeof recordTestCallSchema>, { validDays: number }>;

interface Props {
  place: PlaceFacts;
  choice: NumberChoice | undefined;
  wrong: string | null;
  readOnly: boolean;
  /** It is the next thing to do, so its first remedy is the filled button. */
  next: boolean;
  now: number;
  recordCall: RecordCall;
  onDecide: (choice: NumberChoice | null) => void;
}

/** A place whose number nobody answered: call it, give no number, or override with a reason. */
export function Remedy(props: Props) {
  const { place, choice, readOnly, now, recordCall, onDecide } = props;
  const timeZone = useTimeZone();
  const [calling, setCalling] = useState(false);
  const [asked, ask] = useState<NumberChoice["choice"] | null>(null);
  // The desks that take an emergency, in the order of the directory: what selection would give first.
  const number = numbersFor(place.numbers, "dispatch")[0];
  const box = useRef<HTMLDivElement>(null);
  const last = number && lastGoodCall(number);
  return (
    <div className="finding" ref={box} tabIndex={-1} id={`place-${place.id}`}>
      <div className="finding-row">
        <span>
          <strong>{nameListed(place)}</strong> {number && <span className="number">{formatNumber(number)}</span>}{" "}
          <span className="hint">{last ? `last answered ${formatDay(last.at, timeZone)}` : "never answered"}</span>
          {choice && (
            <span className="hint">
              {" "}
              · {choice.choice === "override" ? "override" : "no number"}: “{choice.reason}”
            </span>
          )}
        </span>
        {!readOnly && (
          <Remedies
            {...props}
            number={number ? formatNumber(number) : null}
            calling={calling}
            asked={asked}
            onCall={() => setCalling(!calling)}
            onAsk={ask}
          />
        )}
      </div>
      {calling && number && (
        <TestCallForm
          numberId={number.id}
          label={`${nameListed(place)}, ${formatNumber(number)}`}
          now={now}
          validDays={number.calls[0]?.validDays ?? 90}
          record={recordCall}
        />
      )}
      {asked && (
        <ReasonForm
          place={place}
          asked={asked}
          number={number}
          onDecide={(decided) => {
            onDecide(decided);
            ask(null);
            // The field that had the focus is gone; what was decided stands here.
            box.current?.focus();
          }}
          onLeave={() => ask(null)}
        />
      )}
    </div>
  );
}

/** What can be done about it, as verbs. */
function Remedies({
  place,
  choice,
  wrong,
  next,
  number,
  calling,
  asked,
  onCall,
  onAsk,
  onDecide,
}: Props & {
  number: string | null;
  calling: boolean;
  asked: NumberChoice["choice"] | null;
  onCall: () => void;
  onAsk: (choice: NumberChoice["choice"]) => void;
}) {
  const named = <span className="visually-hidden">, {nameListed(place)}</span>;
  return (
    <span className="row">
      {number === null ? (
        <Link href={`/directory/${place.id}`} prefetch={false}>
          Add a number{named}
        </Link>
      ) : (
        <Button
          type="button"
          unstyled={!next}
          className={next ? "usa-button--small" : ""}
          aria-expanded={calling}
          onClick={onCall}
        >
          Call it{named}
        </Button>
      )}
      {choice ? (
        <Button type="button" unstyled onClick={() => onDecide(null)}>
          Undo{named}
        </Button>
      ) : (
        <>
          <Button type="button" unstyled aria-expanded={asked === "no-number"} onClick={() => onAsk("no-number")}>
            Give no number{named}
          </Button>
          {number !== null && number !== wrong && (
            <Button type="button" unstyled aria-expanded={asked === "override"} onClick={() => onAsk("override")}>
              Override{named}
            </Button>
          )}
        </>
      )}
    </span>
  );
}

/** Every decision has a reason, which the approver reads first. */
function ReasonForm({
  place,
  asked,
  number,
  onDecide,
  onLeave,
}: {
  place: PlaceFacts;
  asked: NumberChoice["choice"];
  number: PlaceFacts["numbers"][number] | undefined;
  onDecide: (choice: NumberChoice) => void;
  onLeave: () => void;
}) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const id = `reason-${place.id}`;
  const decide = () => {
    const given =
      asked === "override" && number
        ? { choice: asked, numberId: number.id, reason }
        : { choice: "no-number" as const, reason };
    const checked = numberChoiceSchema.safeParse(given);
    if (checked.success) onDecide(checked.data);
    else setError(checked.error.issues[0]?.message ?? "Give a reason.");
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        decide();
      }}
    >
      <label className="usa-label" htmlFor={id}>
        {asked === "override" && number
          ? `Why give ${formatNumber(number)} though nobody has answered it lately?`
          : `Why should the text for ${nameListed(place)} give no number?`}
      </label>
      {error && (
        <p className="usa-error-message" id={`${id}-error`}>
          {error}
        </p>
      )}
      <input
        className="usa-input"
        id={id}
        autoFocus
        value={reason}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
      <span className="row">
        <Button type="submit" outline>
          {asked === "override" ? "Override with this reason" : "Give no number"}
        </Button>
        <Button type="button" unstyled onClick={onLeave}>
          Leave without saving
        </Button>
      </span>
      <p className="hint">The approver reads the reason first.</p>
    </form>
  );
}
