"use client";

import { Button } from "@trussworks/react-uswds";
import { State } from "../ui/state";
import { formatCount, formatPlaces } from "../ui/time";

interface Sending {
  readOnly: boolean;
  submitted: boolean;
  cancellation: boolean;
  /** Something is on its way to the server. */
  busy: boolean;
  may: boolean;
  /** Why it can't be sent, or that it can. */
  says: string;
  /** Places that are finished while others are not; 0 when they cannot be sent alone. */
  finished: number;
  onSend: () => void;
  onSendFinished: () => void;
}

/** The way to the approver. It stands in the head, and on a phone at the foot. */
export function SendButtons({ sending, where }: { sending: Sending; where: "head" | "foot" }) {
  const { readOnly, submitted, cancellation, busy, may, says, finished, onSend, onSendFinished } = sending;
  const id = `send-why-${where}`;
  return (
    <div className={`send send-${where}`}>
      {!readOnly && (
        <div className="row">
          {!submitted && finished > 0 && (
            <Button
              type="button"
              outline
              disabled={busy}
              title="The others become a draft of their own."
              onClick={onSendFinished}
            >
              Send the {finished === 1 ? "finished place" : `${formatCount(finished)} finished places`}
            </Button>
          )}
          {(where === "head" || may || finished === 0) && (
            <Button type="button" disabled={!may || busy} onClick={onSend} aria-describedby={id}>
              {busy ? "Sending" : cancellation ? "Send the cancellation for approval" : "Send for approval"}
            </Button>
          )}
        </div>
      )}
      <p className="why-not" id={id}>
        {says}
        {!readOnly && !submitted && finished > 0 && " The others become a draft of their own."}
      </p>
    </div>
  );
}

/** The title, how the draft stands, and what can be done with it. */
export function DraftHead({
  title,
  towns,
  languages,
  sending,
  onTitle,
}: {
  title: string;
  towns: number;
  /** Their names. */
  languages: readonly string[];
  sending: Sending;
  onTitle: (title: string) => void;
}) {
  return (
    <div className="draft-head">
      <div>
        <label className="visually-hidden" htmlFor="alert-title">
          Title of the alert
        </label>
        <input
          id="alert-title"
          className="title-input"
          value={title}
          maxLength={120}
          readOnly={sending.readOnly}
          onChange={(event) => onTitle(event.target.value)}
        />
        <p className="row hint">
          {sending.submitted ? <State shape="half">With the approver</State> : <State shape="circle">Draft</State>}
          <span>
            {formatPlaces(towns)}, {languages.join(" and ")}
          </span>
        </p>
      </div>
      <SendButtons sending={sending} where="head" />
    </div>
  );
}
