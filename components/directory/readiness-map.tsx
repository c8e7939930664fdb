"use client";

import { useRouter } from "next/navigation";
import type { MapShapes } from "../../lib/places/map";
import { READINESS, type ReadinessClass } from "../../lib/directory/readiness/readiness";
import { RegionMap } from "../map/region-map";

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
    <RegionMap
      shapes={shapes}
      label="Map of readiness. The table says the same. Arrow keys move from place to place, Enter opens one."
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
