import states from "./states.json";

/** Codes of places in the United States: FIPS 5-2 and 6-4, SAME (47 CFR 11.31), Census GEOID. */

/** Two FIPS digits, postal abbreviation and name of every state, the District and the territories. */
const TABLE = states as [string, string, string][];

/** State by its two FIPS digits: postal abbreviation. */
export const STATE_CODES: ReadonlyMap<string, string> = new Map(TABLE.map(([fips, code]) => [fips, code]));

/** Name of a state by its two FIPS digits. */
export const stateNameOf = (fips: string): string | undefined => TABLE.find(([code]) => code === fips)?.[2];

/** Longer names first, so that "West Virginia" is not taken for "Virginia". */
export const STATE_NAMES: readonly string[] = TABLE.map(([, , name]) => name).sort(
  (left, right) => right.length - left.length,
);

export interface PlaceCodes {
  /** Two digits of a state, five of a county; of a municipality those of its county. */
  fips: string | null;
  /** PSSCCC of the state or county; what lies below has no code of its own. */
  same: string;
  geoid: string | null;
}

/** Codes of a place. An area of one's own has no Census code. */
export function codesOf(place: { id: string; kind: string; sameCode: string }): PlaceCodes {
  const census = ["state", "county", "municipality"].includes(place.kind);
  return {
    fips: census ? place.id.slice(0, place.kind === "state" ? 2 : 5) : null,
    same: place.sameCode,
    geoid: census ? place.id : null,
  };
}

/** SAME code of a state (two digits) or county (five digits): the whole of it. */
export function sameOf(fips: string): string {
  return `0${fips.padEnd(5, "0")}`;
}
