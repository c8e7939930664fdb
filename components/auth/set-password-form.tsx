"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useState } from "react";
import type { Action } from "../../lib/platform/result";
import { SingleSignOnButton } from "../single-sign-on/single-sign-on-button";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { useAction } from "../ui/use-action";
import { NewPassword } from "./new-password";
import type { z } from "zod";
import type { setPasswordSchema } from "../../lib/people/schema";

export function SetPasswordForm({
  token,
  person,
  setPassword,
  singleSignOn,
  accept,
}: {
  token: string;
  /** Whose link it is; null once it was used or has ended. */
  person: { name: string; email: string; hasPassword: boolean } | null;
  setPassword: Action<z.input<typeof setPasswordSchema>, { email: string }>;
  /** Providers that can be used in place of a password, for an account that has none. */
  singleSignOn: readonly { id: string; name: string }[];
  accept: Action<{ provider: string; token: string }, null>;
}) {
  const [password, write] = useState("");
  // Setting the password makes this browser known, so the page is asked for anew, and finds a used link.
  const [done, setDone] = useState<string | null>(null);
  const [refused, setRefused] = useState<FormProblem | null>(null);
  const { run, busy, problem } = useAction(setPassword, ({ email }) => setDone(email));
  if (done !== null) {
    return (
      <>
        <h1>Your password is set</h1>
        <p>
          The link does not work again. <Link href="/sign-in">Sign in as {done}</Link>.
        </p>
      </>
    );
  }
  if (!person) {
    return (
      <>
        <h1>This link was used or has expired</h1>
        <p>A link works once, for 72 hours. Ask your administrator for a new one.</p>
      </>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run({ token, password });
      }}
    >
      <h1>Welcome, {person.name}</h1>
      <p>Choose your password. This link works once.</p>
      <ErrorSummary problem={problem ?? refused} />
      <NewPassword value={password} error={problem?.fields?.password} onChange={write} />
      <p>
        <Button type="submit" disabled={busy}>
          Set password
        </Button>
      </p>
      {singleSignOn.length > 0 && (
        <>
          <p className="or-line">or</p>
          <p>Sign in without a password of Callbox’s own, from now on:</p>
        </>
      )}
      {singleSignOn.map(({ id, name }) => (
        <p key={id}>
          <SingleSignOnButton
            label={`Sign in with ${name}`}
            provider={id}
            to="/sign-in"
            before={() => accept({ provider: id, token })}
            onProblem={setRefused}
          />
        </p>
      ))}
    </form>
  );
}
