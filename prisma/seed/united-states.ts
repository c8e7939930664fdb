import { divideCounty } from "../../lib/places/cells";
import { sameOf, STATE_CODES } from "../../lib/places/codes";
import { formatCounty } from "../../lib/places/county-kinds";
import { type AtlasPlace, boundaryFromAtlas, listAtlas } from "../../lib/places/atlas";
import { timeZoneAt } from "../../lib/places/time-zone";
import type { PlaceRow } from "./massachusetts";

/**
 * Every state and county, as the atlas has them, with what changed since 2017.
 * Connecticut keeps its eight counties here: the planning regions of 2022 are
 * Census geography, while SAME codes (47 CFR 11.31) go on naming the counties.
 */

/** Alaska, 2 January 2019: Valdez-Cordova became two. Their outlines here are stand-ins, by nearest town. */
const SPLIT = {
  from: "02261",
  into: [
    { fips: "02063", name: "Chugach", latitude: 60.98, longitude: -146.2 },
    { fips: "02066", name: "Copper River", latitude: 61.95, longitude: -144.9 },
  ],
};

type Row = PlaceRow & { neighborIds: string[] };

function rowOf(place: AtlasPlace, stateName: string): Row {
  const state = place.fips.length === 2;
  return {
    id: place.fips,
    kind: state ? "state" : "county",
    name: place.name,
    label: state ? "state" : "county",
    stateName,
    stateCode: STATE_CODES.get(place.fips.slice(0, 2)) ?? "",
    shortName: state ? place.name : formatCounty({ id: place.fips, name: place.name }),
    parentId: state ? null : place.fips.slice(0, 2),
    sameCode: sameOf(place.fips),
    population: 0,
    landSqKm: null,
    latitude: place.latitude,
    longitude: place.longitude,
    timeZone: timeZoneAt(place.latitude, place.longitude),
    boundary: null,
    boundaryApproximate: false,
    neighborIds: place.neighbors,
  };
}

/** The counties that replace one the atlas still has. */
function splitCounties(old: AtlasPlace, stateName: string): Row[] {
  const parts = divideCounty(
    boundaryFromAtlas(SPLIT.from)!,
    SPLIT.into.map(({ fips, latitude, longitude }) => ({ id: fips, latitude, longitude })),
  );
  return SPLIT.into.map((part) => ({
    ...rowOf({ ...part, neighbors: old.neighbors }, stateName),
    neighborIds: [...old.neighbors, ...SPLIT.into.map(({ fips }) => fips).filter((fips) => fips !== part.fips)].sort(),
    boundary: parts.get(part.fips)!,
    boundaryApproximate: true,
  }));
}

/** States before counties. Territories without a postal code in the list are left out. */
export function unitedStates(): Row[] {
  const { states, counties } = listAtlas();
  const names = new Map(states.map(({ fips, name }) => [fips, name]));
  const known = (fips: string) => STATE_CODES.get(fips.slice(0, 2)) !== undefined;
  return [
    ...states.filter(({ fips }) => known(fips)).map((state) => rowOf(state, state.name)),
    ...counties
      .filter(({ fips }) => known(fips))
      .flatMap((county) => {
        const stateName = names.get(county.fips.slice(0, 2)) ?? "";
        if (county.fips === SPLIT.from) return splitCounties(county, stateName);
        const row = rowOf(county, stateName);
        const neighborIds = row.neighborIds.flatMap((id) =>
          id === SPLIT.from ? SPLIT.into.map(({ fips }) => fips) : [id],
        );
        return [{ ...row, neighborIds }];
      }),
  ];
}
