"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button, TextInput } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { PlaceList } from "../../lib/places/data";
import type { MapShapes } from "../../lib/places/map";
import { declareIncidentSchema, FAILURES, TEXT_TO_911 } from "../../lib/incidents/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { PlaceMap } from "../map/place-map";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { formatCount, formatTowns, formatZone } from "../ui/time";
import { useAction } from "../ui/use-action";
import { PlacePicker, type Places } from "./place-picker";
import { localToInstant, toLocalFields } from "./local-time";
import type { DeclareIncident } from "../../lib/incidents/schema";

export interface DeclareFormProps {
  mode: "live" | "exercise";
  places: PlaceList;
  map: MapShapes;
  agency: { name: string; townIds: string[] };
  now: number;
  /** Facts of 18 June 2024 to fill in, in a demonstration. */
  story: { evidence: string; cause: string } | null;
  declare: Action<DeclareIncident, { id: string }>;
}

const WORDING: Record<keyof typeof FAILURES, string> = {
  full: "“911 is not working”, and the direct number to call",
  partial: "“dial 911 first; if it fails, call…”, because some calls still get through",
  intermittent: "“911 works on and off; dial 911 first”",
  carrier: "“phones of this carrier may not reach 911; dial 911 first”",
  landline: "“Landlines may not reach 911. Use a cell phone. If you can’t, call…”",
  wireless: "“Cell phones may not reach 911. Use a landline. If you can’t, call…”",
};

