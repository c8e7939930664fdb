"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { IncidentForPage } from "../../lib/incidents/data";
import { countyWord } from "../../lib/places/county-kinds";
import type { PlaceList } from "../../lib/places/data";
import { type MovePlaces, OUTAGE_STATES, type OutageState, RESTORATION_EVIDENCE } from "../../lib/incidents/schema";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { type Shape, State } from "../ui/state";
import { formatCount, formatPeople, formatPlaces, formatWhen } from "../ui/time";
import { useAction } from "../ui/use-action";
import type { FindInOutline } from "./outline-file";
import { PlacePicker } from "./place-picker";
import { localToInstant, toLocalFields } from "../../lib/standards/cap/local-time";
import { WhenFields } from "./when-fields";

type PlaceRow = IncidentForPage["places"][number];

const SHAPES: Readonly<Record<OutageState, Shape>> = {
  out: "cross",
  partly: "half",
  restored: "tick",
  removed: "dash",
};
const SHOWN = 200;

/** The places of an outage by how they stand, and the form that moves them. */
export function PlaceStates({
  incidentId,
  places,
  now,
  toldIds,
  joinable,
  picker,
  agencyName,
  findInOutline,
  mayChange,
  move,
}: {
  incidentId: string;
  places: readonly PlaceRow[];
  now: number;
  /** Places whose people have an alert in force that says 911 is down. */
  toldIds: readonly string[];
  /** Places that may still join. */
  joinable: readonly { id: string; name: string }[];
  /** All places there are, to choose many at once from. */
  picker: PlaceList | null;
  agencyName: string;
  findInOutline: FindInOutline;
  mayChange: boolean;
  move: Action<MovePlaces, { moved: number }>;
}) {
  const timeZone = useTimeZone();
  const told = useMemo(() => new Set(toldIds), [toldIds]);
  const [find, setFind] = useState("");
  const [only, setOnly] = useState<OutageState | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** Lines of a pasted list that nobody answered yet. */
  const [open, setOpen] = useState(0);
  const allowed = useMemo(
    () => new Set([...places.map(({ id }) => id), ...joinable.map(({ id }) => id)]),
    [places, joinable],
  );
  const needle = find.trim().toLowerCase();
  const states = (Object.keys(OUTAGE_STATES) as OutageState[]).map((state) => ({
    state,
    rows: places.filter((place) => place.state === state),
  }));
  // A filter that has nothing left shows all again.
  const shown = only !== null && states.some(({ state, rows }) => state === only && rows.length > 0) ? only : null;
  const fits = places.filter(
    ({ name, state }) => (shown === null || state === shown) && name.toLowerCase().includes(needle),
  );
  const joining =
    needle.length < 2 ? [] : joinable.filter(({ name }) => name.toLowerCase().includes(needle)).slice(0, 10);
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <section aria-labelledby="places-heading" id="restore">
      <div className="rule">
        <h2 id="places-heading" tabIndex={-1}>
          Places
        </h2>
        <span>
          {formatPeople(places.filter(({ state }) => state !== "removed").map(({ population }) => population))}
        </span>
      </div>
      <div className="segmented" role="group" aria-label="Show places that are">
        <button type="button" aria-pressed={shown === null} onClick={() => setOnly(null)}>
          All {formatCount(places.length)}
        </button>
        {states
          .filter(({ rows }) => rows.length > 0)
          .map(({ state, rows }) => (
            <button key={state} type="button" aria-pressed={shown === state} onClick={() => setOnly(state)}>
              {OUTAGE_STATES[state]} {formatCount(rows.length)}
            </button>
          ))}
      </div>
      <label className="usa-label" htmlFor="find-incident-place">
        Find a place{mayChange && joinable.length > 0 ? ", also one to add" : ""}
      </label>
      <input
        className="usa-input"
        id="find-incident-place"
        type="search"
        value={find}
        onChange={(event) => setFind(event.target.value)}
      />
      <div className="place-list" role="group" aria-label="Places of this outage" tabIndex={0}>
        {fits.slice(0, SHOWN).map((place) => {
          const line = (
            <span>
              {place.name}{" "}
              <State shape={SHAPES[place.state]} tone={place.state === "restored" ? "good" : "plain"}>
                {OUTAGE_STATES[place.state]}
              </State>{" "}
              <span className="hint">
                {place.since !== null && `since ${formatWhen(place.since, now, timeZone)}`}
                {place.evidence && `: ${place.evidence}`}
                {place.state !== "removed" &&
                  (told.has(place.id)
                    ? place.state === "restored"
                      ? " · no all-clear yet"
                      : " · alert in force"
                    : place.state === "restored"
                      ? ""
                      : " · no alert yet")}
              </span>
            </span>
          );
          return mayChange ? (
            <label className="check" key={place.id}>
              <input type="checkbox" checked={chosen.has(place.id)} onChange={() => toggle(place.id)} />
              {line}
            </label>
          ) : (
            <p key={place.id}>{line}</p>
          );
        })}
        {fits.length > SHOWN && <p className="hint">and {formatCount(fits.length - SHOWN)} more: search for them</p>}
        {mayChange &&
          joining.map(({ id, name }) => (
            <label className="check" key={id}>
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
              <span>
                {name} <span className="hint">not part of this outage: choose it to add it</span>
              </span>
            </label>
          ))}
        {fits.length === 0 && joining.length === 0 && <p>No place matches.</p>}
      </div>
      {mayChange && (
        <p className="row">
          {fits.length > 0 && (
            <Button type="button" unstyled onClick={() => setChosen(new Set(fits.map(({ id }) => id)))}>
              Choose all {formatCount(fits.length)}
              {needle !== "" && " that match"}
            </Button>
          )}
          <Button type="button" unstyled onClick={() => setChosen(new Set())}>
            Choose none
          </Button>
          <span className="hint">{formatPlaces(chosen.size)} chosen</span>
        </p>
      )}
      {mayChange && picker && (
        <details>
          <summary>Choose many: the whole area, {countyWord(picker.counties.map(({ id }) => id)).many}, a list</summary>
          {joinable.length > 0 && (
            <p>
              <Button type="button" outline onClick={() => setChosen(new Set(joinable.map(({ id }) => id)))}>
                Choose the {formatPlaces(joinable.length)} that {joinable.length === 1 ? "is" : "are"} not part of it
              </Button>
            </p>
          )}
          <PlacePicker
            places={picker}
            allowed={allowed}
            agencyName={agencyName}
            find={findInOutline}
            value={{ ids: chosen, open }}
            onChange={(value) => {
              setChosen(value.ids);
              setOpen(value.open);
            }}
          />
        </details>
      )}
      {mayChange && open > 0 && (
        <p className="quote reason" role="status">
          {open === 1 ? "1 line of the list is" : `${open} lines of the list are`} not answered yet, so nothing there is
          chosen for {open === 1 ? "it" : "them"}.
        </p>
      )}
      {mayChange && chosen.size > 0 && (
        <MoveForm
          incidentId={incidentId}
          chosen={chosen}
          places={places}
          told={told}
          move={move}
          onMoved={() => {
            setChosen(new Set());
            setOpen(0);
            // What comes next stands above: the form that had the focus is gone.
            const next = document.getElementById("happened") ?? document.getElementById("places-heading");
            next?.focus();
            next?.scrollIntoView({ block: "start" });
          }}
        />
      )}
    </section>
  );
}

