"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@trussworks/react-uswds";
import { signIn } from "next-auth/react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { z } from "zod";
import type { SecondStepAsked } from "../../lib/people/sign-in/data";
import type { Action } from "../../lib/platform/result";
import { SESSION_KEY, useTimeZone } from "../layout/providers";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { PasswordField } from "../ui/password-field";
import { fetchJson, PollError } from "../ui/poll";
import { postJson } from "../ui/post-json";
import { formatClock } from "../ui/time";
import { type OfferPasskeys, PasskeyButton } from "./passkey-button";
import { SecondStepForm } from "./second-step";

const sessionSchema = z.object({ leftMs: z.number(), last: z.boolean(), personId: z.string(), email: z.string() });
type Session = z.infer<typeof sessionSchema>;

/** What signing in over the page asks the console. */
export interface SignInActions {
  ask: Action<Record<string, never>, SecondStepAsked | null>;
  prove: Action<{ code: string }, null>;
  offerPasskeys: OfferPasskeys;
}

/** So long before its end a session is warned of. */
const WARN_MS = 120_000;
/** How often the end is asked for: seldom while it is far, often while someone may be signing in elsewhere. */
const ASK_MS = 30_000;
const ASK_NEAR_MS = 3000;

/** How a session stands: when it ends by this computer's clock, or since when it has ended. */
function useSession(initial: Session) {
  const { data, error, dataUpdatedAt, errorUpdatedAt } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => fetchJson("/api/session", sessionSchema, signal),
    initialData: initial,
    refetchInterval: ({ state }) =>
      state.error || (state.data && state.data.leftMs < WARN_MS + ASK_MS) ? ASK_NEAR_MS : ASK_MS,
    refetchOnWindowFocus: "always",
    retry: false,
    networkMode: "always",
  });
  const ended = error instanceof PollError && error.status === 401;
  return { session: data, endedAt: ended ? errorUpdatedAt : null, endsAt: dataUpdatedAt + data.leftMs };
}

/**
 * Warns two minutes before the session ends. When it has ended, signing in
 * again happens over the page, with the second factor of whoever has one, and
 * the focus goes back to where it was.
 */
export function SessionDialog({ initial, actions }: { initial: Session; actions: SignInActions }) {
  const { session, endedAt, endsAt } = useSession(initial);
  const [now, setNow] = useState(0);
  const [early, setEarly] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const ended = endedAt !== null;
  const near = !ended && session.leftMs < WARN_MS;
  const shown = ended || near;
  useEffect(() => {
    // Someone else signed in in this browser: what is on screen is not theirs.
    if (!ended && session.personId !== initial.personId) window.location.reload();
  }, [session, ended, initial]);
  // Before anything is painted: between what stands in the dialog and the dialog itself nobody can take the focus.
  useLayoutEffect(() => {
    const box = dialog.current;
    if (!shown || !box) return;
    const field = document.activeElement;
    box.showModal();
    // Also where the dialog is made anew: signing in may refresh the layout before the session is asked for again.
    return () => {
      box.close();
      // Closing gives the focus back to where it was, unless the page was made anew meanwhile: then the field with its name has it.
      queueMicrotask(() => {
        const there = field?.isConnected ? field : field?.id ? document.getElementById(field.id) : null;
        if (there instanceof HTMLElement) there.focus({ preventScroll: true });
      });
    };
  }, [shown]);
  useEffect(() => {
    if (!near) return setEarly(false);
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [near]);
  return (
    <dialog
      ref={dialog}
      className="session-dialog"
      aria-labelledby="session-heading"
      onCancel={(event) => event.preventDefault()}
    >
      {near && !early && (
        <Ending
          seconds={Math.max(0, Math.round((endsAt - (now || Date.now())) / 1000))}
          last={session.last}
          onSignIn={() => setEarly(true)}
        />
      )}
      {(ended || early) && <SignInAgain at={endedAt} email={initial.email} actions={actions} />}
    </dialog>
  );
}

function Ending({ seconds, last, onSignIn }: { seconds: number; last: boolean; onSignIn: () => void }) {
  const queries = useQueryClient();
  const stay = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      // An answer that was on its way still tells of the end before.
      await queries.cancelQueries({ queryKey: SESSION_KEY });
      return postJson("/api/session", {}, sessionSchema);
    },
    onSuccess: (session) => queries.setQueryData(SESSION_KEY, session),
  });
  return (
    <>
      <div role="alert">
        <h2 id="session-heading">You will be signed out soon</h2>
      </div>
      <p className="tabular">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")} left. What you typed stays on this page.
      </p>
      {last ? (
        <>
          <p>After 12 hours everyone signs in again.</p>
          <Button type="button" onClick={onSignIn}>
            Sign in again now
          </Button>
        </>
      ) : (
        <Button type="button" disabled={stay.isPending} onClick={() => stay.mutate()}>
          Stay signed in
        </Button>
      )}
      {stay.isError && <p className="usa-error-message">No connection. Try again.</p>}
    </>
  );
}

/** @param at when the session ended, in milliseconds since 1970; null while it still lasts */
function SignInAgain({ at, email, actions }: { at: number | null; email: string; actions: SignInActions }) {
  const timeZone = useTimeZone();
  const queries = useQueryClient();
  const [password, setPassword] = useState("");
  const [step, setStep] = useState<SecondStepAsked | null>(null);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const goOn = () => void queries.refetchQueries({ queryKey: SESSION_KEY });
  const enter = async (answer: { ok: boolean; error?: string | null | undefined } | undefined) => {
    if (!answer?.ok) return setProblem({ message: answer?.error ?? "Sign-in failed. Try again." });
    const asked = await actions.ask({});
    if (!asked.ok) setProblem(asked);
    else if (asked.value) setStep(asked.value);
    else goOn();
  };
  const attempt = useMutation({
    networkMode: "always",
    mutationFn: async () => enter(await signIn("credentials", { email, password, redirect: false })),
    onMutate: () => setProblem(null),
    onError: () => setProblem({ message: "No connection to Callbox. Try again." }),
  });
  return (
    <>
      <div role="alert">
        <h2 id="session-heading">
          {at === null ? "Sign in for twelve hours more" : `You were signed out at ${formatClock(at, timeZone)}`}
        </h2>
      </div>
      <p>What you typed is still on this page. Sign in to go on where you were.</p>
      <p className="second">{email}</p>
      {step ? (
        <SecondStepForm step={step} prove={actions.prove} offerPasskeys={actions.offerPasskeys} onDone={goOn} />
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            attempt.mutate();
          }}
        >
          <ErrorSummary problem={problem} />
          <input type="hidden" autoComplete="username" value={email} readOnly />
          <PasswordField
            name="session-password"
            label="Password"
            autoComplete="current-password"
            autoFocus
            value={password}
            onChange={setPassword}
          />
          <p className="row">
            <Button type="submit" disabled={attempt.isPending || password === ""}>
              {attempt.isPending ? "Signing in" : "Sign in and go on"}
            </Button>
            <PasskeyButton
              label="Use a passkey"
              offer={actions.offerPasskeys}
              onProblem={setProblem}
              onAnswer={async (answer) =>
                enter(await signIn("passkey", { answer: JSON.stringify(answer), redirect: false }))
              }
            />
            <a href="/sign-in" target="_blank" rel="noreferrer">
              Sign in another way, in a new tab
            </a>
            <a href="/sign-in">Sign in as someone else</a>
          </p>
        </form>
      )}
    </>
  );
}
