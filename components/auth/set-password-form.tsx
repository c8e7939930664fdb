"use client";

import { Button, TextInput } from "@trussworks/react-uswds";
import Link from "next/link";
import { useState } from "react";
import type { Result } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

export function SetPasswordForm({
  token,
  name,
  email,
  setPassword,
}: {
  token: string;
  name: string;
  email: string;
  setPassword: (input: unknown) => Promise<Result<{ email: string }>>;
}) {
  const [password, write] = useState("");
  const [done, setDone] = useState(false);
  const { run, busy, problem } = useAction(setPassword, () => setDone(true));
  if (done) {
    return (
      <>
        <h1>Your password is set</h1>
        <p>
          The link does not work again. <Link href="/sign-in">Sign in as {email}</Link>.
        </p>
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
      <h1>Welcome, {name}</h1>
      <p>Choose your password. Nobody else knows it, and this link works once.</p>
      <ErrorSummary problem={problem} />
      <Field
        id="password"
        label="New password"
        hint="At least 12 characters that are hard to guess: four or more words that have nothing to do with each other."
        error={problem?.fields?.password}
      >
        {(aria) => (
          <TextInput
            {...aria}
            name="password"
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => write(event.target.value)}
          />
        )}
      </Field>
      <p>
        <Button type="submit" disabled={busy}>
          Set the password
        </Button>
      </p>
    </form>
  );
}
