"use client";

import { Button } from "@trussworks/react-uswds";

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <div className="wrap page stack">
      <h1>This page can’t be shown</h1>
      <p>
        Something went wrong on our side. Nothing has gone out by it, and nothing you saved was lost. Try again; if it
        stays so, tell your administrator, and use the printed numbers meanwhile.
      </p>
      <Button type="button" onClick={reset}>
        Try again
      </Button>
    </div>
  );
}
