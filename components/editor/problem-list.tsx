"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRef, useState } from "react";
import { type FindingGroup, isBlocking } from "../../lib/alerts/findings";
import { numberChoiceSchema } from "../../lib/alerts/schema";
import { formatNumber, type recordTestCallSchema } from "../../lib/directory/schema";
import type { Action } from "../../lib/platform/result";
import { lastGoodCall, type NumberChoice, numbersFor } from "../../lib/directory/selection";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import type { z } from "zod";
import { TestCallForm } from "../directory/test-call-form";
import { useTimeZone } from "../layout/providers";
import { State } from "../ui/state";
import { formatDay, formatPlaces } from "../ui/time";

type RecordCall = Action<z.input<typeof recordTestCallSchema>, { validDays: number }>;

/** A place whose number nobody answered: call it, give no number, or override with a reason. */
function Remedy({
  place,
  choice,
  wrong,
  readOnly,
  now,
  recordCall,
  onDecide,
}: {
  place: PlaceFacts;
  choice: NumberChoice | undefined;
  wrong: string | null;
  readOnly: boolean;
  now: number;
  recordCall: RecordCall;
  onDecide: (choice: NumberChoice | null) => void;
}) {
  const timeZone = useTimeZone();
  const [calling, setCalling] = useState(false);
  const [asked, ask] = useState<NumberChoice["choice"] | null>(null);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  // The desks that take an emergency, in the order of the directory: what selection would give first.
  const number = numbersFor(place.numbers, "dispatch")[0];
  const box = useRef<HTMLDivElement>(null);
  const last = number && lastGoodCall(number);
  const id = `reason-${place.id}`;
  const decide = () => {
    const given =
      asked === "override" ? { choice: asked, numberId: number!.id, reason } : { choice: "no-number" as const, reason };
    const checked = numberChoiceSchema.safeParse(given);
    if (!checked.success) return setError(checked.error.issues[0]?.message ?? "Give a reason.");
    onDecide(checked.data);
    ask(null);
    // The field that had the focus is gone; what was decided stands here.
    box.current?.focus();
  };
  return (
    <div className="finding" ref={box} tabIndex={-1}>
      <div className="spread">
        <span>
          <strong>{place.name}</strong> {number && <span className="number">{formatNumber(number)}</span>}{" "}
          <span className="hint">{last ? `last answered ${formatDay(last.at, timeZone)}` : "never answered"}</span>
          {choice && (
            <span className="hint">
              {" "}
              · {choice.choice === "override" ? "override" : "no number"}: “{choice.reason}”
            </span>
          )}
        </span>
        {!readOnly && (
          <span className="row">
            {number ? (
              <Button type="button" unstyled aria-expanded={calling} onClick={() => setCalling(!calling)}>
                Call it<span className="visually-hidden">, {place.name}</span>
              </Button>
            ) : (
              <Link href={`/directory/${place.id}`} prefetch={false}>
                Add a number<span className="visually-hidden">, {place.name}</span>
              </Link>
            )}
            {choice ? (
              <Button type="button" unstyled onClick={() => onDecide(null)}>
                Undo<span className="visually-hidden">, {place.name}</span>
              </Button>
            ) : (
              <>
                <Button type="button" unstyled aria-expanded={asked === "no-number"} onClick={() => ask("no-number")}>
                  Give no number<span className="visually-hidden">, {place.name}</span>
                </Button>
                {number && formatNumber(number) !== wrong && (
                  <Button type="button" unstyled aria-expanded={asked === "override"} onClick={() => ask("override")}>
                    Override<span className="visually-hidden">, {place.name}</span>
                  </Button>
                )}
              </>
            )}
          </span>
        )}
      </div>
      {calling && number && (
        <TestCallForm
          numberId={number.id}
          label={`${place.name}, ${formatNumber(number)}`}
          now={now}
          validDays={number.calls[0]?.validDays ?? 90}
          record={recordCall}
        />
      )}
      {asked && (
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            decide();
          }}
        >
          <label className="usa-label" htmlFor={id}>
            {asked === "override"
              ? `Why give ${formatNumber(number!)} though nobody has answered it lately?`
              : `Why should the text for ${place.name} give no number?`}
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
            <Button type="submit">{asked === "override" ? "Override with this reason" : "Give no number"}</Button>
            <Button type="button" unstyled onClick={() => ask(null)}>
              Cancel
            </Button>
          </span>
          <p className="hint">The approver reads the reason first.</p>
        </form>
      )}
    </div>
  );
}

