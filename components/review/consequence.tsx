"use client";

import type { Bundle } from "../../lib/alerts/bundle";
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
  const towns = new Set(phones.flatMap(({ placeIds }) => placeIds)).size;
  const exercise = bundle.status === "Exercise";
  const cancellation = bundle.purpose === "cancellation";
  const withNumber = towns - noNumber.reduce((sum, { placeIds }) => sum + placeIds.length, 0);
  return (
    <>
      <div className="rule" id="consequence">
        <h2>If you approve</h2>
      </div>
      <ul>
        <li>
          <strong>{people}</strong>{" "}
          {cancellation
            ? "have the earlier alert. Its broadcast stops. It stays on phones that received it, and phones show no text for a cancellation (WEA-017)."
            : exercise
              ? "would be told about the outage. In an exercise nobody is."
              : "are told about the outage, once the export is handed on."}
        </li>
        {!cancellation && (
          <li>
            <strong>
              {formatPlaces(withNumber)} {withNumber === 1 ? "gets" : "get"} a direct number
            </strong>
            {withNumber < towns &&
              `. ${formatPlaces(towns - withNumber)} ${towns - withNumber === 1 ? "is" : "are"} told where to go`}
            .
          </li>
        )}
        <li>
          It goes to the CAP export: {phones.length} {phones.length === 1 ? "message" : "messages"} for phones,{" "}
          {counties.length} for radio and television. CAP status {bundle.status}
          {SENT_HERE[bundle.status]}.
        </li>
        <li>
          It is valid for {formatDuration(bundle.validMinutes * 60_000)}
          {!cancellation && `. You promise an update within ${formatDuration(bundle.nextUpdateMinutes * 60_000)}`}.
        </li>
        <li>
          {cancellation
            ? "Stations and CAP readers get its text. People who should know by phone need a separate alert."
            : "A broadcast can’t be called back. A mistake has to be corrected by a second message."}
        </li>
      </ul>
    </>
  );
}
