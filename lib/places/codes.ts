/** Codes of places in the United States: FIPS 5-2 and 6-4, SAME (47 CFR 11.31), Census GEOID. */

/** State by its two FIPS digits: postal abbreviation. */
export const STATE_CODES: Readonly<Record<string, string>> = {
  "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC",
  "12": "FL", "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY",
  "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT",
  "31": "NE", "32": "NV", "33": "NH", "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH",
  "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT",
  "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI", "56": "WY", "60": "AS", "66": "GU", "69": "MP",
  "72": "PR", "78": "VI",
}; // prettier-ignore

export interface RegionCodes {
  /** Two digits of a state, five of a county; of a municipality those of its county. */
  fips: string | null;
  /** PSSCCC of the state or county; what lies below has no code of its own. */
  same: string;
  geoid: string | null;
}

/** Codes of a region. An area of one's own has no Census code. */
export function codesOf(region: { id: string; kind: string; sameCode: string }): RegionCodes {
  const census = ["state", "county", "municipality"].includes(region.kind);
  return {
    fips: census ? region.id.slice(0, region.kind === "state" ? 2 : 5) : null,
    same: region.sameCode,
    geoid: census ? region.id : null,
  };
}

/** SAME code of a state (two digits) or county (five digits): the whole of it. */
export function sameOf(fips: string): string {
  return `0${fips.padEnd(5, "0")}`;
}
