import { keyOfBareName } from "./place-name";

/**
 * Names that county equivalents had since 1990 and that lists still have (Census, Substantial Changes to Counties).
 * Of one that was divided, every part.
 */
const FORMER_NAMES: readonly { name: string; kind: string; until: number; ids: readonly string[] }[] = [
  { name: "Skagway-Hoonah-Angoon", kind: "Census Area", until: 2007, ids: ["02105", "02230"] },
  { name: "Wrangell-Petersburg", kind: "Census Area", until: 2008, ids: ["02195", "02275"] },
  { name: "Prince of Wales-Outer Ketchikan", kind: "Census Area", until: 2008, ids: ["02130", "02198", "02275"] },
  { name: "Wade Hampton", kind: "Census Area", until: 2015, ids: ["02158"] },
  { name: "Valdez-Cordova", kind: "Census Area", until: 2019, ids: ["02063", "02066"] },
  { name: "Dade", kind: "County", until: 1997, ids: ["12086"] },
  { name: "Shannon", kind: "County", until: 2015, ids: ["46102"] },
];

/** What a county was called before, with its kind and without. @param fips five digits */
export const formerNamesOf = (fips: string): string[] =>
  FORMER_NAMES.flatMap(({ name, kind, ids }) => (ids.includes(fips) ? [name, `${name} ${kind}`] : []));

/** Why a county is meant by a name that it no longer has: "Shannon County until 2015"; null where it still has it. */
export function describeFormerName(fips: string, written: string): string | null {
  const former = FORMER_NAMES.find(
    ({ name, ids }) => ids.includes(fips) && keyOfBareName(name) === keyOfBareName(written),
  );
  return former ? `${former.name} ${former.kind} until ${former.until}` : null;
}
