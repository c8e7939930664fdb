"use client";

import { memo, useState } from "react";
import type { PlanSummary } from "../../lib/alerts/plan-summary";
import { formatPlaces } from "../ui/time";

/** Places that more than one message reaches, each with what else reaches it. */
export const OverlapList = memo(function OverlapList({ overlaps }: Pick<PlanSummary, "overlaps">) {
  // A state has hundreds: they are drawn for whoever looks.
  const [open, setOpen] = useState(false);
  if (overlaps.length === 0) return null;
  return (
    <details className="county-reach" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Told more than once: {formatPlaces(overlaps.length)}</summary>
      <div className="scroller" tabIndex={0} role="region" aria-label="Places told more than once">
        <ul>
          {(open ? overlaps : []).map(({ placeId, name, says }) => (
            <li key={placeId}>
              <strong>{name}:</strong> {says}.
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
});
