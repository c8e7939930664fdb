import tzLookup from "@photostructure/tz-lookup";
import { divideCounty } from "../../lib/places/cells";
import { sameOf, STATE_CODES } from "../../lib/places/codes";
import { type AtlasRegion, boundaryFromAtlas, listAtlas } from "../../lib/places/atlas";
import type { RegionRow } from "./massachusetts";

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

type Row = RegionRow & { neighbourIds: string[] };

const timeZoneAt = (latitude: number, longitude: number) => tzLookup(latitude, longitude);

function rowOf(region: AtlasRegion, stateName: string): Row {
  const state = region.fips.length === 2;
  return {
    id: region.fips,
    kind: state ? "state" : "county",
    name: region.name,
    label: state ? "state" : "county",
    stateName,
    stateCode: STATE_CODES[region.fips.slice(0, 2)] ?? "",
    shortName: state ? region.name : `${region.name} County`,
    parentId: state ? null : region.fips.slice(0, 2),
    sameCode: sameOf(region.fips),
    population: 0,
    landSqKm: null,
    latitude: region.latitude,
    longitude: region.longitude,
    timeZone: timeZoneAt(region.latitude, region.longitude),
    boundary: null,
    boundaryApproximate: false,
    neighbourIds: region.neighbours,
  };
}

/** The counties that replace one the atlas still has. */
function splitCounties(old: AtlasRegion, stateName: string): Row[] {
  const parts = divideCounty(
    boundaryFromAtlas(SPLIT.from)!,
    SPLIT.into.map(({ fips, latitude, longitude }) => ({ id: fips, latitude, longitude })),
  );
  return SPLIT.into.map((part) => ({
    ...rowOf({ ...part, neighbours: old.neighbours }, stateName),
    neighbourIds: [
      ...old.neighbours,
      ...SPLIT.into.map(({ fips }) => fips).filter((fips) => fips !== part.fips),
    ].sort(),
    boundary: parts.get(part.fips)!,
    boundaryApproximate: true,
  }));
}

/** States before counties. Territories without a postal code in the list are left out. */
export function unitedStates(): Row[] {
  const { states, counties } = listAtlas();
  const names = new Map(states.map(({ fips, name }) => [fips, name]));
  const known = (fips: string) => STATE_CODES[fips.slice(0, 2)] !== undefined;
  return [
    ...states.filter(({ fips }) => known(fips)).map((state) => rowOf(state, state.name)),
    ...counties
      .filter(({ fips }) => known(fips))
      .flatMap((county) => {
        const stateName = names.get(county.fips.slice(0, 2)) ?? "";
        if (county.fips === SPLIT.from) return splitCounties(county, stateName);
        const row = rowOf(county, stateName);
        const neighbourIds = row.neighbourIds.flatMap((id) =>
          id === SPLIT.from ? SPLIT.into.map(({ fips }) => fips) : [id],
        );
        return [{ ...row, neighbourIds }];
      }),
  ];
}
