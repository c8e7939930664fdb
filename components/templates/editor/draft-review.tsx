"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import type { z } from "zod";
import type { Sample } from "../../../lib/alerts/templates/check";
import type { TemplateDraftDetail } from "../../../lib/alerts/templates/data";
import type { decideTemplateSchema } from "../../../lib/alerts/templates/schema";
import type { Purpose } from "../../../lib/alerts/schema";
import type { Action } from "../../../lib/platform/result";
import { listTemplateChanges } from "../../../lib/wording/fields";
import { useTimeZone } from "../../layout/providers";
import { AskedButton } from "../../ui/asked-button";
import { ErrorSummary } from "../../ui/error-summary";
import { Facts, Fingerprint } from "../../ui/facts";
import { formatSeconds } from "../../ui/time";
import { useAction } from "../../ui/use-action";
import { TemplateChanges } from "../template-changes";
import { TemplateTexts } from "../template-texts";
import { CheckLine } from "./check-line";
import { DecideTemplate } from "./decide-template";
import { useTemplateCheck } from "./use-template-check";

const HEADINGS = {
  draft: "is being changed",
  submitted: "waits for approval",
  approved: "was approved",
  discarded: "was discarded",
} as const satisfies Record<TemplateDraftDetail["state"], string>;

/** A change of a template to read: what differs, what the combinations came to, and the decision. */
export function DraftReview({
  draft,
  purpose,
  sample,
  now,
  decide,
  withdraw,
}: {
  draft: TemplateDraftDetail;
  purpose: Purpose;
  sample: Sample;
  now: number;
  decide: Action<z.input<typeof decideTemplateSchema>, { version: number | null }>;
  withdraw: Action<{ id: string; discard: boolean }, null>;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const checking = useTemplateCheck(purpose, draft.body, sample, now);
  const changes = useMemo(() => listTemplateChanges(draft.basedOn.body, draft.body), [draft]);
  const withdrawing = useAction(withdraw, () => router.refresh());
  const languages = sample.languages.filter(({ code }) => draft.body.frames[code]);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link className="target" href="/templates">
          Templates
        </Link>
      </p>
      <h1>
        The wording of “{draft.name}” {HEADINGS[draft.state]}: {changes.length}{" "}
        {changes.length === 1 ? "wording differs" : "wordings differ"}
      </h1>
      <ErrorSummary problem={withdrawing.problem} />
      <div className="columns">
        <div>
          <div className="rule">
            <h2>What differs from version {draft.basedOn.version}</h2>
          </div>
          {draft.name !== draft.basedOn.name && (
            <p>
              Its name was “{draft.basedOn.name}”, and would be “{draft.name}”.
            </p>
          )}
          <TemplateChanges changes={changes} languages={languages} />
          <div className="rule">
            <h2>All of it</h2>
          </div>
          <TemplateTexts body={draft.body} languages={languages} />
        </div>
        <div>
          <div className="rule">
            <h2>How it stands</h2>
          </div>
          <Facts
            items={[
              ["Last changed by", `${draft.updatedBy}, ${formatSeconds(draft.updatedAt, timeZone)}`],
              [
                "Begun from",
                <Link key="from" href={`/templates/${draft.basedOn.id}`}>
                  Version {draft.basedOn.version}
                </Link>,
              ],
              ...(draft.contentHash
                ? [["Fingerprint", <Fingerprint key="hash" sha256={draft.contentHash} />] as const]
                : []),
            ]}
          />
          <CheckLine checking={checking} languages={languages.map(({ code }) => code)} />
          {draft.state === "submitted" && <DecideTemplate draft={draft} decide={decide} checking={checking} />}
          {draft.mayWithdraw && (
            <p className="row">
              <AskedButton
                label="Take it back"
                question="Take it back from the approvers?"
                yes="Take it back"
                no="Leave it with them"
                disabled={withdrawing.busy}
                onYes={() => withdrawing.run({ id: draft.id, discard: false })}
              />
              <AskedButton
                label="Discard the draft"
                question="Discard this draft? The version in use stays."
                yes="Discard"
                no="Keep it"
                disabled={withdrawing.busy}
                onYes={() => withdrawing.run({ id: draft.id, discard: true })}
              />
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
