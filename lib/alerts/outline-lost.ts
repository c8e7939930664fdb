import type { CountyFacts, PlaceFacts } from "../directory/place-facts";
import { formatCounty } from "../places/county-kinds";
import type { Bundle, BundleMessage } from "./bundle";

/** Whom a message for phones reaches when its outlines are lost: its SAME codes stand for whole counties. Pure. */

export interface LostReach {
  /** Names of the counties; null where the alert has not told the name of each. */
  names: string[] | null;
  /** How many they are. */
  count: number;
  /** People of all of them; null where that is not known of each. */
  people: number | null;
  /** Who reads it and is not meant: places of the one county, or people of several; null where nobody is, or it is not known. */
  outside: { places: number } | { people: number } | null;
}

interface Known {
  name: string;
  population: number;
}

/**
 * @param place the one that is chosen, which the message covers
 * @returns all counties whose codes it has, and who lives in them besides those it is for
 */
export function reachWithoutOutline(
  { messages }: Pick<Bundle, "messages">,
  { areas, placeIds, population }: Pick<BundleMessage, "areas" | "placeIds" | "population">,
  { counties }: Pick<PlaceFacts, "counties">,
): LostReach {
  const codes = [...new Set(areas.flatMap(({ sameCodes }) => sameCodes))];
  const own = new Map<string, CountyFacts>(counties.map((county) => [county.sameCode, county]));
  const known = codes.map((code): Known | undefined => {
    const county = own.get(code);
    if (county) return { name: formatCounty(county), population: county.population };
    const told = messages.find(
      ({ audience, areas: reached }) =>
        audience === "broadcasters" && reached.some(({ sameCodes }) => sameCodes.includes(code)),
    );
    return told && { name: told.place, population: told.population };
  });
  const all = known.filter((one) => one !== undefined);
  const isWhole = all.length === codes.length;
  const people = isWhole ? all.reduce((sum, one) => sum + one.population, 0) : null;
  const [only] = codes.length === 1 ? codes.flatMap((code) => own.get(code) ?? []) : [];
  const places = only ? only.size - placeIds.length : 0;
  const others = people === null ? 0 : people - population;
  return {
    names: isWhole ? all.map(({ name }) => name) : null,
    count: codes.length,
    people,
    outside: only ? (places > 0 ? { places } : null) : others > 0 ? { people: others } : null,
  };
}
