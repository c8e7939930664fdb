"use client";

import type { BundleMessage } from "../../lib/alerts/bundle";
import { enteredLater, type NumberFacts, sayNumber, TEST_CALL_RESULTS } from "../../lib/directory/schema";
import { useTimeZone } from "../layout/providers";
import { sayCount, sayDay, sayDuration } from "../ui/time";

const DAY = 86_400_000;

/** Each number beside its last test call: who asked, who answered, when, what they said. */
export function NumberTable({
  messages,
  evidence,
  now,
  caption,
}: {
  messages: readonly BundleMessage[];
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
            <th scope="col">Last test call: asked and answered</th>
            <th scope="col">When</th>
            <th scope="col">What they said</th>
            <th scope="col" className="right">
              People
            </th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => {
            const given = message.numbers[0];
            const call = given && evidence[given.id]?.calls[0];
            const later = call ? enteredLater(call) : null;
            return (
              <tr key={message.identifier}>
                <th scope="row">{message.place}</th>
                <td className="number">{given ? sayNumber(given.e164, evidence[given.id]?.extension) : "none"}</td>
                <td>{call ? `${call.by} asked; ${call.answeredBy} answered` : "never called"}</td>
                <td className="tabular">
                  {call ? `${sayDay(call.at, timeZone)}, ${Math.floor((now - call.at) / DAY)} days` : "–"}
                  {later !== null && <div className="hint">entered {sayDuration(later)} later</div>}
                </td>
                <td>{call ? TEST_CALL_RESULTS[call.result] : "–"}</td>
                <td className="right tabular" data-label="People">
                  {sayCount(message.population)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