/** What a change means for what people have, said beside its button. */
function describeConsequence(
  state: OutageState,
  chosen: ReadonlySet<string>,
  places: readonly PlaceRow[],
  told: ReadonlySet<string>,
) {
  const known = new Set(places.map(({ id }) => id));
  const joining = [...chosen].filter((id) => !known.has(id)).length;
  const untold = [...chosen].filter((id) => !told.has(id)).length;
  const waiting = [...chosen].filter((id) => told.has(id)).length;
  if (state === "restored") {
    return waiting > 0
      ? `${formatPlaces(waiting)} ${waiting === 1 ? "has" : "have"} an alert that says 911 is down: write the all-clear next.`
      : "Nobody there was sent an alert, so no all-clear is needed.";
  }
  if (state === "removed") return "They get no alert. No alert for them may be in force.";
  const again = places.filter(({ id, state: now }) => now === "restored" && chosen.has(id)).length;
  if (again > 0)
    return `${formatPlaces(again)} of them ${again === 1 ? "is" : "are"} marked as restored and would be ${state === "out" ? "out" : "partly out"} again.`;
  if (joining > 0)
    return `${formatPlaces(joining)} ${joining === 1 ? "joins" : "join"}: not told yet. Write the alert or the update for them next.`;
  return untold > 0
    ? `${formatPlaces(untold)} not told yet. Write the alert or the update for them next.`
    : "They keep the alert they have.";
}

