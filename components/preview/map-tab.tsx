import { homeCounty } from "../../lib/alerts/plan";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { formatCounty } from "../../lib/places/county-kinds";
import { drawPolygons } from "../../lib/places/map";
import { Facts } from "../ui/facts";
import { formatPeople } from "../ui/time";

/** The outline that phones are alerted by. */
export function MapTab({ place }: { place: PlaceFacts }) {
  const { viewBox, path } = drawPolygons(place.polygons, 300);
  const points = place.polygons.reduce((sum, polygon) => sum + polygon.split(" ").length, 0);
  const county = homeCounty(place);
  return (
    <div className="stack">
      <svg className="town-outline" viewBox={viewBox} role="img" aria-label={`Outline of ${place.name}`}>
        <path d={path} />
      </svg>
      <Facts
        items={[
          [
            "Outline",
            <>
              {points} points
              {place.approximate && <strong>, approximate: the part of the county nearest to its center</strong>}
            </>,
          ],
          ...place.counties.map(({ id, name, sameCode }): [string, string] => [
            "County",
            `${formatCounty({ id, name })}, SAME ${sameCode}`,
          ]),
          [
            "People",
            `${place.name}: ${formatPeople([place.population])}; the county: ${formatPeople([county.population])}`,
          ],
        ]}
      />
    </div>
  );
}
