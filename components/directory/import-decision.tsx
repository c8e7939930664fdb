"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { formatCount } from "../ui/time";
import { useAction } from "../ui/use-action";

/** Has all written that the preview shows, or drops it. */
export function ImportDecision({
  id,
  count,
  kind,
  apply,
  drop,
}: {
  id: string;
  count: number;
  kind: "numbers" | "places";
  apply: Action<{ id: string }, null>;
  drop: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const write = useAction(apply, () => router.refresh());
  const leave = useAction(drop, () => router.push("/directory/import"));
  return (
    <>
      <ErrorSummary problem={write.problem ?? leave.problem} />
      <p className="row">
        {count > 0 && (
          <Button type="button" disabled={write.busy || leave.busy} onClick={() => write.run({ id })}>
            {write.busy
              ? "Writing"
              : `Save ${formatCount(count)} ${kind === "numbers" ? "number" : "place"}${count === 1 ? "" : "s"}`}
          </Button>
        )}
        <Button type="button" outline disabled={write.busy || leave.busy} onClick={() => leave.run({ id })}>
          Discard import
        </Button>
        <Link href={kind === "places" ? "/directory/import?kind=places" : "/directory/import"}>
          Choose a corrected file
        </Link>
      </p>
    </>
  );
}
