"use client";

import { Button } from "@trussworks/react-uswds";
import { useCallback, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import {
  isGoodResult,
  type RecordTestCall,
  recordTestCallSchema,
  SERVICES,
  sayNumber,
  type TestCallResult,
} from "../../lib/directory/schema";
import { fieldMessages, type Result } from "../../lib/platform/result";
import type { DueNumber } from "../../lib/readiness/data";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { Field } from "../ui/field";
import { sayDay } from "../ui/time";
import { OutcomeTiles } from "./outcome-tiles";

const DAY = 86_400_000;

interface Kept {
  call: RecordTestCall;
  name: string;
}

/** What this telephone remembers of a round: calls not sent yet, and numbers put off. */
interface Memory {
  kept: Kept[];
  skipped: string[];
  /** Numbers done in this round, so that it goes on where it stopped. */
  done: string[];
  refused: string[];
}

const EMPTY: Memory = { kept: [], skipped: [], done: [], refused: [] };

function readMemory(key: string): Memory {
  try {
    return { ...EMPTY, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Memory>) };
  } catch {
    return EMPTY;
  }
}

const onlineStore = {
  subscribe: (changed: () => void) => {
    window.addEventListener("online", changed);
    window.addEventListener("offline", changed);
    return () => {
      window.removeEventListener("online", changed);
      window.removeEventListener("offline", changed);
    };
  },
  now: () => navigator.onLine,
  onServer: () => true,
};

const FLOW: Partial<Record<TestCallResult, string>> = {
  "somebody-else": "Save: the wrong desk answered",
  "no-answer": "Save: try again after 15 minutes",
  busy: "Save: try again after 15 minutes",
  "out-of-service": "Save: out of service",
};