function MoveForm({
  incidentId,
  chosen,
  places,
  told,
  move,
  onMoved,
}: {
  incidentId: string;
  chosen: ReadonlySet<string>;
  places: readonly PlaceRow[];
  told: ReadonlySet<string>;
  move: Action<MovePlaces, { moved: number }>;
  onMoved: () => void;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const [state, setState] = useState<OutageState>(() =>
    [...chosen].every((id) => places.some((place) => place.id === id && place.state !== "restored"))
      ? "restored"
      : "out",
  );
  // The form opens long after the page did.
  const [at, setAt] = useState(() => toLocalFields(Date.now(), timeZone));
  const [evidence, setEvidence] = useState("");
  const [how, setHow] = useState<keyof typeof RESTORATION_EVIDENCE | "">("");
  const [calls, setCalls] = useState({ landlineAt: "", cellAt: "" });
  const { run, busy, problem } = useAction(move, () => {
    onMoved();
    setEvidence("");
    router.refresh();
  });
  const error = (name: string) => problem?.fields?.[name];
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const since = localToInstant(at, timeZone);
    run({
      id: incidentId,
      placeIds: [...chosen],
      state,
      since: since === null ? "" : new Date(since).toISOString(),
      evidence,
      ...(state === "restored" && how ? { how } : {}),
      ...(state === "restored" && how === "test-calls" ? calls : {}),
    });
  };
  return (
    <form className="box" onSubmit={submit} noValidate aria-label="Move the chosen places">
      <ErrorSummary problem={problem} />
      <fieldset className="usa-fieldset" id="state">
        <legend className="usa-legend">{formatPlaces(chosen.size)}: how do they stand?</legend>
        <div className="segmented">
          {(Object.keys(OUTAGE_STATES) as OutageState[]).map((value) => (
            <label key={value}>
              <input type="radio" name="state" checked={state === value} onChange={() => setState(value)} />
              {OUTAGE_STATES[value]}
            </label>
          ))}
        </div>
      </fieldset>
      {state === "restored" && (
        <fieldset className="usa-fieldset" id="how">
          <legend className="usa-legend">How do you know that 911 works again?</legend>
          {error("how") && <p className="usa-error-message">{error("how")}</p>}
          {Object.entries(RESTORATION_EVIDENCE).map(([value, label]) => (
            <label className="check" key={value}>
              <input
                type="radio"
                name="how"
                checked={how === value}
                onChange={() => setHow(value as keyof typeof RESTORATION_EVIDENCE)}
              />
              <span>{label}</span>
            </label>
          ))}
          {how === "test-calls" && (
            <div className="row">
              <Field id="landlineAt" label="Call from a landline at" error={error("landlineAt")}>
                {(aria) => (
                  <input
                    {...aria}
                    className="usa-input"
                    type="time"
                    value={calls.landlineAt}
                    onChange={(event) => setCalls({ ...calls, landlineAt: event.target.value })}
                  />
                )}
              </Field>
              <Field id="cellAt" label="Call from a cell phone at" error={error("cellAt")}>
                {(aria) => (
                  <input
                    {...aria}
                    className="usa-input"
                    type="time"
                    value={calls.cellAt}
                    onChange={(event) => setCalls({ ...calls, cellAt: event.target.value })}
                  />
                )}
              </Field>
            </div>
          )}
          {how === "test-calls" && (
            <p className="hint">
              Arrange test calls with the dispatch center first. Nobody else should call 911 to test it.
            </p>
          )}
        </fieldset>
      )}
      <fieldset className="usa-fieldset" id="since">
        <legend className="usa-legend">Since when</legend>
        {error("since") && <p className="usa-error-message">{error("since")}</p>}
        <div className="row">
          <WhenFields value={at} onChange={setAt} />
        </div>
      </fieldset>
      <Field
        id="evidence"
        label={state === "restored" ? "Who said so, or who made the calls and who answered" : "How do you know"}
        error={error("evidence")}
      >
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={evidence}
            maxLength={500}
            onChange={(event) => setEvidence(event.target.value)}
          />
        )}
      </Field>
      <p className="row">
        <Button type="submit" disabled={busy}>
          Mark {formatPlaces(chosen.size)} as {OUTAGE_STATES[state].toLowerCase()}
        </Button>
        <span className="second">{describeConsequence(state, chosen, places, told)}</span>
      </p>
    </form>
  );
}
