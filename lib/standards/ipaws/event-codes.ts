/**
 * SAME event codes IPAWS-OPEN accepts and the WEA handlings each may have:
 * Interface Design Guide v4.07, known at second hand. The list changes, so it is data.
 */
export const SAME_EVENT_CODES: ReadonlySet<string> = new Set(
  (
    "ADR AVA AVW BLU BZW CAE CDW CEM CFA CFW DMO DSW EAN EQW EVI EWW FFA FFS FFW FLA FLS FLW FRW HLS HMW HUA " +
    "HUW HWA HWW LAE LEW MEP NIC NMN NPT NUW NWS RHW RMT RWT SMW SPS SPW SQW SSA SSW SVA SVR SVS TOA TOE TOR " +
    "TRA TRW TSA TSW VOW WSA WSW"
  ).split(" "),
);

const handling = (codes: string) => new Set(codes.split(" "));

export const WEA_HANDLINGS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["Imminent Threat", handling("AVW BLU CDW CEM EQW EVI FRW HMW LEW NUW RHW SPW VOW")],
  ["Public Safety", handling("AVW BLU CDW CEM EQW EVI FRW HMW LAE LEW MEP NUW RHW SPW TOE VOW")],
  ["Amber", handling("CAE")],
  ["WEA Test", handling("DMO NPT RMT RWT")],
  ["Presidential", handling("EAN")],
  ["Earthquake", handling("EQW")],
]);
