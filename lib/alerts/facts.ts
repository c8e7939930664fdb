import type { PlaceFacts } from "../directory/place-facts";
import type { IncidentFacts, OutageState } from "../incidents/schema";
import type { LanguageWords } from "../wording/languages";
import type { HeldTexts } from "../wording/prepare";
import type { AgencyFacts, CapStatus, InForce, Purpose } from "./schema";

/** An alert of another outage that is in force for places of this one. */
export interface CoveringAlert {
  id: string;
  /** Who sent it, by the short name. */
  agency: string;
  title: string;
  placeIds: readonly string[];
}

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
  /** How each place of the incident stands; empty where there is none, as in the offline kit. */
  outage: readonly { placeId: string; state: OutageState; since: number; evidence?: string }[];
  /** Messages of the incident that are in force: what a follow-up refers to. */
  inForce: readonly InForce[];
  /** Alerts of other outages that tell people of its places that 911 fails, now. */
  covering: readonly CoveringAlert[];
  /** Places that keep the message they have, and stand in the list of a county with others. */
  listedIds: readonly string[];
  /** Of a border notice: the places where 911 fails, by name and county. */
  down: readonly Pick<PlaceFacts, "id" | "name" | "label" | "namesake" | "unit" | "counties" | "stateName">[];
  /** What its version of the template has for each text; empty where nothing is held against one, as in the offline kit. */
  held: HeldTexts;
}

/** What stands behind an alert that follows nothing: no incident of the database, no message before it, no stored template. */
export const FOLLOWS_NOTHING: Pick<AlertFacts, "outage" | "inForce" | "covering" | "listedIds" | "down" | "held"> = {
  outage: [],
  inForce: [],
  covering: [],
  listedIds: [],
  down: [],
  held: {},
};

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
