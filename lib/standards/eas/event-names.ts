/**
 * How stations name the events of 47 CFR 11.31(e), with the article the
 * sentence needs. The list changes (EAS-015), so it is data.
 */
export const EVENT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ADR: "an Administrative Message",
    AVA: "an Avalanche Watch",
    AVW: "an Avalanche Warning",
    BLU: "a Blue Alert",
    BZW: "a Blizzard Warning",
    CAE: "a Child Abduction Emergency",
    CDW: "a Civil Danger Warning",
    CEM: "a Civil Emergency Message",
    CFA: "a Coastal Flood Watch",
    CFW: "a Coastal Flood Warning",
    DMO: "a Practice/Demo Warning",
    DSW: "a Dust Storm Warning",
    EAN: "a National Emergency Message",
    EQW: "an Earthquake Warning",
    EVI: "an Evacuation Immediate",
    EWW: "an Extreme Wind Warning",
    FFA: "a Flash Flood Watch",
    FFS: "a Flash Flood Statement",
    FFW: "a Flash Flood Warning",
    FLA: "a Flood Watch",
    FLS: "a Flood Statement",
    FLW: "a Flood Warning",
    FRW: "a Fire Warning",
    HLS: "a Hurricane Statement",
    HMW: "a Hazardous Materials Warning",
    HUA: "a Hurricane Watch",
    HUW: "a Hurricane Warning",
    HWA: "a High Wind Watch",
    HWW: "a High Wind Warning",
    LAE: "a Local Area Emergency",
    LEW: "a Law Enforcement Warning",
    MEP: "a Missing and Endangered Persons message",
    NMN: "a Network Message Notification",
    NPT: "a Nationwide Test of the Emergency Alert System",
    NUW: "a Nuclear Power Plant Warning",
    RHW: "a Radiological Hazard Warning",
    RMT: "a Required Monthly Test",
    RWT: "a Required Weekly Test",
    SMW: "a Special Marine Warning",
    SPS: "a Special Weather Statement",
    SPW: "a Shelter in Place Warning",
    SSA: "a Storm Surge Watch",
    SSW: "a Storm Surge Warning",
    SVA: "a Severe Thunderstorm Watch",
    SVR: "a Severe Thunderstorm Warning",
    SVS: "a Severe Weather Statement",
    TOA: "a Tornado Watch",
    TOE: "a 911 Telephone Outage Emergency",
    TOR: "a Tornado Warning",
    TRA: "a Tropical Storm Watch",
    TRW: "a Tropical Storm Warning",
    TSA: "a Tsunami Watch",
    TSW: "a Tsunami Warning",
    VOW: "a Volcano Warning",
    WSA: "a Winter Storm Watch",
    WSW: "a Winter Storm Warning",
  }),
);

/**
 * Codes that others use and 47 CFR 11.31(e) does not list: a station need not
 * know them. NIC was taken out in 2023 (FCC 22-75).
 */
export const UNLISTED_EVENTS: ReadonlyMap<string, string> = new Map([
  ["NIC", "a National Information Center message"],
  ["NWS", "a message of the National Weather Service"],
  ["SQW", "a Snow Squall Warning"],
]);

/** How stations name an event, whether they need to know it or not; undefined when nobody does. */
export const nameEvent = (code: string): string | undefined => EVENT_NAMES.get(code) ?? UNLISTED_EVENTS.get(code);

/** How stations name the originators of 47 CFR 11.31(d), as it reads since FCC 22-75. */
export const ORIGINATOR_NAMES: ReadonlyMap<string, string> = new Map([
  ["PEP", "The National Authority"],
  ["CIV", "A Civil Authority"],
  ["WXR", "The National Weather Service"],
  ["EAS", "An EAS Participant"],
]);
