import { distanceKm } from "../places/neighbors";
import { groupBy } from "../platform/group-by";
import { SERVICES, formatNumber, type Service } from "./schema";

/** Numbers that contradict each other, so that someone who knows can say which is right. */

export interface ListedNumber {
  id: string;
  placeId: string;
  placeName: string;
  latitude: number;
  longitude: number;
  service: Service;
  e164: string;
  extension: string;
  desk: string;
  ownerId: string | null;
  ownerName: string | null;
  /** Whether the place lies in the area of the agency that keeps the number. */
  ownerCovers: boolean;
}

export const CONFLICT_KINDS = {
  "two-agencies": "Two agencies list different numbers",
  "far-apart": "One number for distant places",
  "owner-elsewhere": "Owned by an agency of another place",
} as const;
export type ConflictKind = keyof typeof CONFLICT_KINDS;

export interface Conflict {
  /** Names the kind and the numbers; the same conflict always has the same key. */
  key: string;
  kind: ConflictKind;
  numberIds: string[];
  placeIds: string[];
  /** One plain sentence. */
  says: string;
}

/** Two places that share a number are suspicious beyond this distance; a regional center serves about as much. */
const FAR_KM = 80;

function conflict(kind: ConflictKind, numbers: readonly ListedNumber[], says: string): Conflict {
  const numberIds = numbers.map(({ id }) => id).sort();
  const placeIds = [...new Set(numbers.map(({ placeId }) => placeId))].sort();
  return { key: `${kind}:${numberIds.join(",")}`, kind, numberIds, placeIds, says };
}

const say = ({ e164, extension }: ListedNumber) => formatNumber({ e164, extension });

function disagreements(numbers: readonly ListedNumber[]): Conflict[] {
  return [...groupBy(numbers, ({ placeId, service }) => `${placeId} ${service}`).values()].flatMap((group) => {
    const owned = group.filter(({ ownerId }) => ownerId !== null);
    const byOwner = [...groupBy(owned, ({ ownerId }) => ownerId!).values()];
    if (byOwner.length < 2) return [];
    const sets = byOwner.map((list) => new Set(list.map(say)));
    // Agencies that share a number agree, whatever else each lists.
    const agree = sets.slice(1).every((set) => [...set].some((number) => sets[0]!.has(number)));
    if (agree) return [];
    const sides = byOwner.map((list) => `${list[0]!.ownerName} gives ${list.map(say).join(" and ")}`);
    const { placeName, service } = group[0]!;
    return [
      conflict(
        "two-agencies",
        byOwner.flat(),
        `${placeName}, ${SERVICES[service].toLowerCase()}: ${sides.join("; ")}.`,
      ),
    ];
  });
}

/** The two places farthest apart of those that share a number; cheap for few, bounded for many. */
function farthest(group: readonly ListedNumber[]): [ListedNumber, ListedNumber, number] {
  const ends = [...group].sort((left, right) => left.latitude - right.latitude || left.longitude - right.longitude);
  const east = [...group].sort((left, right) => left.longitude - right.longitude);
  const corners = [ends[0]!, ends.at(-1)!, east[0]!, east.at(-1)!];
  let best: [ListedNumber, ListedNumber, number] = [corners[0]!, corners[1]!, 0];
  for (const left of corners) {
    for (const right of corners) {
      const distance = distanceKm(left, right);
      if (distance > best[2]) best = [left, right, distance];
    }
  }
  return best;
}

function sharedFarApart(numbers: readonly ListedNumber[]): Conflict[] {
  return [...groupBy(numbers, say).values()].flatMap((group) => {
    if (new Set(group.map(({ placeId }) => placeId)).size < 2) return [];
    const [left, right, distance] = farthest(group);
    if (distance <= FAR_KM) return [];
    const places = new Set(group.map(({ placeId }) => placeId)).size;
    const more = places > 2 ? `, with ${places - 2} more` : "";
    return [
      conflict(
        "far-apart",
        group,
        `${say(left)} is the number of ${left.placeName} and of ${right.placeName}, ${Math.round(distance)} km apart${more}.`,
      ),
    ];
  });
}

function keptElsewhere(numbers: readonly ListedNumber[]): Conflict[] {
  return numbers
    .filter(({ ownerId, ownerCovers }) => ownerId !== null && !ownerCovers)
    .map((number) =>
      conflict(
        "owner-elsewhere",
        [number],
        `${say(number)} of ${number.placeName} is owned by ${number.ownerName}, whose area is elsewhere.`,
      ),
    );
}

/**
 * Every conflict among numbers in use. Cost grows with the numbers, but for
 * sorting those that share one.
 */
export function findConflicts(numbers: readonly ListedNumber[]): Conflict[] {
  return [...disagreements(numbers), ...sharedFarApart(numbers), ...keptElsewhere(numbers)];
}
