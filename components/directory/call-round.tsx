"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { RecordTestCall } from "../../lib/directory/schema";
import type { Action } from "../../lib/platform/result";
import type { DueNumber } from "../../lib/directory/readiness/data";
import { useTimeZone } from "../layout/providers";
import { OneCall } from "./one-call";
import type { z } from "zod";
import type { recordTestCallSchema } from "../../lib/directory/schema";

interface Kept {
  call: RecordTestCall;
  name: string;
}

/** What this phone remembers of a round: calls not sent yet, and numbers put off. */
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
  send: Action<
    { calls: z.input<typeof recordTestCallSchema>[] },
    { taken: string[]; refused: { clientKey: string; message: string }[] }
  >;
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
    (change: (before: Memory) => Memory) => {
      // What is stored is what counts: a second tab may have added to it.
      const after = change(readMemory(key));
      localStorage.setItem(key, JSON.stringify(after));
      setMemory(after);
    },
    [key],
  );

  // What the phone remembers is known only here, after the server's page stands.
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
        if (!result.ok) return setTold(`${result.message} The calls are saved on this device.`);
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
        setTold("");
      } catch {
        setTold("No connection. The calls are saved on this device and will be sent later.");
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

  if (!memory) return <p role="status">Loading the calls saved on this device …</p>;
  const open = due.filter(({ id }) => !memory.done.includes(id));
  const isSkipped = ({ id }: DueNumber) => memory.skipped.includes(id);
  const skipped = open.filter(isSkipped);
  const order = open.filter((number) => !isSkipped(number));
  const current = order[0];
  // What was done in this round counts, whether or not it is still due.
  const done = memory.done.length;
  const total = done + open.length;
  const goOn = (change: (before: Memory) => Memory) => {
    remember(change);
    // The next number begins at its name, for ears as for eyes.
    requestAnimationFrame(() => heading.current?.focus());
  };
  return (
    <div className="call-round">
      <p>
        <strong>{current ? `Number ${done + 1} of ${total}.` : `${done} of ${total} called.`}</strong>{" "}
        {current && order.length > 1 && `${order.length - 1} after this one.`}
      </p>
      <progress max={Math.max(1, total)} value={done} aria-label="Progress of the call round" />
      <p className="hint" role="status">
        {done - memory.kept.length} saved, {memory.kept.length} saved on this device, {skipped.length} skipped. {told}
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
            OK
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
            {total === 0
              ? "No numbers are due"
              : skipped.length > 0
                ? `${skipped.length} skipped, and no other number left`
                : "Call round finished"}
          </h2>
          {skipped.length > 0 && (
            <>
              <ul>
                {skipped.map(({ id, name }) => (
                  <li key={id}>{name}</li>
                ))}
              </ul>
              <p className="row">
                <Button type="button" onClick={() => goOn((before) => ({ ...before, skipped: [] }))}>
                  Call them now
                </Button>
                <Link href="/directory">Leave them for later</Link>
              </p>
            </>
          )}
          <p>
            {total === 0
              ? "No number in your area is due for a call. Numbers appear here 14 days before they expire."
              : memory.kept.length > 0
                ? "Some results are waiting for a connection. Keep this page open or come back to it."
                : "Everything is saved."}
          </p>
          {memory.done.length > 0 && memory.kept.length === 0 && skipped.length === 0 && (
            <Button type="button" outline onClick={() => remember(() => EMPTY)}>
              Start a new round
            </Button>
          )}
        </>
      )}
    </div>
  );
}
