"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@trussworks/react-uswds";
import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import type { Action } from "../../lib/platform/result";
import { fetchJson, PollError } from "../ui/poll";
import { formatClock } from "../ui/time";
import { useAction } from "../ui/use-action";
import { useTimeZone } from "./providers";
import { useNow } from "./ticking";

const endSchema = z.object({ now: z.number(), endsAt: z.number(), latestAt: z.number() });

const ASK_MS = 30_000;
const WARNED_MS = 120_000;

/** Where signing in leads back to: this page, and the field that had the focus. */
function returnLink(field: string): string {
  const { pathname, search } = window.location;
  return `/sign-in?to=${encodeURIComponent(`${pathname}${search}${field ? `#${field}` : ""}`)}`;
}

/** Puts the focus on the field that the address names, once it is there. */
function useReturnToField() {
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (!id) return;
    const focus = () => {
      const field = document.getElementById(id);
      if (!(field instanceof HTMLElement) || !field.matches("input, textarea, select")) return false;
      field.focus();
      return true;
    };
    if (focus()) return;
    // Some fields are drawn after the page is there.
    const watch = new MutationObserver(() => focus() && watch.disconnect());
    watch.observe(document.body, { childList: true, subtree: true });
    const timer = setTimeout(() => watch.disconnect(), 5000);
    return () => {
      clearTimeout(timer);
      watch.disconnect();
    };
  }, []);
}

/** Warns two minutes before a session ends, and says when it has ended; what was typed stays. */
export function SessionEnd({
  initial,
  stay,
}: {
  initial: z.infer<typeof endSchema>;
  stay: Action<Record<string, never>, { endsAt: number }>;
}) {
  useReturnToField();
  const timeZone = useTimeZone();
  const now = useNow(initial.now);
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef("");
  const [over, setOver] = useState<number | null>(null);
  const query = useQuery({
    queryKey: ["session"],
    queryFn: async ({ signal }) => {
      const answer = await fetchJson("/api/session", endSchema, signal);
      // By this browser's own clock, which may differ from the server's.
      const shift = Date.now() - answer.now;
      return { now: Date.now(), endsAt: answer.endsAt + shift, latestAt: answer.latestAt + shift };
    },
    initialData: initial,
    refetchInterval: over === null ? ASK_MS : false,
    refetchOnWindowFocus: true,
    retry: false,
    networkMode: "always",
  });
  const { run, busy, problem } = useAction(stay, () => void query.refetch());
  const { endsAt, latestAt } = query.data;
  const refused = query.error instanceof PollError && query.error.status === 401;
  const left = endsAt - now;
  const ended = refused || left <= 0;
  useEffect(() => {
    if (ended && over === null) setOver(Math.min(endsAt, Date.now()));
    if (!ended && over !== null) setOver(null);
  }, [ended, over, endsAt]);
  const open = ended || left <= WARNED_MS;
  useEffect(() => {
    if (!dialog.current || dialog.current.open === open) return;
    if (!open) return dialog.current.close();
    field.current = document.activeElement?.id ?? "";
    dialog.current.showModal();
  }, [open]);
  const last = latestAt - endsAt < 1000;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return (
    <dialog ref={dialog} className="session-end" aria-labelledby="session-end-heading">
      {ended ? (
        <>
          <div role="alert">
            <h2 id="session-end-heading">You were signed out at {formatClock(over ?? now, timeZone)}</h2>
          </div>
          <p>
            Everything you saved is kept, and what you typed is still on this page. Sign in to go on where you were.
          </p>
          <p className="row">
            <Button type="button" onClick={() => window.location.assign(returnLink(field.current))}>
              Sign in again
            </Button>
            <Button type="button" unstyled onClick={() => dialog.current?.close()}>
              Look at the page first
            </Button>
          </p>
        </>
      ) : (
        <>
          <h2 id="session-end-heading">You will be signed out soon</h2>
          <p role="timer">
            In {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}.
          </p>
          {last ? (
            <p>After 12 hours everyone signs in again. Save what you are writing now.</p>
          ) : (
            <p>Nobody used this session for a while. Stay signed in to go on.</p>
          )}
          {problem && <p className="usa-error-message">{problem.message}</p>}
          <p className="row">
            {!last && (
              <Button type="button" disabled={busy} onClick={() => run({})}>
                Stay signed in
              </Button>
            )}
            {last && (
              <Button type="button" onClick={() => window.location.assign(returnLink(field.current))}>
                Sign in again now
              </Button>
            )}
          </p>
        </>
      )}
    </dialog>
  );
}
