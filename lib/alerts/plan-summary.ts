import { formatCounty } from "../places/county-kinds";
import type { LanguageWords } from "../wording/languages";
import { joinNames, otherHelp } from "./message-slots";
import type { BroadcastPlan, Chosen, PhonePlan } from "./plan";

/** What an alert becomes, in counts: who is told, by how many messages, and who is told twice. Pure. */

/** An alert of another outage that is in force for places of this one. */
export interface CoveringAlert {
  id: string;
  /** Who sent it, by the short name. */
  agency: string;
  title: string;
  placeIds: readonly string[];
}

export interface PlanSummary {
  /** How many messages there are for phones, and for stations. */
  phones: number;
  stations: number;
  /** People of each place; 0 where nobody gave a number. */
  populations: number[];
  /** Places that two messages reach, and which. */
  overlaps: { placeId: string; name: string; says: string }[];
}

/**
 * Counts the messages and people of a plan, and finds places told twice: by
 * stations of more than one county, or by another alert as well.
 */
export function summarizePlan(
  plans: readonly (PhonePlan | BroadcastPlan)[],
  chosen: readonly Chosen[],
  covering: readonly CoveringAlert[],
): PlanSummary {
  const stations = new Map<string, string[]>();
  for (const plan of plans) {
    if (plan.audience === "broadcasters")
      for (const { place } of plan.chosen)
        stations.set(place.id, [...(stations.get(place.id) ?? []), formatCounty(plan.county)]);
  }
  return {
    phones: plans.filter(({ audience }) => audience === "phones").length,
    stations: plans.filter(({ audience }) => audience === "broadcasters").length,
    populations: chosen.map(({ place }) => place.population),
    overlaps: chosen.flatMap(({ place }) => {
      const heard = stations.get(place.id) ?? [];
      const says = [
        ...covering
          .filter(({ placeIds }) => placeIds.includes(place.id))
          .map(({ agency, title }) => `already told by an alert in force of ${agency} (${title})`),
        ...(heard.length > 1 ? [`hears the stations of ${joinNames(heard, { and: " and " })}`] : []),
      ];
      return says.length === 0 ? [] : [{ placeId: place.id, name: place.name, says: says.join("; ") }];
    }),
  };
}

/** What people of a place without a number are told to do, as its text has it; null where that is not the question. */
export function describeHelp(
  { selection, restoredAt, isNeighbor }: Chosen,
  words: LanguageWords | undefined,
): string | null {
  if (!words || selection.outcome !== "no-number" || restoredAt !== undefined || isNeighbor) return null;
  return otherHelp(selection, words);
}