function describeCount(group: FindingGroup): string {
  const count = new Set(group.places.map(({ place }) => place)).size;
  return count === 1 ? group.places[0]!.place : `${count} places`;
}

/** Findings by what they hold up: must fix, needs review, suggestions. */
export function ProblemList({
  problems,
  places,
  restoredIds,
  wrong,
  choices,
  readOnly,
  now,
  recordCall,
  onDecide,
  onSelect,
}: {
  problems: readonly FindingGroup[] | null;
  places: readonly PlaceFacts[];
  /** Where 911 works again, so that no number is given. */
  restoredIds: ReadonlySet<string>;
  /** The number that a correction corrects, which is not given on an override either. */
  wrong: string | null;
  choices: Readonly<Record<string, NumberChoice>>;
  readOnly: boolean;
  now: number;
  /** Keeps a test call that was made from here. */
  recordCall: RecordCall;
  onDecide: (placeId: string, choice: NumberChoice | null) => void;
  onSelect: (placeId: string) => void;
}) {
  if (problems === null) return <p aria-live="polite">Checking the texts.</p>;
  const blocked = problems.find(({ rule }) => rule === "DIR-001");
  const decided = places.filter(({ id }) => choices[id] && !restoredIds.has(id));
  // The rules are asked a moment after a decision: until they have answered, what was decided is not open.
  const open = places.filter(({ id }) => !choices[id] && blocked?.places.some(({ placeId }) => placeId === id));
  const others = problems.filter(({ rule }) => rule !== "DIR-001");
  const sections = [
    { name: "must", groups: others.filter(isBlocking) },
    { name: "review", groups: others.filter(({ verdict }) => verdict === "review") },
    { name: "advice", groups: others.filter((group) => !isBlocking(group) && group.verdict === "fail") },
  ];
  return (
    <div aria-live="polite">
      {open.length > 0 && (
        <p>
          <State shape="octagon" tone="bad">
            Must fix: {formatPlaces(open.length)} without a usable number
          </State>{" "}
          <span className="second">They have no verified number to give out.</span>
        </p>
      )}
      {[...open, ...decided].map((place) => (
        <Remedy
          key={place.id}
          place={place}
          choice={choices[place.id]}
          wrong={wrong}
          readOnly={readOnly}
          now={now}
          recordCall={recordCall}
          onDecide={(choice) => onDecide(place.id, choice)}
        />
      ))}
      {sections.map(({ name, groups }) =>
        groups.map((group) => (
          <details className="finding" key={group.rule}>
            <summary>
              {name === "must" ? (
                <State shape="octagon" tone="bad">
                  Must fix
                </State>
              ) : name === "review" ? (
                <State shape="half">Needs review</State>
              ) : (
                <State shape="bullet" tone="quiet">
                  Suggestion
                </State>
              )}{" "}
              {group.says} <strong>{describeCount(group)}</strong> <span className="hint">Rule {group.rule}</span>
            </summary>
            <ul className="finding-places">
              {group.places.slice(0, 12).map((found, index) => (
                <li key={index}>
                  {places.some(({ id }) => id === found.placeId) ? (
                    <Button type="button" unstyled onClick={() => onSelect(found.placeId)}>
                      {found.place}
                    </Button>
                  ) : (
                    found.place
                  )}{" "}
                  <span className="hint">
                    {found.path}: {found.message}
                  </span>
                </li>
              ))}
              {group.places.length > 12 && <li className="hint">and {group.places.length - 12} more</li>}
            </ul>
          </details>
        )),
      )}
      {problems.length === 0 && (
        <p>
          <State shape="tick" tone="good">
            No problems found
          </State>
        </p>
      )}
    </div>
  );
}
