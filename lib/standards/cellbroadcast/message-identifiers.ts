import { type CapAlert, type CapInfo, valuesOf } from "../cap/model";

/** Message identifiers of cell broadcast, 3GPP TS 23.041 §9.4.1.2.2; EU-Alert levels, ETSI TS 102 900. Data. */

export interface MessageIdentifier {
  id: number;
  meaning: string;
  /** For the same message in a language other than the first. */
  additionalLanguage?: number;
  /** Name in Europe. */
  euAlert?: string;
}

const IMMINENT = [
  "Extreme, Immediate, Observed",
  "Extreme, Immediate, Likely",
  "Extreme, Expected, Observed",
  "Extreme, Expected, Likely",
  "Severe, Immediate, Observed",
  "Severe, Immediate, Likely",
  "Severe, Expected, Observed",
  "Severe, Expected, Likely",
];

export const MESSAGE_IDENTIFIERS: readonly MessageIdentifier[] = [
  { id: 4370, meaning: "National", additionalLanguage: 4383, euAlert: "EU-Alert level 1" },
  ...IMMINENT.map((meaning, index) => ({
    id: 4371 + index,
    meaning: `Imminent threat: ${meaning}`,
    additionalLanguage: 4384 + index,
    euAlert: index < 2 ? "EU-Alert level 2" : "EU-Alert level 3",
  })),
  { id: 4379, meaning: "AMBER", additionalLanguage: 4392, euAlert: "EU-Amber" },
  { id: 4380, meaning: "Required monthly test", additionalLanguage: 4393, euAlert: "EU-Monthly test" },
  { id: 4381, meaning: "Exercise", additionalLanguage: 4394, euAlert: "EU-Exercise" },
  { id: 4382, meaning: "Operator defined", additionalLanguage: 4395 },
  { id: 4396, meaning: "Public safety", additionalLanguage: 4397, euAlert: "EU-Alert level 4" },
  { id: 4398, meaning: "State and local test", additionalLanguage: 4399 },
  { id: 6400, meaning: "EU-Info", euAlert: "EU-Info" },
];

/** What a number stands for; that of an additional language says so. */
export function describeIdentifier(id: number): string | undefined {
  const first = MESSAGE_IDENTIFIERS.find((entry) => entry.id === id);
  if (first) return first.meaning;
  const additional = MESSAGE_IDENTIFIERS.find((entry) => entry.additionalLanguage === id);
  return additional && `${additional.meaning}, additional language`;
}

const FIXED: ReadonlyMap<string, number> = new Map([
  ["Presidential", 4370],
  ["Amber", 4379],
  ["Public Safety", 4396],
  ["WEA Test", 4398],
]);

/**
 * The identifier a WEA goes out on: by its handling, an imminent threat by
 * severity, urgency and certainty; Spanish on that of the additional language.
 * A 911 outage (TOE) is Public Safety whatever its severity (CB-010).
 * @returns undefined when the message has no handling phones know
 */
export function identifierOf(alert: CapAlert, info: CapInfo): number | undefined {
  const handling = valuesOf(info.parameter, "WEAHandling")[0] ?? "";
  const test = alert.status !== "Actual" ? 4381 : undefined;
  const imminent = 4371 + IMMINENT.indexOf(`${info.severity}, ${info.urgency}, ${info.certainty}`);
  const id =
    test ??
    FIXED.get(handling) ??
    (/^(Imminent Threat|Earthquake)$/.test(handling) && imminent > 4370 ? imminent : undefined);
  if (id === undefined) return undefined;
  const additional = (info.language || "en-US") !== "en-US";
  return additional ? MESSAGE_IDENTIFIERS.find((entry) => entry.id === id)?.additionalLanguage : id;
}
