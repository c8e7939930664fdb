"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import type { agencyRuleSchema } from "../../lib/directory/schema";

/** A rule that an agency has or has not, as one box to check. */
export function AgencyRule({
  agency,
  rule,
  says,
  save,
}: {
  agency: { id: string; name: string } & Record<z.input<typeof agencyRuleSchema>["rule"], boolean>;
  rule: z.input<typeof agencyRuleSchema>["rule"];
  says: string;
  save: Action<z.input<typeof agencyRuleSchema>, null>;
}) {
  const router = useRouter();
  const [on, setOn] = useState(agency[rule]);
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, () => {
    setSaid("Saved.");
    router.refresh();
  });
  if (rule === "emergencyRelease" && !agency.emergencyRelease) {
    return (
      <p className="check">
        <span>
          {agency.name}: not allowed.{" "}
          <Link href={`/admin/requests/new?kind=emergency-release&agency=${agency.id}`} prefetch={false}>
            Ask that {says}
          </Link>{" "}
          <span className="hint">Two administrators allow it.</span>
        </span>
      </p>
    );
  }
  return (
    <>
      <ErrorSummary problem={problem} />
      <label className="check">
        <input
          type="checkbox"
          checked={on}
          disabled={busy}
          onChange={(event) => {
            setSaid("");
            setOn(event.target.checked);
            run({ agencyId: agency.id, rule, on: event.target.checked });
          }}
        />
        <span>
          {agency.name}: {says}{" "}
          <span className="hint" role="status">
            {said}
          </span>
        </span>
      </label>
    </>
  );
}
