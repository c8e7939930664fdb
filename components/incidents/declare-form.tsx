"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button, TextInput } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useReducer, useState } from "react";
import { z } from "zod";
import {
  type DeclareIncident,
  declareIncidentSchema,
  type FAILURES,
  type TEXT_TO_911,
} from "../../lib/incidents/schema";
import type { PlaceList } from "../../lib/places/data";
import type { MapShapes } from "../../lib/places/map";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { CopyNotice } from "../ui/copy-notice";
import { deviceCopies } from "../ui/device-copy";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { FormEnd } from "../ui/form-end";
import { formatPlaces } from "../ui/time";
import { useAction } from "../ui/use-action";
import { useDeviceCopy } from "../ui/use-device-copy";
import { ChosenPlaces } from "./chosen-places";
import {
  type Answer,
  answer,
  answersOf,
  type DeclareState,
  findUnsaved,
  toInput,
  unsavedSchema,
  withoutAnswered,
} from "./declare-state";
import { toLocalFields } from "../../lib/standards/cap/local-time";
import type { FindInOutline } from "./outline-file";
import { OutageFields } from "./outage-fields";
import { PlacePicker, type Unready } from "./place-picker";

export interface DeclareFormProps {
  mode: "live" | "exercise";
  places: PlaceList;
  map: MapShapes;
  agency: { name: string; townIds: string[] };
  now: number;
  /** Facts of June 18, 2024 to fill in, in a demonstration. */
  story: { evidence: string; cause: string } | null;
  unready: Unready;
  declare: Action<DeclareIncident, { id: string }>;
  findInOutline: FindInOutline;
  /** The planned exercise whose outage is declared, as it was planned. */
  planned?: {
    id: string;
    failure: keyof typeof FAILURES;
    carrier: string;
    textTo911: keyof typeof TEXT_TO_911;
    placeIds: readonly string[];
  };
}

/** A form that is begun and not sent, on this device: a reload or a crash in the middle of an outage costs no word. */
const COPIES = deviceCopies("callbox-declare-", unsavedSchema.extend({ at: z.number() }));

/** Where an outage is declared, or an exercise started. */
export function DeclareForm({
  mode,
  places,
  map,
  agency,
  now,
  story,
  unready,
  declare,
  findInOutline,
  planned,
}: DeclareFormProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const timeZone = useTimeZone();
  const exercise = mode === "exercise";
  const [begun] = useState((): DeclareState => ({
    failure: planned?.failure ?? null,
    carrier: planned?.carrier ?? "",
    textTo911: planned?.textTo911 ?? "unknown",
    began: toLocalFields(now, timeZone),
    evidence: "",
    cause: "",
    confirmation: "",
    places: { ids: new Set(planned?.placeIds), open: 0 },
    another: false,
  }));
  const [state, change] = useReducer(answer, begun);
  const unsaved = useMemo(() => findUnsaved(state, begun), [state, begun]);
  const copy = useDeviceCopy(COPIES, `${mode}-${planned?.id ?? "new"}`, unsaved, () => false);
  const declared = ({ id }: { id: string }) => {
    copy.drop();
    router.push(`/incidents/${id}`);
    // Pages that were looked at before, to which Back leads, say that nothing is open.
    router.refresh();
    void queries.invalidateQueries({ queryKey: ["incidents"] });
  };
  const { run, busy, problem, setProblem } = useAction(declare, declared, { leaves: true });
  const allowed = useMemo(() => new Set(agency.townIds), [agency.townIds]);
  const onAnswer = (given: Answer) => {
    change(given);
    setProblem(withoutAnswered(problem, given));
  };
  const { places: chosen } = state;
  const toggle = (id: string) => {
    if (!allowed.has(id)) return;
    const ids = new Set(chosen.ids);
    if (!ids.delete(id)) ids.add(id);
    onAnswer({ places: { ...chosen, ids } });
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const checked = declareIncidentSchema.safeParse(toInput(state, mode, timeZone, planned?.id));
    if (checked.success) return run(checked.data);
    setProblem({ message: "Not declared yet.", fields: fieldMessages(checked.error) });
  };
  const error = (name: string) => problem?.fields?.[name];
  const openIncident = error("openIncident");
  const where = chosen.ids.size > 0 ? formatPlaces(chosen.ids.size) : "";
  return (
    <form onSubmit={submit} noValidate className="columns declare">
      <div>
        {copy.found && (
          <CopyNotice
            at={copy.found.at}
            keep="Start again without it"
            onUse={() => {
              onAnswer(answersOf(copy.found!, allowed));
              copy.used();
            }}
            onDrop={copy.drop}
          />
        )}
        <ErrorSummary problem={problem && openIncident ? { message: problem.message } : problem} />
        {openIncident && (
          <div className="box" role="group" aria-label="An incident is open already">
            <p>
              <Link href={`/incidents/${openIncident}`}>Open that incident</Link> to add places to it, or to prepare its
              alert.
            </p>
            <label className="check">
              <input
                type="checkbox"
                checked={state.another}
                onChange={(event) => change({ another: event.target.checked })}
              />
              <span>This is another outage: declare it apart</span>
            </label>
          </div>
        )}
        {error("exerciseId") && <p className="usa-error-message">{error("exerciseId")}</p>}
        {story && (
          <div className="quote row">
            <Button
              type="button"
              outline
              onClick={() =>
                onAnswer({
                  ...story,
                  failure: "full",
                  textTo911: "fails",
                  places: { ids: new Set(agency.townIds), open: 0 },
                })
              }
            >
              Fill in the outage of June 18, 2024
            </Button>
            <span>The whole area and the facts of that day, beginning now.</span>
          </div>
        )}
        <OutageFields state={state} now={now} begins error={error} onAnswer={onAnswer} />
        <div className="rule" id="placeIds">
          <h2>Where</h2>
        </div>
        {error("placeIds") && <p className="usa-error-message">{error("placeIds")}</p>}
        <PlacePicker
          places={places}
          allowed={allowed}
          agencyName={agency.name}
          unready={unready}
          value={chosen}
          find={findInOutline}
          onChange={(next) => onAnswer({ places: next })}
        />
      </div>
      <aside aria-label="What you chose" className="sticky">
        <ChosenPlaces places={places} map={map} allowed={allowed} chosen={chosen} unready={unready} onToggle={toggle} />
        <div className="rule">
          <h2>{exercise && !planned ? "When you start it" : "When you declare"}</h2>
        </div>
        <ul>
          <li>
            <strong>Nothing is published yet.</strong>{" "}
            {exercise ? "An exercise can’t go live." : "Publishing takes an alert and a second official."}
          </li>
          <li>Callbox can then prepare an alert for each place with its own number.</li>
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
                value={state.confirmation}
                onChange={(event) => onAnswer({ confirmation: event.target.value })}
              />
            )}
          </Field>
        )}
        <FormEnd
          act={
            planned
              ? `Exercise: declare the outage${where && ` in ${where}`}`
              : exercise
                ? `Start the exercise${where && ` for ${where}`}`
                : `Declare an outage${where && ` in ${where}`}`
          }
          doing={exercise && !planned ? "Starting" : "Declaring"}
          busy={busy}
          leave={{
            href: planned ? `/exercises/${planned.id}` : "/incidents",
            says: exercise && !planned ? "Leave without starting" : "Leave without declaring",
          }}
        />
        {chosen.open > 0 && <p className="hint">Lines without an answer are left out.</p>}
      </aside>
    </form>
  );
}
