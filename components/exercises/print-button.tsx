"use client";

import { Button } from "@trussworks/react-uswds";

/** Prints the page that is open. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button type="button" onClick={() => window.print()}>
      {label}
    </Button>
  );
}
