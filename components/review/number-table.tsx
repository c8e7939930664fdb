"use client";

import type { PlaceOutcome } from "../../lib/alerts/bundle";
import { enteredLater, type NumberFacts, formatNumber, TEST_CALL_RESULTS } from "../../lib/directory/schema";
import { useTimeZone } from "../layout/providers";
import { formatCount, formatDay, formatDuration } from "../ui/time";

const DAY = 86_400_000;

/** Each number beside its last test call: who called, who answered, when, with what result. */
export function NumberTable({
  places,
  evidence,
  now,
  caption,
}: {
  places: readonly PlaceOutcome[];
  evidence: Readonly<Record<string, NumberFacts>>;
  now: number;
  caption: string;
}) {
  const timeZone = useTimeZone();
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label={caption}>
      <table className="lines stacks">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Town</th>
            <th scope="col">Number in the text</th>
            <th scope="col">Last test call</th>
            <th scope="col">When</th>
            <th scope="col">Result</th>
            <th scope="col" className="right">
              People
            </th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ placeId, place, population, numbers: [given] }) => {
            const call = given && evidence[given.id]?.calls[0];
            const later = call ? enteredLater(call) : null;
            return (
              <tr key={placeId}>
                <th scope="row">{place}</th>
                <td className="number">{given ? formatNumber(given) : "none"}</td>
                <td>{call ? `${call.by} called; ${call.answeredBy} answered` : "never called"}</td>
                <td className="number">
                  {call ? `${formatDay(call.at, timeZone)}, ${Math.floor((now - call.at) / DAY)} days` : "–"}
                  {later !== null && <div className="hint">entered {formatDuration(later)} later</div>}
                </td>
                <td>{call ? TEST_CALL_RESULTS[call.result] : "–"}</td>
                <td className="right tabular" data-label="People">
                  {population === 0 ? "not known" : formatCount(population)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