/** One number a page: call, say what came of it, go on. Without a connection it is kept here and sent later. */
export function CallRound({
  due,
  person,
  demonstration,
  now,
  send,
}: {
  due: readonly DueNumber[];
  person: string;
  demonstration: boolean;
  now: number;
  send: (input: unknown) => Promise<Result<{ taken: string[]; refused: { clientKey: string; message: string }[] }>>;
}) {
  const key = `callbox-call-round:${person}`;
  const timeZone = useTimeZone();
  const online = useSyncExternalStore(onlineStore.subscribe, onlineStore.now, onlineStore.onServer);
  const [memory, setMemory] = useState<Memory | null>(null);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState("");
  const sending = useRef(false);
  const heading = useRef<HTMLHeadingElement>(null);

  const remember = useCallback(
    (change: (before: Memory) => Memory) =>
      setMemory((before) => {
        const after = change(before ?? readMemory(key));
        localStorage.setItem(key, JSON.stringify(after));
        return after;
      }),
    [key],
  );

  // What the telephone remembers is known only here, after the server's page stands.
  useEffect(() => remember((before) => before), [remember]);
  useEffect(() => {
    void navigator.serviceWorker?.register("/call-round-worker.js", { scope: "/directory/call-round" });
  }, []);

  const flush = useCallback(
    async (kept: readonly Kept[]) => {
      if (sending.current || kept.length === 0) return;
      sending.current = true;
      setBusy(true);
      try {
        const result = await send({ calls: kept.map(({ call }) => call) });
        if (!result.ok) return setTold(`${result.message} The calls stay on this telephone.`);
        const gone = new Set([...result.value.taken, ...result.value.refused.map(({ clientKey }) => clientKey)]);
        const refused = result.value.refused.map(({ clientKey, message }) => {
          const name = kept.find(({ call }) => call.clientKey === clientKey)?.name ?? "";
          return `${name}: ${message}`;
        });
        remember((before) => ({
          ...before,
          kept: before.kept.filter(({ call }) => !gone.has(call.clientKey!)),
          refused: [...before.refused, ...refused],
        }));
        setTold(`${result.value.taken.length} saved.`);
      } catch {
        setTold("No connection. The calls stay on this telephone and are sent later.");
      } finally {
        sending.current = false;
        setBusy(false);
      }
    },
    [remember, send],
  );

  const kept = memory?.kept;
  useEffect(() => {
    if (online && kept && kept.length > 0) void flush(kept);
  }, [online, kept, flush]);

  if (!memory) return <p role="status">Looking what this telephone remembers of the round …</p>;
  const open = due.filter(({ id }) => !memory.done.includes(id));
  const order = [
    ...open.filter(({ id }) => !memory.skipped.includes(id)),
    ...memory.skipped.flatMap((id) => open.find((number) => number.id === id) ?? []),
  ];
  const current = order[0];
  const done = due.length - open.length;
  const goOn = (change: (before: Memory) => Memory) => {
    remember(change);
    // The next number begins at its name, for ears as for eyes.
    requestAnimationFrame(() => heading.current?.focus());
  };
  return (
    <div className="call-round">
      <p>
        <strong>{current ? `Number ${done + 1} of ${due.length}.` : `${done} of ${due.length} called.`}</strong>{" "}
        {current && order.length > 1 && `${order.length - 1} after this one.`}
      </p>
      <progress max={Math.max(1, due.length)} value={done} aria-label="How far the round is" />
      <p className="hint" role="status">
        {done - memory.kept.length} saved, {memory.kept.length} kept on this telephone, {memory.skipped.length} skipped.{" "}
        {told}
      </p>
      {!online && (
        <p className="box">No connection. Go on calling: results are kept here and sent when there is one.</p>
      )}
      {memory.refused.length > 0 && (
        <div className="box" role="alert">
          <p className="strong">Not taken over:</p>
          <ul>
            {memory.refused.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
          <Button type="button" unstyled onClick={() => remember((before) => ({ ...before, refused: [] }))}>
            I have read it
          </Button>
        </div>
      )}
      {current ? (
        <OneCall
          key={current.id}
          number={current}
          person={person}
          demonstration={demonstration}
          now={now}
          timeZone={timeZone}
          busy={busy && !online}
          heading={heading}
          skip={() =>
            goOn((before) => ({
              ...before,
              skipped: [...before.skipped.filter((id) => id !== current.id), current.id],
            }))
          }
          save={(call) =>
            goOn((before) => ({
              ...before,
              done: [...before.done, current.id],
              skipped: before.skipped.filter((id) => id !== current.id),
              kept: [...before.kept, { call, name: current.name }],
            }))
          }
        />
      ) : (
        <>
          <h2 ref={heading} tabIndex={-1}>
            {due.length === 0 ? "No number is due" : "The round is done"}
          </h2>
          <p>
            {due.length === 0
              ? "Every number in your area was answered lately. Nearest expiry comes here 14 days before."
              : memory.kept.length > 0
                ? "Some results wait for a connection. Keep this page, or come back to it."
                : "Everything is saved."}
          </p>
          {memory.done.length > 0 && memory.kept.length === 0 && (
            <Button type="button" outline onClick={() => remember(() => EMPTY)}>
              Begin a new round
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function OneCall({
  number,
  person,
  demonstration,
  now,
  timeZone,
  busy,
  heading,
  skip,
  save,
}: {
  number: DueNumber;
  person: string;
  demonstration: boolean;
  now: number;
  timeZone: string;
  busy: boolean;
  heading: React.RefObject<HTMLHeadingElement | null>;
  skip: () => void;
  save: (call: RecordTestCall) => void;
}) {
  const id = useId();
  const [result, setResult] = useState<TestCallResult | "">("");
  const [answeredBy, setAnsweredBy] = useState("");
  const [lines, setLines] = useState(Math.min(4, number.lines));
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const said = sayNumber(number.e164, number.extension);
  const good = result !== "" && isGoodResult(result);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const input = {
      numberId: number.id,
      result,
      answeredBy,
      ...(good ? { lines } : {}),
      ...(note.trim() ? { note } : {}),
      calledAt: new Date().toISOString(),
      clientKey: crypto.randomUUID(),
    };
    const checked = recordTestCallSchema.safeParse(input);
    if (checked.success) return save(checked.data);
    const fields = Object.entries(fieldMessages(checked.error)).map(([name, message]) => [`${id}-${name}`, message]);
    setProblem({ message: "This call is not saved yet.", fields: Object.fromEntries(fields) });
  };
  const error = (name: string) => problem?.fields?.[`${id}-${name}`];
  const why =
    number.failures >= 2
      ? "two test calls failed"
      : number.goodUntil === null
        ? "never answered a test call"
        : number.goodUntil <= now
          ? `expired ${sayDay(number.goodUntil, timeZone)}`
          : `expires ${sayDay(number.goodUntil, timeZone)}`;
  return (
    <form onSubmit={submit} noValidate aria-label={`Test call to ${number.name}`}>
      <h2 ref={heading} tabIndex={-1}>
        {number.name}
      </h2>
      <p className="second">
        {number.county && `${number.county} County. `}On the list: {why}.
      </p>
      <p>
        {demonstration ? (
          <button type="button" className="usa-button call-button" onClick={() => dialog.current?.showModal()}>
            Call {said}
          </button>
        ) : (
          <a
            className="usa-button call-button"
            href={`tel:${number.e164}${number.extension ? `;ext=${number.extension}` : ""}`}
          >
            Call {said}
          </a>
        )}
      </p>
      <p className="hint">
        {number.desk}, {SERVICES[number.service].toLowerCase()}, {number.hours}.{" "}
        {number.lastCalledAt && `Last called ${sayDay(number.lastCalledAt, timeZone)}. `}
        Not at busy hours, such as a shift change or a storm. Never call 911 to test it.
      </p>
      <p className="quote">
        <strong>Say:</strong> “This is {person}, testing the number for a 911 outage. No emergency. Would this desk take
        emergency calls, day and night, if 911 failed?”
      </p>
      <ErrorSummary problem={problem} />
      <OutcomeTiles
        id={`${id}-result`}
        legend="What happened?"
        error={error("result")}
        chosen={result}
        onChoose={setResult}
      />
      <Field
        id={`${id}-answeredBy`}
        label="Who answered"
        hint="A role is enough; “nobody” if so"
        error={error("answeredBy")}
      >
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={answeredBy}
            maxLength={200}
            onChange={(event) => setAnsweredBy(event.target.value)}
          />
        )}
      </Field>
      {good && (
        <fieldset className="usa-fieldset">
          <legend className="usa-legend">Lines that can ring at once</legend>
          <div className="segmented">
            {[1, 2, 3, 4].map((value) => (
              <label key={value}>
                <input type="radio" name={`${id}-lines`} checked={lines === value} onChange={() => setLines(value)} />
                {value === 4 ? "4 or more" : value}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <Field id={`${id}-note`} label="Anything else" error={error("note")}>
        {(aria) => (
          <textarea
            {...aria}
            className="usa-textarea"
            rows={2}
            value={note}
            maxLength={600}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div className="foot row">
        <Button type="submit" disabled={busy}>
          {result === ""
            ? "Save the test call"
            : good
              ? `Save: good until ${sayDay(now + number.validDays * DAY, timeZone)}`
              : FLOW[result]!}
        </Button>
        <Button type="button" unstyled onClick={skip}>
          Skip {number.name} for now
        </Button>
      </div>
      <dialog ref={dialog} aria-labelledby={`${id}-pretend`}>
        <h3 id={`${id}-pretend`}>Pretended call to {said}</h3>
        <p>
          This is a demonstration: the number is invented and nothing is dialled. Imagine that the dispatcher on duty
          answers.
        </p>
        <Button
          type="button"
          onClick={() => {
            setAnsweredBy((before) => before || "dispatcher on duty (pretended)");
            dialog.current?.close();
          }}
        >
          Hang up
        </Button>
      </dialog>
    </form>
  );
}
