"use client";

import type { Bundle, BundleMessage } from "../../lib/alerts/bundle";
import { formatDuration, formatPlaces } from "../ui/time";
import type { ReviewGroups } from "./review-state";

const SENT_HERE: Record<Bundle["status"], string> = {
  Actual: "",
  Exercise: ", so receivers do not pass it on to the public",
  Test: ", so receivers do not pass it on to the public",
};

/** What approving does, with its numbers. */
export function Consequence({ bundle, groups }: { bundle: Bundle; groups: ReviewGroups }) {
  const { phones, counties, people, noNumber } = groups;
  const exercise = bundle.status === "Exercise";
  const cancellation = bundle.purpose === "cancellation";
  const count = (list: readonly BundleMessage[]) => list.reduce((sum, { placeIds }) => sum + placeIds.length, 0);
  const down = phones.filter(({ tells }) => tells === "outage");
  const without = noNumber.length;
  const withNumber = count(down) - without;
  const texts = bundle.messages.some(({ tells, msgType }) => tells === "withdrawal" && msgType === "Alert");
  const kinds = [
    ["first alert", count(down.filter(({ msgType }) => msgType === "Alert"))],
    ["update of the one they have", count(down.filter(({ msgType }) => msgType === "Update"))],
    ["all-clear", count(phones.filter(({ tells }) => tells === "all-clear"))],
    ["notice that 911 works there", count(phones.filter(({ tells }) => tells === "neighbor"))],
  ] as const;
  const replaced = new Set(bundle.messages.flatMap(({ references }) => references?.split(" ") ?? [])).size;
  return (
    <>
      <div className="rule" id="consequence">
        <h2>If you approve</h2>
      </div>
      <ul className="consequence">
        <li>
          <strong>{people}</strong>{" "}
          {cancellation
            ? "have the earlier alert. Its broadcast stops. It stays on phones that received it, and phones show no text for a cancellation (WEA-017)."
            : exercise
              ? "would be told. In an exercise nobody is."
              : "are told, once the export is handed on."}
        </li>
        {replaced > 0 && (
          <li>
            {cancellation
              ? "It takes back"
              : `${kinds
                  .filter(([, places]) => places > 0)
                  .map(([what, places]) => `${formatPlaces(places)} ${places === 1 ? "gets" : "get"} the ${what}`)
                  .join(", ")}. It replaces`}{" "}
            {replaced === 1 ? "the message" : `${replaced} messages`} in force.
          </li>
        )}
        {bundle.purpose === "border" && (
          <li>
            <strong>{formatPlaces(count(phones))} next to the outage</strong> {count(phones) === 1 ? "learns" : "learn"}{" "}
            that 911 works there, and to dial it as usual.
          </li>
        )}
        {!cancellation && down.length > 0 && (
          <li>
            <strong>
              {formatPlaces(withNumber)} {withNumber === 1 ? "gets" : "get"} a direct number
            </strong>
            {without > 0 && `. ${formatPlaces(without)} ${without === 1 ? "is" : "are"} told where to go`}.
          </li>
        )}
        <li>
          It goes to the CAP export: {phones.length} {phones.length === 1 ? "message" : "messages"} for phones,{" "}
          {counties.length} for radio and television. CAP status {bundle.status}
          {SENT_HERE[bundle.status]}.
        </li>
        <li>
          It is valid for {formatDuration(bundle.validMinutes * 60_000)}
          {down.length > 0 && `. You promise an update within ${formatDuration(bundle.nextUpdateMinutes * 60_000)}`}.
        </li>
        <li>
          {cancellation
            ? texts
              ? "Each place gets a text of its own with it, which says that the alert is withdrawn."
              : "Stations and CAP readers get its text. People who should know by phone are not told."
            : exercise
              ? "Nobody outside the exercise reads it. A mistake is practiced like a real one: with a second message."
              : "A broadcast can’t be called back. A mistake has to be corrected by a second message."}
        </li>
      </ul>
    </>
  );
}
