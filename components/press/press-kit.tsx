"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type PressSheet, pressSheetSchema, WHOLE } from "../../lib/delivery/press/schema";
import { Announcer } from "../ui/announcer";
import { fetchJson } from "../ui/poll";
import { formatPlaces } from "../ui/time";
import { PressTexts } from "./press-texts";

interface Choice {
  of: string;
  name: string;
}

/** What can be posted, read aloud and put up: for a place that is chosen, or for all of them. */
export function PressKit({
  alertId,
  places,
  counties,
  first,
}: {
  alertId: string;
  places: readonly Choice[];
  counties: readonly Choice[];
  first: PressSheet;
}) {
  const [of, setOf] = useState(first.of);
  const { data, isError, isFetching, refetch } = useQuery({
    queryKey: ["press", alertId, of],
    queryFn: ({ signal }) =>
      fetchJson(`/api/alerts/${alertId}/press/texts.json?of=${encodeURIComponent(of)}`, pressSheetSchema, signal),
    ...(of === first.of ? { initialData: first } : {}),
    staleTime: 60_000,
    retry: false,
    networkMode: "always",
  });
  return (
    <section aria-labelledby="press-heading" className="stack">
      <div className="rule">
        <h2 id="press-heading">Posts, pictures and notices</h2>
      </div>
      <label className="usa-label" htmlFor="press-of">
        Show for
      </label>
      <select className="usa-select" id="press-of" value={of} onChange={(event) => setOf(event.target.value)}>
        {places.length > 1 && <option value={WHOLE}>All {formatPlaces(places.length)}: the list of numbers</option>}
        {places.map((choice) => (
          <option key={choice.of} value={choice.of}>
            {choice.name}
          </option>
        ))}
        {counties.length > 0 && (
          <optgroup label="Radio and television">
            {counties.map((choice) => (
              <option key={choice.of} value={choice.of}>
                {choice.name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      {data && (
        <Announcer>
          <PressTexts alertId={alertId} sheet={data} />
        </Announcer>
      )}
      {!data && isFetching && <p role="status">Loading the texts</p>}
      {isError && !isFetching && (
        <p role="alert">
          The texts could not be loaded.{" "}
          <button type="button" className="usa-button usa-button--unstyled" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      )}
    </section>
  );
}
