"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@trussworks/react-uswds";
import { signIn } from "next-auth/react";
import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import { useTimeZone } from "../layout/providers";
import { fetchJson, PollError } from "../ui/poll";
import { postJson } from "../ui/post-json";
import { formatClock } from "../ui/time";

const sessionSchema = z.object({ leftMs: z.number(), personId: z.string(), email: z.string() });
type Session = z.infer<typeof sessionSchema>;

/** So long before its end a session is warned of. */
const WARN_MS = 120_000;
/** How often the end is asked for: seldom while it is far, often while someone may be signing in elsewhere. */
const ASK_MS = 30_000;
const ASK_NEAR_MS = 3000;

const KEY = ["session"];

/** How a session stands: when it ends by this computer's clock, or since when it has ended. */
function useSession() {
  const { data, error, dataUpdatedAt, errorUpdatedAt } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => fetchJson("/api/session", sessionSchema, signal),
    refetchInterval: ({ state }) =>
      state.error || (state.data && state.data.leftMs < WARN_MS + ASK_MS) ? ASK_NEAR_MS : ASK_MS,
    refetchOnWindowFocus: "always",
    retry: false,
    networkMode: "always",
  });
  const ended = error instanceof PollError && error.status === 401;
  return {
    session: data,
    ended,
    endedAt: ended ? errorUpdatedAt : null,
    endsAt: data ? dataUpdatedAt + data.leftMs : null,
  };
}

/**
 * Warns two minutes before the session ends. When it has ended, signing in
 * again happens over the page, and the focus goes back to where it was.
 */
export function SessionDialog() {
  const { session, ended, endedAt, endsAt } = useSession();
  const [now, setNow] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const first = useRef<Session | null>(null);
  const near = !ended && session !== undefined && session.leftMs < WARN_MS;
  const shown = ended || near;
  useEffect(() => {
    first.current ??= session ?? null;
    // Someone else signed in in this browser: what is on screen is not theirs.
    if (!ended && session && first.current && session.personId !== first.current.personId) window.location.reload();
  }, [session, ended]);
  useEffect(() => {
    if (shown && !dialog.current?.open) dialog.current?.showModal();
    // Closing gives the focus back to the field it was taken from.
    if (!shown && dialog.current?.open) dialog.current.close();
  }, [shown]);
  useEffect(() => {
    if (!near) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [near]);
  return (
    <dialog ref={dialog} aria-labelledby="session-heading" onCancel={(event) => event.preventDefault()}>
      {ended && <Ended at={endedAt ?? 0} email={first.current?.email ?? ""} />}
      {near && <Ending seconds={Math.max(0, Math.round(((endsAt ?? 0) - (now || Date.now())) / 1000))} />}
    </dialog>
  );
}

function Ending({ seconds }: { seconds: number }) {
  const queries = useQueryClient();
  const stay = useMutation({
    networkMode: "always",
    mutationFn: () => postJson("/api/session", {}, sessionSchema),
    onSuccess: (session) => queries.setQueryData(KEY, session),
  });
  return (
    <>
      <div role="alert">
        <h2 id="session-heading">You will be signed out soon</h2>
      </div>
      <p className="tabular">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")} left. Everything you write is saved.
      </p>
      <Button type="button" disabled={stay.isPending} onClick={() => stay.mutate()}>
        Stay signed in
      </Button>
      {stay.isError && <p className="usa-error-message">No connection. Try again.</p>}
    </>
  );
}

function Ended({ at, email }: { at: number; email: string }) {
  const timeZone = useTimeZone();
  const queries = useQueryClient();
  const [password, setPassword] = useState("");
  const attempt = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      const answer = await signIn("credentials", { email, password, redirect: false });
      if (!answer?.ok) throw new Error(answer?.error ?? "Sign-in failed. Try again.");
    },
    onSuccess: () => queries.refetchQueries({ queryKey: KEY }),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate();
      }}
    >
      <div role="alert">
        <h2 id="session-heading">You were signed out at {formatClock(at, timeZone)}</h2>
      </div>
      <p>Everything you wrote is saved: on this device, if not yet in Callbox. Sign in to go on where you were.</p>
      <p className="second">{email}</p>
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <label className="usa-label" htmlFor="session-password">
        Password
      </label>
      {attempt.isError && (
        <p className="usa-error-message" role="alert">
          {attempt.error.message}
        </p>
      )}
      <input
        className="usa-input"
        id="session-password"
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <p>
        <Button type="submit" disabled={attempt.isPending || password === "" || email === ""}>
          {attempt.isPending ? "Signing in" : "Sign in and go on"}
        </Button>
      </p>
    </form>
  );
}
