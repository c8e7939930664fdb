"use client";

import { Button } from "@trussworks/react-uswds";
import { useState } from "react";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { PasswordField } from "../ui/password-field";
import { useAction } from "../ui/use-action";
import { NewPassword } from "./new-password";
import type { z } from "zod";
import type { changePasswordSchema } from "../../lib/people/schema";

/** The old password once more, and a new one that is hard to guess. */
export function ChangePassword({ change }: { change: Action<z.input<typeof changePasswordSchema>, null> }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(change, () => {
    setSaid("Your password is changed. You were signed out everywhere else.");
    setCurrent("");
    setPassword("");
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        run({ current, password });
      }}
    >
      <ErrorSummary problem={problem} />
      <PasswordField
        name="current"
        label="Current password"
        error={problem?.fields?.current}
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
      />
      <NewPassword value={password} error={problem?.fields?.password} onChange={setPassword} />
      <p className="row">
        <Button type="submit" disabled={busy}>
          Change your password
        </Button>
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
