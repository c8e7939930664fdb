import { isSameNumber } from "../directory/schema";
import { isOut, type OutageState } from "../incidents/schema";
import type { PreparedWording } from "../wording/prepare";
import { type Audience, AUDIENCES, type Part, PARTS, type Texts } from "../wording/texts";
import type { InForce, Purpose, Tells } from "./schema";

/** Which places a follow-up is for, and which words of the alert before it carries on. Pure. */

export type FollowUpPurpose = Exclude<Purpose, "outage">;

interface Standing {
  outage: readonly { placeId: string; state: OutageState }[];
  inForce: readonly InForce[];
}

export interface FollowUpPlaces {
  /** All that get a message for phones. */
  placeIds: string[];
  /** Those of them that get the all-clear. */
  restoredIds: string[];
}

/** Places in groups that a message covers together: what is replaced for one is replaced for all of them. */
function withWholeGroups(placeIds: Iterable<string>, inForce: readonly InForce[]): Set<string> {
  const all = new Set(placeIds);
  const groups = inForce.filter(({ audience, covers }) => audience === "phones" && covers.length > 1);
  for (let size = -1; size !== all.size;) {
    size = all.size;
    for (const { covers } of groups) if (covers.some((id) => all.has(id))) for (const id of covers) all.add(id);
  }
  return all;
}

/** Places whose people were sent one of these by phone, as often as they are covered. */
export const toldPlaces = (inForce: readonly InForce[], ...what: readonly Tells[]): string[] =>
  inForce
    .filter(({ audience, tells }) => audience === "phones" && what.includes(tells))
    .flatMap(({ covers }) => covers);

/** Whether a message gave out exactly this number. */
const gave = (message: InForce, wrong: { e164: string; extension: string }) =>
  message.numbers.filter((number) => isSameNumber(number, wrong));

/**
 * The places of a follow-up, from how the incident stands and what people were told.
 * - update: all places where 911 fails, told or not, and those that wait for their all-clear
 * - restoration: places where 911 works again and people were told that it is down
 * - correction: places that were given the wrong number, where 911 still fails
 * - cancellation: all places that were told that 911 is down, and their neighbors that were told so
 * - border: neighbors of the places where 911 fails, where it works, as far as the agency's area goes
 * @param only of a restoration: no more than these
 */
export function planFollowUp(
  purpose: FollowUpPurpose,
  { outage, inForce }: Standing,
  options: {
    wrong?: { e164: string; extension: string };
    only?: readonly string[];
    neighbors?: readonly string[];
  } = {},
): FollowUpPlaces {
  const states = new Map(outage.map(({ placeId, state }) => [placeId, state]));
  const phones = inForce.filter(({ audience, tells }) => audience === "phones" && tells === "outage");
  const told = new Set(toldPlaces(inForce, "outage"));
  const released = [...told].filter((id) => states.get(id) === "restored");
  const begin = (): string[] => {
    switch (purpose) {
      case "update":
        return [...outage.filter(({ state }) => isOut(state)).map(({ placeId }) => placeId), ...released];
      case "restoration":
        return released.filter((id) => options.only?.includes(id) ?? true);
      case "correction": {
        const { wrong } = options;
        return wrong
          ? phones
              .flatMap((message) => gave(message, wrong).map(({ placeId }) => placeId))
              .filter((id) => isOut(states.get(id)))
          : [];
      }
      case "border":
        return (options.neighbors ?? []).filter((id) => !isOut(states.get(id)));
      case "cancellation":
        return toldPlaces(inForce, "outage", "neighbor");
    }
  };
  const placeIds = [...withWholeGroups(begin(), inForce)].sort();
  return {
    placeIds,
    restoredIds: purpose === "cancellation" ? [] : placeIds.filter((id) => states.get(id) === "restored"),
  };
}

/**
 * The texts of a follow-up: those of its template, and what people had worded
 * anew in the alert before, where both say that 911 fails.
 * @param begun what the alert before began with, from its own template
 */
export function carryTexts(fresh: Texts, before: Texts, begun: Pick<PreparedWording, "texts" | "shorter">): Texts {
  return Object.fromEntries(
    Object.entries(fresh).flatMap(([language, texts]) => {
      const written = before[language];
      const isGiven = (audience: Audience, part: Part, text: string) =>
        text === begun.texts[language]?.[audience][part] ||
        begun.shorter[language]?.[audience]?.[part]?.wordings.includes(text) === true;
      // A language that was left out of the alert before stays out.
      if (!written) return [];
      const carried = AUDIENCES.map((audience) => [
        audience,
        Object.fromEntries(
          PARTS.map((part) => {
            const edited = written[audience][part] !== "" && !isGiven(audience, part, written[audience][part]);
            return [
              part,
              edited && audience !== "restored" && audience !== "restoredCounty"
                ? written[audience][part]
                : texts[audience][part],
            ];
          }),
        ),
      ]);
      return [[language, Object.fromEntries(carried) as Texts[string]]];
    }),
  );
}
