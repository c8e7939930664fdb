import type { BundleMessage } from "../../lib/alerts/bundle";
import { homeCounty } from "../../lib/alerts/plan";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { formatCounty } from "../../lib/places/county-kinds";
import { drawAreas } from "../../lib/places/map";
import { FIRST_LANGUAGE, inLanguage } from "../../lib/platform/language";
import { Facts } from "../ui/facts";
import { formatCount, formatPeople, formatPlaces } from "../ui/time";

/** The outlines that phones are alerted by, all of one message, the chosen place's marked. */
export function MapTab({ message, place }: { message: BundleMessage; place: PlaceFacts }) {
  const { areas, placeIds } = message;
  const { viewBox, paths } = drawAreas(
    areas.map(({ polygons }) => polygons),
    300,
  );
  const points = areas.flatMap(({ polygons }) => polygons).reduce((sum, polygon) => sum + polygon.split(" ").length, 0);
  const own = placeIds.indexOf(place.id);
  const shared = placeIds.length > 1;
  const county = homeCounty(place);
  const counties = place.counties.map(({ id, name, sameCode }) => `${formatCounty({ id, name })}, SAME ${sameCode}`);
  const codes = [...new Set(areas.flatMap(({ sameCodes }) => sameCodes))].sort();
  return (
    <div className="stack">
      <svg
        className="town-outline"
        viewBox={viewBox}
        role="img"
        aria-label={
          shared ? `Outlines of ${formatPlaces(placeIds.length)}, ${place.name} marked` : `Outline of ${place.name}`
        }
      >
        <path d={paths.filter((_, index) => index !== own).join("")} />
        <path className={shared ? "chosen" : undefined} d={paths[own] ?? ""} />
      </svg>
      <Facts
        items={[
          [
            shared ? "Outlines" : "Outline",
            <>
              {shared && `${formatCount(areas.length)}, one for each place; `}
              {formatCount(points)} points
              {place.approximate && (
                <strong>
                  {shared ? `. That of ${place.name} is approximate` : ", approximate"}: the part of the county nearest
                  to its center
                </strong>
              )}
            </>,
          ],
          [shared ? `County of ${place.name}` : "County", counties.join("; ")],
          ...(shared ? [["All SAME codes", codes.join(", ")] as const] : []),
          [
            "People",
            [
              ...(shared ? [`all of this message: ${formatPeople([message.population])}`] : []),
              `${place.name}: ${formatPeople([place.population])}`,
              `${shared ? formatCounty(county) : "the county"}: ${formatPeople([county.population])}`,
            ].join("; "),
          ],
        ]}
      />
      {shared && (
        <details>
          <summary>{formatPlaces(areas.length)} of this message</summary>
          <p>{areas.map(({ areaDesc }) => inLanguage(areaDesc, FIRST_LANGUAGE)).join("; ")}</p>
        </details>
      )}
    </div>
  );
}
