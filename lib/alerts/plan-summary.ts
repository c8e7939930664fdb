import { lastGoodCall } from "../directory/selection";
import { formatCounty } from "../places/county-kinds";
import type { Overlap } from "../standards/geometry/overlap";
import type { LanguageWords } from "../wording/languages";
import type { AlertFacts, CoveringAlert } from "./facts";
import { helpWithoutNumber, joinNames } from "./message-slots";
import { type BroadcastPlan, type Chosen, nameListed, nameMessage, type PhonePlan } from "./plan";

/** What an alert becomes, in counts: who is told, by how many messages, and who is told twice. Pure. */

export interface PlanSummary {
  /** How many messages there are for phones, and for stations. */
  phones: number;
  stations: number;
  /** People of each place; 0 where nobody gave a number. */
  populations: number[];
  /** Places that two messages reach, and which. */
  overlaps: { placeId: string; name: string; says: string }[];
}

/** What a share of a place is called: how its outlines were drawn is no more exact than this. */
const describeShare = (share: number) =>
  share >= 0.975 ? "all of it" : `about ${Math.max(5, Math.round(share * 20) * 5)}% of it`;

/** Of each place the messages for phones that its phones get besides its own, and in how much of it, in words. */
function alsoSent(
  plans: readonly (PhonePlan | BroadcastPlan)[],
  overlapping: readonly Overlap[],
): ReadonlyMap<string, string[]> {
  const messages = new Map(
    plans.flatMap((plan) =>
      plan.audience === "phones" ? plan.chosen.map(({ place }) => [place.id, plan] as const) : [],
    ),
  );
  const shares = new Map<string, Map<PhonePlan, number>>();
  for (const { id, otherId, share } of overlapping) {
    const [own, other] = [messages.get(id), messages.get(otherId)];
    if (!own || !other || own === other) continue;
    const ofPlace = shares.get(id) ?? new Map<PhonePlan, number>();
    shares.set(id, ofPlace.set(other, Math.min(1, (ofPlace.get(other) ?? 0) + share)));
  }
  return new Map(
    [...shares].map(([id, others]) => [
      id,
      [...others].map(
        ([plan, share]) =>
          `phones in ${describeShare(share)} also get the message for ${nameMessage(plan)}, whose outline covers the same ground`,
      ),
    ]),
  );
}

/**
 * Counts the messages and people of a plan, and finds places told twice: by
 * stations of more than one county, by another message for phones, or by
 * another alert as well.
 * @param overlapping which outlines cover the same ground, of these places or of more
 */
export function summarizePlan(
  plans: readonly (PhonePlan | BroadcastPlan)[],
  chosen: readonly Chosen[],
  covering: readonly CoveringAlert[],
  overlapping: readonly Overlap[],
): PlanSummary {
  const sent = alsoSent(plans, overlapping);
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
        ...(sent.get(place.id) ?? []),
        ...(heard.length > 1 ? [`hears the stations of ${joinNames(heard, { and: " and " })}`] : []),
      ];
      return says.length === 0 ? [] : [{ placeId: place.id, name: nameListed(place), says: says.join("; ") }];
    }),
  };
}

/** When the right desk last answered a test call on the number a place gives out; milliseconds since 1970. */
export function answeredAt({ selection: { number } }: Pick<Chosen, "selection">): number | null {
  return (number && lastGoodCall(number)?.at) ?? null;
}

/** What people of a place without a number are told to do, as its text has it; null where that is not the question. */
export function describeHelp(
  chosen: Chosen,
  incident: Pick<AlertFacts["incident"], "textTo911">,
  words: LanguageWords | undefined,
): string | null {
  const { selection, restoredAt, isNeighbor } = chosen;
  if (!words || selection.outcome !== "no-number" || restoredAt !== undefined || isNeighbor) return null;
  return helpWithoutNumber([chosen], selection, incident, words);
}
