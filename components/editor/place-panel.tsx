"use client";

import { memo, useCallback, useMemo } from "react";
import { wordingOwner } from "../../lib/alerts/choose-wording";
import type { AlertFacts, CoveringAlert } from "../../lib/alerts/facts";
import { answeredAt, describeHelp, summarizePlan } from "../../lib/alerts/plan-summary";
import { type BroadcastPlan, type Chosen, homeCounty, nameListed, type PhonePlan } from "../../lib/alerts/plan";
import { type Grouping, GROUPINGS } from "../../lib/alerts/schema";
import { formatCounty } from "../../lib/places/county-kinds";
import { capitalize } from "../../lib/platform/capitalize";
import type { Overlap } from "../../lib/standards/geometry/overlap";
import type { LanguageWords } from "../../lib/wording/languages";
import { useTimeZone } from "../layout/providers";
import { formatCount, formatDay, formatPeople, formatPlaces } from "../ui/time";
import type { ComposerChange, Filter } from "./composer-state";
import { CountyReachList } from "./county-reach-list";
import { OverlapList } from "./overlap-list";
import { type PlaceRow, PlaceList } from "./place-list";

const FILTERS: Record<Filter, string> = {
  all: "All",
  blocked: "Must fix first",
  "no-number": "No number",
  alternate: "Alternate number",
  override: "Override",
  custom: "Edited for one place only",
};
const FILTER_NAMES = Object.keys(FILTERS) as Filter[];
const fits = (row: PlaceRow, filter: Filter) =>
  filter === "all" || (filter === "custom" ? row.custom : !row.restored && row.selection.outcome === filter);

function matches({ name, selection }: PlaceRow, find: string): boolean {
  const digits = find.replace(/\D/g, "");
  return name.toLowerCase().includes(find) || (digits !== "" && (selection.number?.e164 ?? "").includes(digits));
}

const formatMessages = (count: number) => `${formatCount(count)} ${count === 1 ? "message" : "messages"}`;

/** The places of the alert, filtered and searched, and how they are grouped into messages. */
export const PlacePanel = memo(function PlacePanel({
  chosen,
  edited,
  grouping,
  filter,
  find,
  selected,
  purpose,
  plans,
  covering,
  overlapping,
  incident,
  words,
  dropped,
  readOnly,
  dispatch,
}: {
  chosen: readonly Chosen[];
  /** Places whose wording someone edited for them alone. */
  edited: ReadonlySet<string>;
  grouping: Grouping;
  filter: Filter;
  find: string;
  selected: string;
  purpose: string;
  /** The messages the alert becomes. */
  plans: readonly (PhonePlan | BroadcastPlan)[];
  /** Alerts of other outages that some of the places have already. */
  covering: readonly CoveringAlert[];
  /** Which outlines cover the same ground. */
  overlapping: readonly Overlap[];
  incident: Pick<AlertFacts["incident"], "textTo911">;
  /** The first language, in which the list says what a place without a number is told. */
  words: LanguageWords | undefined;
  /** How many own texts went with the grouping that was changed just now. */
  dropped: number;
  readOnly: boolean;
  dispatch: (change: ComposerChange) => void;
}) {
  const timeZone = useTimeZone();
  const rows = useMemo(
    () =>
      chosen
        .map((one) => ({ one, answered: answeredAt(one) }))
        .map(({ one, answered }) => ({
          answered: answered === null ? null : formatDay(answered, timeZone),
          restored: one.restoredAt !== undefined,
          giving: purpose !== "cancellation",
          help: purpose === "cancellation" ? null : describeHelp(one, incident, words),
          id: one.place.id,
          name: nameListed(one.place),
          selection: one.selection,
          custom: edited.has(one.place.id),
          county: edited.has(wordingOwner({ audience: "broadcasters", id: homeCounty(one.place).id }))
            ? formatCounty(homeCounty(one.place))
            : null,
        }))
        .sort((left, right) => left.name.localeCompare(right.name)),
    [chosen, edited, purpose, incident, words, timeZone],
  );
  const summary = useMemo(
    () => summarizePlan(plans, chosen, covering, overlapping),
    [plans, chosen, covering, overlapping],
  );
  const select = useCallback((placeId: string) => dispatch({ type: "select", placeId }), [dispatch]);
  const needle = find.trim().toLowerCase();
  const shown = rows.filter((row) => fits(row, filter) && (needle === "" || matches(row, needle)));
  // A cancellation gives no number to anyone, so how places stand with theirs says nothing.
  const offered = purpose === "cancellation" ? (["all", "custom"] as const) : FILTER_NAMES;
  return (
    <section className="plan" data-pane-name="places" aria-labelledby="plan-heading">
      <div className="sticky">
        <h2 id="plan-heading">{formatPlaces(rows.length)}</h2>
        <p className="hint plan-counts">
          {capitalize(formatPeople(summary.populations))}. {formatMessages(summary.phones)} for phones,{" "}
          {formatCount(summary.stations)} for radio and television.
        </p>
        {offered
          .map((name) => ({ name, count: rows.filter((row) => fits(row, name)).length }))
          .filter(({ name, count }) => name === "all" || count > 0)
          .map(({ name, count }) => (
            <button
              key={name}
              type="button"
              className="plan-filter"
              aria-pressed={filter === name}
              onClick={() => dispatch({ type: "filter", filter: name })}
            >
              <span>{FILTERS[name]}</span>
              <span className="tabular">{count}</span>
            </button>
          ))}
        <label className="usa-label" htmlFor="plan-grouping">
          Messages for phones
        </label>
        <select
          className="usa-select"
          id="plan-grouping"
          value={grouping}
          disabled={readOnly || purpose === "cancellation"}
          onChange={(event) => dispatch({ type: "grouping", grouping: event.target.value as Grouping })}
        >
          {Object.entries(GROUPINGS).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <div role="status">
          {dropped > 0 && (
            <p className="text-note">
              {dropped === 1 ? "1 place’s own wording is gone." : `${dropped} places’ own wordings are gone.`}{" "}
              <button type="button" className="text-button" onClick={() => dispatch({ type: "undo" })}>
                Undo
              </button>
            </p>
          )}
        </div>
        <CountyReachList plans={plans} />
        <OverlapList overlaps={summary.overlaps} />
        <label className="usa-label" htmlFor="plan-find">
          Find a place or a number
        </label>
        <input
          id="plan-find"
          className="usa-input"
          type="search"
          value={find}
          onChange={(event) => dispatch({ type: "find", find: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && shown[0]) dispatch({ type: "select", placeId: shown[0].id });
          }}
        />
        <PlaceList rows={shown} selected={selected} onSelect={select} />
      </div>
    </section>
  );
});
