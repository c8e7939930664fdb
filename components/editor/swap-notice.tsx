"use client";

import { Button } from "@trussworks/react-uswds";
import { State } from "../ui/state";
import { formatPlaces } from "../ui/time";
import type { Swap } from "./changed-numbers";

/** How many places are named. */
const NAMED = 4;

/** Numbers that were reported down, overloaded or back while the draft was open: one act takes the next ones. */
export function SwapNotice({ swaps, onSwap }: { swaps: readonly Swap[]; onSwap: () => void }) {
  const [only] = swaps;
  if (!only) return null;
  const label =
    swaps.length === 1
      ? only.to === null
        ? `Stop giving out ${only.from}`
        : `Give out ${only.to} instead`
      : `Give out the next numbers in ${formatPlaces(swaps.length)}`;
  return (
    <div className="finding" role="alert">
      <div className="finding-row">
        <span>
          <State shape="arrows">Number changed</State>{" "}
          {swaps.slice(0, NAMED).map(({ placeId, place, from, to }) => (
            <span key={placeId}>
              <strong>{place}</strong>: <span className="number">{from ?? "no number"}</span> to{" "}
              <span className="number">{to ?? "no number"}</span>.{" "}
            </span>
          ))}
          {swaps.length > NAMED && `And ${swaps.length - NAMED} more.`}
        </span>
        <Button type="button" outline className="usa-button--small" onClick={onSwap}>
          {label}
        </Button>
      </div>
    </div>
  );
}
