"use client";

import type { AlertForReview } from "../../lib/alerts/data";
import { useTimeZone } from "../layout/providers";
import { formatSeconds } from "../ui/time";

type Told = AlertForReview["told"][number];

const WHY: ReadonlyMap<string, string> = new Map([
  ["approval", "may approve"],
  ["escalation", "called on as an alternate"],
  ["emergency", "told of the emergency"],
]);

/** How one person was told, as the end of a line. */
function describeHow({ state, at, problem }: Told, timeZone: string): string {
  switch (state) {
    case "sent":
      return `emailed ${formatSeconds(at, timeZone)}`;
    case "waiting":
      return problem ? `email not taken yet, being tried again: ${problem}` : "email on its way";
    case "failed":
      return `email was not taken${problem ? `: ${problem}` : ""}. Call them.`;
    default:
      return `in the console, ${formatSeconds(at, timeZone)}`;
  }
}

/** Who was told of an alert that waits, how and when. */
export function ToldList({ told }: { told: readonly Told[] }) {
  const timeZone = useTimeZone();
  if (told.length === 0) return null;
  const people = new Set(told.map(({ name }) => name)).size;
  const failed = told.filter(({ state }) => state === "failed").length;
  return (
    <details open={failed > 0}>
      <summary>
        {people === 1 ? "1 person was told" : `${people} people were told`}
        {failed > 0 && `; ${failed === 1 ? "1 email was" : `${failed} emails were`} not taken`}
      </summary>
      <ul>
        {told.map((one) => (
          <li key={`${one.kind} ${one.name}`}>
            {one.name}, {WHY.get(one.kind) ?? one.kind}: {describeHow(one, timeZone)}
          </li>
        ))}
      </ul>
    </details>
  );
}
