import type { Bundle } from "./bundle";

/**
 * How an approver is tied to the numbers of an alert. Who made the only call
 * behind a number, or decided which one goes out, looks at own work when looking
 * at that number. It is always shown; whether it forbids approval is a rule of
 * the agency. Pure.
 */

export interface Tie {
  place: string;
  e164: string;
  /** `only-call`: no other person's call keeps the number verified. `chosen`: changed the place's numbers lately. */
  how: "only-call" | "chosen";
}

/** Changes of a place's numbers count for so long before an alert is decided, in days. */
export const CHANGES_DAYS = 30;

/** What the database knows of a person and the numbers of an alert. */
export interface OwnWork {
  /** Numbers that only this person's calls keep verified. */
  onlyCalls: ReadonlySet<string>;
  /** Numbers this person changed lately, and the places they belong to, by id. */
  changed: ReadonlySet<string>;
}

/** Ties of one person to one bundle, a place at a time. */
export function findTies(bundle: Bundle, { onlyCalls, changed }: OwnWork): Tie[] {
  return bundle.messages
    .filter(({ audience }) => audience === "phones")
    .flatMap(({ place, placeId, numbers }) =>
      numbers.flatMap(({ id, e164 }): Tie[] => [
        ...(onlyCalls.has(id) ? [{ place, e164, how: "only-call" as const }] : []),
        ...(changed.has(id) || changed.has(placeId) ? [{ place, e164, how: "chosen" as const }] : []),
      ]),
    );
}
