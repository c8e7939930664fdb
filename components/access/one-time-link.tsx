"use client";

import { Button } from "@trussworks/react-uswds";

/** A one-time link, shown once: to print, to copy, or already sent by email. */
export function OneTimeLink({ name, token, mailed }: { name: string; token: string; mailed: string | null }) {
  const path = `/welcome/${token}`;
  return (
    <div className="box" role="alert">
      <p>
        <strong>The one-time link for {name} is shown only now.</strong>{" "}
        {mailed ?? "Send it in a way you trust, or print this page and hand it over."} It works once, for 72 hours.
      </p>
      <p className="mono breaks">{typeof window === "undefined" ? path : `${window.location.origin}${path}`}</p>
      <p>
        <Button type="button" unstyled onClick={() => window.print()}>
          Print it
        </Button>
      </p>
    </div>
  );
}
