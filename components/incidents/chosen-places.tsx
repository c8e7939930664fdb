"use client";

import { useMemo } from "react";
import { countyWord } from "../../lib/places/county-kinds";
import type { PlaceList } from "../../lib/places/data";
import type { MapShapes } from "../../lib/places/map";
import { MapKey } from "../map/map-key";
import { PlaceMap } from "../map/place-map";
import { formatPeople, formatPlaces } from "../ui/time";
import { listNamedPlaces } from "./named-places";
import type { Places, Unready } from "./place-picker";

/** The chosen places on the map, with the people in them and whom else stations reach. */
export function ChosenPlaces({
  places,
  map,
  allowed,
  chosen,
  unready,
  onToggle,
}: {
  places: PlaceList;
  map: MapShapes;
  allowed: ReadonlySet<string>;
  chosen: Places;
  unready: Unready;
  onToggle: (id: string) => void;
}) {
  const peopleOf = (counts: (town: PlaceList["towns"][number]) => boolean) =>
    places.towns.flatMap((town) => (counts(town) ? [town.population] : []));
  const people = peopleOf(({ id }) => chosen.ids.has(id));
  const counties = new Set(places.towns.filter(({ id }) => chosen.ids.has(id)).map(({ countyId }) => countyId));
  const word = countyWord(places.counties.map(({ id }) => id));
  const countyPeople = peopleOf(({ countyId }) => counties.has(countyId));
  const towns = useMemo(() => {
    const describe = (id: string) =>
      !allowed.has(id)
        ? { look: "foreign", says: "outside your area" }
        : !chosen.ids.has(id)
          ? chosen.waiting?.has(id)
            ? { look: "waits", says: "waits for your answer" }
            : { look: "", says: "not chosen" }
          : unready[id] === undefined
            ? { look: "chosen", says: "chosen" }
            : unready[id] === "missing"
              ? { look: "chosen none", says: "chosen, no number" }
              : { look: "chosen bad", says: "chosen, no number that was called in time" };
    return places.towns.map(({ id, name }) => ({ id, name, ...describe(id) }));
  }, [places, allowed, chosen, unready]);
  const shows = (fill: string) => towns.some(({ look }) => look === fill);
  const named = useMemo(() => listNamedPlaces(chosen, places, unready), [chosen, places, unready]);
  const without = (missing: boolean) =>
    [...chosen.ids].some((id) => unready[id] !== undefined && (unready[id] === "missing") === missing);
  return (
    <>
      <div className="rule">
        <h2>
          {formatPlaces(chosen.ids.size)}
          {chosen.open > 0 && `, ${chosen.open} ${chosen.open === 1 ? "line needs" : "lines need"} an answer`}
        </h2>
        <span>{people.length > 0 && <strong className="tabular">{formatPeople(people)}</strong>}</span>
      </div>
      <PlaceMap
        shapes={map}
        label="Map of cities and towns. The list has the same information."
        countyIds={places.counties.map(({ id }) => id)}
        towns={towns}
        named={named}
        press={{ role: "checkbox", run: onToggle }}
      />
      <MapKey
        items={[
          { look: "chosen", says: "chosen" },
          ...(shows("waits") ? [{ look: "waits", says: "waits for your answer" }] : []),
          ...(without(false) ? [{ look: "bad", says: "number not called in time, or failing" }] : []),
          ...(without(true) ? [{ look: "none", says: "no number" }] : []),
          ...(shows("foreign") ? [{ look: "foreign", says: "outside your agency’s area" }] : []),
        ]}
      />
      {chosen.ids.size > 0 && countyPeople.length > people.length && (
        <p>
          <strong>Radio and television reach further.</strong> Stations warn whole {word.many}: {counties.size}{" "}
          {counties.size === 1 ? word.one : word.many} with {formatPeople(countyPeople)}. The text will name the places.
        </p>
      )}
    </>
  );
}
