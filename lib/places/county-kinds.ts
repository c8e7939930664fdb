/**
 * What the county equivalents of the United States are called (Census, FIPS
 * 6-4 and its changes). A county is told from a city of the same name by its
 * kind: Baltimore County is not Baltimore City.
 */

export const COUNTY_KINDS = [
  "county",
  "parish",
  "borough",
  "city-and-borough",
  "census-area",
  "municipality",
  "independent-city",
  "federal-district",
  "district",
  "municipio",
  "island",
] as const;
export type CountyKind = (typeof COUNTY_KINDS)[number];

/** Alaska has five kinds; what is not listed is a borough. */
const ALASKA: ReadonlyMap<string, CountyKind> = new Map(
  Object.entries({
    "02016": "census-area",
    "02020": "municipality",
    "02050": "census-area",
    "02063": "census-area",
    "02066": "census-area",
    "02070": "census-area",
    "02105": "census-area",
    "02110": "city-and-borough",
    "02158": "census-area",
    "02180": "census-area",
    "02198": "census-area",
    "02220": "city-and-borough",
    "02230": "municipality",
    "02240": "census-area",
    "02261": "census-area",
    "02275": "city-and-borough",
    "02282": "city-and-borough",
    "02290": "census-area",
  }),
);

/** Cities that are their own county, outside Virginia: Baltimore, St. Louis, Carson City. */
const CITIES = new Set(["24510", "29510", "32510"]);
/** Islands of American Samoa that belong to no district of it. */
const SAMOAN_ISLANDS = new Set(["60030", "60040"]);

/** @param fips five digits of a county or its equivalent */
export function countyKind(fips: string): CountyKind {
  const state = fips.slice(0, 2);
  if (CITIES.has(fips) || (state === "51" && Number(fips.slice(2)) >= 510)) return "independent-city";
  switch (state) {
    case "02":
      return ALASKA.get(fips) ?? "borough";
    case "11":
      return "federal-district";
    case "22":
      return "parish";
    case "60":
      return SAMOAN_ISLANDS.has(fips) ? "island" : "district";
    case "69":
      return "municipality";
    case "72":
      return "municipio";
    case "66":
    case "78":
      return "island";
    default:
      return "county";
  }
}

const ONE_CITY: ReadonlySet<CountyKind> = new Set([
  "independent-city",
  "municipality",
  "city-and-borough",
  "federal-district",
]);

/** Whether a county equivalent is one city: once the city is here, it stands for both. @param fips five digits */
export const isCityCounty = (fips: string): boolean => ONE_CITY.has(countyKind(fips));

const WORDS: Readonly<Record<CountyKind, string>> = {
  county: "County",
  parish: "Parish",
  borough: "Borough",
  "city-and-borough": "City and Borough",
  "census-area": "Census Area",
  municipality: "Municipality",
  "independent-city": "City",
  "federal-district": "",
  district: "District",
  municipio: "Municipio",
  island: "",
};

export interface CountyWord {
  one: string;
  many: string;
  /** The same at the beginning of a label. */
  One: string;
  Many: string;
  /** Heading of what is told county by county. */
  by: string;
}

const COUNTY: CountyWord = { one: "county", many: "counties", One: "County", Many: "Counties", by: "By county" };
const PARISH: CountyWord = { one: "parish", many: "parishes", One: "Parish", Many: "Parishes", by: "By parish" };
const BOROUGH: CountyWord = { one: "borough", many: "boroughs", One: "Borough", Many: "Boroughs", by: "By borough" };
const CENSUS_AREA: CountyWord = {
  one: "census area",
  many: "census areas",
  One: "Census area",
  Many: "Census areas",
  by: "By census area",
};
const MUNICIPIO: CountyWord = {
  one: "municipio",
  many: "municipios",
  One: "Municipio",
  Many: "Municipios",
  by: "By municipio",
};

/** What people of their state call some counties: parishes of Louisiana, boroughs of Alaska. @param ids five digits each */
export function countyWord(ids: readonly string[]): CountyWord {
  const all = (kind: CountyKind) => ids.length > 0 && ids.every((id) => countyKind(id) === kind);

  if (all("parish")) return PARISH;
  if (all("municipio")) return MUNICIPIO;
  if (all("census-area")) return CENSUS_AREA;
  return ids.length > 0 && ids.every((id) => id.startsWith("02")) ? BOROUGH : COUNTY;
}

/** A county as Americans call it: Hampshire County, Orleans Parish, Baltimore City, Carson City, St. Croix. */
export function formatCounty({ id, name }: { id: string; name: string }): string {
  const word = WORDS[countyKind(id)];
  return word === "" || name.endsWith(` ${word}`) ? name : `${name} ${word}`;
}

/** The same where there is little room: "Nome area" is Nome Census Area, and not the city of Nome. */
export function shortenCounty(county: { id: string; name: string }): string {
  switch (countyKind(county.id)) {
    case "census-area":
      return `${county.name} area`;
    case "city-and-borough":
    case "municipality":
      return county.name;
    default:
      return formatCounty(county);
  }
}

/** Any place by its name: a county with its kind, everything else as it is called. */
export function formatPlace(place: { id: string; kind: string; name: string }): string {
  return place.kind === "county" ? formatCounty(place) : place.name;
}
