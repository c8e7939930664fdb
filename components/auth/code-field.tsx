"use client";

import { Button, TextInput } from "@trussworks/react-uswds";
import { Field } from "../ui/field";

/** The field for a one-time code or a recovery code. In a demonstration the code stands beside it. */
export function CodeField({
  id = "code",
  label = "One-time code",
  hint = "Six digits from your authenticator app, or a recovery code.",
  error,
  value,
  demonstrationCode,
  autoFocus = false,
  onChange,
}: {
  id?: string;
  label?: string;
  hint?: string;
  error: string | undefined;
  value: string;
  demonstrationCode: string | null;
  autoFocus?: boolean;
  onChange: (code: string) => void;
}) {
  return (
    <>
      <Field id={id} label={label} hint={hint} error={error}>
        {(aria) => (
          <TextInput
            {...aria}
            name={id}
            type="text"
            autoComplete="one-time-code"
            autoFocus={autoFocus}
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {demonstrationCode && (
        <p className="hint">
          In the demonstration your app would show <strong>{demonstrationCode}</strong>.{" "}
          <Button type="button" unstyled onClick={() => onChange(demonstrationCode)}>
            Use it
          </Button>
        </p>
      )}
    </>
  );
}
