import type { PlaceFacts } from "../directory/place-facts";
import type { IncidentFacts } from "../incidents/schema";
import type { LanguageWords } from "../wording/languages";
import type { AgencyFacts, CapStatus, Earlier, Purpose } from "./schema";

/** Everything the texts of an alert are made from, but what people wrote. */
export interface AlertFacts {
  /** Texts for an hour nobody knows yet, as the offline kit has them. */
  anyHour?: boolean;
  alertId: string;
  /** Stem of every message identifier, minted at the first save. */
  code: string;
  purpose: Purpose;
  status: CapStatus;
  agency: AgencyFacts;
  incident: IncidentFacts;
  places: PlaceFacts[];
  timeZone: string;
  /** The languages of the site, the first one first. */
  languages: LanguageWords[];
  /** What a cancellation takes back. */
  earlier?: Earlier;
}

/** CAP status of what this site and incident may send, and the note that must go with it. */
export function capStatusOf(siteMode: string, incident: Pick<IncidentFacts, "mode">): CapStatus {
  if (incident.mode === "exercise") return "Exercise";
  return siteMode === "real" ? "Actual" : "Test";
}

export function noteOf(status: CapStatus, incident: IncidentFacts): string | null {
  if (status === "Test")
    return "Demonstration of Callbox. Invented numbers. Not a real outage: in an emergency dial 911.";
  if (status === "Exercise")
    return `Exercise: ${incident.title.replace(/^Exercise: /, "")}. Not a real outage: in an emergency dial 911.`;
  return null;
}
