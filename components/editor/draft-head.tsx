"use client";

import { Button } from "@trussworks/react-uswds";
import { type FindingGroup, isBlocking } from "../../lib/alerts/findings";
import { useTimeZone } from "../layout/providers";
import { AskedButton } from "../ui/asked-button";
import { State } from "../ui/state";
import { formatCount, formatSeconds, formatPlaces } from "../ui/time";
import type { Checked } from "./use-checked";
import type { SaveState } from "./save-queue";

/** What stands between the draft and the approver, with its counts. */
export function describeBlocking(groups: readonly FindingGroup[]): string {
  const towns = groups.find(({ rule }) => rule === "DIR-001")?.places.length ?? 0;
  const rules = groups.filter(({ rule }) => rule !== "DIR-001").length;
  const parts = [
    towns > 0 ? `${formatPlaces(towns)} without a usable number` : "",
    rules > 0 ? `${rules} ${rules === 1 ? "problem" : "problems"} in the texts` : "",
  ].filter(Boolean);
  return `${parts.join(" and ")} must be fixed first.`;
}

function whyNot({
  readOnly,
  submitted,
  checked,
  messages,
}: {
  readOnly: boolean;
  submitted: boolean;
  checked: Checked | null;
  messages: number;
}): string {
  if (readOnly) return "You can read this draft. A drafter of this agency can change it.";
  if (submitted) return "The approver has it. If you change it, the review starts over.";
  if (checked === null) return `Checking the texts for ${formatPlaces(messages)}.`;
  const blocking = checked.problems.filter(isBlocking);
  if (blocking.length > 0) return describeBlocking(blocking);
  return "Ready. A second official reads it next.";
}

/** The title, how the draft stands, and what can be done with it. */
export function DraftHead({
  title,
  towns,
  languages,
  submitted,
  readOnly,
  cancellation,
  checked,
  sending,
  discarding,
  finished,
  onTitle,
  onSend,
  onSendFinished,
  onDiscard,
}: {
  title: string;
  towns: number;
  /** Their names. */
  languages: readonly string[];
  submitted: boolean;
  readOnly: boolean;
  cancellation: boolean;
  checked: Checked | null;
  sending: boolean;
  discarding: boolean;
  /** Places that are finished while others are not; 0 when they cannot be sent alone. */
  finished: number;
  onTitle: (title: string) => void;
  onSend: () => void;
  onSendFinished: () => void;
  onDiscard: () => void;
}) {
  const blocked = checked === null || checked.problems.some(isBlocking);
  return (
    <div className="spread">
      <div>
        <label className="visually-hidden" htmlFor="alert-title">
          Title of the alert
        </label>
        <input
          id="alert-title"
          className="usa-input"
          value={title}
          maxLength={120}
          readOnly={readOnly}
          onChange={(event) => onTitle(event.target.value)}
        />
        <p className="row hint">
          {submitted ? <State shape="half">With the approver</State> : <State shape="circle">Draft</State>}
          <span>
            {formatPlaces(towns)}, {languages.join(" and ")}
          </span>
        </p>
      </div>
      <div className="stack">
        {!readOnly && (
          <div className="row">
            <Button
              type="button"
              disabled={blocked || sending || submitted}
              onClick={onSend}
              aria-describedby="send-why"
            >
              {sending ? "Sending" : cancellation ? "Send the cancellation for approval" : "Send for approval"}
            </Button>
            {!submitted && (
              <AskedButton
                label="Discard draft"
                question="Discard this draft?"
                yes="Discard"
                no="Keep it"
                disabled={discarding}
                onYes={onDiscard}
              />
            )}
          </div>
        )}
        {!readOnly && !submitted && finished > 0 && (
          <p>
            <Button type="button" outline disabled={sending} onClick={onSendFinished}>
              Send the {finished === 1 ? "finished place" : `${formatCount(finished)} finished places`}
            </Button>{" "}
            <span className="hint">The others become a draft of their own.</span>
          </p>
        )}
        <p className="why-not" id="send-why">
          {whyNot({ readOnly, submitted, checked, messages: towns })}
        </p>
      </div>
    </div>
  );
}

/** Whether the draft is saved, in view however far down someone writes. */
export function SaveStrip({ state }: { state: SaveState }) {
  const timeZone = useTimeZone();
  return (
    <div className="draft-strip">
      <div className="wrap" role="status">
        {state.kind === "saved" && (
          <State shape="tick" tone="good">
            Saved {formatSeconds(state.at, timeZone)}
          </State>
        )}
        {(state.kind === "waiting" || state.kind === "saving") && <State shape="dots">Saving</State>}
        {state.kind === "on-device" && (
          <State shape="triangle" tone="bad">
            Not saved: {state.message}
          </State>
        )}
        {state.kind === "collision" && (
          <State shape="triangle" tone="bad">
            Not saved: someone else saved first
          </State>
        )}
      </div>
    </div>
  );
}
