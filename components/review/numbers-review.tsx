"use client";

import { formatNumber, type NumberFacts } from "../../lib/directory/schema";
import { formatPeople, formatPlaces } from "../ui/time";
import { NumberTable } from "./number-table";
import type { ReviewGroups } from "./review-state";

type Confirmation = (name: string, sentence: React.ReactNode) => React.ReactNode;

const ALTERNATES_LISTED = 20;

/** Every number the alert gives out, those with a question first. */
export function NumbersReview({
  groups,
  evidence,
  now,
  confirm,
}: {
  groups: ReviewGroups;
  evidence: Readonly<Record<string, NumberFacts>>;
  now: number;
  confirm: Confirmation;
}) {
  const { overrides, alternates, noNumber, first, others } = groups;
  const ready = first.length + others.length;
  const people = formatPeople(noNumber.map(({ population }) => population));
  return (
    <>
      <div className="rule" id="numbers">
        <h2>Numbers, those with questions first</h2>
        <span>
          {formatPlaces(overrides.length + alternates.length + ready)} with a number, {noNumber.length} without
        </span>
      </div>
      {overrides.length > 0 && (
        <section className="stack">
          <h3>Override: {formatPlaces(overrides.length)}</h3>
          {overrides.map((one) => (
            <div className="stack" key={one.placeId}>
              <NumberTable
                places={[one]}
                evidence={evidence}
                now={now}
                caption={`${one.place}, unverified number on an override`}
              />
              <div className="quote reason">Reason: “{one.why}”</div>
              {confirm(
                `override:${one.placeId}`,
                <>
                  I accept <span className="number">{one.numbers.slice(0, 1).map(formatNumber).join()}</span> for{" "}
                  {one.place}, {formatPeople([one.population])}, for this reason
                </>,
              )}
            </div>
          ))}
        </section>
      )}
      {alternates.length > 0 && (
        <section className="stack">
          <h3>Alternate number: {formatPlaces(alternates.length)}</h3>
          <p className="second">The first number can’t be given out. Each line says why.</p>
          <NumberTable places={alternates} evidence={evidence} now={now} caption="Towns on an alternate number" />
          <ul>
            {alternates.slice(0, ALTERNATES_LISTED).map(({ placeId, place, why }) => (
              <li key={placeId}>
                <strong>{place}</strong>. {why}
              </li>
            ))}
            {alternates.length > ALTERNATES_LISTED && (
              <li>and {alternates.length - ALTERNATES_LISTED} more, in the table</li>
            )}
          </ul>
          {confirm(
            "alternates",
            <>I have compared {alternates.length === 1 ? "this number" : `these ${alternates.length} numbers`}</>,
          )}
        </section>
      )}
      {noNumber.length > 0 && (
        <section className="stack">
          <h3>No number: {formatPlaces(noNumber.length)}</h3>
          <ul>
            {noNumber.map(({ placeId, place, population, why }) => (
              <li key={placeId}>
                <strong>{place}</strong>, {formatPeople([population])}. {why}
              </li>
            ))}
          </ul>
          {confirm(
            "no-number",
            <>
              I accept texts without a number for {noNumber.map(({ place }) => place).join(", ")}, {people}
            </>,
          )}
        </section>
      )}
      {ready > 0 && (
        <section className="stack">
          <h3>Verified number: {formatPlaces(ready)}</h3>
          <p className="second">
            {others.length > 0 ? "Shown: the oldest test calls and the largest places." : "All of them are shown."}
          </p>
          <NumberTable places={first} evidence={evidence} now={now} caption="Oldest test calls and largest places" />
          {others.length > 0 && (
            <details>
              <summary>Show the other {others.length}</summary>
              <NumberTable places={others} evidence={evidence} now={now} caption="All other numbers" />
            </details>
          )}
          {confirm(
            "numbers",
            <>I have checked {ready === 1 ? "this number" : `these ${ready} numbers`} as far as I need to</>,
          )}
        </section>
      )}
    </>
  );
}
