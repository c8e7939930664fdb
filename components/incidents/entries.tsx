"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { IncidentForPage } from "../../lib/incidents/data";
import { ENTRY_KINDS, type RecordEntry } from "../../lib/incidents/schema";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { formatMoment } from "../ui/time";
import { useAction } from "../ui/use-action";
import { localToInstant, toLocalFields } from "../../lib/standards/cap/local-time";
import { WhenFields } from "./when-fields";

type Kind = RecordEntry["kind"];
const WORDS: Readonly<Record<Kind, { label: string; source: string; act: string }>> = {
  fact: { label: "Something we heard", source: "Heard from", act: "Keep the note" },
  notice: { label: "A notice of the provider (47 CFR 4.9)", source: "Provider", act: "Keep the notice" },
  finding: { label: "A finding, worth talking about", source: "Who found it (optional)", act: "Keep the finding" },
};

/** What was learned and changed while the outage lasts, with source and time; and the form that adds to it. */
export function Entries({
  heading = "What we know, and since when",
  incident,
  now,
  mayChange,
  record,
}: {
  heading?: string;
  /** Once it is closed, findings alone are added. */
  incident: Pick<IncidentForPage, "id" | "entries" | "closedAt">;
  now: number;
  mayChange: boolean;
  record: Action<RecordEntry, null>;
}) {
  const timeZone = useTimeZone();
  return (
    <section aria-labelledby="entries-heading">
      <div className="rule">
        <h2 id="entries-heading">{heading}</h2>
      </div>
      {mayChange && <EntryForm incident={incident} now={now} record={record} />}
      {incident.entries.length === 0 ? (
        <p>Nothing was noted yet.</p>
      ) : (
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Kind</th>
              <th scope="col">What</th>
              <th scope="col">Source</th>
              <th scope="col">Noted by</th>
            </tr>
          </thead>
          <tbody>
            {incident.entries.map((entry) => (
              <tr key={entry.id}>
                <td className="tabular">{formatMoment(entry.at, timeZone)}</td>
                <td>{ENTRY_KINDS[entry.kind]}</td>
                <td data-verbatim>{entry.text}</td>
                <td data-label="Source" data-verbatim>
                  {entry.source ?? "–"}
                </td>
                <td data-label="Noted by">{entry.by}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function EntryForm({
  incident,
  now,
  record,
}: {
  incident: Pick<IncidentForPage, "id" | "closedAt">;
  now: number;
  record: Action<RecordEntry, null>;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const [kind, setKind] = useState<Kind>(incident.closedAt === null ? "fact" : "finding");
  const [text, setText] = useState("");
  const [source, setSource] = useState("");
  const [at, setAt] = useState(() => toLocalFields(now, timeZone));
  const { run, busy, problem } = useAction(record, () => {
    setText("");
    setSource("");
    router.refresh();
  });
  const kinds = (Object.keys(WORDS) as Kind[]).filter((name) => incident.closedAt === null || name === "finding");
  return (
    <form
      noValidate
      aria-label="Note something"
      onSubmit={(event) => {
        event.preventDefault();
        const instant = localToInstant(at, timeZone);
        run({
          id: incident.id,
          kind,
          text,
          ...(source.trim() === "" ? {} : { source }),
          at: instant === null ? "" : new Date(instant).toISOString(),
        });
      }}
    >
      <ErrorSummary problem={problem} />
      <div className="row ends">
        <div>
          <label className="usa-label" htmlFor="entry-kind">
            Note
          </label>
          <select
            className="usa-select"
            id="entry-kind"
            value={kind}
            onChange={(event) => setKind(event.target.value as Kind)}
          >
            {kinds.map((name) => (
              <option key={name} value={name}>
                {WORDS[name].label}
              </option>
            ))}
          </select>
        </div>
        <Field id="source" label={WORDS[kind].source} error={problem?.fields?.source}>
          {(aria) => (
            <input
              {...aria}
              className="usa-input"
              value={source}
              maxLength={120}
              onChange={(event) => setSource(event.target.value)}
            />
          )}
        </Field>
        <div className="row">
          <WhenFields value={at} onChange={setAt} />
        </div>
      </div>
      <Field id="text" label="What" error={problem?.fields?.text}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={text}
            maxLength={1000}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {problem?.fields?.at && <p className="usa-error-message">{problem.fields.at}</p>}
      <p>
        <Button type="submit" outline disabled={busy}>
          {WORDS[kind].act}
        </Button>
      </p>
    </form>
  );
}
