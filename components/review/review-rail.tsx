"use client";

import Link from "next/link";
import type { AlertForReview } from "../../lib/alerts/data";
import { Facts, Fingerprint } from "../ui/facts";
import { ToldList } from "./told-list";

/** Where a reader is in the review, what comes next, and who is involved. */
export function ReviewRail({
  alert,
  contentHash,
  missing,
  required,
  allowed,
}: {
  alert: AlertForReview;
  contentHash: string;
  missing: readonly { name: string; label: string }[];
  required: number;
  allowed: boolean;
}) {
  const [next] = missing;
  const sections: [id: string, label: string][] = [
    ["consequence", "If you approve"],
    ...(alert.secondReading ? [["changes", "Changed since it was returned"] as [string, string]] : []),
    ...(alert.content.restoredIds.length > 0 ? [["restored", "911 works again"] as [string, string]] : []),
    ...(alert.content.placeIds.length > alert.content.restoredIds.length && alert.purpose !== "cancellation"
      ? [["numbers", "Numbers"] as [string, string]]
      : []),
    ["texts", "Texts"],
    ["judge", "Points to review"],
    ["decision", "Your decision"],
  ];
  return (
    <aside aria-label="This review">
      <div className="rail">
        <div className="rule">
          <h2>This review</h2>
        </div>
        <ul className="plain sections">
          {sections.map(([id, label]) => (
            <li key={id}>
              <a href={`#${id}`}>{label}</a>
            </li>
          ))}
        </ul>
        {allowed && (
          <p className="stack">
            <a
              className={next ? "usa-button" : "usa-button usa-button--outline"}
              href={next ? `#confirm-${next.name}` : "#decision"}
            >
              {next ? `Next: ${next.label}` : "Next: your decision"}
            </a>
          </p>
        )}
        {allowed && (
          <p className="hint">
            {required - missing.length} of {required} confirmations
          </p>
        )}
        <Facts
          items={[
            ["Authors", alert.contributors.map(({ name }) => name).join(", ")],
            ["Can approve", alert.approvers.map(({ name }) => name).join(", ") || "nobody yet"],
            ["Fingerprint", <Fingerprint key="fingerprint" sha256={contentHash} />],
          ]}
        />
        <ToldList told={alert.told} />
        <p className="hint">The fingerprint covers every text, number, area and time. Any change changes it.</p>
        <p>
          <Link href={`/alerts/${alert.id}/history`}>History</Link>
        </p>
      </div>
    </aside>
  );
}
