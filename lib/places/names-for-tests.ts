import { unitedStates } from "../../prisma/seed/united-states";
import { STATE_CODES } from "./codes";
import { countyKind, formatCounty, isCityCounty, shortenCounty } from "./county-kinds";

/** Every county equivalent of the nation, and the ways in which officials write its name. For tests. */

export const COUNTIES = unitedStates()
  .filter(({ kind }) => kind === "county")
  .map(({ id, name }) => ({ id, name }));

/** Two FIPS digits of every state that has counties here. */
export const STATES_WITH_COUNTIES = [...new Set(COUNTIES.map(({ id }) => id.slice(0, 2)))].sort();

type County = (typeof COUNTIES)[number];

const spellings = (name: string): string[] => [
  name,
  name.toLowerCase(),
  name.toUpperCase(),
  name.normalize("NFD").replace(/\p{M}/gu, ""),
  name.replace(/\bSt\. /, "Saint "),
  name.replace(/\bSt\. /, "St "),
  name.replace(/\bSte\. /, "Sainte "),
  name.replace(/ and /, " & "),
  name.replace(/^(De|La|Le|Du|Mc) ?(?=[A-Z])/, "$1 "),
  name.replace(/^(De|La|Le|Du|Mc) /, "$1"),
  name.replaceAll("'", ""),
  name.replaceAll("'", "’"),
  name.replaceAll("-", " "),
];

/** Names that can mean this one only. */
export function fullNamesOf(county: County): string[] {
  const { id, name } = county;
  const kind = countyKind(id);
  const said = [formatCounty(county)];
  if (!isCityCounty(id) && kind !== "island") said.push(`${name} County`, `County of ${name}`);
  if (kind === "county") said.push(`${name} Co.`, `${name} Co`);
  if (kind === "parish") said.push(`Parish of ${name}`);
  if (kind === "independent-city" && !name.endsWith(" City")) said.push(`City of ${name}`);
  const code = STATE_CODES.get(id.slice(0, 2))!;
  return [...new Set(said.flatMap(spellings).flatMap((one) => [one, `${one}, ${code}`, ` ${one} ${code} `]))].filter(
    // Without its period and in capitals it could be Colorado.
    (one) => !/ CO\b(?!\.)/.test(one),
  );
}

/** Names that may be asked about, and are never taken for another place. */
export function looseNamesOf(county: County): string[] {
  const { id, name } = county;
  const code = STATE_CODES.get(id.slice(0, 2))!;
  // "City of Baltimore" is no name of Baltimore County.
  const city = COUNTIES.some(
    (other) => other.id !== id && other.name === name && other.id.startsWith(id.slice(0, 2)) && isCityCounty(other.id),
  );
  return [
    ...new Set(
      [name, shortenCounty(county), ...(city ? [] : [`City of ${name}`])]
        .flatMap(spellings)
        .flatMap((one) => [one, `${one}, ${code}`]),
    ),
  ];
}
