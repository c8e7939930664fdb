"use client";

import { memo } from "react";
import { type Chosen, nameListed } from "../../lib/alerts/plan";
import { formatNumber } from "../../lib/directory/schema";

/** On a phone: whose values the texts are shown with. */
export const PlacePicker = memo(function PlacePicker({
  chosen,
  selected,
  onSelect,
}: {
  chosen: readonly Chosen[];
  selected: string;
  onSelect: (placeId: string) => void;
}) {
  return (
    <div className="place-picker">
      <label className="usa-label" htmlFor="shown-place">
        Shown with the values of
      </label>
      <select
        className="usa-select"
        id="shown-place"
        value={selected}
        onChange={(event) => onSelect(event.target.value)}
      >
        {chosen.map(({ place, selection }) => (
          <option key={place.id} value={place.id}>
            {nameListed(place)}
            {selection.number ? `, ${formatNumber(selection.number)}` : ", no number"}
          </option>
        ))}
      </select>
    </div>
  );
});
