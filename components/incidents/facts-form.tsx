"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useReducer, useState } from "react";
import type { IncidentForPage } from "../../lib/incidents/data";
import type { ChangeFacts } from "../../lib/incidents/schema";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";
import { answer, type DeclareState, toFacts } from "./declare-state";
import { localToInstant, toLocalFields } from "../../lib/standards/cap/local-time";
import { OutageFields } from "./outage-fields";
import { WhenFields } from "./when-fields";

/** Changes what is known of an open outage, in place. What was said before stays in its history. */
export function FactsForm({
  incident,
  now,
  change,
}: {
  incident: IncidentForPage;
  now: number;
  change: Action<ChangeFacts, { changed: number }>;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const [open, setOpen] = useState(false);
  const [state, give] = useReducer(answer, null, (): DeclareState => ({
    failure: incident.failure,
    carrier: incident.carrier ?? "",
    textTo911: incident.textTo911,
    began: toLocalFields(incident.beganAt, timeZone),
    evidence: incident.evidence,
    cause: incident.cause ?? "",
    confirmation: "",
    places: { ids: new Set(), open: 0 },
    another: false,
  }));
  const [end, setEnd] = useState(() =>
    incident.expectedEndAt === null ? { date: "", time: "" } : toLocalFields(incident.expectedEndAt, timeZone),
  );
  const { run, busy, problem } = useAction(change, () => {
    setOpen(false);
    router.refresh();
  });
  if (!open) {
    return (
      <Button type="button" outline onClick={() => setOpen(true)}>
        Change the facts
      </Button>
    );
  }
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const expected = end.date === "" && end.time === "" ? null : localToInstant(end, timeZone);
    run({
      id: incident.id,
      ...toFacts(state, timeZone),
      ...(end.date === "" && end.time === ""
        ? {}
        : { expectedEndAt: expected === null ? "" : new Date(expected).toISOString() }),
    } as ChangeFacts);
  };
  return (
    <form className="box" onSubmit={submit} noValidate aria-label="Change the facts">
      <ErrorSummary problem={problem} />
      <OutageFields state={state} now={now} error={(name) => problem?.fields?.[name]} onAnswer={give} />
      <fieldset className="usa-fieldset" id="expectedEndAt">
        <legend className="usa-legend">Expected end, if anyone gave one (optional)</legend>
        {problem?.fields?.expectedEndAt && <p className="usa-error-message">{problem.fields.expectedEndAt}</p>}
        <div className="row">
          <WhenFields value={end} onChange={setEnd} />
        </div>
      </fieldset>
      <p className="row">
        <Button type="submit" disabled={busy}>
          Save the facts
        </Button>
        <Button type="button" unstyled onClick={() => setOpen(false)}>
          Leave without saving
        </Button>
        <span className="second">What people already have does not change. Drafts that no longer fit say so.</span>
      </p>
    </form>
  );
}
