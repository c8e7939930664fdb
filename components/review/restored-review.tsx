"use client";

import { groupBy } from "../../lib/platform/group-by";
import { useTimeZone } from "../layout/providers";
import { formatMoment, formatPeople, formatPlaces } from "../ui/time";
import type { ReviewGroups } from "./review-state";

/** More places than these are a count, with their names folded. */
const NAMED = 24;

/** Places that get the all-clear, each with since when and how it is known. */
export function RestoredReview({
  places,
  evidence,
  confirm,
}: {
  places: ReviewGroups["restored"];
  evidence: ReadonlyMap<string, string>;
  confirm: (name: string, sentence: React.ReactNode) => React.ReactNode;
}) {
  const timeZone = useTimeZone();
  const groups = groupBy(places, ({ placeId, restoredAt }) => `${restoredAt ?? 0}|${evidence.get(placeId) ?? ""}`);
  return (
    <section className="stack" aria-labelledby="restored-heading" id="restored">
      <div className="rule">
        <h2 id="restored-heading">911 works again: {formatPlaces(places.length)}</h2>
        <span>{formatPeople(places.map(({ population }) => population))}</span>
      </div>
      <ul>
        {[...groups.values()].map((group) => {
          const names = group.map(({ place }) => place).join(", ");
          return (
            <li key={group[0]?.placeId}>
              <strong>{group.length > NAMED ? formatPlaces(group.length) : names}</strong>, since{" "}
              {formatMoment(group[0]?.restoredAt ?? 0, timeZone)}.{" "}
              {evidence.get(group[0]?.placeId ?? "") || "How it is known was not noted."}
              {group.length > NAMED && (
                <details>
                  <summary>Their names</summary>
                  {names}
                </details>
              )}
            </li>
          );
        })}
      </ul>
      {confirm("restored", <>I accept that 911 works again in {formatPlaces(places.length)}, on this evidence</>)}
    </section>
  );
}
