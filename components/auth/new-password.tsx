"use client";

import { PasswordField } from "../ui/password-field";

/** The field for a password that is being chosen, with what makes it a good one. */
export function NewPassword({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (password: string) => void;
}) {
  return (
    <PasswordField
      name="password"
      label="New password"
      hint="At least 12 characters. Four or more unrelated words work well."
      error={error}
      autoComplete="new-password"
      value={value}
      onChange={onChange}
    />
  );
}
