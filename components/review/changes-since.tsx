"use client";

import type { AlertForReview } from "../../lib/alerts/data";
import { DecisionChanges } from "../editor/decision-changes";
import { useTimeZone } from "../layout/providers";
import { formatSeconds } from "../ui/time";

const SHOWN = 30;

/** What changed since the alert was returned, the old text beside the new. */
export function ChangesSince({ reading }: { reading: NonNullable<AlertForReview["secondReading"]> }) {
  const timeZone = useTimeZone();
  const { at, changes, standing, fallen } = reading;
  return (
    <section aria-labelledby="changes-heading" id="changes">
      <div className="rule">
        <h2 id="changes-heading">Changed since it was returned</h2>
        <span className="tabular">{formatSeconds(at, timeZone)}</span>
      </div>
      {standing.length + fallen.length > 0 && (
        <p className="second">
          {standing.length} of your confirmations still {standing.length === 1 ? "stands" : "stand"}, because that part
          did not change.
          {fallen.length > 0 &&
            ` ${fallen.length} ${fallen.length === 1 ? "is" : "are"} asked again: that part changed.`}
        </p>
      )}
      {changes === null && <p>What was returned then can’t be compared. Read all of it again.</p>}
      {changes?.length === 0 && (
        <p>Nothing that people wrote or decided. What differs comes from the directory or the incident.</p>
      )}
      {changes !== null && <DecisionChanges changes={changes.slice(0, SHOWN)} after="Now" />}
      {changes !== null && changes.length > SHOWN && <p className="hint">and {changes.length - SHOWN} more changes</p>}
    </section>
  );
}
