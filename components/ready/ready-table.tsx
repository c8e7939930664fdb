"use client";

import Link from "next/link";
import { describeProblem } from "../../lib/alerts/ready/describe";
import type { ReadySummary } from "../../lib/alerts/ready/data";
import { FAILURES } from "../../lib/incidents/schema";
import { useTimeZone } from "../layout/providers";
import { State } from "../ui/state";
import { formatMoment, formatPlaces } from "../ui/time";

/** Every ready draft, those that need attention first. */
export function ReadyTable({ drafts }: { drafts: readonly ReadySummary[] }) {
  const timeZone = useTimeZone();
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label="Ready drafts">
      <table className="lines stacks">
        <caption className="visually-hidden">Ready drafts</caption>
        <thead>
          <tr>
            <th scope="col">Ready draft</th>
            <th scope="col">State</th>
            <th scope="col">For</th>
            <th scope="col">Last checked</th>
          </tr>
        </thead>
        <tbody>
          {drafts.map(({ id, title, failure, places, whole, agency, checkedAt, problems: [first, ...others] }) => (
            <tr key={id}>
              <th scope="row">
                <Link href={`/alerts/ready/${id}`}>{title}</Link>
              </th>
              <td>
                {first ? (
                  <>
                    <State shape="triangle" tone="bad">
                      Needs attention
                    </State>
                    <div className="hint">
                      {describeProblem(first)}
                      {others.length > 0 && ` And ${others.length} more.`}
                    </div>
                  </>
                ) : (
                  <State shape="tick" tone="good">
                    Ready
                  </State>
                )}
              </td>
              <td>
                {FAILURES[failure].label}, {whole ? `all of ${agency}` : formatPlaces(places)}
              </td>
              <td className="tabular" data-label="Last checked">
                {formatMoment(checkedAt, timeZone)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