export function DeclareForm({ mode, places, map, agency, now, story, declare }: DeclareFormProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const timeZone = useTimeZone();
  const exercise = mode === "exercise";
  const [failure, setFailure] = useState<keyof typeof FAILURES | null>(null);
  const [carrier, setCarrier] = useState("");
  const [texting, setTexting] = useState<keyof typeof TEXT_TO_911>("unknown");
  const [began, setBegan] = useState(() => toLocalFields(now, timeZone));
  const [evidence, setEvidence] = useState("");
  const [cause, setCause] = useState("");
  const [confirmation, setConfirmation] = useState("");
  const [chosen, setChosen] = useState<Places>({ ids: new Set(), open: 0 });
  const { run, busy, problem, setProblem } = useAction(declare, ({ id }) => {
    router.push(`/incidents/${id}`);
    void queries.invalidateQueries({ queryKey: ["incidents"] });
  });
  const allowed = useMemo(() => new Set(agency.townIds), [agency.townIds]);
  const people = places.towns.reduce((sum, town) => sum + (chosen.ids.has(town.id) ? town.population : 0), 0);
  const counties = new Set(places.towns.filter(({ id }) => chosen.ids.has(id)).map(({ countyId }) => countyId));
  const countyPeople = places.towns.reduce((sum, town) => sum + (counties.has(town.countyId) ? town.population : 0), 0);
  const toggle = (id: string) => {
    if (!allowed.has(id)) return;
    const ids = new Set(chosen.ids);
    if (!ids.delete(id)) ids.add(id);
    choose({ ...chosen, ids });
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const beganAt = localToInstant(began.date, began.time, timeZone);
    const input = {
      mode,
      failure,
      ...(failure === "carrier" ? { carrier } : {}),
      textTo911: texting,
      beganAt: beganAt === null ? "" : new Date(beganAt).toISOString(),
      evidence,
      ...(cause.trim() ? { cause } : {}),
      placeIds: [...chosen.ids],
      ...(exercise ? { confirmation } : {}),
    };
    const checked = declareIncidentSchema.safeParse(input);
    if (checked.success) return run(checked.data);
    setProblem({ message: "Not declared yet.", fields: fieldMessages(checked.error) });
  };
  const error = (name: string) => problem?.fields?.[name];
  /** A field that is being answered is no longer told to be wrong. */
  const answered = (name: string) => {
    if (!problem?.fields?.[name]) return;
    const { [name]: _, ...fields } = problem.fields;
    setProblem(Object.keys(fields).length > 0 ? { message: problem.message, fields } : null);
  };
  const choose = (places: Places) => {
    setChosen(places);
    if (places.ids.size > 0) answered("placeIds");
  };
  return (
    <form onSubmit={submit} noValidate className="columns">
      <div>
        <ErrorSummary problem={problem} />
        {story && (
          <p className="quote">
            <Button
              type="button"
              outline
              onClick={() => {
                setFailure("full");
                setTexting("fails");
                setEvidence(story.evidence);
                setCause(story.cause);
                choose({ ids: new Set(agency.townIds), open: 0 });
              }}
            >
              Fill in the outage of 18 June 2024
            </Button>{" "}
            It puts the whole area of {agency.name} and the facts of that day into the form, beginning now.
          </p>
        )}
        <fieldset className="usa-fieldset" id="failure">
          <legend className="rule">
            <h2>What fails</h2>
          </legend>
          {error("failure") && <p className="usa-error-message">{error("failure")}</p>}
          <div className="tiles">
            {Object.entries(FAILURES).map(([value, { label, hint }]) => (
              <label className="tile" key={value}>
                <input
                  type="radio"
                  name="failure"
                  value={value}
                  checked={failure === value}
                  onChange={() => {
                    setFailure(value as keyof typeof FAILURES);
                    answered("failure");
                  }}
                />
                <span>
                  <span className="strong">{label}</span>
                  <span className="hint">{hint}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        {failure === "carrier" && (
          <Field
            id="carrier"
            label="Which carrier"
            hint="The name customers know, 12 characters or fewer."
            error={error("carrier")}
          >
            {(aria) => (
              <TextInput
                {...aria}
                name="carrier"
                type="text"
                maxLength={12}
                value={carrier}
                onChange={(event) => {
                  setCarrier(event.target.value);
                  answered("carrier");
                }}
              />
            )}
          </Field>
        )}
        <div className="row">
          <fieldset className="usa-fieldset">
            <legend className="usa-legend">Text-to-911</legend>
            <div className="segmented">
              {Object.entries(TEXT_TO_911).map(([value, label]) => (
                <label key={value}>
                  <input
                    type="radio"
                    name="textTo911"
                    value={value}
                    checked={texting === value}
                    onChange={() => setTexting(value as keyof typeof TEXT_TO_911)}
                  />
                  {label}
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset className="usa-fieldset" id="beganAt">
            <legend className="usa-legend">Began ({formatZone(now, timeZone)})</legend>
            {error("beganAt") && <p className="usa-error-message">{error("beganAt")}</p>}
            <div className="row">
              <label className="when">
                Day
                <input
                  className="usa-input"
                  id="began-date"
                  type="date"
                  value={began.date}
                  onChange={(event) => setBegan({ ...began, date: event.target.value })}
                />
              </label>
              <label className="when">
                Time
                <input
                  className="usa-input"
                  id="began-time"
                  type="time"
                  value={began.time}
                  onChange={(event) => setBegan({ ...began, time: event.target.value })}
                />
              </label>
            </div>
          </fieldset>
        </div>
        <Field id="evidence" label="How do you know" error={error("evidence")}>
          {(aria) => (
            <TextInput
              {...aria}
              name="evidence"
              type="text"
              maxLength={500}
              value={evidence}
              onChange={(event) => {
                setEvidence(event.target.value);
                answered("evidence");
              }}
            />
          )}
        </Field>
        <Field
          id="cause"
          label="Cause, if known (optional)"
          hint="For the record. It is not in the alert."
          error={error("cause")}
        >
          {(aria) => (
            <TextInput
              {...aria}
              name="cause"
              type="text"
              maxLength={300}
              value={cause}
              onChange={(event) => setCause(event.target.value)}
            />
          )}
        </Field>
        {failure && <p className="quote">The texts will say {WORDING[failure]}.</p>}
        <div className="rule" id="placeIds">
          <h2>Where</h2>
        </div>
        {error("placeIds") && <p className="usa-error-message">{error("placeIds")}</p>}
        <PlacePicker places={places} allowed={allowed} agencyName={agency.name} value={chosen} onChange={choose} />
      </div>
      <aside aria-label="What you chose">
        <div className="rule">
          <h2>
            {formatTowns(chosen.ids.size)}
            {chosen.open > 0 && `, ${chosen.open} ${chosen.open === 1 ? "line waits" : "lines wait"}`}
          </h2>
          <span>
            <strong className="tabular">{formatCount(people)}</strong> people
          </span>
        </div>
        <PlaceMap
          shapes={map}
          label="Map of cities and towns. The list has the same information."
          countyIds={places.counties.map(({ id }) => id)}
          towns={places.towns.map((town) => ({
            id: town.id,
            name: town.name,
            look: !allowed.has(town.id) ? "foreign" : chosen.ids.has(town.id) ? "chosen" : "",
            says: !allowed.has(town.id) ? "not yours" : chosen.ids.has(town.id) ? "chosen" : "not chosen",
          }))}
          press={{ role: "checkbox", run: toggle }}
        />
        <p className="hint">
          Outlines of towns are approximate. Blue: chosen. Hatched: not in your agency&apos;s area.
        </p>
        {chosen.ids.size > 0 && countyPeople > people && (
          <p>
            <strong>Radio and television reach further.</strong> Stations warn whole counties: {counties.size}{" "}
            {counties.size === 1 ? "county" : "counties"} with {formatCount(countyPeople)} people. The text will name
            the towns.
          </p>
        )}
        <div className="rule">
          <h2>{exercise ? "When you start it" : "When you declare"}</h2>
        </div>
        <ul>
          <li>
            <strong>Nothing is published yet.</strong>{" "}
            {exercise ? "An exercise can’t go live." : "Publishing takes an alert and a second official."}
          </li>
          <li>Callbox can then prepare an alert for each town with its own number.</li>
          <li>The incident clocks start.</li>
        </ul>
        {exercise && (
          <Field id="confirmation" label="Type EXERCISE" error={error("confirmation")}>
            {(aria) => (
              <TextInput
                {...aria}
                name="confirmation"
                type="text"
                autoComplete="off"
                value={confirmation}
                onChange={(event) => {
                  setConfirmation(event.target.value);
                  answered("confirmation");
                }}
              />
            )}
          </Field>
        )}
        <p className="row">
          <Button type="submit" disabled={busy}>
            {busy
              ? exercise
                ? "Starting"
                : "Declaring"
              : exercise
                ? `Start the exercise for ${formatTowns(chosen.ids.size)}`
                : `Declare an outage in ${formatTowns(chosen.ids.size)}`}
          </Button>
          <Link href="/incidents">{exercise ? "Cancel" : "Cancel"}</Link>
        </p>
        {chosen.open > 0 && <p className="hint">Lines without an answer are left out.</p>}
      </aside>
    </form>
  );
}
