"use client";

import { Textarea, TextInput } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { z } from "zod";
import type { PlanAgency } from "../../lib/exercises/planning/data";
import { type PlanExercise, planSchema } from "../../lib/exercises/schema";
import type { PlaceList } from "../../lib/places/data";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { CarrierField } from "../incidents/carrier-field";
import { FailureTiles, TextTo911Choice } from "../incidents/outage-choices";
import type { FindInOutline } from "../incidents/outline-file";
import { PlacePicker } from "../incidents/place-picker";
import { WhenFields } from "../incidents/when-fields";
import { CopyNotice } from "../ui/copy-notice";
import { deviceCopies } from "../ui/device-copy";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { FormEnd } from "../ui/form-end";
import { formatPlaces, formatZone } from "../ui/time";
import { useAction } from "../ui/use-action";
import { useDeviceCopy } from "../ui/use-device-copy";
import { InjectFields } from "./inject-fields";
import { type PlanState, planStateSchema, toPlan, withoutAnswers } from "./plan-state";
import { PlayerFields } from "./player-fields";
import { TargetFields } from "./target-fields";

export interface PlanFormProps {
  agencies: readonly PlanAgency[];
  places: PlaceList;
  beginning: PlanState;
  /** The exercise that is changed; null for a new one. */
  change: { id: string; version: number } | null;
  now: number;
  plan: Action<PlanExercise, { id: string }>;
  /** Finds places in a file of outlines, for the agency it is for. */
  outline: { agencyId: string; find: FindInOutline } | null;
}

const COPIES = deviceCopies("callbox-exercise-", planStateSchema.extend({ at: z.number() }));

/** Where an exercise is planned, or a plan changed. */
export function PlanForm({ agencies, places, beginning, change, now, plan, outline }: PlanFormProps) {
  const router = useRouter();
  const [state, setState] = useState(beginning);
  // Lines of a pasted list that nobody answered yet are no part of the plan.
  const [open, setOpen] = useState(0);
  const { run, busy, problem, setProblem } = useAction(
    plan,
    ({ id }) => {
      copy.drop();
      router.push(`/exercises/${id}`);
    },
    { leaves: true },
  );
  const agency = agencies.find(({ id }) => id === state.agencyId);
  const timeZone = agency?.timeZone ?? "UTC";
  const allowed = useMemo(() => new Set(agency?.placeIds), [agency]);
  const unsaved = useMemo(
    () => (JSON.stringify(state) === JSON.stringify(beginning) ? null : state),
    [state, beginning],
  );
  const copy = useDeviceCopy(COPIES, change?.id ?? "new", unsaved, () => false);
  const set = (answers: Partial<PlanState>) => {
    setState((before) => ({ ...before, ...answers }));
    setProblem(withoutAnswers(problem, answers));
  };
  const error = (name: string) => problem?.fields?.[name];
  const errorOf = (name: string) => (error(name) ? { error: error(name)! } : {});
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const checked = planSchema.safeParse(toPlan(state, timeZone, change));
    if (checked.success) return run(checked.data);
    setProblem({
      message: change ? "The plan is not changed yet." : "Not planned yet.",
      fields: fieldMessages(checked.error),
    });
  };
  const chosen = state.placeIds.length;
  return (
    <form onSubmit={submit} noValidate className="stack">
      <ErrorSummary problem={problem} />
      {copy.found && (
        <CopyNotice
          at={copy.found.at}
          keep="Start again without it"
          onUse={() => {
            const { at: _, ...found } = copy.found!;
            setState(found);
            copy.used();
          }}
          onDrop={copy.drop}
        />
      )}
      <Field id="agencyId" label="Agency" {...errorOf("agencyId")}>
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={state.agencyId}
            disabled={change !== null || agencies.length === 1}
            onChange={(event) => set({ agencyId: event.target.value, placeIds: [], players: [] })}
          >
            {agencies.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {agency?.withheld && <p className="quote reason">{agency.withheld}</p>}
      <Field id="title" label="Title" hint="Such as “Cable cut in Hampshire County”." {...errorOf("title")}>
        {(aria) => (
          <TextInput
            {...aria}
            name="title"
            type="text"
            maxLength={120}
            value={state.title}
            onChange={(event) => set({ title: event.target.value })}
          />
        )}
      </Field>
      <fieldset
        className="usa-fieldset"
        id="startsAt"
        aria-describedby={error("startsAt") ? "startsAt-error" : undefined}
      >
        <legend className="usa-legend">
          Starts, in the time of {agency?.name ?? "the agency"} ({formatZone(now, timeZone)})
        </legend>
        {error("startsAt") && (
          <p className="usa-error-message" id="startsAt-error">
            {error("startsAt")}
          </p>
        )}
        <div className="row">
          <WhenFields value={state.when} onChange={(when) => set({ when })} />
        </div>
        <p className="hint">Nothing begins by itself. Someone presses Start the exercise.</p>
      </fieldset>
      <Field
        id="brief"
        label="What players know at the beginning"
        hint="Where the reports come from, and what they say. Players read it when the exercise starts."
        {...errorOf("brief")}
      >
        {(aria) => (
          <Textarea
            {...aria}
            name="brief"
            maxLength={2000}
            rows={4}
            value={state.brief}
            onChange={(event) => set({ brief: event.target.value })}
          />
        )}
      </Field>
      <FailureTiles
        legend="What fails in it"
        value={state.failure}
        error={error("failure")}
        onChoose={(failure) => set({ failure })}
      />
      {state.failure === "carrier" && (
        <CarrierField value={state.carrier} error={error("carrier")} onChange={(carrier) => set({ carrier })} />
      )}
      <TextTo911Choice value={state.textTo911} onChoose={(textTo911) => set({ textTo911 })} />
      <div className="rule" id="placeIds">
        <h2>Where: {chosen === 0 ? "no place chosen yet" : formatPlaces(chosen)}</h2>
      </div>
      {error("placeIds") && <p className="usa-error-message">{error("placeIds")}</p>}
      <PlacePicker
        key={state.agencyId}
        places={places}
        allowed={allowed}
        agencyName={agency?.name ?? ""}
        value={{ ids: new Set(state.placeIds), open }}
        find={outline?.agencyId === state.agencyId ? outline.find : null}
        onChange={(next) => {
          set({ placeIds: [...next.ids] });
          setOpen(next.open);
        }}
      />
      {open > 0 && <p className="hint">Lines without an answer are left out.</p>}
      <PlayerFields
        people={agency?.people ?? []}
        players={state.players}
        error={error("players")}
        onChange={(players) => set({ players })}
      />
      <InjectFields injects={state.injects} error={error} onChange={(injects) => set({ injects })} />
      <TargetFields targets={state.targets} error={error} onChange={(targets) => set({ targets })} />
      <FormEnd
        act={change ? "Save the changed plan" : "Plan the exercise"}
        doing="Saving the plan"
        busy={busy}
        leave={{ href: change ? `/exercises/${change.id}` : "/exercises", says: "Leave without saving" }}
      />
    </form>
  );
}
