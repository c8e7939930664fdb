"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import type { numbersCountSchema } from "../../lib/directory/schema";

/** Whether work on a number keeps a person from approving an alert that gives it out, in one agency. */
export function NumbersCount({
  agency,
  save,
}: {
  agency: { id: string; name: string; numbersCountAsWork: boolean };
  save: Action<z.input<typeof numbersCountSchema>, null>;
}) {
  const router = useRouter();
  const [counts, setCounts] = useState(agency.numbersCountAsWork);
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, () => {
    setSaid("Saved.");
    router.refresh();
  });
  return (
    <>
      <ErrorSummary problem={problem} />
      <label className="check">
        <input
          type="checkbox"
          checked={counts}
          disabled={busy}
          onChange={(event) => {
            setSaid("");
            setCounts(event.target.checked);
            run({ agencyId: agency.id, counts: event.target.checked });
          }}
        />
        <span>
          {agency.name}: people whose own work decided a number can&apos;t approve alerts that give it out{" "}
          <span className="hint" role="status">
            {said}
          </span>
        </span>
      </label>
    </>
  );
}
