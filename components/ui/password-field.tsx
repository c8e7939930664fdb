"use client";

import { TextInput } from "@trussworks/react-uswds";
import { Field } from "./field";

/** A field for a password, one that is known or one that is being chosen. */
export function PasswordField({
  name,
  label,
  hint,
  error,
  autoComplete,
  autoFocus = false,
  value,
  onChange,
}: {
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
  value: string;
  onChange: (password: string) => void;
}) {
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      {(aria) => (
        <TextInput
          {...aria}
          name={name}
          type="password"
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
