"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { TemplateDraftDetail } from "../../../lib/alerts/templates/data";
import type { decideTemplateSchema } from "../../../lib/alerts/templates/schema";
import type { Action } from "../../../lib/platform/result";
import { ErrorSummary } from "../../ui/error-summary";
import { Field } from "../../ui/field";
import { useAction } from "../../ui/use-action";
import type { Checking } from "./use-template-check";

/** The decision of a second person; whoever worked on the words is told that it takes another one. */
export function DecideTemplate({
  draft,
  decide,
  checking: { check, of },
}: {
  draft: TemplateDraftDetail;
  decide: Action<z.input<typeof decideTemplateSchema>, { version: number | null }>;
  checking: Checking;
}) {
  const router = useRouter();
  const [choice, choose] = useState<"approve" | "return">("approve");
  const [reason, setReason] = useState("");
  const deciding = useAction(decide, ({ version }) =>
    version === null ? router.refresh() : router.push("/templates"),
  );
  const { problem, busy } = deciding;
  if (draft.isAuthor || !draft.mayApprove || draft.contentHash === null)
    return (
      <div className="box">
        <p>
          {draft.isAuthor
            ? "You can’t approve these words because you worked on them. Another approver reads them next."
            : "An approver who did not work on these words reads them next."}
        </p>
      </div>
    );
  const { contentHash } = draft;
  const tile = (value: "approve" | "return", label: string, hint: string) => (
    <label className="tile">
      <input type="radio" name="decision" checked={choice === value} onChange={() => choose(value)} />
      <span>
        <span className="strong">{label}</span>
        <span className="hint">{hint}</span>
      </span>
    </label>
  );
  const passes = check !== null && check.must.length === 0;
  return (
    <form
      className="box"
      noValidate
      aria-label="Your decision"
      onSubmit={(event) => {
        event.preventDefault();
        deciding.run({ id: draft.id, decision: choice, contentHash, ...(choice === "return" ? { reason } : {}) });
      }}
    >
      <ErrorSummary problem={problem} />
      <fieldset className="usa-fieldset">
        <legend className="visually-hidden">Your decision</legend>
        {tile("approve", "Approve", "New alerts begin with these words. Alerts that were begun before keep theirs.")}
        {tile("return", "Return for changes", "Its authors see your reason first.")}
      </fieldset>
      {choice === "return" ? (
        <>
          <Field id="reason" label="Reason" error={problem?.fields?.reason}>
            {(aria) => (
              <textarea
                {...aria}
                className="usa-textarea"
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <p>
            <Button type="submit" disabled={busy}>
              Return it with this reason
            </Button>
          </p>
        </>
      ) : (
        <>
          <p>
            <Button type="submit" disabled={busy || !passes}>
              Approve the new wording
            </Button>
          </p>
          {!passes && (
            <p className="why-not">
              {check ? "It breaks rules now, so it can only be returned." : `All ${of} combinations are checked first.`}
            </p>
          )}
        </>
      )}
    </form>
  );
}
