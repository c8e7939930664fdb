"use client";

import type { BundleMessage } from "../../lib/alerts/bundle";
import { useTimeZone } from "../layout/providers";
import { formatMoment, formatPeople, formatPlaces } from "../ui/time";

/** Places that get the all-clear, each with since when and how it is known. */
export function RestoredReview({
  messages,
  evidence,
  confirm,
}: {
  messages: readonly BundleMessage[];
  evidence: ReadonlyMap<string, string>;
  confirm: (name: string, sentence: React.ReactNode) => React.ReactNode;
}) {
  const timeZone = useTimeZone();
  const groups = new Map<string, BundleMessage[]>();
  for (const message of messages) {
    const how = `${message.restoredAt ?? 0}|${evidence.get(message.placeIds[0] ?? "") ?? ""}`;
    groups.set(how, [...(groups.get(how) ?? []), message]);
  }
  return (
    <section className="stack" aria-labelledby="restored-heading" id="restored">
      <div className="rule">
        <h2 id="restored-heading">911 works again: {formatPlaces(messages.length)}</h2>
        <span>{formatPeople(messages.map(({ population }) => population))}</span>
      </div>
      <ul>
        {[...groups.values()].map((group) => (
          <li key={group[0]?.identifier}>
            <strong>{group.map(({ place }) => place).join(", ")}</strong>, since{" "}
            {formatMoment(group[0]?.restoredAt ?? 0, timeZone)}.{" "}
            {evidence.get(group[0]?.placeIds[0] ?? "") || "How it is known was not noted."}
          </li>
        ))}
      </ul>
      {confirm("restored", <>I accept that 911 works again in {formatPlaces(messages.length)}, on this evidence</>)}
    </section>
  );
}
