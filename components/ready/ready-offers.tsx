"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReadyOffer } from "../../lib/alerts/ready/data";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { formatMoment, formatPlaces } from "../ui/time";
import { useAction } from "../ui/use-action";
import { Differences } from "./differences";
import { ReadyProblems } from "./ready-problems";

/** Ready drafts that the alert of an incident can begin from, each with what changed since it was made. */
export function ReadyOffers({
  incidentId,
  offers,
  prepare,
}: {
  incidentId: string;
  offers: readonly ReadyOffer[];
  prepare: Action<{ incidentId: string; readyId?: string }, { id: string }>;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const { run, busy, problem } = useAction(prepare, ({ id }) => router.push(`/alerts/${id}/edit`), { leaves: true });
  return (
    <section aria-labelledby="ready-heading">
      <div className="rule">
        <h2 id="ready-heading">Begin from a ready draft</h2>
      </div>
      <ErrorSummary problem={problem} />
      {offers.map((offer) => (
        <div className="need" key={offer.id}>
          <div>
            <h3>
              <Link href={`/alerts/ready/${offer.id}`}>{offer.title}</Link>
            </h3>
            <p className="second">
              For {formatPlaces(offer.places)}, made {formatMoment(offer.createdAt, timeZone)} by {offer.createdBy},
              checked {formatMoment(offer.checkedAt, timeZone)}.
            </p>
            <ReadyProblems problems={offer.problems} />
            <Differences differences={offer.differences} />
          </div>
          <Button type="button" outline disabled={busy} onClick={() => run({ incidentId, readyId: offer.id })}>
            Begin from it<span className="visually-hidden">: {offer.title}</span>
          </Button>
        </div>
      ))}
    </section>
  );
}
