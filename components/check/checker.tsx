"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useRef, useState } from "react";
import { modeTitle } from "../layout/mode-frame";
import type { Action } from "../../lib/platform/result";
import type { DescribedCheck } from "../../lib/standards/describe-check";
import { XML_LIMITS } from "../../lib/standards/xml/rules";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";
import { CheckResult } from "./check-result";

interface Incident {
  id: string;
  title: string;
  mode: "live" | "exercise";
}

interface CheckerProps {
  check: Action<{ bytes: Uint8Array<ArrayBuffer>; trust?: string }, DescribedCheck>;
  makeDraft: Action<{ bytes: Uint8Array<ArrayBuffer>; incidentId: string }, { id: string }>;
  mayDraft: boolean;
  incidents: readonly Incident[];
}

/** What was given: a pasted text, or a file, whose bytes are kept as they are. */
interface Given {
  name: string | null;
  bytes: Uint8Array<ArrayBuffer>;
}

export function Checker({ check, makeDraft, mayDraft, incidents }: CheckerProps) {
  const id = useId();
  const [text, setText] = useState("");
  const [file, setFile] = useState<Given | null>(null);
  const [trust, setTrust] = useState("");
  const [over, setOver] = useState(false);
  const [found, setFound] = useState<{ given: Given; result: DescribedCheck } | null>(null);
  const given = file ?? { name: null, bytes: new TextEncoder().encode(text) };
  /** What the running check was given: the person may already be typing something else. */
  const asked = useRef(given);
  const { run, busy, problem, setProblem } = useAction(check, (result) => setFound({ given: asked.current, result }));

  const ask = (next: Given) => {
    asked.current = next;
    run({ bytes: next.bytes, ...(trust ? { trust } : {}) });
  };
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > XML_LIMITS.bytes) {
      return setProblem({
        message: "Nothing was checked.",
        fields: { bytes: `“${chosen.name}” is larger than 5 MiB.` },
      });
    }
    const next = { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) };
    setFile(next);
    ask(next);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (given.bytes.length > 0) return ask(given);
    setProblem({ message: "Nothing was checked.", fields: { bytes: "Paste a message or choose a file." } });
  };
  return (
    <>
      <form onSubmit={submit} noValidate>
        <ErrorSummary problem={problem} />
        <div
          className={over ? "drop-zone over" : "drop-zone"}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void take(event.dataTransfer.files[0]);
          }}
        >
          <Field id="bytes" label="Message (XML)" error={problem?.fields?.bytes}>
            {(aria) => (
              <textarea
                {...aria}
                className="usa-textarea mono"
                rows={file ? 2 : 8}
                spellCheck={false}
                value={file ? "" : text}
                placeholder={file ? `${file.name}, ${file.bytes.length.toLocaleString("en-US")} bytes` : "<alert …"}
                onChange={(event) => {
                  setFile(null);
                  setText(event.target.value);
                }}
              />
            )}
          </Field>
          <p className="row">
            <label className="usa-button usa-button--outline" htmlFor={`${id}-file`}>
              Choose a file
            </label>
            <input
              id={`${id}-file`}
              className="visually-hidden"
              type="file"
              accept=".xml,.cap,.atom,.rss,.edxlde,text/xml,application/xml,application/cap+xml"
              onChange={(event) => void take(event.target.files?.[0])}
            />
            <span className="hint">or drop one here. CAP, or a feed: Atom, RSS, EDXL-DE; at most 5 MiB.</span>
          </p>
        </div>
        <details>
          <summary>Trusted certificate (optional)</summary>
          <Field
            id="trust"
            label="Certificate (PEM)"
            hint="The signer's, or that of the authority that issued it."
            error={problem?.fields?.trust}
          >
            {(aria) => (
              <textarea
                {...aria}
                className="usa-textarea mono"
                rows={4}
                spellCheck={false}
                value={trust}
                onChange={(event) => setTrust(event.target.value)}
              />
            )}
          </Field>
        </details>
        <p className="row">
          <Button type="submit" disabled={busy}>
            {busy ? "Validating" : "Validate"}
          </Button>
          {file && (
            <Button type="button" unstyled onClick={() => setFile(null)}>
              Paste text instead
            </Button>
          )}
        </p>
      </form>
      <div aria-live="polite">
        {found && (
          <>
            <CheckResult result={found.result} name={found.given.name} />
            {mayDraft &&
              found.result.messages.length === 1 &&
              (found.result.ok ? (
                <MakeDraft bytes={found.given.bytes} incidents={incidents} makeDraft={makeDraft} />
              ) : (
                <p className="hint">A message with a problem that must be fixed can’t become a draft.</p>
              ))}
          </>
        )}
      </div>
    </>
  );
}

function MakeDraft({
  bytes,
  incidents,
  makeDraft,
}: {
  bytes: Uint8Array<ArrayBuffer>;
  incidents: readonly Incident[];
  makeDraft: CheckerProps["makeDraft"];
}) {
  const router = useRouter();
  const [incidentId, setIncidentId] = useState(incidents[0]?.id ?? "");
  const { run, busy, problem } = useAction(makeDraft, ({ id }) => router.push(`/alerts/${id}/edit`), { leaves: true });
  return (
    <section aria-labelledby="draft-heading">
      <div className="rule">
        <h2 id="draft-heading">Start a draft from this message</h2>
      </div>
      {incidents.length === 0 ? (
        <p>A draft belongs to an incident, and none is open. Declare one first.</p>
      ) : (
        <>
          <ErrorSummary problem={problem} />
          <p className="hint">
            The draft uses its words, for the incident’s places that it names. Numbers come from the directory and times
            from the moment of publication. A second official reviews it like any other draft.
          </p>
          <label className="usa-label" htmlFor="draft-incident">
            Incident
          </label>
          <select
            className="usa-select"
            id="draft-incident"
            value={incidentId}
            onChange={(event) => setIncidentId(event.target.value)}
          >
            {incidents.map(({ id, title, mode }) => (
              <option key={id} value={id}>
                {modeTitle(mode, title)}
              </option>
            ))}
          </select>
          <p>
            <Button type="button" outline disabled={busy} onClick={() => run({ bytes, incidentId })}>
              {busy ? "Starting the draft" : "Start a draft"}
            </Button>
          </p>
        </>
      )}
    </section>
  );
}
