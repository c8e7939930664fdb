"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import type { z } from "zod";
import type { WaitingRequest } from "../../lib/people/grants/data";
import type { decideAccessSchema } from "../../lib/people/grants/schema";
import type { Action } from "../../lib/platform/result";
import { type ProofWays, useProof } from "../auth/use-proof";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { formatMoment } from "../ui/time";
import { useAction } from "../ui/use-action";

export type DecideAction = Action<z.input<typeof decideAccessSchema>, { token: string | null }>;

/** One change of access that waits: what it means, who asked and why, and what this administrator can do. */
export function WaitingRequestBox({
  request,
  ways,
  decide,
  onLink,
}: {
  request: WaitingRequest;
  ways: ProofWays;
  decide: DecideAction;
  onLink: (token: string) => void;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const { run, busy, problem } = useAction(decide, ({ token }) => {
    if (token) onLink(token);
    router.refresh();
  });
  const own = useProof(ways, "Asked because this changes who has access.", problem, `${request.id}-`);
  const mayConfirm = !request.isMine && !request.isAboutMe;
  return (
    <section className="box" aria-labelledby={`request-${request.id}`}>
      <h2 id={`request-${request.id}`}>{request.title}</h2>
      <p>{request.consequence}</p>
      <p className="second">
        {request.isMine ? "You" : request.askedBy} asked, {formatMoment(request.askedAt, timeZone)}: “{request.reason}”
        It ends by itself {formatMoment(request.endsAt, timeZone)}.
      </p>
      <ErrorSummary problem={own.shown} />
      {mayConfirm ? (
        <form
          className="narrow-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            run({ id: request.id, decision: "confirm", ...own.proof });
          }}
        >
          {own.fields}
          <p className="row">
            <Button type="submit" disabled={busy || !own.given}>
              Confirm it
            </Button>
            <Button type="button" outline disabled={busy} onClick={() => run({ id: request.id, decision: "decline" })}>
              Decline
            </Button>
          </p>
        </form>
      ) : request.isMine ? (
        <p className="row">
          <span>Another administrator confirms it.</span>
          <Button type="button" outline disabled={busy} onClick={() => run({ id: request.id, decision: "withdraw" })}>
            Take it back
          </Button>
        </p>
      ) : (
        <p>It is about your own account, so another administrator confirms it.</p>
      )}
    </section>
  );
}
