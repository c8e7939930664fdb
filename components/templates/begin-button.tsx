"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

/** Begins a change of a template, or opens the one someone else began a moment ago. */
export function BeginButton({
  templateId,
  name,
  begin,
}: {
  templateId: string;
  name: string;
  begin: Action<{ templateId: string }, { id: string }>;
}) {
  const router = useRouter();
  const beginning = useAction(begin, ({ id }) => router.push(`/templates/drafts/${id}`));
  return (
    <>
      <ErrorSummary problem={beginning.problem} />
      <Button
        type="button"
        outline
        className="usa-button--small"
        disabled={beginning.busy}
        aria-label={`Change the wording: ${name}`}
        onClick={() => beginning.run({ templateId })}
      >
        Change the wording
      </Button>
    </>
  );
}
