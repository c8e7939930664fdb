import { audienceOf } from "../../lib/alerts/message-slots";
import type { BroadcastPlan, PhonePlan } from "../../lib/alerts/plan";
import { type Audience, TEXTS } from "../../lib/wording/texts";
import { formatCount, formatPlaces } from "../ui/time";

/** Who reads which texts of an alert, told in words. Pure. */

/** What tells the readers of a text from those of another. */
const READERS: ReadonlyMap<Audience, string> = new Map<Audience, string>([
  ["place", "with a number"],
  ["noNumber", "without a number"],
  ["county", "that share a message"],
  ["restored", "where 911 works again"],
  ["restoredCounty", "where 911 works again, together"],
  ["joined", "that joined, with a number"],
  ["joinedNoNumber", "that joined, without a number"],
  ["joinedCounty", "that joined, together"],
  ["neighbor", "next to the outage"],
  ["neighborCounty", "next to the outage, together"],
]);

/** An audience that has no words here is told by what its texts say of themselves. */
const describeAudience = (audience: Audience): string =>
  READERS.get(audience) ?? TEXTS.find((spec) => spec.audience === audience)?.hint ?? audience;

export interface Readers {
  audience: Audience;
  /** Those that read the common wording. */
  places: number;
  /** Those of them that have their own. */
  own: number;
  /** The largest place that reads the common wording; null where every one has its own. */
  firstId: string | null;
}

/**
 * Who reads which texts, in the order of the messages.
 * @param edited under what messages have wording that someone edited for them alone
 */
export function listReaders(
  plans: readonly (PhonePlan | BroadcastPlan)[],
  edited: ReadonlySet<string>,
): readonly Readers[] {
  const byAudience = new Map<Audience, Readers & { most: number }>();
  for (const plan of plans) {
    if (plan.audience !== "phones") continue;
    const audience = audienceOf(plan);
    const readers = byAudience.get(audience) ?? { audience, places: 0, own: 0, firstId: null, most: -1 };
    byAudience.set(audience, readers);
    if (edited.has(plan.id)) {
      readers.own += plan.chosen.length;
      continue;
    }
    readers.places += plan.chosen.length;
    for (const { place } of plan.chosen)
      if (place.population > readers.most) Object.assign(readers, { most: place.population, firstId: place.id });
  }
  return [...byAudience.values()];
}

/** Whether one place alone reads all there is, so that there is nobody else to write for. */
export const isForOne = (readers: readonly Readers[]): boolean =>
  readers.reduce((sum, { places, own }) => sum + places + own, 0) === 1;

/** @param only whether nobody reads anything else */
export function describeReaders({ audience, places, own }: Readers, only: boolean): string {
  const all = only && own === 0 && places > 1 ? "all " : "";
  const who = only ? "" : ` ${describeAudience(audience)}`;
  const apart = own === 0 ? "" : `; ${formatCount(own)} ${own === 1 ? "has its" : "have their"} own wording`;
  return `${all}${formatPlaces(places)}${who}${apart}`;
}
