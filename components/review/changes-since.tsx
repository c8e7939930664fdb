"use client";

import type { AlertForReview } from "../../lib/alerts/data";
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
      {changes !== null && changes.length > 0 && (
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Before</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, SHOWN).map(({ what, before, after }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td data-label="Before" data-verbatim>
                  {before === "" ? "–" : <del>{before}</del>}
                </td>
                <td data-label="Now" data-verbatim>
                  {after === "" ? "–" : <ins>{after}</ins>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {changes !== null && changes.length > SHOWN && <p className="hint">and {changes.length - SHOWN} more changes</p>}
    </section>
  );
}
