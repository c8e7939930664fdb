"use client";

import { Button } from "@trussworks/react-uswds";
import { useState } from "react";

/** An act that cannot be undone is asked about once, in its own words. */
export function AskedButton({
  label,
  question,
  yes,
  no,
  disabled,
  onYes,
}: {
  label: string;
  question: string;
  yes: string;
  no: string;
  disabled: boolean;
  onYes: () => void;
}) {
  const [asked, ask] = useState(false);
  if (!asked) {
    return (
      <Button type="button" unstyled disabled={disabled} onClick={() => ask(true)}>
        {label}
      </Button>
    );
  }
  return (
    <span className="row" role="group" aria-label={question}>
      <strong>{question}</strong>
      <Button type="button" outline disabled={disabled} onClick={onYes}>
        {yes}
      </Button>
      <Button type="button" unstyled autoFocus onClick={() => ask(false)}>
        {no}
      </Button>
    </span>
  );
}
