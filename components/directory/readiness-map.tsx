"use client";

import { useRouter } from "next/navigation";
import type { MapShapes } from "../../lib/places/map";
import { READINESS, type ReadinessClass } from "../../lib/directory/readiness/readiness";
import { PlaceMap } from "../map/place-map";

const LOOKS: Record<ReadinessClass, string> = {
  ready: "good",
  expiring: "soon",
  expired: "bad",
  failing: "failing",
  missing: "none",
};

/** Readiness as a picture. One place is in the tab order; arrow keys move on, Enter opens it. */
export function ReadinessMap({
  shapes,
  places,
  countyIds,
}: {
  shapes: MapShapes;
  places: readonly { id: string; name: string; readiness: ReadinessClass }[];
  countyIds: readonly string[];
}) {
  const router = useRouter();
  return (
    <PlaceMap
      shapes={shapes}
      label="Map of readiness. The table has the same information. Use the arrow keys to move and Enter to open a place."
      countyIds={countyIds}
      towns={places.map(({ id, name, readiness }) => ({
        id,
        name,
        look: LOOKS[readiness],
        says: READINESS[readiness],
      }))}
      press={{ role: "link", run: (id) => router.push(`/directory/${id}`) }}
    />
  );
}
