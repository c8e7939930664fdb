"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Records that someone read the list and found it right. */
export function ReviewAccess({ shown, review }: { shown: string; review: Action<{ shown: string }, null> }) {
  const router = useRouter();
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(review, () => {
    setSaid("Recorded in the activity log.");
    router.refresh();
  });
  return (
    <>
      <ErrorSummary problem={problem} />
      <p className="row">
        <Button type="button" disabled={busy} onClick={() => run({ shown })}>
          I read all of it, and it is right
        </Button>
        <span role="status">{said}</span>
      </p>
    </>
  );
}
