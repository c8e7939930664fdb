import { STATE_CODES, STATE_NAMES } from "./codes";
import { countyKind, formatCounty, isCityCounty, shortenCounty } from "./county-kinds";
import { COMPASS, WRITTEN_OUT } from "./spelling";

/** How the name of a place is read, one way for imports, lists and searches: what it is compared by, and which kind it says. */

/** Kinds in front of a name: "City of Fairfax", "County of Fairfax". "District of Columbia" is a whole name. */
const IN_FRONT =
  /^(?:the\s+)?(city and borough|town|city|village|borough|township|plantation|county|parish|municipality|municipio|census area)\s+(?:of|de)\s+/i;

/** "Lincoln Co." is a county; "Lincoln, CO" is a town in Colorado. */
const COUNTY_SHORT = /([^,\s])\s+(?:Co\.?|co\.?|CO\.)\s*$/;
const writeCounty = (text: string) => text.replace(COUNTY_SHORT, "$1 County");

/** A name without accents, punctuation and a kind in front of it, with what is usually written short written out. */
export const plainPlaceName = (text: string) =>
  writeCounty(text)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(IN_FRONT, "")
    .replace(/['’ʻ]/g, "")
    .replace(/&/g, " and ")
    .replace(/[^a-z0-9]+/g, " ")
    .replace(/boro\b/g, "borough")
    .trim()
    .split(" ")
    .map((word, position) => WRITTEN_OUT.get(word) ?? (position === 0 ? COMPASS.get(word) : undefined) ?? word)
    .join(" ");

/** What a name is looked up by: "O'Fallon", "OFallon" and "O Fallon" are one. */
export const keyOfName = (text: string) => plainPlaceName(text).replaceAll(" ", "");

/** The same without the kind behind it: "Alexandria County" and "Alexandria City" are both called Alexandria. */
export const keyOfBareName = (text: string) =>
  plainPlaceName(text)
    .replace(/ (?:city and borough|census area|city|town|village|county|parish|borough|municipality|municipio)$/, "")
    .replaceAll(" ", "");

/** Which kind of place a name says it is: "City of Fairfax", "Fairfax City", "Fairfax County". */
export function kindInName(written: string): "city" | "town" | "village" | "county" | undefined {
  const front = IN_FRONT.exec(written)?.[1]?.toLowerCase();
  switch (front) {
    case "city":
    case "town":
    case "village":
    case "county":
      return front;
    case "parish":
      return "county";
    default:
      return / county$/i.test(writeCounty(written).trim()) ? "county" : undefined;
  }
}

/** A place that is a county and nothing else, so that its bare name could as well be a town's. */
export const isBareCounty = ({ id, kind }: { id: string; kind: string }) =>
  kind === "county" && !isCityCounty(id) && countyKind(id) !== "island";

/** Every way to write the name of a place, plainly. */
export function plainNamesOf(place: { id: string; kind: string; name: string; label: string }): string[] {
  const { id, kind, name, label } = place;
  if (kind !== "county") return [plainPlaceName(name), plainPlaceName(`${name} ${label}`)];
  const names = [formatCounty(place), shortenCounty(place), name];
  // Nobody says "City and Borough" in full; an independent city is no county: "Fairfax County" is the one around it.
  if (countyKind(id) === "city-and-borough") names.push(`${name} Borough`);
  if (isBareCounty(place)) names.push(`${name} County`);
  return names.map(plainPlaceName);
}

const STATES = [...STATE_CODES.values(), ...STATE_NAMES].join("|");
const STATE_BEHIND = new RegExp(`^(.*?\\S)(?:\\s*,\\s*|\\s+)(${STATES})\\.?$`, "i");

/** A name and the state behind it, as it is written: "Lincoln, NE", "Lincoln Nebraska"; null where there is none. */
export function splitState(written: string): { name: string; state: string } | null {
  // Without a comma "Lincoln Co" is a county.
  if (COUNTY_SHORT.test(written)) return null;
  const [, name, state] = STATE_BEHIND.exec(written.trim()) ?? [];
  // "County of Washington" is a whole name.
  return name && state && !/\s(?:of|de)$/i.test(name) ? { name, state } : null;
}
